"""Shape 13: better, the same or worse than last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline import wording
from pipeline.fields import Code, Name, Number
from pipeline.rules.percent_steps import ratio_of
from pipeline.rules.rule import (
    ZERO,
    AwaitedError,
    Figure,
    Figures,
    Kind,
    Outcome,
    Reach,
    Remembered,
    Rule,
    Scope,
)


class AgainstLastYear(Rule):
    """Points for more, as much, or less than in last year's locked result: of a number, a rate or a criterion."""

    kind: Literal["so_nam_truoc"] = Field(alias="loai", description="Tên cách chấm")
    number: Name | None = Field(None, alias="so_lieu", description="Số liệu để so")
    part: Name | None = Field(None, alias="tu_so", description="Tử số của tỷ lệ để so")
    whole: Name | None = Field(None, alias="mau_so", description="Mẫu số của tỷ lệ để so")
    points_of: Code | None = Field(None, alias="diem_cua", description="Mã tiêu chí có điểm để so")
    more: Number = Field(alias="tang", description="Điểm khi tăng")
    same: Number = Field(ZERO, alias="bang", description="Điểm khi bằng")
    less: Number = Field(ZERO, alias="giam", description="Điểm khi giảm")
    first_year: Number = Field(alias="nam_dau", description="Điểm khi không có năm trước để so")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        rate = self.part is not None and self.whole is not None
        asked = [self.number is not None, rate, self.points_of is not None]
        if sum(asked) != 1 or (self.part is None) != (self.whole is None):
            message = "cần đúng một thứ để so: “so_lieu”, hoặc “tu_so” cùng “mau_so”, hoặc “diem_cua”"
            raise PydanticCustomError("against", message, {})
        return self

    def figures(self) -> Mapping[str, Figure]:
        if self.number is not None:
            return {self.number: Figure(Kind.NUMBER)}
        if self.part is not None and self.whole is not None:
            return {self.part: Figure(Kind.COUNT), self.whole: Figure(Kind.COUNT)}
        return {}

    def depends(self) -> tuple[str, ...]:
        return (self.points_of,) if self.points_of else ()

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        now, written = self._now(figures, scope)
        if now is None:
            return Outcome(Fraction(self.first_year), f"{written}, không so được với năm trước")
        before = self._before(scope)
        if before is None:
            missing = "không có mục này" if scope.last_year else "không có (năm đầu)"
            return Outcome(Fraction(self.first_year), f"{written}; kết quả khóa của năm {scope.year - 1} {missing}")
        last, was = before
        for holds, word, points in ((now > last, "tăng", self.more), (now < last, "giảm", self.less)):
            if holds:
                return Outcome(Fraction(points), f"{written}, năm trước {was}: {word}")
        return Outcome(Fraction(self.same), f"{written}, năm trước {was}: bằng")

    def _now(self, figures: Figures, scope: Scope) -> tuple[Fraction | None, str]:
        if self.points_of is None:
            return self._measured(figures)
        other = scope.others.get(self.points_of)
        if other is None or not other.settled:
            raise AwaitedError(self.points_of)
        if other.points is None:
            return None, f"tiêu chí {self.points_of} không áp dụng"
        return Fraction(other.points), f"tiêu chí {self.points_of} đạt {wording.points(other.points)} điểm"

    def _measured(self, figures: Figures) -> tuple[Fraction, str]:
        if self.number is not None:
            return figures.number(self.number), wording.number(figures.number(self.number), 6)
        assert self.part is not None
        assert self.whole is not None
        return ratio_of(self.part, self.whole, figures)

    def _before(self, scope: Scope) -> tuple[Fraction, str] | None:
        """Last year's value and how it reads; None when there is nothing to compare with."""
        remembered = scope.last_year and scope.last_year.criteria.get(self.points_of or scope.code)
        if not remembered:
            return None
        if self.points_of is not None:
            points = remembered.points
            return None if points is None else (Fraction(points), f"{wording.points(points)} điểm")
        return self._measured_before(remembered)

    def _measured_before(self, remembered: Remembered) -> tuple[Fraction, str] | None:
        asked = self.figures()
        try:
            values = {name: asked[name].read(remembered.figures[name]) for name in asked}
            if self.whole is not None and not values[self.whole]:
                return None
            return self._measured(Figures(values))
        except (KeyError, ValueError):
            return None

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(self.more, self.same, self.less, self.first_year)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        parts = (("tăng", self.more), ("bằng", self.same), ("giảm", self.less), ("năm đầu", self.first_year))
        what = f" về điểm của tiêu chí {self.points_of}" if self.points_of else ""
        return f"So với năm trước{what}: " + "; ".join(
            f"{word} {wording.number(points)} điểm" for word, points in parts
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        if max(self.more, self.same, self.less) < self.first_year:
            yield "S209", "“nam_dau” cao hơn mọi mức khi so được với năm trước"
