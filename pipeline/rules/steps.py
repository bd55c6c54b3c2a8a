"""Steps: the ladder of half-open ranges that percentages, counts and days late are scored with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline import wording
from pipeline.fields import Declared, Number

INFINITY = Decimal("Infinity")


class Step(Declared):
    """One step: a range and its points. An absent bound leaves that side open."""

    at_least: Number | None = Field(None, alias="tu", description="Từ, kể cả mức này")
    above: Number | None = Field(None, alias="tren", description="Trên mức này")
    at_most: Number | None = Field(None, alias="den", description="Đến, kể cả mức này")
    below: Number | None = Field(None, alias="duoi", description="Dưới mức này")
    points: Number = Field(alias="diem", description="Điểm của bậc")

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> Self:
        if self.at_least is not None and self.above is not None:
            raise PydanticCustomError("step", "chỉ dùng một trong hai cận dưới “tu” và “tren”", {})
        if self.at_most is not None and self.below is not None:
            raise PydanticCustomError("step", "chỉ dùng một trong hai cận trên “den” và “duoi”", {})
        if self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed)):
            raise PydanticCustomError("step", "cận dưới lớn hơn cận trên", {})
        return self

    @property
    def low(self) -> Decimal:
        """The lower bound, minus infinity when open."""
        return next((bound for bound in (self.at_least, self.above) if bound is not None), -INFINITY)

    @property
    def high(self) -> Decimal:
        """The upper bound, infinity when open."""
        return next((bound for bound in (self.at_most, self.below) if bound is not None), INFINITY)

    @property
    def low_closed(self) -> bool:
        """Whether the lower bound belongs to the step."""
        return self.at_least is not None

    @property
    def high_closed(self) -> bool:
        """Whether the upper bound belongs to the step."""
        return self.at_most is not None

    def holds(self, value: Fraction) -> bool:
        """Whether the value falls on this step."""
        above = self.low == -INFINITY or value > self.low or (self.low_closed and value == self.low)
        below = self.high == INFINITY or value < self.high or (self.high_closed and value == self.high)
        return above and below

    def describe(self, unit: str, *, top: Decimal = INFINITY, bottom: Decimal = -INFINITY) -> str:
        """The range in words: `từ 90 đến dưới 100 %`; nothing lies above `top` or below `bottom`."""
        low, high = wording.number(self._finite(self.low)), wording.number(self._finite(self.high))
        if self.low == self.high or (self.low == top and self.low_closed):
            return f"{low}{unit}"
        if self.high == bottom and self.high_closed:
            return f"{high}{unit}"
        if self.low == -INFINITY and self.high == INFINITY:
            return "mọi trường hợp"
        start = f"{'từ' if self.low_closed else 'trên'} {low}" if self.low != -INFINITY else ""
        if self.high == INFINITY:
            return f"{start}{unit} trở lên" if self.low_closed else f"{start}{unit}"
        end = "đến" if self.high_closed else "đến dưới" if start else "dưới"
        return f"{start} {end} {high}{unit}".strip()

    @staticmethod
    def _finite(bound: Decimal) -> Decimal:
        return bound if bound.is_finite() else Decimal(0)


Ladder = Annotated[tuple[Step, ...], Field(min_length=1)]
"""The steps of a rule, best first or worst first."""


def step_of(ladder: Sequence[Step], value: Fraction) -> Step | None:
    """The first step that holds the value."""
    return next((step for step in ladder if step.holds(value)), None)


def describe_ladder(ladder: Sequence[Step], unit: str, *, top: Decimal = INFINITY, bottom: Decimal = -INFINITY) -> str:
    """All steps in words: `100 %: 1 điểm; từ 90 đến dưới 100 %: 0,5 điểm`."""
    return "; ".join(
        f"{step.describe(unit, top=top, bottom=bottom)}: {wording.number(step.points)} điểm" for step in ladder
    )


def ladder_faults(ladder: Sequence[Step], *, low: Decimal, high: Decimal, whole: bool) -> Iterator[tuple[str, str]]:
    """Gaps, overlaps and steps never reached between `low` and `high`; `whole` numbers have no values between."""
    for step in ladder:
        if not _reachable(step, low, high, whole=whole):
            yield "S213", f"bậc {step.describe('')} không bao giờ đạt tới"
    ordered = sorted(ladder, key=lambda step: (step.low, not step.low_closed))
    reached, reached_closed = low, False
    for step in ordered:
        yield from _seam(reached, reached_closed, step, whole=whole, start=low)
        reached, reached_closed = max((reached, reached_closed), (step.high, step.high_closed))
    if reached < high or (reached == high and not reached_closed and high.is_finite()):
        yield "S203", f"các bậc điểm bỏ trống từ {wording.number(reached)} trở lên"


def _reachable(step: Step, low: Decimal, high: Decimal, *, whole: bool) -> bool:
    """Whether any value of the range falls on the step."""
    too_low = step.high < low or (step.high == low and not step.high_closed)
    too_high = step.low > high or (step.low == high and not step.low_closed)
    if too_low or too_high:
        return False
    if not whole or not step.low.is_finite() or not step.high.is_finite():
        return True
    first = step.low.to_integral_value("ROUND_CEILING")
    return step.holds(Fraction(first)) or step.holds(Fraction(first + 1))


def _seam(
    reached: Decimal, reached_closed: bool, step: Step, *, whole: bool, start: Decimal
) -> Iterator[tuple[str, str]]:
    """How the next step joins what the steps before it cover."""
    if step.low <= start and reached == start and not reached_closed:
        if step.low == start and not step.low_closed and start.is_finite():
            yield "S203", f"các bậc điểm bỏ trống giá trị {wording.number(start)}"
        return
    end, begin = _edges(reached, reached_closed, step, whole=whole)
    shown = wording.number(step.low) if step.low.is_finite() else "thấp nhất"
    if begin > end:
        gap = f"giữa {wording.number(reached)} và {shown}" if reached.is_finite() else f"dưới {shown}"
        yield "S203", f"các bậc điểm bỏ trống {gap}"
    elif begin < end:
        yield "S204", f"các bậc điểm chồng lên nhau ở {shown}"


def _edges(
    reached: Decimal, reached_closed: bool, step: Step, *, whole: bool
) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
    """Where the covered part ends and the step begins, as half-open edges that are equal when they touch."""
    if whole:
        ends = reached.to_integral_value("ROUND_FLOOR") + 1 if reached_closed and reached.is_finite() else reached
        begins = (
            step.low if step.low_closed or not step.low.is_finite() else step.low.to_integral_value("ROUND_FLOOR") + 1
        )
        return (ends, 0), (begins, 0)
    return (reached, int(reached_closed)), (step.low, int(not step.low_closed))
