"""Scoring a whole year: leaves, sums at every level, percentages, the band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import Band, BandScale, CriteriaSet, Criterion, Rounding, RoundingLevel
from pipeline.scoring.leaf import LeafScore, State, score_leaf


@dataclass(frozen=True)
class Tally:
    """The sum over some leaves."""

    points: Decimal
    """Points so far; unscored leaves add nothing and are counted in `missing`."""
    maximum: Decimal
    """What can be had: the set's maximum less what does not apply."""
    scored_maximum: Decimal
    """The part of `maximum` whose leaves are scored."""
    leaves: int
    scored: int
    """Leaves that are settled: scored or not applicable."""

    @property
    def missing(self) -> int:
        """Leaves without a score yet."""
        return self.leaves - self.scored

    @property
    def ratio(self) -> Fraction:
        """Points by maximum, 0–1; unscored leaves pull it down."""
        return Fraction(self.points) / Fraction(self.maximum) if self.maximum else Fraction(0)

    @property
    def scored_ratio(self) -> Fraction:
        """Points by the maximum of what is scored, 0–1."""
        return Fraction(self.points) / Fraction(self.scored_maximum) if self.scored_maximum else Fraction(0)


@dataclass(frozen=True)
class Row:
    """One line of the table: an area, a criterion or a leaf."""

    criterion: Criterion
    depth: int
    tally: Tally
    leaf: LeafScore | None
    """The score, for leaves."""

    @property
    def code(self) -> str:
        return self.criterion.code


@dataclass(frozen=True)
class AreaScore:
    """One area."""

    rows: tuple[Row, ...]
    """The area itself first, then everything below it in order."""

    @property
    def criterion(self) -> Criterion:
        return self.rows[0].criterion

    @property
    def tally(self) -> Tally:
        return self.rows[0].tally

    @property
    def leaves(self) -> tuple[LeafScore, ...]:
        return tuple(row.leaf for row in self.rows if row.leaf)


@dataclass(frozen=True)
class Scores:
    """A scored year."""

    areas: tuple[AreaScore, ...]
    total: Tally
    band: Band

    @property
    def provisional(self) -> bool:
        """Whether the band may still change because leaves are unscored."""
        return self.total.missing > 0

    @property
    def leaves(self) -> tuple[LeafScore, ...]:
        return tuple(leaf for area in self.areas for leaf in area.leaves)

    def find(self, code: str) -> Row | None:
        """The row with this code."""
        return next((row for area in self.areas for row in area.rows if row.code == code), None)


def score(criteria: CriteriaSet, entries: Mapping[str, Entry], survey: Mapping[str, Decimal], *, year: int) -> Scores:
    """Score everything that has been entered. Pure: the same input gives the same result."""
    leaves = {
        leaf.code: score_leaf(
            leaf, entries.get(leaf.code), survey.get(leaf.code), year=year, rounding=criteria.rounding
        )
        for area in criteria.areas
        for leaf in area.leaves()
    }
    areas = tuple(_area(area, leaves, criteria.rounding) for area in criteria.areas)
    total = _total(areas, list(leaves.values()), criteria.rounding)
    return Scores(areas, total, _band(criteria, total))


def _area(area: Criterion, leaves: Mapping[str, LeafScore], rounding: Rounding) -> AreaScore:
    rows = []
    for criterion, depth, _ in area.walk():
        below = [leaves[leaf.code] for leaf in criterion.leaves()]
        own = leaves[criterion.code] if criterion.rule is not None else None
        rows.append(Row(criterion, depth, _tally(below, rounding), own))
    return AreaScore(tuple(rows))


def _tally(leaves: Sequence[LeafScore], rounding: Rounding) -> Tally:
    """Add up rounded leaves where the set rounds leaves, exact ones where it rounds higher up."""
    by_leaf = rounding.level is RoundingLevel.LEAF
    exact = sum((Fraction((leaf.points if by_leaf else leaf.exact) or 0) for leaf in leaves), Fraction(0))
    return _counted(leaves, wording.round_half_up(exact, int(rounding.places)))


def _total(areas: Iterable[AreaScore], leaves: Sequence[LeafScore], rounding: Rounding) -> Tally:
    if rounding.level is RoundingLevel.AREA:
        return _counted(leaves, sum((area.tally.points for area in areas), Decimal(0)))
    return _tally(leaves, rounding)


def _counted(leaves: Sequence[LeafScore], points: Decimal) -> Tally:
    settled = [leaf for leaf in leaves if leaf.state in (State.SCORED, State.NOT_APPLICABLE)]
    return Tally(
        points=points,
        maximum=sum((leaf.maximum for leaf in leaves), Decimal(0)),
        scored_maximum=sum((leaf.maximum for leaf in settled), Decimal(0)),
        leaves=len(leaves),
        scored=len(settled),
    )


def _band(criteria: CriteriaSet, total: Tally) -> Band:
    """The band of what is scored so far, by the percentage as it is shown, with two decimals."""
    percent = wording.round_half_up(total.scored_ratio * 100, 2)
    if criteria.bands.scale is BandScale.POINTS and total.missing and total.scored_maximum:
        points = wording.round_half_up(
            Fraction(total.points) * Fraction(total.maximum) / Fraction(total.scored_maximum), 2
        )
        return criteria.bands.of(points, percent)
    return criteria.bands.of(total.points, percent)
