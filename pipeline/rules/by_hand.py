"""Shape 23: judged by hand, with a reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from pipeline import wording
from pipeline.rules.rule import Reach, Rule, Source, Span


class ByHand(Rule):
    """No figures: a person gives the points and says why."""

    source: ClassVar[Source] = Source.HAND
    kind: Literal["cham_tay"] = Field(alias="loai")

    def reach(self, maximum: Decimal) -> Reach:
        return Reach((Span(Fraction(0), Fraction(maximum)),))

    def describe(self, maximum: Decimal) -> str:
        return f"Đánh giá theo thực tế, kèm lý do: từ 0 đến {wording.number(maximum)} điểm"
