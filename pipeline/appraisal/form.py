"""The form for the receiving office: every criterion with the commune's points and proof, and cells to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline import wording
from pipeline.appraisal.workbook import DAY, FORMAT, OFFICE, STATE, STATE_KEYS
from pipeline.dossier import Dossier
from pipeline.model.appraisal import Turn
from pipeline.model.assessment import Citation
from pipeline.model.evidence import EvidenceClass
from pipeline.scoring import Row
from pipeline.spreadsheet.frame import PASSWORDLESS, frame, mark
from pipeline.spreadsheet.styles import DEFAULTS, Pen, height
from pipeline.spreadsheet.values import CellValue, cleaned

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "Thẩm định"

_NOTE = (
    "Điền các ô màu vàng, để trống ô điểm nếu giữ điểm trước đó; đề nghị giải trình thì ghi “có”. "
    "Gửi lại tệp này, hoặc CSV, JSON có cùng các cột."
)
_HEADINGS = 7
"""The row of the headings, from 0; the office's name and day stand above it."""


class FormColumn(NamedTuple):
    """One column of the form; the office fills in those with a style of input."""

    heading: str
    width: int
    style: str = "text"


def _columns(number: int) -> tuple[FormColumn, ...]:
    before = (FormColumn("Trao đổi ở các vòng trước", 40),) if number > 1 else ()
    return (
        FormColumn("Mã", 9, "centre"),
        FormColumn("Lĩnh vực, tiêu chí, tiêu chí thành phần", 34),
        FormColumn("Điểm tối đa", 8, "maximum"),
        FormColumn("Điểm tự chấm", 9, "points"),
        FormColumn("Số liệu, cách ra điểm", 32),
        FormColumn("Tài liệu kiểm chứng, giải trình của đơn vị", 36),
        *before,
        FormColumn(f"Điểm thẩm định lần {number}", 10, "input_points"),
        FormColumn(f"Ý kiến lần {number}", 34, "input"),
        FormColumn(f"Đề nghị giải trình lần {number}", 11, "input_centre"),
    )


def form(dossier: Dossier, number: int) -> bytes:
    """The XLSX file for one round; the same dossier gives the same bytes.

    What the round holds already stands in the input cells, so that a form can be sent again.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": dict(DEFAULTS)}) as book:
        day = dossier.date
        book.set_properties(
            {
                "title": f"Phiếu thẩm định lần {number} năm {dossier.year}",
                "author": cleaned(dossier.settings.body.title),
                "comments": mark(dossier),
                "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001 -- a day has no zone
            }
        )
        pen = Pen(book)
        _Form(pen, book.add_worksheet(SHEET), dossier, number).write()
        _state(pen, book.add_worksheet(STATE), dossier, number)
    return stream.getvalue()


def _state(pen: Pen, sheet: Worksheet, dossier: Dossier, number: int) -> None:
    told = ("dinh_dang", *STATE_KEYS), (FORMAT, str(dossier.year), dossier.criteria_set.code, str(number))
    for row, (key, value) in enumerate(zip(*told, strict=True)):
        pen.put(sheet, row, 0, key, "plain")
        pen.put(sheet, row, 1, value, "plain")
    sheet.hide()
    sheet.protect("", PASSWORDLESS)


class _Form:
    """Fills the sheet."""

    def __init__(self, pen: Pen, sheet: Worksheet, dossier: Dossier, number: int) -> None:
        self.pen = pen
        self.sheet = sheet
        self.dossier = dossier
        self.number = number
        self.columns = _columns(number)

    def write(self) -> None:
        """Write everything."""
        title = f"Phiếu thẩm định lần {self.number} kết quả tự chấm điểm năm {self.dossier.year}"
        frame(self.pen, self.sheet, self.dossier, title, _NOTE)
        self._asked()
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)
            self.pen.put(self.sheet, _HEADINGS, index, column.heading, "heading")
        self.sheet.set_row(_HEADINGS, height((column.heading, column.width) for column in self.columns))
        rows = [row for area in self.dossier.scores.areas for row in area.rows]
        for at, row in enumerate(rows, start=_HEADINGS + 1):
            self._leaf(at, row) if row.leaf else self._branch(at, row)
        self._close(_HEADINGS + len(rows))

    def _asked(self) -> None:
        """The office's name and the day, for it to fill in; what is known stands there already."""
        told = self.dossier.appraised.appraisal.rounds.get(self.number) if self.dossier.appraised else None
        office = told.office if told else self.dossier.settings.report.addressees[0]
        for row, label, value in ((4, OFFICE, cleaned(office)), (5, DAY, told.day if told else None)):
            self.pen.put(self.sheet, row, 0, label, "note")
            self.pen.put(self.sheet, row, 2, None, "input")
            self.sheet.merge_range(row, 2, row, 5, "", self.pen.style("input"))
            self.pen.put(self.sheet, row, 2, value, "input_date" if label == DAY else "input")

    def _branch(self, at: int, row: Row) -> None:
        for index in range(len(self.columns)):
            self.pen.put(self.sheet, at, index, None, "branch")
        self.pen.put(self.sheet, at, 0, row.code, "branch_centre")
        self.pen.put(self.sheet, at, 1, cleaned(row.criterion.title), "branch")
        self.pen.put(self.sheet, at, 2, row.criterion.maximum, "branch_centre")
        self.pen.put(self.sheet, at, 3, row.tally.points, "branch_points")
        self.sheet.set_row(at, height([(cleaned(row.criterion.title), self.columns[1].width)]))

    def _leaf(self, at: int, row: Row) -> None:
        values = self._values(row)
        for index, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            self.pen.put(self.sheet, at, index, value, column.style)
        shown = zip(values, self.columns, strict=True)
        self.sheet.set_row(at, height((text, column.width) for text, column in shown if isinstance(text, str)))
        self._validate(at, row)

    def _values(self, row: Row) -> list[CellValue]:
        leaf = row.leaf
        assert leaf is not None
        appraisal = self.dossier.appraised.appraisal if self.dossier.appraised else None
        told = appraisal.rounds.get(self.number) if appraisal else None
        verdict = told.verdicts.get(row.code) if told else None
        turns = [turn for turn in appraisal.dialogue(row.code) if turn.round < self.number] if appraisal else []
        return [
            row.code,
            cleaned(row.criterion.title),
            row.criterion.maximum,
            leaf.state.value if leaf.points is None else leaf.points,
            cleaned("\n".join([*(f"{each.label}: {each.text}" for each in leaf.figures), leaf.derivation])),
            cleaned("\n".join(self._proof(row))),
            *([cleaned("\n".join(map(self._turn, turns)))] if self.number > 1 else []),
            verdict.points if verdict else None,
            (verdict.remark or "") if verdict else None,
            "có" if verdict and verdict.explanation_wanted else None,
        ]

    def _proof(self, row: Row) -> Iterator[str]:
        assert row.leaf is not None
        for citation in row.leaf.entry.evidence if row.leaf.entry else ():
            yield self._cited(citation)
        if row.leaf.explanation:
            yield f"Giải trình: {row.leaf.explanation}"

    def _cited(self, citation: Citation) -> str:
        document = self.dossier.evidence_by_id[citation.document].document
        internal = document.evidence_class is EvidenceClass.INTERNAL
        issued = f" ngày {wording.day(document.issued)}" if document.issued else ""
        section = f", mục {citation.section}" if citation.section and not internal else ""
        page = f", trang {citation.page}" if citation.page and not internal else ""
        return f"{citation.document}: {document.number}{issued}{section}{page}"

    def _turn(self, turn: Turn) -> str:
        who = turn.office or cleaned(self.dossier.settings.body.title)
        points = "" if turn.points is None else f"{wording.points(turn.points)} điểm. "
        proof = "".join(f" [{self._cited(citation)}]" for citation in turn.evidence)
        return f"{wording.day(turn.day)}, {who}: {points}{turn.text}{proof}".rstrip()

    def _validate(self, at: int, row: Row) -> None:
        most, least, last = row.criterion.maximum, row.criterion.minimum, len(self.columns) - 1
        bounds = {"criteria": "between", "minimum": float(least), "maximum": float(most)}
        if not least.is_finite():
            bounds = {"criteria": "<=", "value": float(most)}
        self.sheet.data_validation(
            at,
            last - 2,
            at,
            last - 2,
            {
                "validate": "decimal",
                **bounds,
                "error_title": "Điểm thẩm định",
                "error_message": f"Điểm không quá {wording.number(most)}.",
            },
        )
        self.sheet.data_validation(at, last, at, last, {"validate": "list", "source": ["có", "không"]})

    def _close(self, last: int) -> None:
        self.sheet.freeze_panes(_HEADINGS + 1, 2)
        self.sheet.repeat_rows(_HEADINGS)
        self.sheet.print_area(0, 0, last, len(self.columns) - 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:A{last + 1}"})
        self.sheet.protect("", PASSWORDLESS)
