"""Opening what the receiving office sent, without trust: XLSX, CSV or JSON, told by the file's ending."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import wording
from pipeline.annex.cells import MOST_COLUMNS, MOST_ROWS, Cell, Row, Stored, plain
from pipeline.appraisal.sheet import Opened, Origin, Sheet, refused
from pipeline.office import LARGEST_FILE
from pipeline.workspace.tree import parse

LARGEST_TEXT = 5_000_000
"""Bytes of a CSV or JSON file; a table of a hundred criteria with long remarks needs a tenth of it."""

_LARGEST = 20
"""Digits of a number, before or after the point."""

_KINDS = "XLSX, CSV hoặc JSON"
_UTF_8 = "lưu lại ở dạng CSV UTF-8, hoặc gửi bảng tính .xlsx"


def open_submission(path: Path) -> Opened:
    """Everything that the file holds, or why it is not read."""
    read = _READERS.get(path.suffix.casefold())
    if read is None:
        return refused(path.name, "A101", f"tệp không có đuôi {_KINDS}", f"lưu lại thành {_KINDS} rồi nhập lại")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except (OSError, ValueError):
        return refused(path.name, "A101", "không mở được tệp", "kiểm tra đường dẫn và quyền đọc của tệp")
    if size > (LARGEST_FILE if read is _workbook else LARGEST_TEXT):
        return refused(path.name, "A102", "tệp quá lớn", "chép riêng bảng thẩm định sang một tệp mới rồi nhập lại")
    return read(path.name, content)


def _workbook(name: str, content: bytes) -> Opened:
    from pipeline.appraisal.workbook import read_workbook

    return read_workbook(name, content)


def _text(content: bytes) -> str | None:
    """UTF-8, or UTF-16 as spreadsheets save “Unicode text”; nothing else can be told apart for sure."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return unicodedata.normalize("NFC", content.decode(encoding))
            except UnicodeDecodeError:
                return None
    return None


def _csv(name: str, content: bytes) -> Opened:
    text = _text(content)
    if text is None or "\0" in text:
        return refused(name, "A101", "tệp CSV không phải là văn bản UTF-8", _UTF_8)
    try:
        rows = tuple(_lines(text, _delimiter(text)))
    except csv.Error:
        return refused(name, "A101", "tệp CSV sai cú pháp", _UTF_8)
    if len(rows) > MOST_ROWS:
        return refused(name, "A102", f"tệp dài quá {MOST_ROWS} dòng", "chỉ giữ bảng thẩm định trong tệp")
    return Opened((Sheet(name, "", rows),))


def _delimiter(text: str) -> str:
    """What parts the fields: the sign that stands most often in a line that could be the headings."""
    signs = ";\t,"
    heading = next((line for line in text.splitlines()[:40] if "diem" in wording.fold(line)), text.split("\n", 1)[0])
    return max(signs, key=heading.count)


def _lines(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first = 1
    for fields in reader:
        cells = tuple(Cell(plain(each)) for each in fields[:MOST_COLUMNS])
        yield Row(first, cells)
        first = reader.line_num + 1


class _TwiceError(ValueError):
    pass


def _json(name: str, content: bytes) -> Opened:
    text = _text(content)
    if text is None:
        return refused(name, "A101", "tệp JSON không phải là văn bản UTF-8", "lưu lại tệp với mã hóa UTF-8")
    try:
        data = json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=_object)
    except _TwiceError as error:
        return refused(name, "A101", f"tệp JSON ghi khóa “{error}” hai lần trong một mục", "giữ một khóa")
    except json.JSONDecodeError as error:
        return refused(name, "A101", "tệp JSON sai cú pháp", "xuất lại tệp từ phần mềm đã tạo ra nó", error.lineno)
    except (RecursionError, ArithmeticError, ValueError):
        return refused(name, "A102", "tệp JSON lồng quá sâu hoặc có số quá dài", "gửi bảng tính .xlsx")
    key, items = _items(data)
    if not items:
        message = "tệp JSON không có danh sách kết quả thẩm định"
        return refused(name, "A103", message, "ghi danh sách “ket_qua”, mỗi mục có “ma”, “diem”, “y_kien”")
    return Opened((Sheet(name, "", tuple(_rows(items, _item_lines(text, key, len(items))))),), _origin(data))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key[:40])
        found[key] = value
    return found


def _items(data: Any) -> tuple[str, list[dict[str, Any]]]:
    """The list of results and the key that it stands below; the only list of objects, whatever its name."""
    lists = {"": data} if isinstance(data, list) else data if isinstance(data, dict) else {}
    found = {
        key: value
        for key, value in lists.items()
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    }
    key = "ket_qua" if "ket_qua" in found else next(iter(found), "") if len(found) == 1 else ""
    return key, found.get(key, [])[: MOST_ROWS + 1]


def _item_lines(text: str, key: str, items: int) -> list[int]:
    """The line on which each item begins; JSON is YAML as far as that goes, and 1 where it is not."""
    tree, _ = parse(text.replace("\t", "  "), "json")
    path = (key,) if key else ()
    return [tree.lines.get((*path, index), (1, 1))[0] if tree else 1 for index in range(items)]


def _rows(items: list[dict[str, Any]], lines: list[int]) -> Iterator[Row]:
    """The keys as headings, then an item a row."""
    keys = list(dict.fromkeys(key for item in items for key in item))[:MOST_COLUMNS]
    yield Row(0, tuple(Cell(plain(key)) for key in keys))
    for item, line in zip(items, lines, strict=True):
        yield Row(line, tuple(_cell(item.get(key)) for key in keys))


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return Cell()
        case bool():
            return Cell("có" if value else "không")
        case Decimal():
            return _number(value)
        case _:
            return Cell(plain(str(value)))


def _number(value: Decimal) -> Cell:
    """A number as it was written; one that no table holds stays text, and is told as such."""
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST or len(value.as_tuple().digits) > _LARGEST:
        return Cell(str(value)[:_LARGEST])
    return Cell(f"{value:f}", stored=Stored.NUMBER)


def _origin(data: Any) -> Origin:
    """What a JSON file of one object says of itself."""
    told = data if isinstance(data, dict) else {}
    keys = ("nam", "bo_tieu_chi", "vong", "ngay", "co_quan")
    return Origin(*(str(told[key]) if isinstance(told.get(key), str | Decimal) else "" for key in keys))


_READERS: dict[str, Callable[[str, bytes], Opened]] = {".xlsx": _workbook, ".csv": _csv, ".json": _json}
