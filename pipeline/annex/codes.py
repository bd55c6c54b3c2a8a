"""Codes of an annex: Roman areas, dotted numbers, letters below a criterion, and what a spreadsheet made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pipeline import wording
from pipeline.annex.cells import Cell, Stored

_LEAD = re.compile(r"^(?:lĩnh vực|tiêu chí(?: thành phần)?|phần|mục)\s+(?=[0-9IVXLA-H])", re.IGNORECASE)
_BELOW_ROMAN = re.compile(r"([IVXL]{1,6})((?:\.\d{1,3}){1,4})")
_DOTTED = re.compile(r"\d{1,3}(?:\.[0-9A-Za-zĐđ]{1,4})*")
_IN_TITLE = re.compile(
    r"^(?:(?:lĩnh vực|tiêu chí|phần)\s+)?"
    r"(?P<code>(?:\d{1,3}|[IVXL]{1,6})(?:\.\d{1,3}){1,4}(?:\.?[a-zđ](?=[.)\s]))?[.)]?|(?:\d{1,2}|[IVXL]{1,6}|[A-H]|[a-eđ])[.):])"
    r"\s*[-–:]?\s+(?P<title>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)


class Level(Enum):
    """What kind of code a row carries."""

    ROMAN = "số La Mã"
    PART = "chữ cái in"
    NUMBER = "số"
    DOTTED = "số nhiều cấp"
    LETTER = "chữ cái thường"
    EXACT = "mã của bảng do chương trình xuất"


@dataclass(frozen=True)
class Code:
    """A code as printed, typed by its kind; Roman numbers are told in Arabic ones."""

    level: Level
    text: str


def read_code(text: str) -> Code | None:
    """The code in a cell's text; None when it is something else, such as a bullet."""
    bare = re.sub(r"\s*\.\s*", ".", _LEAD.sub("", text.strip())).strip(" .):;(/-–")
    if _DOTTED.fullmatch(bare):
        return Code(Level.DOTTED if "." in bare else Level.NUMBER, bare)
    if (found := _BELOW_ROMAN.fullmatch(bare)) and (area := wording.read_roman(found[1])):
        return Code(Level.DOTTED, f"{area}{found[2]}")
    if number := wording.read_roman(bare):
        return Code(Level.ROMAN, str(number))
    if re.fullmatch(r"[A-H]", bare):
        return Code(Level.PART, bare)
    if re.fullmatch(r"[a-zđ]", bare):
        return Code(Level.LETTER, bare)
    return None


def split_title(text: str) -> tuple[Code, str] | None:
    """Code and title out of one text: `1.1. Kế hoạch năm`."""
    found = _IN_TITLE.match(text)
    code = read_code(found["code"]) if found else None
    return (code, found["title"]) if found and code else None


def as_counted(cell: Cell, code: Code, previous: str) -> Code:
    """The code that a spreadsheet lost when it stored 1.10 as the number 1.1: told by the sibling before it."""
    head, _, last = code.text.rpartition(".")
    before_head, _, before = ".".join(previous.split(".")[: code.text.count(".") + 1]).rpartition(".")
    if cell.stored is not Stored.NUMBER or not head or head != before_head or not before.isdecimal():
        return code
    due = str(int(before) + 1)
    return Code(code.level, f"{head}.{due}") if due != last and due.rstrip("0") == last else code
