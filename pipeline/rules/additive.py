"""Shape 9: ticks that add up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Annotated, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name, Number
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope, added


class Additive(Rule):
    """The sum of the points of everything ticked."""

    kind: Literal["cong_diem"] = Field(alias="loai", description="Tên cách chấm")
    ticks: Annotated[dict[Name, Number], Field(min_length=1, max_length=12)] = Field(
        alias="y", description="Điểm của từng ý"
    )

    def figures(self) -> Mapping[str, Figure]:
        return dict.fromkeys(self.ticks, Figure(Kind.YES_NO))

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        gained = [points for name, points in self.ticks.items() if figures.yes(name)]
        working = added(gained, wording.number) or "không đạt ý nào"
        return Outcome(Fraction(sum(gained, Decimal(0))), f"đạt {len(gained)}/{len(self.ticks)} ý: {working}")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        choices = product(*((Decimal(0), points) for points in self.ticks.values()))
        return Reach.of(*sorted({sum(choice, Decimal(0)) for choice in choices}))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Cộng điểm từng ý đạt được: {added(list(self.ticks.values()), wording.number)}"
