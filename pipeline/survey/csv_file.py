"""Answers as CSV, whatever wrote it: UTF-8 or UTF-16, with comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import re

from pipeline.survey.table import LARGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Line, Table, UnreadableError, headed

_DELIMITERS = ",;\t"
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line that tells Excel the delimiter."""
_SAVE_AS = "xuất lại từ phần mềm khảo sát, hoặc mở bằng Excel rồi lưu dạng .xlsx hay “CSV UTF-8”"
_SMALLER = "xuất riêng các câu hỏi cần tính, hoặc chia thành nhiều tệp"


def read_csv(name: str, content: bytes) -> list[Table]:
    """The one table of the file.

    Raises:
        UnreadableError: it is no text, no CSV, or too long.
    """
    text = _decoded(name, content)
    hint = _HINT.match(text)
    text, first = (text[hint.end() :], 2) if hint else (text, 1)
    lines = _lines(name, text, hint[1] if hint else _delimiter(text), first)
    table = headed(name, 0, lines)
    return [table] if table else []


def _decoded(name: str, content: bytes) -> str:
    """By its mark; without one, UTF-16 shows in its many zero bytes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content[:200].count(0) * 3 > len(content[:200]):
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "tệp không phải là văn bản UTF-8 hoặc UTF-16"
        raise UnreadableError(name, "K101", message, _SAVE_AS, line) from error


def _delimiter(text: str) -> str:
    """What splits the heading row into most columns."""
    return max(_DELIMITERS, key=lambda sign: _columns(text, sign))


def _columns(text: str, delimiter: str) -> int:
    try:
        return next((len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row), 0)
    except csv.Error:
        return 0


def _lines(name: str, text: str, delimiter: str, first: int) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    begun = first
    try:
        for row in reader:
            if len(lines) > MOST_ROWS or len(row) > MOST_COLUMNS:
                message = f"tệp có hơn {MOST_ROWS} dòng hoặc hơn {MOST_COLUMNS} cột"
                raise UnreadableError(name, "K102", message, _SMALLER, begun)
            if max(map(len, row), default=0) > LARGEST_CELL:
                raise UnreadableError(name, "K102", f"có ô dài hơn {LARGEST_CELL} ký tự", _SMALLER, begun)
            lines.append(Line(begun, tuple(map(Cell, row))))
            begun = first + reader.line_num
    except csv.Error as error:
        message = "dấu ngoặc kép không đóng mở đúng, không tách được các cột"
        raise UnreadableError(name, "K101", message, _SAVE_AS, begun) from error
    return lines
