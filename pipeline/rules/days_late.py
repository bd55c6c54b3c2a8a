"""Shape 5: steps on the days by which a date misses its deadline."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import DayMonth, Name, YesNo
from pipeline.rules.rule import ZERO, Figure, FigureError, Figures, Kind, Outcome, Reach, Rule, Scope
from pipeline.rules.steps import INFINITY, Ladder, Step, ladder_faults, step_of

DAYS = f"{wording.NARROW}ngày"
LONGEST = 366
"""Days between date and deadline beyond which a slip in the year is likelier than the truth."""


class DaysLate(Rule):
    """Points by days late; 0 or fewer is in time."""

    kind: Literal["bac_ngay_tre"] = Field(alias="loai", description="Tên cách chấm")
    day: Name = Field(alias="ngay", description="Ngày thực hiện")
    due: DayMonth = Field(alias="han", description="Hạn, ngày và tháng của năm đánh giá")
    next_year: YesNo = Field(False, alias="nam_sau", description="Có: hạn thuộc năm sau")
    ladder: Ladder = Field(alias="bac", description="Các bậc theo số ngày chậm; 0 hoặc âm là đúng hạn")

    def figures(self) -> Mapping[str, Figure]:
        return {self.day: Figure(Kind.DATE)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        done = figures.day(self.day)
        due = deadline(self.due, self.next_year, scope.year)
        late = (done - due).days
        if abs(late) > LONGEST:
            raise FigureError(
                figure=self.day,
                message=f"“{self.day}” là {wording.day(done)}, cách hạn {wording.day(due)} hơn một năm",
                mend="kiểm tra lại năm của ngày này",
            )
        working = f"{wording.day(done)}, hạn {wording.day(due)}: " + (f"chậm {late}{DAYS}" if late > 0 else "đúng hạn")
        step = step_of(self.ladder, Fraction(late))
        if step is None:
            return Outcome(Fraction(0), f"{working} → không thuộc bậc nào")
        return Outcome(Fraction(step.points), working)

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(*(step.points for step in self.ladder))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return f"Hạn {due_in_words(self.due, self.next_year)}; {'; '.join(map(_told, self.ladder))}"

    def faults(self) -> Iterator[tuple[str, str]]:
        return ladder_faults(self.ladder, low=-INFINITY, high=INFINITY, whole=True)


def deadline(due: tuple[int, int], next_year: bool, year: int) -> date:
    """The day of the assessed year, or of the year after it; 29 February falls on 1 March where there is none."""
    day, month = due
    year += next_year
    return date(year, 3, 1) if (day, month) == (29, 2) and not isleap(year) else date(year, month, day)


def due_in_words(due: tuple[int, int], next_year: bool) -> str:
    """A deadline of every year: `31/01 năm sau`."""
    return f"{due[0]:02d}/{due[1]:02d}{' năm sau' if next_year else ''}"


def _told(step: Step) -> str:
    days = "đúng hạn" if step.high <= 0 else f"chậm {step.describe(DAYS)}"
    return f"{days}: {wording.number(step.points)} điểm"
