"""Shape 2: all or nothing over several conditions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class AllConditions(Rule):
    """The maximum when every condition holds, nothing otherwise."""

    kind: Literal["du_dieu_kien"] = Field(alias="loai", description="Tên cách chấm")
    conditions: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        alias="dieu_kien", description="Các điều kiện phải đạt đủ"
    )

    def figures(self) -> Mapping[str, Figure]:
        return dict.fromkeys(self.conditions, Figure(Kind.YES_NO))

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        kept = sum(figures.yes(name) for name in self.conditions)
        working = f"đạt {kept}/{len(self.conditions)} điều kiện"
        return Outcome(Fraction(scope.maximum if kept == len(self.conditions) else 0), working)

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(maximum, 0)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Đủ {len(self.conditions)} điều kiện: {wording.number(maximum)} điểm; thiếu một điều kiện: 0 điểm"
