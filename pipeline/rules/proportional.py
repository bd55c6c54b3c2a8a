"""Shapes 7 and 8: in proportion to a rate, with a floor, a ceiling and a target that may lie below 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name, Points
from pipeline.rules.percent_steps import PERCENT, ratio_of
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope, Span


class Proportional(Rule):
    """The maximum from the target up, rate ÷ target × maximum from the floor up, nothing below the floor."""

    kind: Literal["ty_le"] = Field(alias="loai", description="Tên cách chấm")
    part: Name = Field(alias="tu_so", description="Số đạt")
    whole: Name = Field(alias="mau_so", description="Tổng số")
    target: Points = Field(Decimal(100), alias="muc_tieu", description="Tỷ lệ phần trăm được điểm tối đa")
    floor: Points = Field(Decimal(0), alias="san", description="Dưới tỷ lệ phần trăm này là 0 điểm")

    def figures(self) -> Mapping[str, Figure]:
        return {self.part: Figure(Kind.COUNT), self.whole: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        ratio, working = ratio_of(self.part, self.whole, figures)
        percent = ratio * 100
        if percent >= self.target:
            return Outcome(Fraction(scope.maximum), f"{working} → đạt mức {self._target} trở lên")
        if percent < self.floor:
            return Outcome(Fraction(0), f"{working} → dưới mức sàn {wording.number(self.floor)}{PERCENT}")
        formula = f"{wording.percent(ratio)}{self._divisor} × {wording.number(scope.maximum)}"
        return Outcome(percent * Fraction(scope.maximum) / Fraction(self.target), f"{working} → {formula}")

    @property
    def _target(self) -> str:
        return f"{wording.number(self.target)}{PERCENT}"

    @property
    def _divisor(self) -> str:
        return "" if self.target == 100 else f" ÷ {self._target}"

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        if not self.target:
            return Reach.of(maximum)
        low = Fraction(self.floor) * Fraction(maximum) / Fraction(self.target)
        nothing = (Span(Fraction(0), Fraction(0)),) if self.floor else ()
        return Reach((*nothing, Span(low, Fraction(maximum))))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        most = wording.number(maximum)
        between = f"từ {wording.number(self.floor)} đến dưới {self._target}" if self.floor else f"dưới {self._target}"
        text = f"{self._target} trở lên: {most} điểm; {between}: tỷ lệ{self._divisor} × {most}"
        return text + (f"; dưới {wording.number(self.floor)}{PERCENT}: 0 điểm" if self.floor else "")

    def faults(self) -> Iterator[tuple[str, str]]:
        if not 0 < self.target <= 100:
            yield "S209", "“muc_tieu” phải lớn hơn 0 và không quá 100 %"
        if self.floor > self.target:
            yield "S209", "“san” lớn hơn “muc_tieu”"
