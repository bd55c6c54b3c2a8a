"""Answers as XLSX: each sheet a table, streamed, so that a stray cell in the last row costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipeline.office import XLSX_PART, OfficeFileError, Reason, open_office, workbook
from pipeline.survey.table import (
    EMPTY,
    LARGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Line,
    Table,
    UnreadableError,
    headed,
)

MOST_SHEETS = 50

_SAVE_AS = "xuất lại từ phần mềm khảo sát, hoặc mở bằng Excel hay LibreOffice rồi lưu lại thành .xlsx không mật khẩu"
_SMALLER = "xuất riêng các câu hỏi cần tính, xuất dạng CSV, hoặc chia thành nhiều tệp"
_TOLD = {
    Reason.BROKEN: ("K101", "tệp không phải là bảng tính .xlsx, bị hỏng hoặc có mật khẩu", _SAVE_AS),
    Reason.LARGE: ("K102", "tệp bung ra quá lớn", _SMALLER),
    Reason.DECLARES: ("K102", "tệp chứa khai báo DOCTYPE hoặc XML lạ, có thể gây hại", _SAVE_AS),
}
"""Code, what is wrong, how to mend it."""


def read_xlsx(name: str, content: bytes) -> list[Table]:
    """The tables of the sheets that hold anything.

    Raises:
        UnreadableError: it is no workbook, harmful, or too long.
    """
    try:
        with open_office(content, XLSX_PART) as archive, workbook(archive, values=False) as book:
            return [table for table in _tables(name, book) if table]
    except OfficeFileError as error:
        raise UnreadableError(name, *_TOLD[error.reason]) from error
    except UnreadableError:
        raise
    except Exception as error:  # the library raises whatever a spoilt file makes it stumble over
        raise UnreadableError(name, "K101", "tệp bị hỏng nên không đọc được", _SAVE_AS) from error


def _tables(name: str, book: Any) -> Iterator[Table | None]:
    if len(book.worksheets) > MOST_SHEETS:
        raise UnreadableError(name, "K102", f"tệp có hơn {MOST_SHEETS} trang tính", _SMALLER)
    for number, sheet in enumerate(book.worksheets, start=1):
        sheet.reset_dimensions()
        yield headed(name, number, list(_lines(name, sheet)))


def _lines(name: str, sheet: Any) -> Iterator[Line]:
    """Rows as long as they are: padding each to the widest is what a hostile file would wait for."""
    for number, cells in enumerate(sheet.iter_rows(min_row=1), start=1):
        if len(cells) > MOST_COLUMNS or (cells and number > MOST_ROWS):
            message = f"trang tính có ô sau dòng {MOST_ROWS} hoặc sau cột thứ {MOST_COLUMNS}"
            raise UnreadableError(name, "K102", message, _SMALLER, number)
        line = Line(number, tuple(map(_cell, cells)))
        if max((len(cell.text) for cell in line.cells), default=0) > LARGEST_CELL:
            raise UnreadableError(name, "K102", f"có ô dài hơn {LARGEST_CELL} ký tự", _SMALLER, number)
        if line.filled:
            yield line


def _cell(cell: Any) -> Cell:
    from openpyxl.utils.escape import unescape

    match cell.value:
        case None:
            return EMPTY
        case str() as text:
            return Cell(unescape(text), formula=cell.data_type == "f")
        case bool() as truth:
            return Cell(str(truth).upper())
        case int() | float() as number:
            return Cell(_number(number))
        case datetime() | date() as moment:
            return Cell(moment.isoformat(sep=" ") if isinstance(moment, datetime) else moment.isoformat())
        case other:
            return Cell(str(other), formula=cell.data_type == "f")


def _number(value: float) -> str:
    """A stored number as people type it: `5`, not `5.0`."""
    try:
        return f"{Decimal(repr(value)).normalize():f}"
    except ArithmeticError:
        return str(value)
