"""Scoring one leaf: what the officer entered and what the rule makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import Criterion, Rounding, RoundingLevel, WhenNotApplicable
from pipeline.rules.rule import FigureError, Figures, Outcome, Rule, Scope, Source, Value


class State(Enum):
    """Where a leaf stands."""

    SCORED = "đã chấm"
    MISSING = "chưa chấm"
    NOT_APPLICABLE = "không áp dụng"
    AWAITING_SURVEY = "chờ điều tra"


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
class LeafScore:
    """One leaf, scored."""

    criterion: Criterion
    entry: Entry | None
    state: State
    derivation: str
    """How the points came about, in words."""
    maximum: Decimal
    """What counts into the total: the set's maximum, or 0 when the criterion is taken out."""
    rule_points: Decimal | None = None
    """What the rule gives; None without complete figures."""
    exact: Fraction | None = None
    """The points that count, before rounding."""
    points: Decimal | None = None
    """The points that count; None is not zero."""
    figures: tuple[FigureShown, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def overridden(self) -> bool:
        """Whether the officer's own points stand in place of the rule's."""
        own = self.entry.self_points if self.entry else None
        return own is not None and self.rule_points is not None and own != self.rule_points

    @property
    def explanation(self) -> str:
        """Why the score stands as it does, in the officer's words."""
        return (self.entry and (self.entry.not_applicable or self.entry.explanation)) or ""


def score_leaf(
    criterion: Criterion, entry: Entry | None, survey: Decimal | None, *, year: int, rounding: Rounding
) -> LeafScore:
    """Score a leaf from its entry, or from the survey's points."""
    rule = criterion.rule
    assert rule is not None
    if rule.source is Source.SURVEY:
        return _surveyed(criterion, entry, survey, rounding)
    if entry is None:
        return LeafScore(criterion, None, State.MISSING, "chưa chấm", criterion.maximum)
    if entry.not_applicable is not None:
        return _not_applicable(criterion, entry)
    return _entered(criterion, rule, entry, Scope(criterion.maximum, year), rounding)


def _entered(criterion: Criterion, rule: Rule, entry: Entry, scope: Scope, rounding: Rounding) -> LeafScore:
    """The officer's own points count where there are any, else the rule's."""
    values, faults = read_figures(rule, entry)
    outcome, faults = _evaluate(rule, values, faults, scope)
    ruled = None if outcome is None else _rounded(outcome.points, rounding)
    own = entry.self_points
    exact = Fraction(own) if own is not None else outcome.points if outcome else None
    asked = rule.figures()
    return LeafScore(
        criterion,
        entry,
        State.MISSING if exact is None else State.SCORED,
        _derivation(outcome, ruled, own),
        criterion.maximum,
        rule_points=ruled,
        exact=exact,
        points=own if own is not None else ruled,
        figures=tuple(
            FigureShown(criterion.labels.get(name, name), asked[name].shown(values[name])) for name in values
        ),
        faults=tuple(faults),
    )


def read_figures(rule: Rule, entry: Entry) -> tuple[dict[str, Value], list[Fault]]:
    """Type the figures that the rule asks for."""
    values: dict[str, Value] = {}
    faults = []
    for name, figure in rule.figures().items():
        text = entry.figures.get(name)
        if text is None:
            mend = f"thêm “{name}: …” ({figure.kind.value}) vào so_lieu"
            faults.append(Fault("D304", "", f"thiếu số liệu “{name}”", mend))
            continue
        try:
            values[name] = figure.read(text)
        except ValueError as error:
            faults.append(Fault("D306", name, f"“{name}”: {error}", f"nhập {figure.kind.value}"))
    return values, faults


def _evaluate(
    rule: Rule, values: dict[str, Value], faults: list[Fault], scope: Scope
) -> tuple[Outcome | None, list[Fault]]:
    if faults:
        return None, faults
    try:
        return rule.evaluate(Figures(values), scope), []
    except FigureError as error:
        return None, [Fault("D306", error.figure, error.message, error.mend)]


def _derivation(outcome: Outcome | None, ruled: Decimal | None, own: Decimal | None) -> str:
    parts = []
    if outcome is not None and ruled is not None:
        parts.append(f"{outcome.derivation} → {wording.points(ruled)} điểm")
    if own is not None and own != ruled:
        parts.append(f"{'đơn vị tự chấm' if parts else 'chấm theo thực tế:'} {wording.points(own)} điểm")
    return "; ".join(parts) or "chưa chấm"


def _surveyed(criterion: Criterion, entry: Entry | None, points: Decimal | None, rounding: Rounding) -> LeafScore:
    maximum = criterion.maximum
    if points is None:
        return LeafScore(criterion, entry, State.AWAITING_SURVEY, "chờ kết quả điều tra xã hội học", maximum)
    rounded = _rounded(Fraction(points), rounding)
    derivation = f"kết quả điều tra xã hội học → {wording.points(rounded)} điểm"
    return LeafScore(
        criterion,
        entry,
        State.SCORED,
        derivation,
        maximum,
        rule_points=rounded,
        exact=Fraction(points),
        points=rounded,
    )


def _not_applicable(criterion: Criterion, entry: Entry) -> LeafScore:
    maximum = criterion.maximum
    if criterion.not_applicable is WhenNotApplicable.FULL:
        derivation = f"không áp dụng, tính đủ {wording.points(maximum)} điểm"
        return LeafScore(
            criterion, entry, State.NOT_APPLICABLE, derivation, maximum, exact=Fraction(maximum), points=maximum
        )
    derivation = f"không áp dụng, giảm điểm tối đa {wording.points(maximum)} điểm"
    return LeafScore(criterion, entry, State.NOT_APPLICABLE, derivation, Decimal(0))


def _rounded(points: Fraction, rounding: Rounding) -> Decimal:
    """Points as they are shown; where the set rounds higher up, sums are made of the exact ones."""
    places = int(rounding.places) if rounding.level is RoundingLevel.LEAF else max(2, int(rounding.places))
    return wording.round_half_up(points, places)
