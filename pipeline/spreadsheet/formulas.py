"""The live formulas of the table: what counts for a leaf, and the sums above it within the set's bounds.

Each formula is written with the result that it has now. Sums are worked out here a second time for that; where the
dossier's own total differs all the same, the difference goes into the formula as a constant and is told beside it, so
that a sheet never contradicts the dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from pipeline import wording
from pipeline.model.criteria_set import CriteriaSet, Group, RoundingLevel, WhenNotApplicable, WithoutSurvey
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, Row, Scores, State
from pipeline.spreadsheet.layout import Column

Exact = Fraction | Decimal | int


class Bounds(NamedTuple):
    """Where a sum ends; None where it does not."""

    low: Decimal | None = None
    high: Decimal | None = None

    def formula(self, text: str) -> str:
        """A formula kept between the bounds."""
        text = text if self.high is None else f"MIN({text},{self.high})"
        return text if self.low is None else f"MAX({text},{self.low})"

    def keep(self, value: Fraction) -> Fraction:
        """A value kept between the bounds."""
        value = value if self.high is None else min(value, Fraction(self.high))
        return value if self.low is None else max(value, Fraction(self.low))


class Sums:
    """The exact sums of a scored set, before rounding, by the code of the row."""

    def __init__(self, criteria: CriteriaSet, scores: Scores) -> None:
        self.criteria = criteria
        self.scores = scores
        self.places = int(criteria.rounding.places)
        self.by_leaf = criteria.rounding.level is RoundingLevel.LEAF
        self.by_area = criteria.rounding.level is RoundingLevel.AREA

    def leaf(self, leaf: LeafScore) -> Exact | None:
        """What a leaf adds; None is not zero."""
        return leaf.points if self.by_leaf or leaf.points is None else leaf.exact

    def rule_points(self, leaf: LeafScore) -> Exact | None:
        """What the rule gives, as exact as the sums take it."""
        own = leaf.entry.self_points if leaf.entry else None
        if leaf.state is not State.SCORED:
            return None
        return leaf.rule_points if own is not None else self.leaf(leaf)

    @cached_property
    def exact(self) -> Mapping[str, Fraction]:
        """Of every row."""
        found: dict[str, Fraction] = {}
        for row in reversed(self._rows):
            if row.leaf:
                found[row.code] = Fraction(self.leaf(row.leaf) or 0)
            else:
                total = sum((found[child.code] for child in row.criterion.children), Fraction(0))
                found[row.code] = self.bounds(row).keep(total)
        return found

    @cached_property
    def beside(self) -> Mapping[str, Fraction]:
        """The part of every row that comes from bonus and deduction."""
        found: dict[str, Fraction] = {}
        for row in reversed(self._rows):
            inner = sum((found[child.code] for child in row.criterion.children), Fraction(0))
            found[row.code] = self.exact[row.code] if row.group else inner
        return found

    @cached_property
    def _rows(self) -> list[Row]:
        return [row for area in self.scores.areas for row in area.rows]

    def bounds(self, row: Row) -> Bounds:
        """Bonus and deduction end at every level; an area of the maximum ends where the set says so."""
        bounded = self.criteria.limits.area and row.depth == 0 and row.group is None
        low = row.criterion.minimum if row.group is Group.DEDUCTION or bounded else None
        return Bounds(
            low if low is not None and low.is_finite() else None,
            row.criterion.maximum if row.group or bounded else None,
        )

    def area(self, code: str) -> Fraction:
        """What an area adds to the total."""
        exact = self.exact[code]
        return Fraction(wording.round_half_up(exact, self.places)) if self.by_area else exact

    @cached_property
    def factor(self) -> Fraction:
        """By what the total is rescaled: 1 unless there is no survey and the set rescales."""
        criteria = self.criteria
        rest = criteria.total - criteria.survey_total
        surveyed = [leaf for leaf in self.scores.leaves if leaf.criterion.source is Source.SURVEY]
        if criteria.without_survey is not WithoutSurvey.RESCALE or rest in (0, criteria.total):
            return Fraction(1)
        absent = all(leaf.points is None for leaf in surveyed)
        return Fraction(criteria.total) / Fraction(rest) if absent else Fraction(1)

    @cached_property
    def total(self) -> Fraction:
        """The points of everything, rounded."""
        codes = [area.criterion.code for area in self.scores.areas]
        beside = sum((self.beside[code] for code in codes), Fraction(0))
        plain = sum((self.area(code) for code in codes), Fraction(0))
        scaled = (plain - beside) * self.factor + beside
        return Fraction(wording.round_half_up(self.total_bounds.keep(scaled), self.places))

    @property
    def total_bounds(self) -> Bounds:
        """Where the total ends."""
        return Bounds(Decimal(0), self.criteria.total) if self.criteria.limits.total else Bounds()


def leaf_points(leaf: LeafScore, row: int, points: Exact | None) -> str:
    """The points that count: the officer's own, else the rule's; what the set says when the leaf does not apply."""
    if not leaf.accepted:
        return '""' if points is None else number(points)
    plain = f'IF({at(Column.OWN, row)}<>"",{at(Column.OWN, row)},{_rule_or_blank(row)})'
    if leaf.criterion.not_applicable is None:
        return plain
    full = leaf.criterion.not_applicable is WhenNotApplicable.FULL
    without = at(Column.MAXIMUM, row) if full else '""'
    return f'IF({at(Column.NOT_APPLICABLE, row)}<>"",{without},{plain})'


def _rule_or_blank(row: int) -> str:
    return f'IF({at(Column.RULE_POINTS, row)}="","",{at(Column.RULE_POINTS, row)})'


def leaf_counted(leaf: LeafScore, row: int) -> str:
    """The maximum that counts: nothing when the leaf does not apply and the set lowers the maximum."""
    excused = leaf.entry is not None and leaf.entry.not_applicable is not None
    maximum = leaf.criterion.maximum if excused and leaf.group is None else leaf.maximum
    if leaf.criterion.not_applicable is not WhenNotApplicable.LOWER:
        return number(maximum)
    return f'IF({at(Column.NOT_APPLICABLE, row)}<>"",0,{number(maximum)})'


def leaf_waiting(leaf: LeafScore, row: int) -> str:
    """1 while the leaf has no points yet."""
    excused = leaf.entry is not None and leaf.entry.not_applicable is not None
    if leaf.settled and leaf.points is None and not excused:
        return "0"
    return f'IF(AND({at(Column.NOT_APPLICABLE, row)}="",{at(Column.POINTS, row)}=""),1,0)'


def leaf_settled(row: int) -> str:
    """The maximum that counts once the leaf has points."""
    return f"IF({at(Column.WAITING, row)}=1,0,{at(Column.COUNTED, row)})"


def leaf_exact(row: int) -> str:
    """What the leaf adds."""
    return f'IF({at(Column.POINTS, row)}="",0,{at(Column.POINTS, row)})'


def total_of(column: Column, rows: Iterable[int]) -> str:
    """The sum of a column over some rows."""
    return f"SUM({','.join(at(column, row) for row in rows)})"


def rounded(formula: str, places: int, adjustment: Fraction) -> str:
    """A formula rounded half up, with what the dossier adds to it."""
    return f"ROUND({formula},{places})" + (f"+({number(adjustment)})" if adjustment else "")


def number(value: Exact) -> str:
    """A number as formulas write it."""
    text = repr(float(value))
    return text.removesuffix(".0")


def at(column: Column, row: int, sheet: str = "") -> str:
    """A cell, on a sheet of that name."""
    prefix = "'" + sheet + "'!" if sheet else ""
    return f"{prefix}{column.letter}{row}"
