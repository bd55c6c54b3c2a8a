"""Shapes 15 and 16 inside a criterion: points taken off for every occurrence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name, Points
from pipeline.rules.rule import Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class Deducted(Rule):
    """The maximum less so many points per occurrence, never below zero."""

    kind: Literal["tru_diem"] = Field(alias="loai")
    count: Name = Field(alias="so_lieu")
    each: Points = Field(alias="tru")

    def figures(self) -> Mapping[str, Figure]:
        return {self.count: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        count = figures.count(self.count)
        left = scope.maximum - count * self.each
        working = f"{wording.number(scope.maximum)} − {wording.number(count)} × {wording.number(self.each)}"
        return Outcome(Fraction(max(left, Decimal(0))), working + (", không dưới 0" if left < 0 else ""))

    def reach(self, maximum: Decimal) -> Reach:
        if not self.each:
            return Reach.of(maximum)
        times = int(min(maximum / self.each, Decimal(10_000)))
        return Reach.of(*(maximum - count * self.each for count in range(times + 1)), 0)

    def describe(self, maximum: Decimal) -> str:
        return (
            f"Không có trường hợp nào: {wording.number(maximum)} điểm; "
            f"mỗi trường hợp trừ {wording.number(self.each)} điểm, không dưới 0"
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.each:
            yield "S209", "“tru” cho mỗi trường hợp bằng 0"
