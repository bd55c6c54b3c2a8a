"""Which column is which, by its heading, in whatever order the columns stand and over however many rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline import wording
from pipeline.annex.cells import Row
from pipeline.annex.headings import counts_columns

LATEST = 40
"""Headings are looked for in this many first rows."""

_TALLEST = 3
_LONGEST = 160

_ROUND = re.compile(r"\b(?:lan|vong|dot)(?: thu)? (\d{1,2}|i{1,3}|iv|v)\b")
_OTHERS = re.compile(r"tu cham|tu danh gia|toi da|diem chuan|thang diem|cua don vi|cua xa|cua phuong|don vi de nghi")
"""Headings of columns that the office does not fill in."""


class Column(Enum):
    """What a column holds, with the folded words of its heading, the surest first."""

    WANTED = (r"(can|yeu cau|de nghi|phai)\b.*giai trinh|giai trinh (them|bo sung)|explanation wanted",)
    REMARK = (r"y kien|nhan xet|remark", r"ly do|ghi chu")
    POINTS = (
        r"diem.*(tham dinh|phuc tra|hoi dong|co quan|so noi vu|so cham|phong noi vu|cap tren|cham lai)|tham dinh.*diem",
        r"^diem( so)?$|^points$|^tham dinh$|ket qua tham dinh",
    )
    CODE = (r"^ma( so)?( tieu chi| tc)?$|^code$", r"^(stt|tt|so tt|so thu tu)$")
    TITLE = (r"tieu chi|noi dung|linh vuc",)


@dataclass(frozen=True)
class Columns:
    """The columns of a table, from 0, and where its body begins."""

    places: Mapping[Column, int]
    body: int
    """Index of the first row below the headings."""
    headings: frozenset[tuple[str, ...]]
    """The heading rows, folded: they are printed again on every page."""
    doubled: Mapping[Column, tuple[int, ...]]
    """Columns of which there are several, and nothing says which one is meant."""

    def repeated(self, row: Row) -> bool:
        """Whether a row is a heading again, or only counts the columns."""
        return row.texts in self.headings or counts_columns(row)


def find_columns(rows: Sequence[Row], number: int) -> Columns | None:
    """The columns of a table about the round with this number; None when it is about something else.

    The headings are those rows, few and early, that name the most columns.
    """
    found = [each for index in range(min(LATEST, len(rows))) for each in _from(rows, index, number)]
    return max(found, key=lambda each: len(each.places), default=None)


def _from(rows: Sequence[Row], index: int, number: int) -> Iterator[Columns]:
    """What the rows from this one on would name as headings, lower ones first."""
    for height in range(1, _TALLEST + 1):
        block = rows[index : index + height]
        if len(block) < height or block[0].blank or (height > 1 and _is_body(block[-1])):
            return
        if (columns := _columns(block, index + height, number)) is not None:
            yield columns


def _is_body(row: Row) -> bool:
    """Whether a row is of the table itself: it has a number of its own, or only counts the columns."""
    return counts_columns(row) or any(re.match(r"\d", text) for text in row.texts if text)


def _columns(block: Sequence[Row], body: int, number: int) -> Columns | None:
    headings = [_heading(block, column) for column in range(max(len(row.cells) for row in block))]
    found = {kind: _of_kind(kind, headings, number) for kind in Column}
    places = {kind: at[0] for kind, at in found.items() if at}
    named = Column.CODE in places or Column.TITLE in places
    if not named or not {Column.POINTS, Column.REMARK, Column.WANTED} & set(places):
        return None
    asked = (Column.POINTS, Column.REMARK, Column.WANTED)
    doubled = {kind: at for kind, at in found.items() if len(at) > 1 and kind in asked}
    return Columns(places, body, frozenset(row.texts for row in block), doubled)


def _heading(block: Sequence[Row], column: int) -> str:
    """The words above a column from top to bottom, a merged cell's once."""
    texts = [wording.fold(row.cell(column).text) for row in block]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _of_kind(kind: Column, headings: Sequence[str], number: int) -> tuple[int, ...]:
    """The columns of a kind: the surest pattern that fits any, of this round where some name it."""
    for pattern in kind.value:
        fitting = [
            at
            for at, heading in enumerate(headings)
            if len(heading) <= _LONGEST and re.search(pattern, heading) and _kind(heading) is kind
        ]
        fitting = [at for at in fitting if _round(headings[at]) in (None, number)]
        named = [at for at in fitting if _round(headings[at]) == number]
        if fitting:
            return tuple(named or fitting)
    return ()


def _kind(heading: str) -> Column | None:
    """What a heading is about, before any other that its words would fit too."""
    if _OTHERS.search(heading):
        return None
    return next((kind for kind in Column if any(re.search(pattern, heading) for pattern in kind.value)), None)


def _round(heading: str) -> int | None:
    found = _ROUND.search(heading)
    return None if found is None else wording.read_roman(found[1].upper()) or int(found[1])
