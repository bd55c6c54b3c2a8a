"""Which column is which, by the headings of a table, in whatever order and over however many rows they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from pipeline import wording
from pipeline.annex.cells import Cell, Row, Table

LATEST = 40
"""Headings are looked for in this many first rows."""

_TALLEST = 3


class Column(Enum):
    """What a column of an annex holds, with the folded words of its heading."""

    MACHINE = r"khai bao may doc"
    PROOF = r"kiem chung|tlkc|minh chung|ho so chung minh|tai lieu"
    IGNORED = r"tu cham|tu danh gia|tham dinh|dat duoc|y kien|chi so|giai trinh|phuc tra|ket qua cham"
    SURVEY = r"dieu tra xa hoi hoc|dieu tra xhh|\bd?txhh\b|\bdt xhh\b|\bxhh\b"
    SCORING = (
        r"cach cham|cach tinh|cach danh gia|cach thuc|huong dan|phuong phap|quy dinh cham|tieu chuan cham"
        r"|noi dung cham|muc diem|cach cho diem"
    )
    MAXIMUM = r"toi da|diem chuan|thang diem|diem quy dinh|khung diem|^(so )?diem( so)?$|cao nhat"
    CODE = r"^(stt|tt|so tt|so thu tu|ma( so)?( tieu chi)?|stt ma|ma stt|muc)$"
    NOTE = r"ghi chu"
    TITLE = r"tieu chi|linh vuc|noi dung"


@dataclass(frozen=True)
class Columns:
    """The columns of a table and where its body begins."""

    places: dict[Column, int]
    body: int
    """Index of the first row below the headings."""
    headings: frozenset[tuple[str, ...]]
    """The heading rows, folded: they are printed again on every page."""
    width: int

    def of(self, row: Row, column: Column) -> Cell:
        """The cell of a row in a column; an empty one when the table has no such column."""
        return row.cell(self.places.get(column))

    def repeated(self, row: Row) -> bool:
        """Whether a row is a heading again, or only counts the columns."""
        return row.texts in self.headings or counts_columns(row)


def find_columns(table: Table) -> Columns | None:
    """The columns of a criteria table; None when the table is about something else."""
    for index, row in enumerate(table.rows[:LATEST]):
        if not row.blank:
            height = _height(table, index)
            places = _places(table.rows[index : index + height])
            if Column.TITLE in places and (Column.MAXIMUM in places or Column.SCORING in places):
                headings = frozenset(each.texts for each in table.rows[index : index + height])
                return Columns(places, index + height, headings, len(row.cells))
    return None


def _height(table: Table, index: int) -> int:
    """How many rows the headings take: as far as merged cells reach down, or words of headings go on."""
    height = 1
    while height < _TALLEST and index + height < len(table.rows):
        row = table.rows[index + height]
        if not (_reaches_down(row) or _goes_on(row)) or counts_columns(row):
            return height
        height += 1
    return height


def _reaches_down(row: Row) -> bool:
    return any(cell.above and cell.text and _kind(wording.fold(cell.text)) for cell in row.cells)


def _goes_on(row: Row) -> bool:
    """Whether a row holds nothing but names of columns: the lower row of headings that are not merged."""
    texts = [text for text in row.texts if text]
    kinds = [_kind(text) for text in texts]
    return bool(texts) and all(kinds) and not {Column.TITLE, Column.CODE, Column.NOTE} & set(kinds)


def _places(rows: tuple[Row, ...]) -> dict[Column, int]:
    """The first column of each kind; the lowest heading speaks before those above it."""
    places: dict[Column, int] = {}
    for column in range(max(len(row.cells) for row in rows)):
        texts = [wording.fold(row.cell(column).text) for row in rows]
        kinds = [_kind(text) for text in reversed(texts) if text]
        kind = next((kind for kind in kinds if kind), None) or _kind(" ".join(dict.fromkeys(texts)).strip())
        if kind and kind is not Column.IGNORED:
            places.setdefault(kind, column)
    return places


def _kind(text: str) -> Column | None:
    if not text or len(text) > 120:
        return None
    return next((column for column in Column if re.search(column.value, text)), None)


def counts_columns(row: Row) -> bool:
    """Whether a row only counts the columns: (1) (2) (3), or A B 1 2 3."""
    texts = [cell.own.strip("() ") for cell in row.cells if cell.own]
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 3]
    letters = [text for text in texts if re.fullmatch(r"[A-E]", text)]
    steady = all(after == before + 1 for before, after in pairwise(numbers))
    return len(texts) >= 3 and len(numbers) >= 2 and len(numbers) + len(letters) == len(texts) and steady
