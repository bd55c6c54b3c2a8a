"""Shape 23: judged by hand, with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from pipeline import wording
from pipeline.rules.rule import ZERO, Reach, Rule, Source, lowest, span_between


class ByHand(Rule):
    """No figures: a person gives the points and says why."""

    source: ClassVar[Source] = Source.HAND
    kind: Literal["cham_tay"] = Field(alias="loai", description="Tên cách chấm")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach((span_between(minimum, maximum),))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Đánh giá theo thực tế, kèm lý do: từ {lowest(minimum)} đến {wording.number(maximum)} điểm"
