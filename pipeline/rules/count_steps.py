"""Shape 4: steps on a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope
from pipeline.rules.steps import INFINITY, Ladder, describe_ladder, ladder_faults, step_of

NONE = Decimal(0)


class CountSteps(Rule):
    """Points by the step on which a count falls."""

    kind: Literal["bac_so_luong"] = Field(alias="loai", description="Tên cách chấm")
    count: Name = Field(alias="so_lieu", description="Số lượng")
    ladder: Ladder = Field(alias="bac", description="Các bậc điểm, phủ hết từ 0 trở lên")

    def figures(self) -> Mapping[str, Figure]:
        return {self.count: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        count = figures.count(self.count)
        step = step_of(self.ladder, Fraction(count))
        if step is None:
            return Outcome(Fraction(0), f"{wording.number(count)} → không thuộc bậc nào")
        return Outcome(Fraction(step.points), f"{wording.number(count)} → bậc {step.describe('', bottom=NONE)}")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(*(step.points for step in self.ladder))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Theo số lượng: {describe_ladder(self.ladder, '', bottom=NONE)}"

    def faults(self) -> Iterator[tuple[str, str]]:
        return ladder_faults(self.ladder, low=NONE, high=INFINITY, whole=True)
