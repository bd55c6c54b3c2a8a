"""A criteria set as a workbook in the shape of an annex."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.annex.cells import one_line
from pipeline.annex.lines import DETAILS, HEADINGS, details, lines
from pipeline.model.criteria_set import CriteriaSet

_WIDTHS = (9, 46, 9, 46, 40, 40, 24)
_FIRST = 4
"""The row of the headings, from 0."""


def print_workbook(criteria: CriteriaSet, data: Mapping[str, Any]) -> bytes:
    """The XLSX file; the same set gives the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": criteria.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - no clock
        _criteria(book, criteria, data)
        _details(book, data)
    return stream.getvalue()


def _criteria(book: Any, criteria: CriteriaSet, data: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Bộ tiêu chí")
    base = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top", "border": 1}
    styles = {bold: book.add_format({**base, "bold": bold, "num_format": "@"}) for bold in (False, True)}
    plain_text = book.add_format({"font_name": "Times New Roman", "font_size": 12, "bold": True})
    sheet.write_string(0, 0, one_line(criteria.title), plain_text)
    sheet.write_string(1, 0, f"(Ban hành kèm theo {one_line(criteria.issued)})", plain_text)
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST, column, heading, styles[True])
    row = _FIRST
    for row, line in enumerate(lines(criteria, data), start=_FIRST + 1):
        for column, text in enumerate(line[: len(HEADINGS)]):
            sheet.write_string(row, column, str(text), styles[line.depth == 0 and column < 3])
    sheet.freeze_panes(_FIRST + 1, 2)
    sheet.repeat_rows(_FIRST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row, len(HEADINGS) - 2)


def _details(book: Any, data: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Thông tin chung")
    text = book.add_format({"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "num_format": "@"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (key, value) in enumerate([DETAILS, *details(data)]):
        sheet.write_string(row, 0, key, text)
        sheet.write_string(row, 1, value, text)
