"""The summary: areas from their sheets, total, percentage and band, all as live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline.dossier import Dossier
from pipeline.model.criteria_set import BandScale
from pipeline.scoring import AreaScore
from pipeline.spreadsheet.area_lines import FIRST
from pipeline.spreadsheet.formulas import Sums, at, rounded
from pipeline.spreadsheet.frame import PASSWORDLESS, frame
from pipeline.spreadsheet.layout import Column
from pipeline.spreadsheet.styles import Pen, Result, height
from pipeline.spreadsheet.values import cleaned

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = (
    ("Mã", 9),
    ("Lĩnh vực", 62),
    ("Điểm tối đa", 12),
    ("Điểm tự chấm", 12),
    ("Tỷ lệ", 12),
    ("Số tiêu chí chưa chấm", 14),
    ("Điểm chưa làm tròn", 0),
    ("Tối đa đã chấm", 0),
    ("Trong đó thưởng và trừ", 0),
)
_NOTE = "Điểm, tỷ lệ và xếp loại tự tính lại khi sửa các ô màu vàng ở trang của từng lĩnh vực."


class SummarySheet:
    """Fills the summary."""

    def __init__(self, pen: Pen, sheet: Worksheet, dossier: Dossier, sums: Sums) -> None:
        self.pen = pen
        self.sheet = sheet
        self.dossier = dossier
        self.sums = sums
        self.total_row = FIRST + len(dossier.scores.areas)

    def write(self, names: Mapping[str, str]) -> None:
        """Write everything; `names` are the areas' sheets."""
        frame(self.pen, self.sheet, self.dossier, f"Bảng tổng hợp điểm tự chấm năm {self.dossier.year}", _NOTE)
        for index, (heading, width) in enumerate(_COLUMNS):
            self.sheet.set_column(index, index, width or 10, None, {} if width else {"hidden": True})
            self.pen.put(self.sheet, FIRST - 2, index, heading, "heading")
        self.sheet.set_row(FIRST - 2, height((heading, width) for heading, width in _COLUMNS if width))
        for row, area in enumerate(self.dossier.scores.areas, start=FIRST):
            self._area(row, area, names[area.criterion.code])
        self._total()
        self._band()
        self.sheet.freeze_panes(FIRST - 1, 0)
        self.sheet.repeat_rows(FIRST - 2)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:A999"})
        self.sheet.protect("", PASSWORDLESS)

    def _area(self, row: int, area: AreaScore, sheet: str) -> None:
        tally, code = area.tally, area.criterion.code
        self.pen.put(self.sheet, row - 1, 0, code, "centre")
        self.pen.put(self.sheet, row - 1, 1, cleaned(area.criterion.title), "text")
        self._formula(row, 2, at(Column.MAXIMUM, FIRST, sheet), tally.maximum, "maximum")
        self._formula(row, 3, at(Column.POINTS, FIRST, sheet), tally.points, "points")
        self._formula(row, 4, f"IF(C{row}=0,0,D{row}/C{row})", tally.ratio, "ratio")
        self._formula(row, 5, at(Column.WAITING, FIRST, sheet), tally.missing, "centre")
        adding = Column.POINTS if self.sums.by_area else Column.EXACT
        self._formula(row, 6, at(adding, FIRST, sheet), self.sums.area(code), "plain")
        self._formula(row, 7, at(Column.SETTLED, FIRST, sheet), tally.scored_maximum, "plain")
        self._formula(row, 8, at(Column.BESIDE, FIRST, sheet), self.sums.beside[code], "plain")

    def _total(self) -> None:
        """The dossier's total: areas added up, rescaled where there is no survey, kept within the set's bounds."""
        total, row, sums = self.dossier.scores.total, self.total_row, self.sums
        self.pen.put(self.sheet, row - 1, 0, None, "branch")
        self.pen.put(self.sheet, row - 1, 1, "Tổng cộng", "branch")
        self._formula(row, 2, self._scaled("C"), total.maximum, "branch_centre")
        plain, beside = self._sum("G"), self._sum("I")
        scaled = plain if sums.factor == 1 else f"({plain}-{beside})*{self._factor()}+{beside}"
        points = rounded(sums.total_bounds.formula(scaled), sums.places, Fraction(total.points) - sums.total)
        self._formula(row, 3, points, total.points, "branch_points")
        self._formula(row, 4, f"IF(C{row}=0,0,D{row}/C{row})", total.ratio, "branch_ratio")
        self._formula(row, 5, self._sum("F"), total.missing, "branch_centre")
        self._formula(row, 7, self._scaled("H"), total.scored_maximum, "plain")

    def _sum(self, letter: str) -> str:
        return f"SUM({letter}{FIRST}:{letter}{self.total_row - 1})"

    def _scaled(self, letter: str) -> str:
        """A sum of maxima, rescaled like the points."""
        return self._sum(letter) if self.sums.factor == 1 else f"ROUND({self._sum(letter)}*{self._factor()},2)"

    def _factor(self) -> str:
        return f"{self.sums.factor.numerator}/{self.sums.factor.denominator}"

    def _band(self) -> None:
        """The band is looked up in the set's own table, which stands below it, lowest first."""
        bands = self.dossier.criteria_set.bands
        at, first = self.total_row, self.total_row + 4
        last = first + len(bands.bands) - 1
        value = self._percent() if bands.scale is BandScale.PERCENT else self._projected()
        found = f"IFERROR(LOOKUP({value},C{first}:C{last},B{first}:B{last}),B{first})"
        scores = self.dossier.scores
        self.pen.put(self.sheet, at, 1, "Xếp loại (tạm tính)" if scores.provisional else "Xếp loại", "branch")
        self._formula(at + 1, 2, found, cleaned(scores.band.title), "branch_centre")
        unit = "tỷ lệ %" if bands.scale is BandScale.PERCENT else "điểm"
        self.pen.put(self.sheet, first - 2, 1, "Bảng xếp loại", "heading")
        self.pen.put(self.sheet, first - 2, 2, f"Từ ({unit})", "heading")
        for row, band in enumerate(reversed(bands.bands), start=first):
            self.pen.put(self.sheet, row - 1, 1, cleaned(band.title), "text")
            self.pen.put(self.sheet, row - 1, 2, band.at_least, "maximum")

    def _percent(self) -> str:
        row = self.total_row
        return f"IF(H{row}=0,0,ROUND(D{row}/H{row}*100,2))"

    def _projected(self) -> str:
        """Points, drawn up to the whole maximum while leaves are missing."""
        row = self.total_row
        return f"IF(AND(F{row}>0,H{row}>0),ROUND(D{row}*C{row}/H{row},2),D{row})"

    def _formula(self, row: int, column: int, formula: str, result: Result, style: str) -> None:
        self.pen.formula(self.sheet, row - 1, column, formula, result=result, style=style)
