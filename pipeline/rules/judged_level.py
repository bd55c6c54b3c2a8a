"""Shape 6: a level that a person judges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Declared, Name, Number, Text
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class Level(Declared):
    """One level and its points."""

    title: Text = Field(alias="ten", description="Tên mức")
    points: Number = Field(alias="diem", description="Điểm của mức")


class JudgedLevel(Rule):
    """Points by the level chosen."""

    kind: Literal["muc_do"] = Field(alias="loai", description="Tên cách chấm")
    choice: Name = Field(alias="so_lieu", description="Tên số liệu ghi mức được chọn")
    levels: Annotated[dict[Name, Level], Field(min_length=1)] = Field(alias="muc", description="Các mức")

    def figures(self) -> Mapping[str, Figure]:
        return {self.choice: Figure(Kind.CHOICE, {name: level.title for name, level in self.levels.items()})}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        level = self.levels[figures.choice(self.choice)]
        return Outcome(Fraction(level.points), f"mức “{level.title}”")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(*(level.points for level in self.levels.values()))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return "; ".join(f"{level.title}: {wording.number(level.points)} điểm" for level in self.levels.values())
