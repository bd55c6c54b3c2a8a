"""Columns, rows and cells of a table, made from plain texts."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.decree.paper import Align, Cell, Column, Row, RowKind, plain
from pipeline.decree.phrases import Phrases
from pipeline.markup.blocks import plain_text

_LONGEST_WHOLE = 700
"""Characters of a cell up to which its row surely fits on one page."""


def named_columns(words: Phrases, told: Iterable[tuple[str, int, Align]]) -> tuple[Column, ...]:
    """Columns named by the wording, each with its share of the width in percent."""
    return tuple(Column(words(f"cot.{key}"), share, align) for key, share, align in told)


def filled_row(kind: RowKind, *cells: Cell) -> Row:
    """A row that stays whole if it surely fits on a page."""
    longest = max(sum(len(plain_text(line)) for line in cell) for cell in cells)
    return Row(kind, cells, whole=longest <= _LONGEST_WHOLE)


def cell(*texts: str) -> Cell:
    """One paragraph a text; empty texts leave none."""
    return tuple(plain(text) for text in texts if text)
