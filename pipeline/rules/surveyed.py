"""Shape 19: points from the social survey, never given by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from pipeline import wording
from pipeline.rules.rule import ZERO, Reach, Rule, Source, lowest, span_between


class Surveyed(Rule):
    """No figures: the points are the survey's result."""

    source: ClassVar[Source] = Source.SURVEY
    kind: Literal["dieu_tra"] = Field(alias="loai", description="Tên cách chấm")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach((span_between(minimum, maximum),))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Theo kết quả điều tra xã hội học: từ {lowest(minimum)} đến {wording.number(maximum)} điểm"
