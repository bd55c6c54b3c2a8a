"""A criteria set as a Word document in the shape of an annex."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.annex.cells import one_line
from pipeline.annex.lines import DETAILS, HEADINGS, details, lines
from pipeline.model.criteria_set import CriteriaSet

_WIDTHS = (1.3, 5.5, 1.4, 6.0, 4.5, 3.0, 4.0)
"""Centimetres: together the width of an A4 page on its side."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def print_document(criteria: CriteriaSet, data: Mapping[str, Any]) -> bytes:
    """The DOCX file; the same set gives the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Times New Roman"
    document.core_properties.title = one_line(criteria.title)[:250]
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    document.add_paragraph(one_line(criteria.title)).runs[0].bold = True
    document.add_paragraph(f"(Ban hành kèm theo {one_line(criteria.issued)})")
    rows = [[str(text) for text in line[: len(HEADINGS)]] for line in lines(criteria, data)]
    _table(document, [list(HEADINGS), *rows], _WIDTHS, small=len(HEADINGS) - 1)
    document.add_paragraph("Thông tin chung của bộ tiêu chí")
    _table(document, [list(DETAILS), *([key, value] for key, value in details(data))], (4.0, 21.7))
    stream = io.BytesIO()
    document.save(stream)
    return _timeless(stream)


def _table(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], *, small: int | None = None) -> None:
    """A table whose first row is printed again on every page, and whose other rows stay whole."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(len(rows), len(widths))
    table.style, table.autofit = "Table Grid", False
    # Word takes a column's width from its cells, LibreOffice from the grid.
    for grid, width in zip(table.columns, widths, strict=True):
        grid.width = Cm(width)
    # The library's own way to a cell walks the whole table each time; row by row it is walked once.
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Cm(widths[column])
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(5 if column == small else 11)
            run.bold = number == 0 or None
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for it
        properties.append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))


def _timeless(stream: io.BytesIO) -> bytes:
    """The same archive without the hour at which it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
