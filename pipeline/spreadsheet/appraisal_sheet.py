"""The sheet of a year that was appraised: every column, the difference, its reason and the dialogue, to read only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.dossier import Dossier
from pipeline.model.appraisal import Turn
from pipeline.scoring import Appraised, Row, ScoreColumn
from pipeline.spreadsheet.area_lines import FIRST
from pipeline.spreadsheet.frame import PASSWORDLESS, frame
from pipeline.spreadsheet.styles import Pen, height
from pipeline.spreadsheet.values import CellValue, cleaned

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_NOTE = (
    "Điểm trong ngoặc: cột đó không cho điểm, giữ điểm thẩm định gần nhất; chưa thẩm định thì giữ điểm tự chấm. "
    "Trang này chỉ để xem; kết quả thẩm định nhập bằng cchc import appraisal."
)


class AppraisalSheet:
    """Fills the sheet."""

    def __init__(self, pen: Pen, sheet: Worksheet, dossier: Dossier, table: Appraised) -> None:
        self.pen = pen
        self.sheet = sheet
        self.dossier = dossier
        self.table = table
        points = [(_heading(column), 11) for column in table.columns]
        self.columns = [("Mã", 9), ("Lĩnh vực, tiêu chí", 38), ("Điểm tối đa", 8), *points, ("Chênh lệch", 9)]
        self.columns += [("Lý do", 34), ("Trao đổi", 60)]

    def write(self) -> None:
        """Write everything."""
        title = f"Thẩm định kết quả tự chấm điểm năm {self.dossier.year}"
        frame(self.pen, self.sheet, self.dossier, title, _NOTE)
        for index, (heading, width) in enumerate(self.columns):
            self.sheet.set_column(index, index, width)
            self.pen.put(self.sheet, FIRST - 2, index, heading, "heading")
        self.sheet.set_row(FIRST - 2, height(self.columns))
        rows = [row for area in self.table.final.scores.areas for row in area.rows]
        for at, row in enumerate(rows, start=FIRST - 1):
            self._row(at, row)
        self._total(FIRST - 1 + len(rows))
        self.sheet.freeze_panes(FIRST - 1, 2)
        self.sheet.repeat_rows(FIRST - 2)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:A9999"})
        self.sheet.protect("", PASSWORDLESS)

    def _row(self, at: int, row: Row) -> None:
        branch = "branch_" if row.leaf is None else ""
        change = self.table.change(row.code)
        turns = [turn for turn in self.table.appraisal.dialogue(row.code) if row.leaf and turn.says_something]
        texts = [cleaned(row.criterion.title), *self._reason(row), "\n".join(self._said(turns))]
        self._put(at, 0, row.code, f"{branch}centre")
        self._put(at, 1, texts[0], "branch" if branch else "text")
        self._put(at, 2, row.bounds if row.group else row.tally.maximum, "branch_centre" if branch else "maximum")
        for index, column in enumerate(self.table.columns, start=3):
            points = column.points(row.code)
            style = "kept_points" if column.kept(row) else f"{branch}points"
            self._put(at, index, points, style)
        last = len(self.columns) - 1
        self._put(at, last - 2, change or None, f"{branch}points")
        self._put(at, last - 1, texts[1], "branch" if branch else "text")
        self._put(at, last, texts[2], "branch" if branch else "text")
        widths = (self.columns[1][1], self.columns[last - 1][1], self.columns[last][1])
        self.sheet.set_row(at, height(zip(texts, widths, strict=True)))

    def _reason(self, row: Row) -> list[str]:
        return [cleaned(self.table.reason(row.code)) if row.leaf and self.table.change(row.code) else ""]

    def _said(self, turns: list[Turn]) -> Iterator[str]:
        for turn in turns:
            who = turn.office or self.dossier.settings.body.title
            points = "" if turn.points is None else f" {wording.points(turn.points)} điểm."
            wanted = " Đề nghị giải trình." if turn.wanted else ""
            proof = ", ".join(citation.document for citation in turn.evidence)
            words = f"{wording.day(turn.day)}, {who}:{points} {wording.sentence(turn.text)}{wanted}"
            yield cleaned(f"{words} [{proof}]" if proof else words)

    def _total(self, at: int) -> None:
        total = self.table.final.scores.total
        for index in range(len(self.columns)):
            self._put(at, index, None, "branch")
            self._put(at + 1, index, None, "branch")
        self._put(at, 1, "Tổng cộng", "branch")
        self._put(at + 1, 1, "Xếp loại", "branch")
        self._put(at, 2, total.maximum, "branch_centre")
        for index, column in enumerate(self.table.columns, start=3):
            self._put(at, index, column.scores.total.points, "branch_points")
            self._put(at + 1, index, cleaned(column.scores.band.title), "branch_centre")
        self._put(at, len(self.columns) - 3, self.table.total_change, "branch_points")

    def _put(self, row: int, column: int, value: CellValue | Decimal, style: str) -> None:
        self.pen.put(self.sheet, row, column, value, style)


def _heading(column: ScoreColumn) -> str:
    return cleaned(f"{column.title}\n{wording.day(column.day)}" if column.day else column.title)
