"""The sheets of a workbook as tables: streamed, so that a stray cell in the last row costs nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
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
from pipeline.office import workbook

MOST_SHEETS = 20

_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']"""
    rb"""\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
)


def read_workbook(name: str, archive: zipfile.ZipFile) -> Source:
    """Every visible sheet as a table.

    Raises:
        AnnexError: the workbook cannot be read.
    """
    try:
        with workbook(archive, values=True) as book:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            hidden = tuple(plain(sheet.title) for sheet in book.worksheets if sheet not in sheets)
            tables = tuple(_table(name, sheet, archive) for sheet in _bounded(name, sheets))
    except AnnexError:
        raise
    except Exception as broken:  # the library raises whatever a malformed part makes it raise
        mend = "mở tệp bằng Excel, lưu lại thành .xlsx rồi nhập lại"
        raise refuse(name, "N801", "không đọc được các trang tính của tệp", mend) from broken
    return Source(name, (), tables, hidden)


def _bounded(name: str, sheets: list[Any]) -> list[Any]:
    if len(sheets) > MOST_SHEETS:
        raise refuse_length(name, f"tệp có {len(sheets)} trang tính")
    return sheets


def _table(name: str, sheet: Any, archive: zipfile.ZipFile) -> Table:
    # In the streaming mode merged cells are not told; the sheet's own part lists them at its end.
    merges = list(_merges(archive.read(sheet._worksheet_path)))  # noqa: SLF001
    sheet.reset_dimensions()
    rows = islice(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), MOST_ROWS)
    grid = [[_cell(cell) for cell in row] for row in rows]
    beyond = sheet.iter_rows(min_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    if any(value is not None for row in beyond for value in row):
        raise refuse_length(name, f"trang tính “{plain(sheet.title)}” có ô sau dòng {MOST_ROWS}")
    _cover(grid, merges)
    told = tuple(Row(number, tuple(cells)) for number, cells in enumerate(grid, start=1))
    return Table(f"trang tính “{plain(sheet.title)}”", told)


def _merges(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Merged ranges as first row, first column, last row, last column, from 0."""
    for found in _MERGE.finditer(part):
        left, top, right, bottom = found.groups()
        yield int(top) - 1, _column(left), int(bottom) - 1, _column(right)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _cover(grid: list[list[Cell]], merges: list[tuple[int, int, int, int]]) -> None:
    """Let the text of a merged cell stand in all the places that it covers and the grid has."""
    for top, left, bottom, right in merges[:20_000]:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        first = grid[top][left]
        for at in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[at]))):
                if (at, column) != (top, left):
                    grid[at][column] = Cell(first.text, above=at > top, left=column > left, stored=first.stored)


def _cell(cell: Any) -> Cell:
    value = cell.value
    match value:
        case None | bool():
            return Cell()
        case int() | float():
            return Cell(_number(value, cell.number_format), stored=Stored.NUMBER)
        case datetime() | date():
            return Cell(_date_as_code(value, cell.number_format), stored=Stored.DATE)
        case _:
            return Cell(plain(str(value)))


def _number(value: float, form: str) -> str:
    """A stored number with the decimals that it has; a percentage with its sign."""
    try:
        exact = Decimal(repr(round(value, 6)))
        if "%" in form:
            exact *= 100
        text = f"{exact.normalize():f}"
    except (ArithmeticError, ValueError):
        return ""
    return f"{text}%" if "%" in form else text


def _date_as_code(value: date, form: str) -> str:
    """What a person may have typed when a spreadsheet took `1.2` for the first of February."""
    year = f".{value.year % 100}" if "y" in form.lower() and value.year % 100 < 16 else ""
    return f"{value.day}.{value.month}{year}"
