"""Shape 1: yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name, Number
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class YesOrNo(Rule):
    """One amount for yes (the maximum unless declared), another for no (0 unless declared)."""

    kind: Literal["co_khong"] = Field(alias="loai", description="Tên cách chấm")
    answer: Name = Field(alias="so_lieu", description="Điều được hỏi")
    yes: Number | None = Field(None, alias="co", description="Điểm khi có; để trống là điểm tối đa")
    no: Number = Field(Decimal(0), alias="khong", description="Điểm khi không")

    def figures(self) -> Mapping[str, Figure]:
        return {self.answer: Figure(Kind.YES_NO)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        if figures.yes(self.answer):
            return Outcome(Fraction(self._yes(scope.maximum)), "có")
        return Outcome(Fraction(self.no), "không")

    def _yes(self, maximum: Decimal) -> Decimal:
        return maximum if self.yes is None else self.yes

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(self._yes(maximum), self.no)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Có: {wording.number(self._yes(maximum))} điểm; không: {wording.number(self.no)} điểm"
