"""The years beside each other: every area and the total, in percent, so that other sets with other maxima compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pipeline import wording
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.locked import LockedCriterion, LockedYear
from pipeline.scoring import Row, Scores, Tally
from pipeline.years.alike import alike, folded


@dataclass(frozen=True)
class Amount:
    """What an area, or everything, came to in one year."""

    points: Decimal | None
    maximum: Decimal
    percent: Decimal | None
    """Points by maximum with two decimals; None for what does not apply and for bonus and deduction."""
    missing: int = 0
    code: str = ""
    """The area's code in the set of that year."""
    beside: bool = False
    """Whether it is bonus or deduction."""

    @property
    def shown(self) -> str:
        """The percentage, or why there is none."""
        if self.percent is not None:
            return wording.index(self.percent / 100)
        return f"{wording.points(self.points or Decimal(0))} điểm" if self.beside else "không áp dụng"

    @property
    def of_maximum(self) -> str:
        """`6,75/9`: points and what could be had; empty where there is no maximum."""
        if self.percent is None or self.points is None:
            return ""
        return f"{wording.points(self.points)}/{wording.maximum(self.maximum)}"


@dataclass(frozen=True)
class TrendYear:
    """One column."""

    year: int
    criteria_set: str
    total: Amount
    band: str
    provisional: bool
    illustrative: bool
    locked: bool


@dataclass(frozen=True)
class TrendRow:
    """One area over the years; None where the set of a year does not have it."""

    code: str
    title: str
    amounts: tuple[Amount | None, ...]

    @property
    def change(self) -> Decimal | None:
        """Percentage points gained since the year before the last."""
        now, before = self.amounts[-1], self.amounts[-2] if len(self.amounts) > 1 else None
        if now is None or before is None or now.percent is None or before.percent is None:
            return None
        return now.percent - before.percent

    @property
    def change_shown(self) -> str:
        """`+2,35` or `−0,40`, in percentage points; empty where there is nothing to compare."""
        return "" if self.change is None else wording.change(self.change)


@dataclass(frozen=True)
class Trend:
    """All years, oldest first, the one that is looked at last."""

    years: tuple[TrendYear, ...]
    rows: tuple[TrendRow, ...]

    @property
    def comparable(self) -> bool:
        """Whether there is an earlier year at all."""
        return len(self.years) > 1

    @cached_property
    def total(self) -> TrendRow:
        """The totals as a row of their own."""
        return TrendRow("", "Tổng cộng", tuple(year.total for year in self.years))

    @property
    def same_set(self) -> bool:
        """Whether all years were scored by one set."""
        return len({year.criteria_set for year in self.years}) == 1

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the years are compared, and where they cannot be, in words."""
        if not self.comparable:
            return ("Chưa có năm nào trước đó được khóa nên chưa có gì để so sánh.",)
        return (self._basis, *self._gaps(), *self._unfinished(), *self._invented())

    @property
    def _basis(self) -> str:
        if self.same_set:
            return "Các năm dùng chung một bộ tiêu chí; so sánh theo tỷ lệ phần trăm so với điểm tối đa."
        sets = "; ".join(f"năm {year.year}: {year.criteria_set or 'không rõ'}" for year in self.years)
        return (
            f"Các năm không dùng chung một bộ tiêu chí ({sets}), nên chỉ so sánh tỷ lệ phần trăm so với điểm tối đa "
            "của từng năm, không so điểm; lĩnh vực được ghép theo mã và tên."
        )

    def _gaps(self) -> list[str]:
        found = []
        for index, year in enumerate(self.years):
            titles = [f"“{row.title}”" for row in self.rows if row.amounts[index] is None]
            if titles:
                found.append(f"Bộ tiêu chí năm {year.year} không có lĩnh vực {', '.join(titles)}.")
        return found

    def _unfinished(self) -> list[str]:
        years = [f"{year.year} (còn {year.total.missing} tiêu chí)" for year in self.years if year.provisional]
        return [f"Tạm tính, chưa chấm xong: {', '.join(years)}."] if years else []

    def _invented(self) -> list[str]:
        years = [str(year.year) for year in self.years if year.illustrative]
        return [f"Số liệu minh họa, không phải kết quả chính thức: năm {', '.join(years)}."] if years else []


def trend(history: Sequence[LockedYear], now: TrendYear, scores: Scores) -> Trend:
    """The locked years before `now`, oldest first, and the year itself."""
    areas = [_areas_of(each) for each in history]
    areas.append([(area.criterion.title, _of_row(area.row)) for area in scores.areas])
    return Trend((*map(_of_locked, history), now), tuple(_rows(areas)))


def this_year(year: int, criteria: CriteriaSet, scores: Scores, *, illustrative: bool, locked: bool) -> TrendYear:
    """The year that is looked at."""
    total = Amount(scores.total.points, scores.total.maximum, _percent_of(scores.total), scores.total.missing)
    return TrendYear(
        year,
        criteria.code,
        total,
        scores.band.title,
        provisional=scores.provisional,
        illustrative=illustrative,
        locked=locked,
    )


_Areas = list[tuple[str, Amount]]
"""The areas of one year, each with its title."""


def _areas_of(year: LockedYear) -> _Areas:
    return [
        (each.title or f"Lĩnh vực {code}", _of_criterion(each, code))
        for code, each in year.criteria.items()
        if "." not in code
    ]


def _rows(years: Sequence[_Areas]) -> list[TrendRow]:
    """The areas of the last year first, then those that only earlier sets have, the latest of them first."""
    left = [list(areas) for areas in years]
    rows = []
    for areas in reversed(left):
        while areas:
            title, amount = areas[0]
            rows.append(TrendRow(amount.code, title, tuple(_taken(each, title, amount.code) for each in left)))
    return rows


def _taken(areas: _Areas, title: str, code: str) -> Amount | None:
    """Take the area that is this one out of a year's: the very same title, or the same code with a title much alike."""
    same = [index for index, (other, _) in enumerate(areas) if folded(other) == folded(title)]
    same += [index for index, (other, one) in enumerate(areas) if one.code == code and alike(other, title)]
    return areas.pop(same[0])[1] if same else None


def _of_locked(year: LockedYear) -> TrendYear:
    total = _of_criterion(year.total, "") if year.total else _added(year)
    return TrendYear(
        year.year,
        year.criteria_set or "",
        total,
        year.band or "",
        provisional=year.provisional,
        illustrative=year.illustrative,
        locked=True,
    )


def _added(year: LockedYear) -> Amount:
    """The total of a year that was entered by hand and does not say it."""
    areas = [amount for _, amount in _areas_of(year) if amount.percent is not None]
    points = sum((area.points or Decimal(0) for area in areas), Decimal(0))
    maximum = sum((area.maximum for area in areas), Decimal(0))
    return Amount(points, maximum, _percent(points, maximum))


def _of_criterion(ended: LockedCriterion, code: str) -> Amount:
    maximum = ended.maximum or Decimal(0)
    percent = ended.percent if ended.percent is not None else _percent(ended.points, maximum)
    return Amount(ended.points, maximum, percent, ended.missing, code, ended.beside)


def _of_row(row: Row) -> Amount:
    tally = row.tally
    return Amount(tally.points, tally.maximum, _percent_of(tally), tally.missing, row.code, row.group is not None)


def _percent_of(tally: Tally) -> Decimal | None:
    return _percent(tally.points, tally.maximum)


def _percent(points: Decimal | None, maximum: Decimal) -> Decimal | None:
    if points is None or not maximum:
        return None
    return wording.round_half_up(Fraction(points) / Fraction(maximum) * 100, 2)
