"""The appraisal of a year, round by round: what the receiving office gave and remarked, what the commune answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from pipeline.fields import Code, Count, Date, Declared, Number, Text, YesNo
from pipeline.model.assessment import Citation, Citations


class Verdict(Declared):
    """What the receiving office says of one criterion in one round."""

    points: Number | None = Field(None, alias="diem", description="Điểm thẩm định; bỏ trống thì giữ điểm trước đó")
    remark: Text | None = Field(None, alias="y_kien", description="Ý kiến của cơ quan thẩm định")
    explanation_wanted: YesNo = Field(False, alias="can_giai_trinh", description="Có: đề nghị đơn vị giải trình")
    day: Date | None = Field(None, alias="ngay", description="Ngày ghi, nếu sau ngày thẩm định của vòng")
    """The day it was written, where that is not the round's."""


class Explanation(Declared):
    """What the commune answers about one criterion in one round."""

    day: Date = Field(alias="ngay", description="Ngày giải trình")
    text: Text = Field(alias="noi_dung", description="Nội dung giải trình")
    evidence: Citations = Field((), alias="minh_chung", description="Mã văn bản kiểm chứng bổ sung")
    points: Number | None = Field(None, alias="diem_de_nghi", description="Điểm đơn vị đề nghị")
    """What the commune stands by; None accepts what the round gave."""


def _several(value: Any) -> Any:
    """One answer may stand without the dash of a list."""
    return (value,) if isinstance(value, dict) else value


Explanations = Annotated[
    tuple[Explanation, ...],
    Field(min_length=1),
    BeforeValidator(_several, json_schema_input_type=Explanation | tuple[Explanation, ...]),
]


class Round(Declared):
    """One round: the office appraises, then the commune explains, then the round closes."""

    title: Text | None = Field(None, alias="ten", description="Tên vòng; mặc định là “Thẩm định lần …”")
    day: Date = Field(alias="ngay", description="Ngày thẩm định")
    office: Text = Field(alias="co_quan", description="Cơ quan thẩm định")
    document: Code | None = Field(None, alias="van_ban", description="Mã văn bản thẩm định trong sổ kiểm chứng")
    """The office's paper, in the register."""
    closed: Date | None = Field(None, alias="chot", description="Ngày chốt vòng; sau ngày này không ghi thêm")
    verdicts: dict[Code, Verdict] = Field(
        default_factory=dict, alias="ket_qua", description="Điểm và ý kiến thẩm định theo mã tiêu chí"
    )
    explanations: dict[Code, Explanations] = Field(
        default_factory=dict, alias="giai_trinh", description="Giải trình của đơn vị theo mã tiêu chí"
    )

    def verdict(self, code: str) -> Verdict:
        """What the office says of a criterion; an empty verdict where it says nothing."""
        return self.verdicts.get(code) or Verdict.model_validate({})

    def day_of(self, verdict: Verdict) -> date:
        """The day on which a verdict was written."""
        return verdict.day or self.day


def _counted(rounds: Any) -> Any:
    """Rounds count 1, 2, 3 in the order in which they stand, so that none is lost or told twice."""
    for expected, number in enumerate(rounds if isinstance(rounds, dict) else (), start=1):
        if number != str(expected):
            message = "vòng “{number}” đứng ở chỗ của vòng {expected}; đánh số các vòng 1, 2, 3 theo thứ tự thời gian"
            raise PydanticCustomError("rounds", message, {"number": number, "expected": expected})
    return rounds


class Turn(NamedTuple):
    """One contribution to the dialogue about a criterion."""

    round: int
    day: date
    office: str
    """Who speaks; empty when the commune does."""
    points: Decimal | None
    """What the office gives or the commune stands by."""
    text: str
    wanted: bool = False
    """Whether the office asks for an explanation."""
    evidence: tuple[Citation, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there are words to read, beyond points that stand in their column anyway."""
        return bool(self.text) or self.wanted


@dataclass(frozen=True)
class Ruling:
    """The verdict by which a criterion's points stand."""

    round: int
    points: Decimal
    reason: str
    """The remark beside the points, or the latest one before; empty when none was made."""


class Appraisal(Declared):
    """All rounds of a year, in order."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: kết quả chỉ để minh họa")
    rounds: Annotated[dict[Count, Round], BeforeValidator(_counted)] = Field(
        default_factory=dict, alias="vong", description="Các vòng thẩm định, đánh số từ 1"
    )

    def title(self, number: int) -> str:
        """What a round is called."""
        return self.rounds[number].title or f"Thẩm định lần {number}"

    def codes(self) -> list[str]:
        """Every criterion that anybody says something about, in the order in which it comes up."""
        parts = (part for each in self.rounds.values() for part in (each.verdicts, each.explanations))
        return list(dict.fromkeys(code for part in parts for code in part))

    def answers(self) -> Iterator[tuple[str, Explanation]]:
        """Every explanation of every round with its criterion."""
        for told in self.rounds.values():
            for code, answers in told.explanations.items():
                yield from ((code, answer) for answer in answers)

    def dialogue(self, code: str) -> tuple[Turn, ...]:
        """Who said what about a criterion and when: round by round, the office first."""
        return tuple(turn for number in self.rounds for turn in self._turns(number, code))

    def _turns(self, number: int, code: str) -> Iterator[Turn]:
        told = self.rounds[number]
        if verdict := told.verdicts.get(code):
            words, wanted = verdict.remark or "", verdict.explanation_wanted
            yield Turn(number, told.day_of(verdict), told.office, verdict.points, words, wanted)
        for answer in sorted(told.explanations.get(code, ()), key=lambda each: each.day):
            yield Turn(number, answer.day, "", answer.points, answer.text, evidence=answer.evidence)

    def ruling(self, code: str) -> Ruling | None:
        """The latest points that the office gave, with their reason; None where it has given none."""
        found, reason = None, ""
        for number, told in self.rounds.items():
            verdict = told.verdicts.get(code)
            reason = (verdict and verdict.remark) or reason
            if verdict and verdict.points is not None:
                found = Ruling(number, verdict.points, reason)
        return found

    def unanswered(self) -> Iterator[tuple[int, str]]:
        """Rounds and criteria for which an explanation is wanted and there is none."""
        for number, told in self.rounds.items():
            for code, verdict in told.verdicts.items():
                if verdict.explanation_wanted and not told.explanations.get(code):
                    yield number, code

    def given(self, number: int) -> Mapping[str, Decimal]:
        """The points that the office gave in a round."""
        verdicts = self.rounds[number].verdicts
        return {code: each.points for code, each in verdicts.items() if each.points is not None}

    def proposed(self, number: int) -> Mapping[str, Decimal]:
        """The points that the commune stands by after a round; of several answers the last one counts."""
        answers = self.rounds[number].explanations
        stood = {
            code: [answer.points for answer in each if answer.points is not None] for code, each in answers.items()
        }
        return {code: points[-1] for code, points in stood.items() if points}
