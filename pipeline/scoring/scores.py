"""Scoring a whole year: leaves, sums at every level, percentages, the band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import (
    Band,
    BandScale,
    CriteriaSet,
    Criterion,
    Group,
    RoundingLevel,
    WithoutSurvey,
)
from pipeline.rules.rule import ZERO, LastYear, Scope, Source, Standing, added
from pipeline.scoring.leaf import Decision, Given, LeafScore, Terms, decided, score_leaf
from pipeline.scoring.order import Order, order_of

if TYPE_CHECKING:
    from pipeline.model.supplied import SuppliedItem


@dataclass(frozen=True)
class Tally:
    """The sum over some leaves."""

    points: Decimal
    """Points so far; unscored leaves add nothing and are counted in `missing`."""
    maximum: Decimal
    """What can be had: the set's maximum less what does not apply; bonus and deduction add nothing to it."""
    scored_maximum: Decimal
    """The part of `maximum` whose leaves are scored."""
    leaves: int
    scored: int
    """Leaves that are settled: scored or not applicable."""
    derivation: str = ""
    """How the points came about, in words."""

    @property
    def missing(self) -> int:
        """Leaves without a score yet."""
        return self.leaves - self.scored

    @property
    def ratio(self) -> Fraction:
        """Points by maximum, 0–1, above 1 with a bonus; unscored leaves pull it down."""
        return Fraction(self.points) / Fraction(self.maximum) if self.maximum else Fraction(0)

    @property
    def percent(self) -> Decimal:
        """The ratio as other programs take it: 0–100, two decimals."""
        return wording.round_half_up(self.ratio * 100, 2)

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
    group: Group | None = None
    """Bonus or deduction; such rows have no maximum in their tally, and `criterion` says how far they go."""

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def bounds(self) -> str:
        """How far its points go, as a column of maxima shows it: `16`; `+3` for a bonus, `−5` for a deduction."""
        if self.group is None:
            return wording.maximum(self.tally.maximum)
        if self.criterion.maximum:
            return f"+{wording.number(self.criterion.maximum)}"
        return wording.number(self.criterion.minimum) if self.criterion.minimum.is_finite() else "trừ"

    @property
    def share(self) -> str:
        """Its index in percent; empty for what stands beside the maximum."""
        return "" if self.group else wording.index(self.tally.ratio)


@dataclass(frozen=True)
class AreaScore:
    """One area."""

    rows: tuple[Row, ...]
    """The area itself first, then everything below it in order."""

    @property
    def criterion(self) -> Criterion:
        return self.rows[0].criterion

    @property
    def row(self) -> Row:
        """The area's own row."""
        return self.rows[0]

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


def score(
    criteria: CriteriaSet,
    entries: Mapping[str, Entry],
    survey: Mapping[str, Decimal],
    *,
    year: int,
    supplied: Mapping[str, SuppliedItem] | None = None,
    last_year: LastYear | None = None,
    survey_words: Mapping[str, str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Scores:
    """Score everything that has been entered. Pure: the same input gives the same result.

    Points that somebody else decided on stand in place of what was entered, and sums are made of them by the same
    rules; what depends on another criterion still looks at what was entered there.
    """
    decisions = decisions or {}
    survey = {**survey, **_decided_survey(criteria, decisions)}
    given = _Given(entries, survey, supplied or {}, last_year, year, survey_words or {})
    leaves = _leaves(criteria, given)
    terms = Terms(criteria.rounding)
    leaves |= {code: decided(leaves[code], each, terms) for code, each in decisions.items() if code in leaves}
    sums = [_Sum(criteria, leaves).area(area) for area in criteria.areas]
    total = _total(criteria, sums, list(leaves.values()), rescaled=_rescaled(criteria, survey))
    return Scores(tuple(each.score for each in sums), total, _band(criteria, total))


@dataclass(frozen=True)
class _Given:
    """All inputs of a year."""

    entries: Mapping[str, Entry]
    survey: Mapping[str, Decimal]
    supplied: Mapping[str, SuppliedItem]
    last_year: LastYear | None
    year: int
    survey_words: Mapping[str, str]

    def of(self, code: str) -> Given:
        return Given(
            self.entries.get(code), self.survey.get(code), self.supplied.get(code), self.survey_words.get(code, "")
        )


def _rescaled(criteria: CriteriaSet, survey: Mapping[str, Decimal]) -> bool:
    """Whether the set rescales and there is not one result of a survey."""
    if criteria.without_survey is not WithoutSurvey.RESCALE or not criteria.survey_total:
        return False
    return criteria.survey_total < criteria.total and not _surveyed(criteria).intersection(survey)


def _surveyed(criteria: CriteriaSet) -> set[str]:
    return {leaf.code for area in criteria.areas for leaf in area.leaves() if leaf.source is Source.SURVEY}


def _decided_survey(criteria: CriteriaSet, decisions: Mapping[str, Decision]) -> dict[str, Decimal]:
    """Points of the survey that come with the decisions: where there are any, there was a survey."""
    surveyed = _surveyed(criteria) if decisions else set()
    return {code: each.points for code, each in decisions.items() if code in surveyed}


def _leaves(criteria: CriteriaSet, given: _Given) -> dict[str, LeafScore]:
    """Every leaf in the set's own order, scored in the order of what depends on what."""
    order = order_of(criteria)
    nodes = {node.criterion.code: node for node in criteria.walk() if node.criterion.rule is not None}
    terms = Terms(
        criteria.rounding,
        criteria.limits.leaf,
        criteria.closing,
        without_survey=_rescaled(criteria, given.survey),
    )
    done: dict[str, LeafScore] = {}
    for code in order.codes:
        leaf, group = nodes[code].criterion, nodes[code].group
        others = {name: standing for name in order.needs[code] if (standing := _standing(name, order, done))}
        scope = Scope(leaf.maximum, given.year, leaf.minimum, code, others, given.last_year)
        of_leaf = replace(terms, group=group) if group else terms
        done[code] = score_leaf(leaf, given.of(code), scope, of_leaf)
    return {code: done[code] for code in nodes}


def _standing(name: str, order: Order, done: Mapping[str, LeafScore]) -> Standing | None:
    """How a criterion stands: a leaf, or a branch as the sum of its leaves."""
    below = order.below.get(name, ())
    if not below or any(code not in done for code in below):
        return None
    if below == (name,):
        return done[name].standing
    leaves = [done[code] for code in below]
    settled = all(leaf.settled for leaf in leaves)
    points = sum((leaf.points or ZERO for leaf in leaves), ZERO) if settled else None
    return Standing(points, settled, settled)


@dataclass(frozen=True)
class _Amount:
    """What a criterion comes to."""

    rows: tuple[Row, ...]
    exact: Fraction
    beside: Fraction
    """The part of it that comes from bonus and deduction."""

    @property
    def score(self) -> AreaScore:
        return AreaScore(self.rows)


class _Sum:
    """Adds up one set: rounded leaves where the set rounds leaves, exact ones where it rounds higher up."""

    def __init__(self, criteria: CriteriaSet, leaves: Mapping[str, LeafScore]) -> None:
        self.leaves = leaves
        self.limits = criteria.limits
        self.by_leaf = criteria.rounding.level is RoundingLevel.LEAF
        self.by_area = criteria.rounding.level is RoundingLevel.AREA
        self.places = int(criteria.rounding.places)

    def area(self, area: Criterion) -> _Amount:
        """An area with all its rows."""
        amount = self._amount(area, 0, None)
        if not self.by_area:
            return amount
        return replace(amount, exact=Fraction(amount.rows[0].tally.points))

    def _amount(self, criterion: Criterion, depth: int, group: Group | None) -> _Amount:
        inner = criterion.group or group
        if criterion.rule is not None:
            leaf = self.leaves[criterion.code]
            exact = Fraction((leaf.points if self.by_leaf else leaf.exact) or 0)
            tally = self._tally([leaf], exact, leaf.derivation)
            rows: tuple[Row, ...] = (Row(criterion, depth, tally, leaf, inner),)
            return _Amount(rows, exact, exact if inner else Fraction(0))
        parts = [self._amount(child, depth + 1, inner) for child in criterion.children]
        exact, bounds = self._kept(criterion, sum((part.exact for part in parts), Fraction(0)), depth, inner)
        rows = tuple(row for part in parts for row in part.rows)
        leaves = [row.leaf for row in rows if row.leaf]
        words = added([part.rows[0].tally.points for part in parts], wording.points)
        tally = self._tally(leaves, exact, words + bounds)
        tally = replace(tally, derivation=f"{tally.derivation} → {wording.points(tally.points)} điểm")
        beside = exact if inner else sum((part.beside for part in parts), Fraction(0))
        return _Amount((Row(criterion, depth, tally, None, inner), *rows), exact, beside)

    def _kept(self, criterion: Criterion, exact: Fraction, depth: int, group: Group | None) -> tuple[Fraction, str]:
        """Groups end at their own bounds at every level; an area at its bounds where the set says so."""
        bounded = self.limits.area and depth == 0 and group is None
        if exact > criterion.maximum and (group or bounded):
            return Fraction(criterion.maximum), f", tối đa {wording.number(criterion.maximum)}"
        if exact < criterion.minimum and (group is Group.DEDUCTION or bounded):
            return Fraction(criterion.minimum), f", không dưới {wording.number(criterion.minimum)}"
        return exact, ""

    def _tally(self, leaves: Sequence[LeafScore], exact: Fraction, words: str) -> Tally:
        return _counted(leaves, wording.round_half_up(exact, self.places), words)


def _total(criteria: CriteriaSet, areas: Sequence[_Amount], leaves: Sequence[LeafScore], *, rescaled: bool) -> Tally:
    """The sum of the areas, rescaled when there is no survey, kept between 0 and the total where the set says so."""
    exact = sum((area.exact for area in areas), Fraction(0))
    words = added([area.rows[0].tally.points for area in areas], wording.points)
    places = int(criteria.rounding.places)
    factor = Fraction(criteria.total) / Fraction(criteria.total - criteria.survey_total) if rescaled else Fraction(1)
    if rescaled:
        beside = sum((area.beside for area in areas), Fraction(0))
        part, whole = wording.number(criteria.total - criteria.survey_total), wording.number(criteria.total)
        words += f"; không có điều tra xã hội học nên {wording.number(exact - beside, 4)} × {whole} ÷ {part}"
        words += f", cộng thưởng và trừ {wording.number(beside, 4)}" if beside else ""
        exact = (exact - beside) * factor + beside
    if criteria.limits.total:
        exact, bounds = _within(exact, criteria.total)
        words += bounds
    points = wording.round_half_up(exact, places)
    return _scaled(_counted(leaves, points, f"{words} → {wording.points(points)} điểm"), factor)


def _within(exact: Fraction, most: Decimal) -> tuple[Fraction, str]:
    if exact > most:
        return Fraction(most), f", tối đa {wording.number(most)}"
    return (Fraction(0), ", không dưới 0") if exact < 0 else (exact, "")


def _scaled(tally: Tally, factor: Fraction) -> Tally:
    """The maxima of a rescaled total."""
    if factor == 1:
        return tally
    return replace(
        tally,
        maximum=wording.round_half_up(Fraction(tally.maximum) * factor, 2),
        scored_maximum=wording.round_half_up(Fraction(tally.scored_maximum) * factor, 2),
    )


def _counted(leaves: Sequence[LeafScore], points: Decimal, words: str) -> Tally:
    settled = [leaf for leaf in leaves if leaf.settled]
    return Tally(
        points=points,
        maximum=sum((leaf.maximum for leaf in leaves), ZERO),
        scored_maximum=sum((leaf.maximum for leaf in settled), ZERO),
        leaves=len(leaves),
        scored=len(settled),
        derivation=words,
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
