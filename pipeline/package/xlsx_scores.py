"""The spreadsheet of a package, held cell by cell against the one that its figures give."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from pipeline.dossier import Dossier
from pipeline.model.finding import Finding
from pipeline.office import XLSX_PART, OfficeFileError, address, workbook
from pipeline.package.differences import MOST, dangerous, differs, not_opened
from pipeline.package.office_guard import open_modest
from pipeline.spreadsheet.layout import Column
from pipeline.spreadsheet.opened import MOST_COLUMNS, MOST_ROWS


class _Spot(NamedTuple):
    sheet: str
    row: int
    column: int


class _Cell(NamedTuple):
    """What a cell shows, in which form, and how it comes by it."""

    value: Any
    form: str
    formula: str


_EMPTY = _Cell(None, "", "")
_Cells = Mapping[_Spot, _Cell]

MOST_CELLS = 100_000
"""A workbook of eighty criteria has three thousand."""


def xlsx_differences(path: str, content: bytes, dossier: Dossier, numbers_only: bool) -> Iterator[Finding]:
    """Every cell whose value or formula the figures do not give."""
    from pipeline.spreadsheet.workbook import workbook as ours

    right = ours(dossier)
    if content == right:
        return
    try:
        with open_modest(content, XLSX_PART) as archive:
            stored = _cells(archive)
    except OfficeFileError as error:
        yield not_opened(path, error)
        return
    except Exception:  # noqa: BLE001 -- the library raises whatever a spoilt file makes it stumble over
        yield dangerous(path, "bảng tính bị hỏng")
        return
    yield from islice(_unequal(path, stored, _cells(zipfile.ZipFile(io.BytesIO(right))), numbers_only), MOST)


def _unequal(path: str, stored: _Cells, right: _Cells, numbers_only: bool) -> Iterator[Finding]:
    for spot in sorted({*stored, *right}):
        ours, theirs = right.get(spot, _EMPTY), stored.get(spot, _EMPTY)
        counts = not numbers_only or isinstance(ours.value, int | float)
        if counts and theirs != ours and not _uncomputed(theirs, ours):
            where = f"{_criterion(right, spot)}ô {spot.sheet}!{address(spot.row, spot.column)}"
            yield differs(path, where, *_shown(theirs, ours))


def _uncomputed(theirs: _Cell, ours: _Cell) -> bool:
    """Whether a program saved the right formula without its result."""
    return theirs.value is None and bool(theirs.formula) and theirs.formula == ours.formula


def _shown(theirs: _Cell, ours: _Cell) -> tuple[object, object]:
    """What is told of two cells: values, or how they come about when the values are the same."""
    if theirs.value != ours.value:
        return theirs.value, ours.value
    if theirs.formula != ours.formula:
        return theirs.formula or "số gõ tay", ours.formula or "không có công thức"
    return f"dạng hiển thị {theirs.form}", f"dạng hiển thị {ours.form}"


def _criterion(cells: _Cells, spot: _Spot) -> str:
    """The criterion whose row a cell stands in; a figure's row says whose it is in its key."""
    told = (cells.get(spot._replace(column=column.index + 1), _EMPTY).value for column in (Column.CODE, Column.KEY))
    code = next((str(value).partition("/")[0] for value in told if value), "")
    return f"tiêu chí {code}, " if code and spot.row > 5 else ""


def _cells(archive: zipfile.ZipFile) -> dict[_Spot, _Cell]:
    """Every cell that is not empty."""
    values = {spot: (cell.value, cell.number_format) for spot, cell in _read(archive, values=True)}
    formulas = {spot: str(cell.value) for spot, cell in _read(archive, values=False) if cell.data_type == "f"}
    nothing = (None, "")
    return {spot: _Cell(*values.get(spot, nothing), formulas.get(spot, "")) for spot in {*values, *formulas}}


def _read(archive: zipfile.ZipFile, *, values: bool) -> Iterator[tuple[_Spot, Any]]:
    left = MOST_CELLS
    with workbook(archive, values=values) as book:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=1, min_col=1, max_row=MOST_ROWS, max_col=MOST_COLUMNS):
                for cell in row:
                    left -= 1
                    if not left:
                        raise ValueError(MOST_CELLS)
                    if cell.value is not None:
                        yield _Spot(sheet.title, cell.row, cell.column), cell
