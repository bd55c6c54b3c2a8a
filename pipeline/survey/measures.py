"""The measure of a criterion over some respondents, exactly, with its interval.

Each question's measure is the mean over its answers; a criterion's is the weighted mean of its questions. Answers of
one person hang together, so the interval counts people, not answers: it is worked out from each person's share in the
result (linearisation). Groups with weights are added up, their intervals by the method of variance estimates
recovery, which needs no more than the groups' own limits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.survey import IntervalMethod, Measure
from pipeline.model.survey_mapping import MappedCriterion, Scale

CONFIDENCE = 0.95

Answers = Mapping[int, int]
"""One person's answers to a criterion: the level by the position of the question."""


@dataclass(frozen=True)
class Measured:
    """A measure, 0–1, and the limits of its interval."""

    value: Fraction
    low: float
    high: float
    method: IntervalMethod


def measure(criterion: MappedCriterion, scale: Scale, people: Sequence[Answers]) -> Measured:
    """What these people's answers give; there must be at least one of them, each with an answer."""
    worth = worths(scale, criterion.formula.measure)
    weights = {at: Fraction(question.weight) for at, question in enumerate(criterion.questions)}
    counts = {at: sum(at in answers for answers in people) for at in weights}
    total = sum(weight for at, weight in weights.items() if counts[at])
    shares = {at: weight / total for at, weight in weights.items() if counts[at]}
    means = {at: sum((worth[each[at]] for each in people if at in each), Fraction(0)) / counts[at] for at in shares}
    value = sum((shares[at] * means[at] for at in shares), Fraction(0))
    if criterion.formula.measure is Measure.MEAN:
        pulls = {at: shares[at] / counts[at] for at in shares}
        parts = [
            float(sum((pulls[at] * (worth[level] - means[at]) for at, level in answers.items()), Fraction(0)))
            for answers in people
        ]
        if (found := _student(value, parts)) is not None:
            return found
    return _wilson(value, min(counts[at] for at in shares))


def worths(scale: Scale, measured: Measure) -> list[Fraction]:
    """What an answer on each level is worth, 0–1."""
    if measured is Measure.SATISFIED:
        return [Fraction(level.satisfied) for level in scale.levels]
    return [Fraction(level.value) / Fraction(scale.highest) for level in scale.levels]


def _student(value: Fraction, parts: Sequence[float]) -> Measured | None:
    """Student's interval from each person's share in the result; None where all answered alike."""
    from scipy import stats

    people = len(parts)
    squares = math.fsum(part * part for part in parts)
    if people < 2 or not squares:
        return None
    error = math.sqrt(people / (people - 1) * squares)
    low, high = stats.t.interval(CONFIDENCE, people - 1, loc=float(value), scale=error)
    return Measured(value, max(0.0, float(low)), min(1.0, float(high)), IntervalMethod.STUDENT)


def _wilson(value: Fraction, people: int) -> Measured:
    """Wilson's interval with people as trials.

    Exact for one question. For several, the people of the question that fewest answered: the standard deviation of a
    weighted mean of shares is at most that of its own value over so many trials, so it is never too narrow.
    """
    from scipy import stats

    hits = value * people
    low = stats.binomtest(math.floor(hits), people).proportion_ci(CONFIDENCE, "wilson").low
    high = stats.binomtest(math.ceil(hits), people).proportion_ci(CONFIDENCE, "wilson").high
    return Measured(value, min(float(low), float(value)), max(float(high), float(value)), IntervalMethod.WILSON)


def weighted(parts: Sequence[tuple[Decimal, Measured]]) -> Measured:
    """Groups added up by their weights."""
    whole = sum(Fraction(weight) for weight, _ in parts)
    shares = [(Fraction(weight) / whole, each) for weight, each in parts]
    value = sum((share * each.value for share, each in shares), Fraction(0))
    below = math.sqrt(math.fsum((float(share) * (float(each.value) - each.low)) ** 2 for share, each in shares))
    above = math.sqrt(math.fsum((float(share) * (each.high - float(each.value))) ** 2 for share, each in shares))
    low, high = max(0.0, float(value) - below), min(1.0, float(value) + above)
    return Measured(value, low, high, IntervalMethod.COMBINED if len(parts) > 1 else parts[0][1].method)
