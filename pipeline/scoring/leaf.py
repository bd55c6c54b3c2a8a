"""Scoring one leaf: what was entered, surveyed or supplied, and what the rule makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import Closing, Criterion, Group, Rounding, RoundingLevel, WhenNotApplicable
from pipeline.rules.days_late import deadline
from pipeline.rules.rule import (
    ZERO,
    AwaitedError,
    FigureError,
    Figures,
    Outcome,
    Rule,
    Scope,
    Source,
    Standing,
    Value,
    canonical,
)

if TYPE_CHECKING:
    from pipeline.model.supplied import SuppliedItem


class State(Enum):
    """Where a leaf stands."""

    SCORED = "đã chấm"
    MISSING = "chưa chấm"
    NOT_APPLICABLE = "không áp dụng"
    AWAITING_SURVEY = "chờ điều tra"
    AWAITING_SUPPLY = "chờ cơ quan cung cấp"


@dataclass(frozen=True)
class Fault:
    """Why figures could not be scored; the checks turn it into a finding."""

    code: str
    figure: str
    """The figure's name, or empty for all of them."""
    message: str
    mend: str


@dataclass(frozen=True)
class FigureShown:
    """A figure as a reader sees it."""

    label: str
    text: str


@dataclass(frozen=True)
class Given:
    """Where a leaf's points may come from."""

    entry: Entry | None = None
    survey: Decimal | None = None
    supplied: SuppliedItem | None = None
    survey_words: str = ""
    """How the survey's points came out of its answers, where they were imported."""


@dataclass(frozen=True)
class Terms:
    """What the set lays down for the leaf beyond its rule."""

    rounding: Rounding
    bounded: bool = True
    """Whether points stay between the leaf's minimum and maximum."""
    closing: Closing | None = None
    group: Group | None = None
    without_survey: bool = False
    """Whether there is no survey this year, and the rest is rescaled."""


@dataclass(frozen=True)
class Decision:
    """Points that stand in place of what was entered, surveyed or supplied."""

    points: Decimal
    words: str
    """Whose they are: `thẩm định lần 1`."""


@dataclass(frozen=True)
class LeafScore:
    """One leaf, scored."""

    criterion: Criterion
    entry: Entry | None
    state: State
    derivation: str
    """How the points came about, in words."""
    maximum: Decimal
    """What counts into the total: the set's maximum, or 0 when the criterion is taken out or stands in a group."""
    rule_points: Decimal | None = None
    """What the rule gives; None without complete figures."""
    exact: Fraction | None = None
    """The points that count, before rounding."""
    points: Decimal | None = None
    """The points that count; None is not zero."""
    figures: tuple[FigureShown, ...] = ()
    faults: tuple[Fault, ...] = ()
    group: Group | None = None
    """Bonus or deduction; None for points that belong to the maximum."""
    awaits: str = ""
    """The criterion that must be scored first, where the rule depends on one."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The figures by name, as rules of other criteria compare them."""
    accepted: bool = True
    """Whether it was entered before the set closed."""

    @property
    def shown(self) -> str:
        """The points as a reader sees them, or why there are none."""
        return self.state.value if self.points is None else wording.points(self.points)

    @property
    def overridden(self) -> bool:
        """Whether the officer's own points stand in place of the rule's."""
        own = self.entry.self_points if self.entry else None
        return self.accepted and own is not None and self.rule_points is not None and own != self.rule_points

    @property
    def explanation(self) -> str:
        """Why the score stands as it does, in the officer's words."""
        return (self.entry and (self.entry.not_applicable or self.entry.explanation)) or ""

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come."""
        return self.state in (State.SCORED, State.NOT_APPLICABLE)

    @property
    def standing(self) -> Standing:
        """How it stands, for rules that depend on it."""
        return Standing(self.points, self.state is State.SCORED, self.settled, self.answers)


def score_leaf(criterion: Criterion, given: Given, scope: Scope, terms: Terms) -> LeafScore:
    """Score a leaf from its entry, the survey or what another authority supplied."""
    leaf = _closed(_scored(criterion, given, scope, terms), scope, terms)
    return leaf if terms.group is None else replace(leaf, maximum=ZERO, group=terms.group)


def _scored(criterion: Criterion, given: Given, scope: Scope, terms: Terms) -> LeafScore:
    rule, entry = criterion.rule, given.entry
    assert rule is not None
    if rule.source is Source.SURVEY:
        return _surveyed(criterion, given, terms)
    if rule.source is Source.SUPPLIED:
        return _supplied(criterion, rule, given, scope, terms)
    if entry is None:
        return _not_entered(criterion, terms)
    if entry.not_applicable is not None:
        return _not_applicable(criterion, entry)
    return _entered(criterion, rule, entry, scope, terms)


def _not_entered(criterion: Criterion, terms: Terms) -> LeafScore:
    """A bonus that nobody asks for is no bonus; everything else must be entered, also when it is nothing."""
    if terms.group is not Group.BONUS:
        return LeafScore(criterion, None, State.MISSING, "chưa chấm", criterion.maximum)
    words, nothing = "không đề nghị điểm thưởng", wording.round_half_up(0, _places(terms.rounding))
    return LeafScore(criterion, None, State.SCORED, words, criterion.maximum, exact=Fraction(0), points=nothing)


def _entered(criterion: Criterion, rule: Rule, entry: Entry, scope: Scope, terms: Terms) -> LeafScore:
    """The officer's own points count where there are any, else the rule's."""
    ruled = _ruled(criterion, rule, entry.figures, scope, terms)
    own = entry.self_points
    if own is None:
        return replace(ruled, entry=entry)
    rounded = ruled.rule_points
    parts = [] if rounded is None else [ruled.derivation]
    if own != rounded:
        parts.append(f"{'đơn vị tự chấm' if parts else 'chấm theo thực tế:'} {wording.points(own)} điểm")
    return replace(
        ruled,
        entry=entry,
        state=State.SCORED,
        derivation="; ".join(parts),
        exact=Fraction(own),
        points=own,
        awaits="",
    )


def _ruled(criterion: Criterion, rule: Rule, texts: Mapping[str, str], scope: Scope, terms: Terms) -> LeafScore:
    """What the rule makes of these figures."""
    values, faults = read_figures(rule, texts, scope)
    outcome, awaits = None, ""
    if not faults:
        try:
            outcome = rule.evaluate(Figures(values), scope)
        except FigureError as error:
            faults = [Fault("D306", error.figure, error.message, error.mend)]
        except AwaitedError as error:
            awaits = error.code
    asked = rule.figures()
    leaf = LeafScore(
        criterion,
        None,
        State.MISSING,
        f"chờ tiêu chí {awaits} được chấm" if awaits else "chưa chấm",
        criterion.maximum,
        figures=tuple(
            FigureShown(criterion.labels.get(name, name), asked[name].shown(values[name])) for name in values
        ),
        faults=tuple(faults),
        awaits=awaits,
        answers={name: canonical(value) for name, value in values.items()},
    )
    return leaf if outcome is None else _pointed(leaf, outcome, terms)


def _pointed(leaf: LeafScore, outcome: Outcome, terms: Terms) -> LeafScore:
    """A leaf with the points of an outcome, kept between its bounds and rounded as the set says."""
    exact, bounds = _bounded(outcome.points, leaf.criterion, terms)
    points = _rounded(exact, terms.rounding)
    derivation = f"{outcome.derivation}{bounds} → {wording.points(points)} điểm"
    return replace(leaf, state=State.SCORED, derivation=derivation, rule_points=points, exact=exact, points=points)


def _bounded(points: Fraction, criterion: Criterion, terms: Terms) -> tuple[Fraction, str]:
    if terms.bounded and points > criterion.maximum:
        return Fraction(criterion.maximum), f", tối đa {wording.number(criterion.maximum)}"
    if terms.bounded and points < criterion.minimum:
        return Fraction(criterion.minimum), f", không dưới {wording.number(criterion.minimum)}"
    return points, ""


def decided(leaf: LeafScore, decision: Decision, terms: Terms) -> LeafScore:
    """The leaf with points that somebody decided on, rounded as the set says; it counts, even if it did not apply."""
    points = _rounded(Fraction(decision.points), terms.rounding)
    return replace(
        leaf,
        state=State.SCORED,
        derivation=f"{decision.words}: {wording.points(points)} điểm",
        maximum=ZERO if leaf.group else leaf.criterion.maximum,
        exact=Fraction(decision.points),
        points=points,
        awaits="",
    )


def read_figures(rule: Rule, texts: Mapping[str, str], scope: Scope) -> tuple[dict[str, Value], list[Fault]]:
    """Type the figures that the rule asks for; those that it does not need here may be absent and do not count."""
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    asked = rule.figures()
    for name, figure in asked.items():
        try:
            if name in texts:
                values[name] = figure.read(texts[name])
        except ValueError as error:
            faults[name] = Fault("D306", name, f"“{name}”: {error}", f"nhập {figure.kind.value}")
    needed = rule.needed(values, scope)
    for name, figure in needed.items():
        if name not in texts:
            mend = f"thêm “{name}: …” ({figure.kind.value}) vào so_lieu"
            faults[name] = Fault("D304", "", f"thiếu số liệu “{name}”", mend)
    kept = {name: value for name, value in values.items() if name in needed}
    return kept, [faults[name] for name in asked if name in faults]


def _surveyed(criterion: Criterion, given: Given, terms: Terms) -> LeafScore:
    maximum = criterion.maximum
    if terms.without_survey:
        words = "không tổ chức điều tra xã hội học, các phần còn lại được quy đổi"
        return LeafScore(criterion, given.entry, State.NOT_APPLICABLE, words, ZERO)
    if given.survey is None:
        words = "chờ kết quả điều tra xã hội học"
        return LeafScore(criterion, given.entry, State.AWAITING_SURVEY, words, maximum)
    waiting = LeafScore(criterion, given.entry, State.SCORED, "", maximum)
    words = "; ".join(filter(None, ("kết quả điều tra xã hội học", given.survey_words)))
    return _pointed(waiting, Outcome(Fraction(given.survey), words), terms)


def _supplied(criterion: Criterion, rule: Rule, given: Given, scope: Scope, terms: Terms) -> LeafScore:
    item = given.supplied
    if item is None:
        words = "chờ cơ quan khác cung cấp"
        return LeafScore(criterion, given.entry, State.AWAITING_SUPPLY, words, criterion.maximum)
    if item.points is None:
        return replace(_ruled(criterion, rule, item.figures, scope, terms), entry=given.entry)
    leaf = LeafScore(criterion, given.entry, State.SCORED, "", criterion.maximum)
    return _pointed(leaf, Outcome(Fraction(item.points), f"theo {item.source} do cơ quan khác cung cấp"), terms)


def _not_applicable(criterion: Criterion, entry: Entry) -> LeafScore:
    maximum = criterion.maximum
    if criterion.not_applicable is WhenNotApplicable.FULL:
        derivation = f"không áp dụng, tính đủ {wording.points(maximum)} điểm"
        return LeafScore(
            criterion, entry, State.NOT_APPLICABLE, derivation, maximum, exact=Fraction(maximum), points=maximum
        )
    derivation = f"không áp dụng, giảm điểm tối đa {wording.points(maximum)} điểm"
    return LeafScore(criterion, entry, State.NOT_APPLICABLE, derivation, ZERO)


def _closed(leaf: LeafScore, scope: Scope, terms: Terms) -> LeafScore:
    """What was entered too late gives no points; points off stay off, or lateness would pay."""
    if leaf.entry is None or not too_late(leaf.entry, terms.closing, scope.year):
        return leaf
    assert terms.closing is not None
    assert leaf.entry.entered is not None
    last = deadline(terms.closing.day, terms.closing.next_year, scope.year)
    exact = min(leaf.exact or Fraction(0), Fraction(0))
    late = f"nhập ngày {wording.day(leaf.entry.entered)}, sau hạn nhận {wording.day(last)}, không được tính"
    points = _rounded(exact, terms.rounding)
    return replace(
        leaf,
        state=State.SCORED,
        derivation=f"{leaf.derivation}; {late} → {wording.points(points)} điểm",
        maximum=leaf.criterion.maximum,
        exact=exact,
        points=points,
        accepted=False,
        awaits="",
    )


def too_late(entry: Entry, closing: Closing | None, year: int) -> bool:
    """Whether an entry came after the set closed."""
    day: date | None = entry.entered
    return closing is not None and day is not None and day > deadline(closing.day, closing.next_year, year)


def _rounded(points: Fraction, rounding: Rounding) -> Decimal:
    """Points as they are shown; where the set rounds higher up, sums are made of the exact ones."""
    return wording.round_half_up(points, _places(rounding))


def _places(rounding: Rounding) -> int:
    return int(rounding.places) if rounding.level is RoundingLevel.LEAF else max(2, int(rounding.places))
