"""What a change of figures would give, and the fewest improvements that reach a band. No file is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import BandScale, CriteriaSet, Criterion
from pipeline.rules.rule import Source
from pipeline.scoring.leaf import LeafScore, State
from pipeline.scoring.scores import Scores

Entries = Mapping[str, Entry]
Rescore = Callable[[Entries], Scores]
"""Scores the year anew with other entries."""


class ChangeError(Exception):
    """A change that cannot be tried; says so in Vietnamese."""

    def __init__(self, *, change: str, message: str) -> None:
        super().__init__(f"“{change}”: {message}")


def changed(criteria: CriteriaSet, entries: Entries, changes: Iterable[str]) -> dict[str, Entry]:
    """The entries with changes such as `3.2.1.dung_han=120` (a figure) or `7.1=1,5` (own points) made to them.

    Raises:
        ChangeError: the code or the figure is unknown, or the value cannot be read.
    """
    leaves = {leaf.code: leaf for area in criteria.areas for leaf in area.leaves()}
    result = dict(entries)
    for change in changes:
        left, equals, value = change.partition("=")
        if not equals or not value.strip():
            raise ChangeError(change=change, message="viết theo mẫu 3.2.1.dung_han=120 hoặc 7.1=1,5")
        code, figure = (left, "") if left in leaves else left.rpartition(".")[::2]
        leaf = leaves.get(code)
        if leaf is None or leaf.rule is None:
            raise ChangeError(change=change, message=f"không có tiêu chí được chấm nào mang mã {code or left}")
        if leaf.rule.source is Source.SURVEY:
            raise ChangeError(change=change, message=f"{code} do điều tra xã hội học chấm")
        entry = result.get(code, Entry())
        result[code] = _with_figure(leaf, entry, figure, value, change) if figure else _with_points(leaf, entry, change)
    return result


def _with_figure(leaf: Criterion, entry: Entry, figure: str, value: str, change: str) -> Entry:
    """A changed figure lets the rule speak again: the officer's own points were about the old one."""
    asked = leaf.rule.figures() if leaf.rule else {}
    if figure not in asked:
        names = ", ".join(asked) or "không có số liệu nào"
        raise ChangeError(change=change, message=f"{leaf.code} không có số liệu “{figure}”; cần: {names}")
    try:
        asked[figure].read(value)
    except ValueError as error:
        raise ChangeError(change=change, message=str(error)) from error
    update = {"figures": {**entry.figures, figure: value}, "self_points": None, "not_applicable": None}
    return entry.model_copy(update=update)


def _with_points(leaf: Criterion, entry: Entry, change: str) -> Entry:
    try:
        points = wording.read_decimal(change.partition("=")[2])
    except ValueError as error:
        raise ChangeError(change=change, message=str(error)) from error
    if not 0 <= points <= leaf.maximum:
        limit = wording.number(leaf.maximum)
        raise ChangeError(change=change, message=f"điểm của {leaf.code} phải từ 0 đến {limit}")
    return entry.model_copy(update={"self_points": points, "not_applicable": None})


@dataclass(frozen=True)
class Improvement:
    """One leaf brought to its maximum."""

    leaf: LeafScore
    gain: Decimal
    """Points."""
    effort: Decimal
    """As the set declares it; 1 where it declares none."""

    @property
    def worth(self) -> Fraction:
        """Points for each unit of effort."""
        return Fraction(self.gain) / Fraction(self.effort)


@dataclass(frozen=True)
class Plan:
    """The improvements that reach a goal, or all there are when it cannot be reached."""

    improvements: tuple[Improvement, ...]
    reached: bool
    scores: Scores


def cheapest(criteria: CriteriaSet, entries: Entries, scores: Scores, goal: Decimal, rescore: Rescore) -> Plan:
    """The fewest improvements to reach `goal` (percent or points, as the bands are read), the most worthwhile first.

    Improvements are taken by points for effort until the goal is reached; those that turn out to be needless are
    then given back, the least worthwhile first.
    """
    possible = sorted(improvements(scores), key=lambda each: (-each.worth, -each.gain, each.leaf.criterion.code))
    taken: list[Improvement] = []
    now = scores
    while possible and not _reaches(criteria, now, goal):
        taken.append(possible.pop(0))
        now = rescore(_improved(entries, taken))
    if not _reaches(criteria, now, goal):
        return Plan(tuple(taken), reached=False, scores=now)
    for improvement in reversed(taken[:-1]):
        fewer = [each for each in taken if each is not improvement]
        tried = rescore(_improved(entries, fewer))
        if _reaches(criteria, tried, goal):
            taken, now = fewer, tried
    return Plan(tuple(taken), reached=True, scores=now)


def improvements(scores: Scores) -> list[Improvement]:
    """Every leaf that officers can still improve; the survey and what does not apply are out of their hands."""
    open_states = (State.SCORED, State.MISSING)
    return [
        Improvement(leaf, leaf.maximum - (leaf.points or Decimal(0)), leaf.criterion.effort or Decimal(1))
        for leaf in scores.leaves
        if leaf.state in open_states
        and leaf.criterion.source is not Source.SURVEY
        and leaf.maximum > (leaf.points or 0)
    ]


def _improved(entries: Entries, taken: Iterable[Improvement]) -> dict[str, Entry]:
    result = dict(entries)
    for improvement in taken:
        criterion = improvement.leaf.criterion
        entry = result.get(criterion.code, Entry())
        result[criterion.code] = entry.model_copy(update={"self_points": criterion.maximum, "not_applicable": None})
    return result


def _reaches(criteria: CriteriaSet, scores: Scores, goal: Decimal) -> bool:
    if criteria.bands.scale is BandScale.PERCENT:
        return scores.total.percent >= goal
    return scores.total.points >= goal
