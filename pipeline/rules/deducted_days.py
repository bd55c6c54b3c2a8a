"""Shape 15, by the day: points taken off for every day late, from the n-th day on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Count, DayMonth, Name, Points, YesNo
from pipeline.rules.days_late import DAYS, deadline, due_in_words
from pipeline.rules.deducted import Deducted, floor_of, steps_down
from pipeline.rules.rule import ZERO, Figure, Figures, Kind, Outcome, Reach, Rule, Scope


class DeductedDays(Rule):
    """The maximum less so many points a day late, counted from `first`, never below the minimum."""

    kind: Literal["tru_ngay_tre"] = Field(alias="loai", description="Tên cách chấm")
    day: Name = Field(alias="ngay", description="Ngày thực hiện")
    due: DayMonth = Field(alias="han", description="Hạn, ngày và tháng của năm đánh giá")
    next_year: YesNo = Field(False, alias="nam_sau", description="Có: hạn thuộc năm sau")
    each: Points = Field(alias="tru", description="Điểm trừ mỗi ngày chậm")
    first: Annotated[Count, Field(ge=1)] = Field(1, alias="tu_ngay", description="Bắt đầu trừ từ ngày chậm thứ mấy")

    def figures(self) -> Mapping[str, Figure]:
        return {self.day: Figure(Kind.DATE)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        done, due = figures.day(self.day), deadline(self.due, self.next_year, scope.year)
        late = max((done - due).days, 0)
        working = f"{wording.day(done)}, hạn {wording.day(due)}: " + (f"chậm {late}{DAYS}" if late else "đúng hạn")
        since = f", tính từ ngày thứ {self.first}" if self.first > 1 and late else ""
        return Deducted.taken(max(late - self.first + 1, 0), f"{working}{since} → ", self.each, scope)

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return steps_down(maximum, minimum, self.each)

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return (
            f"Hạn {due_in_words(self.due, self.next_year)}: đúng hạn {wording.number(maximum)} điểm; mỗi ngày chậm"
            f" từ ngày thứ {self.first} trừ {wording.number(self.each)} điểm, {floor_of(minimum)}"
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.each:
            yield "S209", "“tru” cho mỗi ngày chậm bằng 0"
