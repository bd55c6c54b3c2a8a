"""The mapping of a survey: which question counts for which criterion, on which scale, and by which formula."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline import wording
from pipeline.fields import Code, Count, Declared, Name, Number, Points, Text, YesNo
from pipeline.model.survey import FEWEST, Measure, Percent
from pipeline.rules.steps import Ladder, describe_ladder, ladder_faults, step_of

WHOLE = Decimal(100)
_PERCENT = f"{wording.NARROW}%"
LONGEST_SCALE = 20
"""Levels of a scale of numbers."""


def _listed(value: object) -> object:
    """One spelling may stand without the brackets of a list."""
    return (value,) if isinstance(value, str) else value


Spellings = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...]),
]
Positive = Annotated[Number, Field(gt=0)]
Enough = Annotated[Count, Field(ge=FEWEST)]


class Level(Declared):
    """One level of a scale."""

    title: Text = Field(alias="ten", description="Tên mức, cũng là cách ghi trong phiếu")
    value: Points = Field(alias="gia_tri", description="Giá trị của mức")
    spellings: Spellings = Field((), alias="ghi", description="Các cách ghi khác trong tệp phiếu, ví dụ A1")
    satisfied: YesNo = Field(False, alias="hai_long", description="Có: mức này tính là hài lòng")

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that an answer on this level may read."""
        return (self.title, *self.spellings)


class Numbers(Declared):
    """A scale of whole numbers, each its own level."""

    low: Count = Field(alias="tu", description="Số thấp nhất")
    high: Count = Field(alias="den", description="Số cao nhất")
    satisfied: Count | None = Field(None, alias="hai_long_tu", description="Từ số này trở lên tính là hài lòng")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high <= self.low + LONGEST_SCALE:
            message = "“den” phải lớn hơn “tu”, cách nhau không quá {most}"
            raise PydanticCustomError("numbers", message, {"most": LONGEST_SCALE})
        return self

    def levels(self) -> Iterator[Level]:
        """A level a number."""
        for number in range(self.low, self.high + 1):
            satisfied = "có" if self.satisfied is not None and number >= self.satisfied else "không"
            yield Level.model_validate({"ten": str(number), "gia_tri": str(number), "hai_long": satisfied})


class Scale(Declared):
    """The answers that count, highest level first or last, and those that do not."""

    named: tuple[Level, ...] = Field(
        (), alias="muc", description="Các mức theo thứ tự, từ cao xuống thấp hoặc ngược lại"
    )
    numbers: Numbers | None = Field(None, alias="so", description="Thang số nguyên, thay cho muc")
    skipped: Spellings = Field(
        (), alias="bo_qua", description="Trả lời không tính, ví dụ Không biết; ô trống không tính"
    )
    lenient: YesNo = Field(
        False, alias="bo_qua_khac", description="Có: câu trả lời lạ cũng không tính, thay vì báo lỗi"
    )

    @model_validator(mode="after")
    def _named_or_numbers(self) -> Self:
        if bool(self.named) == (self.numbers is not None):
            raise PydanticCustomError("scale", "cần đúng một trong hai: “muc” hoặc “so”", {})
        return self

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, in the order of the declaration."""
        return tuple(self.numbers.levels()) if self.numbers else self.named

    @property
    def highest(self) -> Decimal:
        """The value that stands for 100 %."""
        return max(level.value for level in self.levels)


class SurveyGroup(Declared):
    """One group of respondents."""

    title: Text = Field(alias="ten", description="Tên nhóm, cũng là cách ghi trong phiếu")
    spellings: Spellings = Field((), alias="ghi", description="Các cách ghi khác trong tệp phiếu")
    weight: Positive | None = Field(
        None, alias="trong_so", description="Trọng số của nhóm; bỏ trống ở mọi nhóm thì mỗi phiếu nặng như nhau"
    )
    fewest: Enough | None = Field(None, alias="toi_thieu", description="Số phiếu tối thiểu của nhóm, ít nhất 5")

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that the column of groups may read for it."""
        return (self.title, *self.spellings)


class SurveyGroups(Declared):
    """The groups, and the column that tells them apart where one file holds several."""

    column: Spellings = Field((), alias="cot", description="Tiêu đề cột nêu nhóm; không có cột thì dùng --group")
    skipped: Spellings = Field((), alias="bo_qua", description="Cách ghi của người trả lời không thuộc nhóm nào")
    leave_out: YesNo = Field(
        False, alias="bo_nhom_thieu", description="Có: nhóm thiếu phiếu bị bỏ ra; không: tiêu chí chưa có điểm"
    )
    groups: Annotated[dict[Name, SurveyGroup], Field(min_length=1)] = Field(alias="cac_nhom", description="Các nhóm")


class Question(Declared):
    """One question, by the headings that its column may have."""

    headings: Annotated[Spellings, Field(min_length=1)] = Field(
        alias="cot", description="Tiêu đề cột; nhiều cách ghi thì để trong ngoặc vuông"
    )
    weight: Positive = Field(Decimal(1), alias="trong_so", description="Trọng số của câu hỏi trong tiêu chí")


def _question(value: object) -> object:
    return {"cot": value} if isinstance(value, str) else value


AnyQuestion = Annotated[Question, BeforeValidator(_question, json_schema_input_type=str | Question)]


class SurveyFormula(Declared):
    """How points follow from the measure: in proportion up to a target, or by steps."""

    measure: Measure = Field(alias="theo", description="Chỉ số dùng để tính điểm")
    target: Percent = Field(WHOLE, alias="muc_tieu", description="Từ tỷ lệ phần trăm này trở lên được điểm tối đa")
    floor: Percent = Field(Decimal(0), alias="san", description="Dưới tỷ lệ phần trăm này được 0 điểm")
    ladder: Ladder | None = Field(
        None, alias="bac", description="Các bậc theo phần trăm, thay cho cách tính theo tỷ lệ"
    )

    def points(self, ratio: Fraction, maximum: Decimal) -> tuple[Fraction, str]:
        """The points of a measure (0–1), and how they follow in words."""
        percent, shown = ratio * 100, wording.index(ratio)
        if self.ladder is not None:
            step = step_of(self.ladder, percent)
            reached = step.describe(_PERCENT, top=WHOLE) if step else "không thuộc bậc nào"
            return Fraction(step.points if step else 0), f"{shown}, bậc {reached}" if step else f"{shown}, {reached}"
        if percent >= self.target:
            return Fraction(maximum), f"{shown}, đạt mức {wording.number(self.target)}{_PERCENT} trở lên"
        if percent < self.floor:
            return Fraction(0), f"{shown}, dưới mức sàn {wording.number(self.floor)}{_PERCENT}"
        return percent * Fraction(maximum) / Fraction(
            self.target
        ), f"{shown}{self._divisor} × {wording.number(maximum)}"

    def describe(self, maximum: Decimal) -> str:
        """The formula as one sentence."""
        if self.ladder is not None:
            return f"{self.measure.words}: {describe_ladder(self.ladder, _PERCENT, top=WHOLE)}"
        text = f"{self.measure.words}{self._divisor} × {wording.number(maximum)} điểm"
        return text + (f"; dưới {wording.number(self.floor)}{_PERCENT}: 0 điểm" if self.floor else "")

    def faults(self, maximum: Decimal) -> Iterator[str]:
        """What makes the formula senseless."""
        if self.ladder is None:
            if not self.target:
                yield "“muc_tieu” phải lớn hơn 0"
            if self.floor > self.target:
                yield "“san” lớn hơn “muc_tieu”"
            return
        if self.target != WHOLE or self.floor:
            yield "đã có “bac” thì không dùng “muc_tieu”, “san”"
        if not all(0 <= step.points <= maximum for step in self.ladder):
            yield f"điểm của bậc phải từ 0 đến điểm tối đa {wording.number(maximum)}"
        yield from (text for _, text in ladder_faults(self.ladder, low=Decimal(0), high=WHOLE, whole=False))

    @property
    def _divisor(self) -> str:
        return "" if self.target == WHOLE else f" ÷ {wording.number(self.target)}{_PERCENT}"


class MappedCriterion(Declared):
    """How one criterion is scored from answers."""

    scale: Name = Field(alias="thang", description="Tên thang trả lời của các câu hỏi")
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1)] = Field(
        alias="cau_hoi", description="Các câu hỏi được tính"
    )
    groups: tuple[Name, ...] = Field(
        (), alias="nhom", description="Chỉ tính phiếu của các nhóm này; bỏ trống: mọi nhóm"
    )
    fewest: Enough = Field(FEWEST, alias="toi_thieu", description="Số phiếu tối thiểu để có điểm, ít nhất 5")
    formula: SurveyFormula = Field(alias="cach_tinh", description="Công thức tính điểm")


class SurveyMapping(Declared):
    """The whole mapping of a year's survey."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: bảng ánh xạ chỉ để minh họa")
    respondents: SurveyGroups | None = Field(None, alias="nhom_tra_loi", description="Các nhóm người trả lời")
    scales: Annotated[dict[Name, Scale], Field(min_length=1)] = Field(
        alias="thang", description="Các thang trả lời, theo tên"
    )
    criteria: dict[Code, MappedCriterion] = Field(
        default_factory=dict, alias="tieu_chi", description="Các tiêu chí được tính, theo mã"
    )

    @property
    def groups(self) -> dict[str, SurveyGroup]:
        """The groups by name; none where respondents are not told apart."""
        return dict(self.respondents.groups) if self.respondents else {}

    @property
    def fingerprint(self) -> str:
        """A sha256 over what the mapping means; comments, order of keys and forms of numbers do not matter."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
