"""The tables of a Word document, with merged cells, content controls and tracked changes read as they are seen."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.annex.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    AnnexError,
    Cell,
    Row,
    Source,
    Stored,
    Table,
    plain,
    refuse,
    refuse_length,
)
from pipeline.annex.numbering import labels

MOST_PARAGRAPHS = 400

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_document(name: str, archive: zipfile.ZipFile) -> Source:
    """Every outer table, in the order of the pages.

    Raises:
        AnnexError: the document cannot be read.
    """
    import docx

    assert archive.fp is not None
    archive.fp.seek(0)
    try:
        document = docx.Document(archive.fp)
        body, numbers = document.element.body, labels(document)
        preface = tuple(text for text in _preface(body) if text)
        found = [element for element in body.iter(f"{_W}tbl") if not _inside(element, "tbl")]
        tables = tuple(_table(name, element, number, numbers) for number, element in enumerate(found, start=1))
    except AnnexError:
        raise
    except Exception as broken:  # the library raises whatever a malformed part makes it raise
        mend = "mở tệp bằng Word, lưu lại thành .docx rồi nhập lại"
        raise refuse(name, "N801", "không đọc được nội dung văn bản của tệp", mend) from broken
    return Source(name, preface, tables)


def _preface(body: Any) -> Iterator[str]:
    paragraphs = (element for element in body.iter(f"{_W}p") if not _inside(element, "tbl"))
    for _, paragraph in zip(range(MOST_PARAGRAPHS), paragraphs, strict=False):
        yield plain(_text(paragraph))


def _inside(element: Any, tag: str) -> bool:
    return any(above.tag == f"{_W}{tag}" for above in element.iterancestors())


def _table(name: str, element: Any, number: int, numbers: Mapping[Any, str]) -> Table:
    grid: list[list[Cell]] = []
    open_cells: dict[int, Cell] = {}
    for row in _children(element, "tr"):
        if len(grid) >= MOST_ROWS:
            raise refuse_length(name, f"bảng {number} dài quá {MOST_ROWS} dòng")
        cells, open_cells = _row(row, open_cells, numbers)
        grid.append(cells)
    rows = tuple(Row(at, tuple(cells)) for at, cells in enumerate(grid, start=1))
    return Table(f"bảng {number}", rows)


def _children(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also inside content controls and tracked insertions."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, tag)


def _row(row: Any, open_cells: dict[int, Cell], numbers: Mapping[Any, str]) -> tuple[list[Cell], dict[int, Cell]]:
    """The cells of a row on the grid, and those that go on below by column."""
    cells = [Cell()] * min(_count(row, "trPr", "gridBefore", 0), MOST_COLUMNS)
    going_on: dict[int, Cell] = {}
    for element in _children(row, "tc"):
        column = len(cells)
        if column >= MOST_COLUMNS:
            break
        merge = element.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        if goes_on and column in open_cells:
            first = open_cells[column]
        else:
            first, goes_on = _cell(element, numbers), False
        if merge is not None:
            going_on[column] = first
        for offset in range(min(_count(element, "tcPr", "gridSpan", 1), MOST_COLUMNS - column)):
            cells.append(replace(first, above=goes_on, left=offset > 0))
    return cells, going_on


def _count(element: Any, group: str, name: str, least: int) -> int:
    found = element.find(f"{_W}{group}/{_W}{name}")
    value = found.get(f"{_W}val", "") if found is not None else ""
    return max(int(value), least) if value.isdecimal() and len(value) < 6 else least


def _cell(element: Any, numbers: Mapping[Any, str]) -> Cell:
    """A cell's text; a number that Word counts is the whole text of a cell that holds nothing else."""
    paragraphs = list(element.iter(f"{_W}p"))
    text = plain("\n".join(map(_text, paragraphs)))
    number = numbers.get(paragraphs[0], "") if paragraphs else ""
    counted = not text and (number or element.find(f".//{_W}numPr") is not None)
    return Cell(text or number, stored=Stored.NUMBERED if counted else Stored.TEXT, number=number)


def _text(paragraph: Any) -> str:
    """A paragraph's text; what a tracked change deleted is in other elements and stays out."""
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if _inside(element, "moveFrom"):
            continue
        match element.tag.removeprefix(_W):
            case "t":
                parts.append(element.text or "")
            case "tab":
                parts.append(" ")
            case "noBreakHyphen":
                parts.append("-")
            case _:
                parts.append("\n")
    return "".join(parts)
