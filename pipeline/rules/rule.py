"""What every shape of rule is: figures in, points and a derivation in words out.

A rule is a small immutable object declared in a criteria set. It reads no file and knows no officer; what it needs
beyond its figures comes in the `Scope`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import ClassVar, NamedTuple, TypeVar

from pipeline import wording
from pipeline.fields import Declared

T = TypeVar("T")

Value = bool | int | Decimal | date | str
"""A typed figure."""

ZERO = Decimal(0)

MANY = 1_000
"""How many occurrences are looked at where a rule knows no end."""


class Kind(Enum):
    """What an officer types for a figure."""

    COUNT = "số nguyên, ví dụ 120"
    NUMBER = "số, ví dụ 12,5"
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
            case Kind.NUMBER:
                return wording.read_decimal(text)
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
            case Decimal():
                return wording.number(value, 6)
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

    def number(self, name: str) -> Fraction:
        """Any number, exactly; yes is 1 and no is 0."""
        value = self._values[name]
        if not isinstance(value, int | Decimal):
            raise TypeError(f"{name}: {type(value).__name__} instead of a number")
        return Fraction(value)

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


def added(parts: Sequence[Decimal], written: Callable[[Decimal], str]) -> str:
    """Numbers as a sum, negative ones taken off: `1 + 0,5 − 0,25`."""
    text = written(parts[0]) if parts else ""
    for part in parts[1:]:
        text += f" {wording.MINUS} {written(-part)}" if part < 0 else f" + {written(part)}"
    return text


class Source(Enum):
    """Where the points of a leaf come from."""

    FIGURES = "số liệu"
    HAND = "chấm tay"
    SURVEY = "điều tra xã hội học"
    SUPPLIED = "cơ quan khác cung cấp"


@dataclass(frozen=True)
class Standing:
    """How another criterion stands, for a rule that depends on it."""

    points: Decimal | None
    """The points that count; None when there are none (yet)."""

    scored: bool
    """Whether it has points by a rule or by hand."""

    settled: bool
    """Scored or not applicable: nothing more is to come."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """What was entered, as `canonical` writes it."""


@dataclass(frozen=True)
class Remembered:
    """What last year's locked result says of one criterion."""

    points: Decimal | None = None
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LastYear:
    """The locked result of the year before."""

    year: int
    criteria: Mapping[str, Remembered]


@dataclass(frozen=True)
class Scope:
    """What a rule may look at beside its own figures."""

    maximum: Decimal
    """The maximum of the leaf, in points."""

    year: int
    """The assessed year."""

    minimum: Decimal = ZERO
    """The least points of the leaf; minus infinity where the set knows no end."""

    code: str = ""
    """The code of the leaf."""

    others: Mapping[str, Standing] = field(default_factory=dict)
    """The criteria that the rule depends on, by code."""

    last_year: LastYear | None = None
    """None in the first year."""


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

    @property
    def lowest(self) -> Fraction:
        """The fewest points to be had."""
        return min(span.low for span in self.spans)

    def contains(self, points: Decimal, places: int) -> bool:
        """Whether these points, once rounded to `places` decimals, can come out of the rule."""
        half, value = Fraction(1, 2 * 10**places), Fraction(points)
        return any(
            abs(span.low - value) <= half or abs(span.high - value) <= half or span.low <= value <= span.high
            for span in self.spans
        )


def span_between(minimum: Decimal, maximum: Decimal) -> Span:
    """Everything between two bounds; an unlimited one ends far below anything that is ever taken off."""
    return Span(Fraction(minimum if minimum.is_finite() else Decimal(-1_000_000)), Fraction(maximum))


def lowest(minimum: Decimal) -> str:
    """The minimum in words."""
    return wording.number(minimum) if minimum.is_finite() else "điểm âm không giới hạn"


class FigureError(Exception):
    """Figures that cannot be true together, such as a part larger than its whole."""

    def __init__(self, *, figure: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.figure = figure
        self.message = message
        self.mend = mend


class AwaitedError(Exception):
    """A rule cannot say anything before another criterion is scored."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def canonical(value: Value | str) -> str:
    """An answer as text that compares: `có`, `không`, a plain number, the name of a level."""
    match value:
        case bool():
            return "có" if value else "không"
        case int() | Decimal():
            return wording.number(value, 6)
        case date():
            return wording.day(value)
    for read in (wording.read_yes_no, wording.read_decimal):
        try:
            return canonical(read(value))
        except ValueError:
            continue
    return value.strip()


class Rule(Declared):
    """Base of all shapes."""

    source: ClassVar[Source] = Source.FIGURES

    def figures(self) -> Mapping[str, Figure]:
        """The figures it may need, by name."""
        return {}

    def needed(self, values: Mapping[str, Value], scope: Scope) -> Mapping[str, Figure]:
        """The figures it needs here, where a choice or another criterion decides; otherwise all of them."""
        return self.figures()

    def depends(self) -> tuple[str, ...]:
        """The codes of the criteria that must be scored before this one."""
        return ()

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome | None:
        """Points for these figures, which are complete and typed; None when they come from elsewhere.

        Raises:
            FigureError: they contradict each other.
            AwaitedError: another criterion must be scored first.
        """
        return None

    @abstractmethod
    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        """The points it can give in a leaf between these bounds."""

    @abstractmethod
    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        """The rule in one Vietnamese sentence for officers and citizens."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the declaration itself: pairs of a finding's code and its message."""
        return iter(())
