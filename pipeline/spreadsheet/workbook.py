"""The whole workbook: summary, areas, documents, and the hidden sheet by which the program knows its own file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.dossier import Dossier
from pipeline.spreadsheet.appraisal_sheet import AppraisalSheet
from pipeline.spreadsheet.area_sheet import AreaSheet
from pipeline.spreadsheet.formulas import Sums
from pipeline.spreadsheet.frame import PASSWORDLESS, frame, mark
from pipeline.spreadsheet.layout import APPRAISAL, DOCUMENTS, FORMAT, HIDDEN, STATE_KEYS, SUMMARY, sheet_names
from pipeline.spreadsheet.state import state_of
from pipeline.spreadsheet.styles import DEFAULTS, Pen, height
from pipeline.spreadsheet.summary_sheet import SummarySheet
from pipeline.spreadsheet.values import cleaned, titles

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_DOCUMENT_COLUMNS = (("Mã", 9), ("Số, ký hiệu", 20), ("Ngày", 12), ("Cơ quan ban hành", 30), ("Trích yếu", 70))
_DOCUMENT_NOTE = (
    "Sổ tài liệu của năm, để tra mã khi điền cột “Tài liệu kiểm chứng”; sửa sổ ở evidence/NĂM/register.yml."
)


def workbook(dossier: Dossier) -> bytes:
    """The XLSX file; the same dossier gives the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": dict(DEFAULTS)}) as book:
        book.set_properties(_properties(dossier))
        book.set_calc_mode("auto")
        pen = Pen(book)
        summary = book.add_worksheet(SUMMARY)
        names = sheet_names(dossier.criteria_set)
        areas = {code: book.add_worksheet(name) for code, name in names.items()}
        if dossier.appraised is not None:
            AppraisalSheet(pen, book.add_worksheet(APPRAISAL), dossier, dossier.appraised).write()
        _documents(pen, book.add_worksheet(DOCUMENTS), dossier)
        lists = _hidden(pen, book, dossier)
        sums = Sums(dossier.criteria_set, dossier.scores)
        for area in dossier.areas:
            AreaSheet(pen, areas[area.score.criterion.code], dossier, sums).write(area, lists)
        SummarySheet(pen, summary, dossier, sums).write(names)
        summary.activate()
    return stream.getvalue()


def _properties(dossier: Dossier) -> dict[str, object]:
    day = dossier.date
    return {
        "title": f"Bảng điểm tự chấm năm {dossier.year}",
        "author": cleaned(dossier.settings.body.title),
        "comments": mark(dossier),
        "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001 -- a day has no zone
    }


def _documents(pen: Pen, sheet: Worksheet, dossier: Dossier) -> None:
    """The register, to look ids up; what stays inside is not told here either."""
    frame(pen, sheet, dossier, f"Tài liệu kiểm chứng năm {dossier.year}", _DOCUMENT_NOTE)
    for index, (heading, width) in enumerate(_DOCUMENT_COLUMNS):
        sheet.set_column(index, index, width)
        pen.put(sheet, 4, index, heading, "heading")
    for row, evidence in enumerate(dossier.evidence, start=5):
        document = evidence.document
        texts = (
            evidence.id,
            document.number,
            wording.day(document.issued) if document.issued else "",
            document.issuer or "",
            document.public_abstract,
        )
        widths = [width for _, width in _DOCUMENT_COLUMNS]
        sheet.set_row(row, height(zip(texts, widths, strict=True)))
        for index, text in enumerate(texts):
            pen.put(sheet, row, index, cleaned(text), "centre" if index in (0, 2) else "text")
    sheet.freeze_panes(5, 0)
    sheet.repeat_rows(4)
    sheet.protect("", PASSWORDLESS)


def _hidden(pen: Pen, book: Workbook, dossier: Dossier) -> Mapping[tuple[str, ...], str]:
    """Write the hidden sheet; returns where the titles of each set of levels stand, by the titles."""
    sheet = book.add_worksheet(HIDDEN)
    sheet.hide()
    criteria = dossier.criteria_set
    state = state_of(dossier.root, dossier.year, criteria.code, (area.document.file.path for area in dossier.areas))
    for row, (key, value) in enumerate(zip(STATE_KEYS, (FORMAT, str(dossier.year), criteria.code, state), strict=True)):
        pen.put(sheet, row, 0, key, "plain")
        pen.put(sheet, row, 1, value, "plain")
    lists: dict[tuple[str, ...], str] = {}
    for leaf in dossier.scores.leaves:
        for figure in leaf.criterion.rule.figures().values() if leaf.criterion.rule else ():
            texts = tuple(titles(figure).values())
            if texts and texts not in lists:
                lists[texts] = _list(pen, sheet, len(lists) + 3, texts)
    sheet.protect("", PASSWORDLESS)
    return lists


def _list(pen: Pen, sheet: Worksheet, column: int, texts: tuple[str, ...]) -> str:
    from xlsxwriter.utility import xl_range_abs

    for row, text in enumerate(texts):
        pen.put(sheet, row, column, text, "plain")
    return f"={HIDDEN}!{xl_range_abs(0, column, len(texts) - 1, column)}"
