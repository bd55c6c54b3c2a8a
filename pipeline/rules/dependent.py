"""Shape 12: one way of scoring when another criterion stands so, another way when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline import wording
from pipeline.fields import Code, Declared, Name, Number, Text, YesNo
from pipeline.rules.rule import (
    ZERO,
    AwaitedError,
    Figure,
    Figures,
    Outcome,
    Reach,
    Rule,
    Scope,
    Source,
    Standing,
    Value,
    canonical,
)

if TYPE_CHECKING:
    from pipeline.rules import AnyRule


class Condition(Declared):
    """What must be true of another criterion: its points, one of its answers, or that it is scored at all."""

    criterion: Code = Field(alias="tieu_chi", description="Mã tiêu chí được hỏi tới")
    points_from: Number | None = Field(None, alias="diem_tu", description="Đúng khi tiêu chí đó đạt từ mức điểm này")
    figure: Name | None = Field(None, alias="so_lieu", description="Tên số liệu của tiêu chí đó")
    answer: Text | None = Field(None, alias="la", description="Đúng khi số liệu đó là giá trị này")
    scored: YesNo | None = Field(None, alias="da_cham", description="Có: đúng khi tiêu chí đó đã chấm; không: khi chưa")

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        asked = [self.points_from, self.figure, self.scored]
        if sum(each is not None for each in asked) != 1 or (self.figure is None) != (self.answer is None):
            message = "“khi” cần đúng một điều kiện: “diem_tu”, hoặc “so_lieu” cùng “la”, hoặc “da_cham”"
            raise PydanticCustomError("condition", message, {})
        return self

    def holds(self, others: Mapping[str, Standing]) -> tuple[bool, str]:
        """Whether it is true, and how the other criterion stands, in words.

        Raises:
            AwaitedError: the other criterion is not scored, and that decides nothing yet.
        """
        other = others.get(self.criterion)
        if self.scored is not None:
            is_scored = other is not None and other.scored
            return is_scored == self.scored, "đã chấm" if is_scored else "chưa chấm hoặc không áp dụng"
        if other is None or not other.settled:
            raise AwaitedError(self.criterion)
        if self.points_from is not None:
            if other.points is None:
                return False, "không áp dụng"
            return other.points >= self.points_from, f"đạt {wording.points(other.points)} điểm"
        assert self.figure is not None
        assert self.answer is not None
        given = other.answers.get(self.figure)
        return given == canonical(self.answer), f"“{self.figure}” là {given}" if given else "không áp dụng"

    def describe(self) -> str:
        """The condition in words."""
        if self.scored is not None:
            return f"tiêu chí {self.criterion} {'đã' if self.scored else 'không'} được chấm"
        if self.points_from is not None:
            return f"tiêu chí {self.criterion} đạt từ {wording.number(self.points_from)} điểm"
        return f"tiêu chí {self.criterion} có “{self.figure}” là {canonical(self.answer or '')}"


class Dependent(Rule):
    """One rule when the condition holds, the other when it does not."""

    kind: Literal["phu_thuoc"] = Field(alias="loai", description="Tên cách chấm")
    when: Condition = Field(alias="khi", description="Điều kiện về tiêu chí khác")
    then: AnyRule = Field(alias="thi", description="Cách chấm khi điều kiện đúng")
    otherwise: AnyRule = Field(alias="neu_khong", description="Cách chấm khi điều kiện sai")

    def figures(self) -> Mapping[str, Figure]:
        return {**self.then.figures(), **self.otherwise.figures()}

    def needed(self, values: Mapping[str, Value], scope: Scope) -> Mapping[str, Figure]:
        try:
            holds, _ = self.when.holds(scope.others)
        except AwaitedError:
            return {}
        return (self.then if holds else self.otherwise).needed(values, scope)

    def depends(self) -> tuple[str, ...]:
        return (self.when.criterion, *self.then.depends(), *self.otherwise.depends())

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome | None:
        holds, standing = self.when.holds(scope.others)
        outcome = (self.then if holds else self.otherwise).evaluate(figures, scope)
        if outcome is None:
            return None
        side = "đúng điều kiện" if holds else "không đúng điều kiện"
        return Outcome(outcome.points, f"tiêu chí {self.when.criterion} {standing} ({side}) → {outcome.derivation}")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach((*self.then.reach(maximum, minimum).spans, *self.otherwise.reach(maximum, minimum).spans))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        then, otherwise = self.then.describe(maximum, minimum), self.otherwise.describe(maximum, minimum)
        return f"Khi {self.when.describe()}: {then}. Nếu không: {otherwise}"

    def faults(self) -> Iterator[tuple[str, str]]:
        for rule, name in ((self.then, "thi"), (self.otherwise, "neu_khong")):
            if rule.source is not Source.FIGURES:
                yield "S209", f"“{name}” phải là cách chấm theo số liệu"
            yield from rule.faults()
        then, otherwise = self.then.figures(), self.otherwise.figures()
        for name in then:
            if name in otherwise and then[name] != otherwise[name]:
                yield "S209", f"số liệu “{name}” có hai kiểu khác nhau trong “thi” và “neu_khong”"
