"""What every shape of rule is: figures in, points and a derivation in words out.

A rule is a small immutable object declared in a criteria set. It reads no file and knows no officer; what it needs
beyond its figures comes in the `Scope`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import ClassVar, NamedTuple, TypeVar

from pipeline import wording
from pipeline.fields import Declared

T = TypeVar("T")

Value = bool | int | date | str
"""A typed figure."""


class Kind(Enum):
    """What an officer types for a figure."""

    COUNT = "số nguyên, ví dụ 120"
    YES_NO = "có hoặc không"
    DATE = "ngày, ví dụ 29/10/2022"
    CHOICE = "một trong các mức"


@dataclass(frozen=True)
class Figure:
    """What a rule asks for under one name."""

    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    """The names to choose from with their titles, for `Kind.CHOICE`."""

    def read(self, text: str) -> Value:
        """Type what an officer wrote.

        Raises:
            ValueError: in Vietnamese.
        """
        match self.kind:
            case Kind.COUNT:
                return wording.read_count(text)
            case Kind.YES_NO:
                return wording.read_yes_no(text)
            case Kind.DATE:
                return wording.read_date(text)
            case Kind.CHOICE:
                if text.strip() not in self.choices:
                    raise ValueError(f"“{text}” không phải là một trong các mức: {', '.join(self.choices)}")
                return text.strip()

    def shown(self, value: Value) -> str:
        """A typed figure as a reader sees it."""
        match value:
            case bool():
                return "có" if value else "không"
            case int():
                return wording.number(value)
            case date():
                return wording.day(value)
            case _:
                return self.choices.get(value, value)


class Figures:
    """The typed figures of one leaf; a rule takes out what it has asked for."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def count(self, name: str) -> int:
        """A whole number."""
        return self._typed(name, int)

    def yes(self, name: str) -> bool:
        """A yes or a no."""
        return self._typed(name, bool)

    def day(self, name: str) -> date:
        """A date."""
        return self._typed(name, date)

    def choice(self, name: str) -> str:
        """The name of a level."""
        return self._typed(name, str)

    def _typed(self, name: str, kind: type[T]) -> T:
        value = self._values[name]
        if not isinstance(value, kind):
            raise TypeError(f"{name}: {type(value).__name__} instead of {kind.__name__}")
        return value


class Source(Enum):
    """Where the points of a leaf come from."""

    FIGURES = "số liệu"
    HAND = "chấm tay"
    SURVEY = "điều tra xã hội học"


@dataclass(frozen=True)
class Scope:
    """What a rule may look at beside its own figures."""

    maximum: Decimal
    """The maximum of the leaf, in points."""

    year: int
    """The assessed year."""


@dataclass(frozen=True)
class Outcome:
    """What a rule gives."""

    points: Fraction
    """Exact, before the set's rounding."""

    derivation: str
    """How it came about, up to but without the points: `118/120 = 98,33 % → bậc 90 đến <100 %`."""


class Span(NamedTuple):
    """A closed range of points."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Reach:
    """The points a rule can give at all."""

    spans: tuple[Span, ...]

    @classmethod
    def of(cls, *values: Decimal | Fraction | int) -> Reach:
        """The reach of a rule that gives only these values."""
        return cls(tuple(Span(Fraction(value), Fraction(value)) for value in values))

    @property
    def highest(self) -> Fraction:
        """The most points to be had."""
        return max(span.high for span in self.spans)

    def contains(self, points: Decimal, places: int) -> bool:
        """Whether these points, once rounded to `places` decimals, can come out of the rule."""
        half, value = Fraction(1, 2 * 10**places), Fraction(points)
        return any(
            abs(span.low - value) <= half or abs(span.high - value) <= half or span.low <= value <= span.high
            for span in self.spans
        )


class FigureError(Exception):
    """Figures that cannot be true together, such as a part larger than its whole."""

    def __init__(self, *, figure: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.figure = figure
        self.message = message
        self.mend = mend


class Rule(Declared):
    """Base of all shapes."""

    source: ClassVar[Source] = Source.FIGURES

    def figures(self) -> Mapping[str, Figure]:
        """The figures it needs, by name."""
        return {}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome | None:
        """Points for these figures, which are complete and typed; None when they come from elsewhere.

        Raises:
            FigureError: they contradict each other.
        """
        return None

    @abstractmethod
    def reach(self, maximum: Decimal) -> Reach:
        """The points it can give in a leaf with this maximum."""

    @abstractmethod
    def describe(self, maximum: Decimal) -> str:
        """The rule in one Vietnamese sentence for officers and citizens."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the declaration itself: pairs of a finding's code and its message."""
        return iter(())
