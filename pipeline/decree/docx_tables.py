"""The Word file's tables: widths, repeated headers, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.decree.docx_styles import twips
from pipeline.decree.metrics import text_width
from pipeline.decree.paper import DataTable, Page, RowKind
from pipeline.decree.tree import ENDING_SHARES, LETTERHEAD_SHARES, Frame, PlacedTable

if TYPE_CHECKING:
    from docx.document import Document

_SHADED = (RowKind.AREA, RowKind.TOTAL)
_PADDING = 6
"""Millimetres beside the text of a cell."""
_TABLE_SIZE = 11
_WIDEST_CELL = 90
"""Millimetres of text after which an officer's cell wraps."""


def arrange_tables(document: Document, tables: Sequence[PlacedTable]) -> None:
    """Finish every table; `tables` says, in order, which is which."""
    from docx.oxml.ns import qn

    body: Any = document.element.body
    for element, (table, page) in zip(list(body.iter(qn("w:tbl"))), tables, strict=True):
        match table:
            case DataTable():
                _data_table(element, table, page)
                _keep_with_text_above(element)
                _space_below(element)
            case Frame.OFFICERS:
                _officers_table(element, page)
                _keep_with_text_above(element)
                _space_below(element)
            case Frame.LETTERHEAD:
                _frame(element, LETTERHEAD_SHARES, page)
            case Frame.ENDING:
                _frame(element, ENDING_SHARES, page)


def _data_table(element: Any, table: DataTable, page: Page) -> None:
    _widths(element, [column.share for column in table.columns], page)
    header, *rows = element.tr_lst
    _keep_whole(header)
    for cell in header.tc_lst:
        _centre_vertically(cell)
    for drawn, row in zip(rows, table.rows, strict=True):
        if row.whole:
            _keep_whole(drawn)
        if row.kind in _SHADED:
            for cell in drawn.tc_lst:
                _shade(cell)
    if table.whole:
        _keep_together(element)


def _keep_together(element: Any) -> None:
    """Word keeps a table on one page when each row but the last stays with the next."""
    from docx.oxml.ns import qn

    for row in element.tr_lst[:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _officers_table(element: Any, page: Page) -> None:
    from docx.oxml.ns import qn

    _widths(element, _shares(element, page), page)
    for row in element.tr_lst:
        _keep_whole(row)
        header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for paragraph in row.iter(qn("w:p")):
            paragraph.style = "Đầubảng" if header else "Ôbảng"


def _shares(element: Any, page: Page) -> list[float]:
    """Columns as wide as their longest cell, narrower if they would not fit side by side."""
    from docx.oxml.ns import qn

    cells = [["".join(cell.itertext(qn("w:t"))) for cell in row.tc_lst] for row in element.tr_lst]
    needs = [_PADDING + min(_WIDEST_CELL, max(map(_width, column))) for column in zip(*cells, strict=True)]
    room = max(page.text_width, sum(needs))
    return [need * 100 / room for need in needs]


def _width(text: str) -> float:
    return text_width(text, _TABLE_SIZE, bold=True)


def _frame(element: Any, shares: Sequence[int], page: Page) -> None:
    element.tblPr.style = "Khungvănbản"
    _widths(element, shares, page)
    for row in element.tr_lst:
        _keep_whole(row)


def _widths(element: Any, shares: Sequence[float], page: Page) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml.ns import qn

    widths = [twips(page.text_width * share / 100) for share in shares]
    element.tblPr.alignment = WD_TABLE_ALIGNMENT.CENTER
    total = element.tblPr.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(sum(widths)))
    for column, width in zip(element.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    kind, unit, measure = qn("w:tcW"), qn("w:type"), qn("w:w")
    for row in element.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            properties = cell.get_or_add_tcPr()
            properties.insert(0, properties.makeelement(kind, {unit: "dxa", measure: str(width)}))


def _keep_whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _centre_vertically(cell: Any) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.get_or_add_tcPr().vAlign_val = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _shade(cell: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EBEBEB"/>'))


def _keep_with_text_above(element: Any) -> None:
    """The sentence that leads to a table without a caption stays on its page; a caption does so by its style."""
    above = element.getprevious()
    if getattr(above, "style", None) == "Nộidung":
        above.style = "Nộidungtrướcbảng"


def _space_below(element: Any) -> None:
    following = element.getnext()
    style = getattr(following, "style", None)
    if style in ("Nộidung", "Lờikết"):
        following.style = f"{style}saubảng"
