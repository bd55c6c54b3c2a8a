"""Shape 15: points taken off for every occurrence, in a criterion that has points or in a group of deductions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Count, Name, Points
from pipeline.rules.rule import MANY, ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class Deducted(Rule):
    """The maximum less so many points per occurrence, never below the minimum."""

    kind: Literal["tru_diem"] = Field(alias="loai", description="Tên cách chấm")
    count: Name = Field(alias="so_lieu", description="Số trường hợp")
    each: Points = Field(alias="tru", description="Điểm trừ mỗi trường hợp")
    first: Annotated[Count, Field(ge=1)] = Field(1, alias="tu", description="Bắt đầu trừ từ trường hợp thứ mấy")

    def figures(self) -> Mapping[str, Figure]:
        return {self.count: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        count = figures.count(self.count)
        return self.taken(max(count - self.first + 1, 0), self._counted(count), self.each, scope)

    def _counted(self, count: int) -> str:
        return f"{wording.number(count)} trường hợp, tính từ trường hợp thứ {self.first}: " if self.first > 1 else ""

    @staticmethod
    def taken(times: int, working: str, each: Decimal, scope: Scope) -> Outcome:
        """So many times off the maximum, down to the minimum."""
        left = scope.maximum - times * each
        start = f"{wording.number(scope.maximum)} " if scope.maximum else ""
        working += f"{start}{wording.MINUS} {wording.number(times)} × {wording.number(each)}"
        if left < scope.minimum:
            return Outcome(Fraction(scope.minimum), f"{working}, không dưới {wording.number(scope.minimum)}")
        return Outcome(Fraction(left), working)

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return steps_down(maximum, minimum, self.each)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        since = f" từ trường hợp thứ {self.first}" if self.first > 1 else ""
        return (
            f"Không có trường hợp nào: {wording.number(maximum)} điểm; "
            f"mỗi trường hợp{since} trừ {wording.number(self.each)} điểm, {floor_of(minimum)}"
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.each:
            yield "S209", "“tru” cho mỗi trường hợp bằng 0"


def steps_down(maximum: Decimal, minimum: Decimal, each: Decimal) -> Reach:
    """What is left of a maximum after any number of deductions."""
    if not each:
        return Reach.of(maximum)
    if not minimum.is_finite():
        return Reach.of(*(maximum - times * each for times in range(MANY + 1)))
    times = int(min((maximum - minimum) / each, Decimal(10_000)))
    return Reach.of(*(maximum - count * each for count in range(times + 1)), minimum)


def floor_of(minimum: Decimal) -> str:
    """How far a deduction goes, in words."""
    return f"không dưới {wording.number(minimum)}" if minimum.is_finite() else "không giới hạn"
