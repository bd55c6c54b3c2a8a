"""A workbook from the receiving office: its visible sheets as grids, and which cells compute or answer."""

from __future__ import annotations

import zipfile
from typing import Any

from pipeline.annex.cells import MOST_COLUMNS, MOST_ROWS, AnnexError, plain
from pipeline.annex.workbook import read_workbook as read_grids
from pipeline.appraisal.sheet import Opened, Origin, Sheet, Spot, refused
from pipeline.office import XLSX_PART, OfficeFileError, Reason, open_office, workbook
from pipeline.spreadsheet.values import cell_text

STATE = "_cchc"
"""The hidden sheet by which a form says where it comes from."""
FORMAT = "cchc-tham-dinh/1"
STATE_KEYS = ("nam", "bo_tieu_chi", "vong")
DAY, OFFICE = "Ngày thẩm định", "Cơ quan thẩm định"
"""What stands beside the form's cells for them."""

_SAVE_AS = "mở tệp bằng Excel hoặc LibreOffice rồi lưu lại ở dạng .xlsx, không đặt mật khẩu"
_SMALLER = "chép riêng bảng thẩm định sang một tệp mới rồi nhập lại"
_TOLD = {
    Reason.BROKEN: ("A101", "tệp không phải là bảng tính .xlsx, hoặc có mật khẩu", _SAVE_AS),
    Reason.LARGE: ("A102", "tệp bung ra quá lớn", _SMALLER),
    Reason.DECLARES: ("A102", "tệp chứa khai báo DOCTYPE hoặc XML lạ, có thể gây hại", _SMALLER),
}
_CODES = {"N802": "A102"}
"""What the reader of grids refuses, by our codes; all else is a file that cannot be read."""


def read_workbook(name: str, content: bytes) -> Opened:
    """Every visible sheet, once the file is known to be harmless."""
    try:
        archive = open_office(content, XLSX_PART)
        tables = read_grids(name, archive).tables
        marks = _marks(archive)
    except OfficeFileError as error:
        return refused(name, *_TOLD[error.reason])
    except AnnexError as error:
        told = error.finding
        return refused(name, _CODES.get(told.code, "A101"), told.message, told.mend)
    except Exception:  # noqa: BLE001 -- the library raises whatever a spoilt file makes it stumble over
        return refused(name, "A101", "tệp bị hỏng nên không đọc được", _SAVE_AS)
    visible = {title: found for title, found in marks.items() if title != STATE}
    sheets = [
        Sheet(name, title, table.rows, *visible[title])
        for table in tables
        if (title := table.name.removeprefix("trang tính “").removesuffix("”")) in visible
    ]
    return Opened(tuple(sheets), _origin(archive))


def _marks(archive: zipfile.ZipFile) -> dict[str, tuple[frozenset[Spot], dict[Spot, bool]]]:
    """By sheet: the cells that compute their value, and those that hold a truth value."""
    with workbook(archive, values=False) as book:
        return {plain(sheet.title): _of_sheet(sheet) for sheet in book.worksheets}


def _of_sheet(sheet: Any) -> tuple[frozenset[Spot], dict[Spot, bool]]:
    sheet.reset_dimensions()
    formulas, answers = set(), {}
    for row, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        for column, cell in enumerate(cells, start=1):
            if cell.data_type == "f":
                formulas.add((row, column))
            elif isinstance(cell.value, bool):
                answers[row, column] = cell.value
    return frozenset(formulas), answers


def _origin(archive: zipfile.ZipFile) -> Origin:
    """Where a form of ours comes from; nothing for other workbooks."""
    with workbook(archive, values=True) as book:
        if STATE not in book.sheetnames:
            return Origin()
        told = {cell_text(key): cell_text(value) for key, value, *_ in _pairs(book[STATE])}
        asked = {cell_text(key): cell_text(value) for key, _, value in _pairs(book[book.sheetnames[0]])}
    if told.get("dinh_dang") != FORMAT:
        return Origin()
    year, criteria_set, number = (told.get(key, "") for key in STATE_KEYS)
    return Origin(year, criteria_set, number, asked.get(DAY, ""), asked.get(OFFICE, ""))


def _pairs(sheet: Any) -> list[tuple[Any, Any, Any]]:
    """The first rows' first three cells."""
    rows = sheet.iter_rows(max_row=8, max_col=3, values_only=True)
    return [(*row, None, None, None)[:3] for row in rows]
