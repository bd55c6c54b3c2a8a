"""The columns of one table in the order in which they come into being: self-score, appraisals, explanations, final."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from pipeline.scoring.leaf import Decision
from pipeline.scoring.scores import Row, Scores

if TYPE_CHECKING:
    from pipeline.model.appraisal import Appraisal

Rescore = Callable[[Mapping[str, Decision]], Scores]
"""The year's scores with points of some leaves decided on."""

_NO_CHANGE = Decimal(0)


class ColumnKind(Enum):
    """Whose points a column holds."""

    SELF = "tu_cham"
    APPRAISED = "tham_dinh"
    EXPLAINED = "giai_trinh"
    FINAL = "ket_qua"


@dataclass(frozen=True)
class ScoreColumn:
    """One column: points of every row, sums and band."""

    kind: ColumnKind
    round: int
    """Counted from 1; 0 for the self-score and the final points."""
    title: str
    day: date | None
    scores: Scores
    given: frozenset[str]
    """The leaves whose points come from this very column; all others keep those of an earlier one."""

    @property
    def name(self) -> str:
        """What programs call it: `tu_cham`, `tham_dinh_1`, `giai_trinh_1`, `ket_qua`."""
        return f"{self.kind.value}_{self.round}" if self.round else self.kind.value

    def points(self, code: str) -> Decimal | None:
        """The points of a row; None for a leaf without any, which is not zero."""
        row = self.scores.find(code)
        return None if row is None else row.leaf.points if row.leaf else row.tally.points

    def kept(self, row: Row) -> bool:
        """Whether a leaf's points were taken over from an earlier column; sums are always this column's own."""
        return row.leaf is not None and row.code not in self.given


@dataclass(frozen=True)
class Appraised:
    """The whole table of a year that was appraised."""

    appraisal: Appraisal
    columns: tuple[ScoreColumn, ...]

    @property
    def own(self) -> ScoreColumn:
        """What the commune gave itself."""
        return self.columns[0]

    @property
    def final(self) -> ScoreColumn:
        """What stands after the latest round."""
        return self.columns[-1]

    @property
    def settled(self) -> bool:
        """Whether the latest round is closed."""
        return next(reversed(self.appraisal.rounds.values())).closed is not None

    def change(self, code: str) -> Decimal:
        """Final points less those of the self-score, of any row; what had no points counts as nothing."""
        return (self.final.points(code) or _NO_CHANGE) - (self.own.points(code) or _NO_CHANGE)

    @property
    def total_change(self) -> Decimal:
        """The same for the total."""
        return self.final.scores.total.points - self.own.scores.total.points

    def reason(self, code: str) -> str:
        """Why the final points differ, in the office's words; empty where it gave none."""
        ruling = self.appraisal.ruling(code)
        return ruling.reason if ruling else ""

    @property
    def changed(self) -> tuple[str, ...]:
        """The leaves whose final points differ from their own."""
        before = {leaf.criterion.code: leaf.points for leaf in self.own.scores.leaves}
        return tuple(code for code, points in before.items() if self.final.points(code) != points)


def appraised(appraisal: Appraisal, rescore: Rescore) -> Appraised:
    """All columns of an appraisal with at least one round.

    An appraisal's column holds the points that its round gave and, where it gave none, those of the round before, at
    last the self-score. A column of explanations, where there are any, holds what the commune stands by. The final
    column is where the latest round left things: an explanation alone changes no points.
    """
    return Appraised(appraisal, tuple(_columns(appraisal, rescore)))


def _columns(appraisal: Appraisal, rescore: Rescore) -> Iterator[ScoreColumn]:
    own = rescore({})
    yield ScoreColumn(ColumnKind.SELF, 0, "Tự chấm", None, own, _scored(own))
    standing: dict[str, Decision] = {}
    for number, told in appraisal.rounds.items():
        title = appraisal.title(number)
        given = _decisions(appraisal.given(number), f"{title} ({told.office})")
        standing |= given
        reached = rescore(standing)
        yield ScoreColumn(ColumnKind.APPRAISED, number, title, told.day, reached, frozenset(given))
        if told.explanations:
            proposed = _decisions(appraisal.proposed(number), f"đơn vị đề nghị sau {title[:1].lower()}{title[1:]}")
            title, day = f"Giải trình lần {number}", _last_day(appraisal, number)
            scores = rescore(standing | proposed)
            yield ScoreColumn(ColumnKind.EXPLAINED, number, title, day, scores, frozenset(proposed))
    final = "Điểm cuối cùng" if told.closed else "Điểm tạm tính"
    yield ScoreColumn(ColumnKind.FINAL, 0, final, told.closed, reached, frozenset(standing))


def _scored(scores: Scores) -> frozenset[str]:
    return frozenset(leaf.criterion.code for leaf in scores.leaves)


def _decisions(points: Mapping[str, Decimal], words: str) -> dict[str, Decision]:
    return {code: Decision(each, words) for code, each in points.items()}


def _last_day(appraisal: Appraisal, number: int) -> date:
    """The day of the last answer in a round."""
    return max(answer.day for answers in appraisal.rounds[number].explanations.values() for answer in answers)
