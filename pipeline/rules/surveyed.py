"""Shape 19: points from the social survey, never given by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from pipeline import wording
from pipeline.rules.rule import Reach, Rule, Source, Span


class Surveyed(Rule):
    """No figures: the points are the survey's result."""

    source: ClassVar[Source] = Source.SURVEY
    kind: Literal["dieu_tra"] = Field(alias="loai")

    def reach(self, maximum: Decimal) -> Reach:
        return Reach((Span(Fraction(0), Fraction(maximum)),))

    def describe(self, maximum: Decimal) -> str:
        return f"Theo kết quả điều tra xã hội học: từ 0 đến {wording.number(maximum)} điểm"
