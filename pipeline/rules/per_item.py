"""Shape 10: points per item up to a cap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name, Points
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class PerItem(Rule):
    """So many points for each item, at most the leaf's maximum."""

    kind: Literal["moi_don_vi"] = Field(alias="loai", description="Tên cách chấm")
    count: Name = Field(alias="so_lieu", description="Số trường hợp")
    each: Points = Field(alias="diem", description="Điểm mỗi trường hợp")

    def figures(self) -> Mapping[str, Figure]:
        return {self.count: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        count = figures.count(self.count)
        gained = count * self.each
        working = f"{wording.number(count)} × {wording.number(self.each)} = {wording.number(gained)}"
        if gained > scope.maximum:
            return Outcome(Fraction(scope.maximum), f"{working}, tối đa {wording.number(scope.maximum)}")
        return Outcome(Fraction(gained), working)

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        if not self.each:
            return Reach.of(0)
        items = int(min(maximum / self.each, Decimal(10_000)))
        return Reach.of(*(count * self.each for count in range(items + 1)), maximum)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Mỗi trường hợp {wording.number(self.each)} điểm, tối đa {wording.number(maximum)} điểm"

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.each:
            yield "S209", "“diem” cho mỗi trường hợp bằng 0"
