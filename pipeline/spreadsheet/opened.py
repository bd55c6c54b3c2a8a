"""Opening a spreadsheet that may be anything: sizes and structure are looked at before a library reads it.

What is refused: what is no XLSX, what would unpack to more than people type, and XML with a document type, which is
where entities are declared. Macros are never looked at; formulas are told from values, so that an
input can refuse them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model.finding import Finding, Place
from pipeline.office import LARGEST_FILE, XLSX_PART, OfficeFileError, Reason, open_office, workbook

MOST_ROWS, MOST_COLUMNS = 5_000, 60
"""What is read of a sheet; the rest of a sheet of ours would be empty."""

_SAVE_AS = "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại ở dạng .xlsx, không đặt mật khẩu"
_OURS = "xuất lại bằng cchc export xlsx rồi nhập số liệu vào tệp mới"
_TOLD = {
    Reason.BROKEN: ("X101", "tệp không phải là bảng tính .xlsx, hoặc có mật khẩu", _SAVE_AS),
    Reason.LARGE: ("X102", "tệp bung ra quá lớn", _OURS),
    Reason.DECLARES: ("X102", "tệp chứa khai báo DOCTYPE hoặc XML lạ, có thể gây hại", _OURS),
}
"""Code, what is wrong, how to mend it."""


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty; row and column count from 1."""

    row: int
    column: int
    value: Any
    formula: bool = False
    """The cell computes its value."""
    error: bool = False
    """The cell shows an error such as #REF!."""


Sheets = dict[str, list[list[Cell]]]
"""By name: the rows that hold anything, as their cells from left to right."""


def open_sheets(path: Path) -> tuple[Sheets | None, list[Finding]]:
    """Everything that a spreadsheet holds, or why it is not read."""
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError:
        return None, [_refused(path, "X101", "không đọc được tệp", "kiểm tra tên và quyền đọc của tệp")]
    if content is None:
        return None, [_refused(path, "X102", f"tệp lớn hơn {LARGEST_FILE // 1_000_000} MB", _OURS)]
    try:
        with open_office(content, XLSX_PART) as archive, workbook(archive, values=False) as book:
            return dict(_sheets(book)), []
    except OfficeFileError as error:
        return None, [_refused(path, *_TOLD[error.reason])]
    except Exception:  # noqa: BLE001 -- the library raises whatever a spoilt file makes it stumble over
        return None, [_refused(path, "X101", "tệp bị hỏng nên không đọc được", _SAVE_AS)]


def _refused(path: Path, code: str, message: str, mend: str) -> Finding:
    return Finding(Place(path.name), code, message, mend)


def _sheets(book: Any) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Read row by row: merged and far away cells of a hostile file then cost nothing."""
    for sheet in book.worksheets:
        rows = sheet.iter_rows(min_row=1, min_col=1, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        read = [_row(number, cells) for number, cells in enumerate(rows, start=1)]
        yield sheet.title, [row for row in read if row]


def _row(number: int, cells: tuple[Any, ...]) -> list[Cell]:
    from openpyxl.utils.escape import unescape

    return [
        Cell(
            number,
            column,
            unescape(cell.value) if isinstance(cell.value, str) else cell.value,
            formula=cell.data_type == "f",
            error=cell.data_type == "e",
        )
        for column, cell in enumerate(cells, start=1)
        if cell.value is not None
    ]
