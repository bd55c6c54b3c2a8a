"""Tables of the letters: who leads what, by when, and what the criteria are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from pipeline import wording
from pipeline.decree.paper import Align, DataTable, Row, RowKind
from pipeline.decree.phrases import Phrases
from pipeline.decree.rows import cell, filled_row, named_columns
from pipeline.model.year import Deadline, Settings
from pipeline.scoring import Row as ScoreRow
from pipeline.scoring import Scores

_SHORT = 12
"""Rows up to which a table stays on one page."""


def table(
    caption: str, columns: Iterable[tuple[str, int, Align]], rows: Sequence[Row], words: Phrases, *, whole: bool = True
) -> DataTable:
    """A table whose columns are named by the wording; a short one stands on one page."""
    return DataTable(caption, named_columns(words, columns), tuple(rows), whole=whole and len(rows) <= _SHORT)


def row(*cells: str | Iterable[str], kind: RowKind = RowKind.LEAF) -> Row:
    """A row of plain texts; a cell may have several paragraphs."""
    return filled_row(kind, *(cell(*([texts] if isinstance(texts, str) else texts)) for texts in cells))


def titles(settings: Settings, units: Iterable[str]) -> str:
    """The names of some units, one after another."""
    return "; ".join(settings.units[unit].title for unit in units)


def deadlines(settings: Settings, words: Phrases) -> DataTable:
    """All that is due in the year, the earliest first."""
    columns = (
        ("stt", 7, Align.CENTRE),
        ("viec", 55, Align.LEFT),
        ("bo_phan", 22, Align.LEFT),
        ("han", 16, Align.CENTRE),
    )
    return table("", columns, [row(*cells) for cells in _due(settings.deadlines, settings)], words)


def overdue(found: Sequence[Deadline], settings: Settings, words: Phrases, today: date) -> DataTable:
    """Some deadlines, and how each stands today."""
    columns = (
        ("stt", 7, Align.CENTRE),
        ("viec", 43, Align.LEFT),
        ("bo_phan", 21, Align.LEFT),
        ("han", 14, Align.CENTRE),
        ("tinh_trang", 15, Align.CENTRE),
    )
    standing = (_standing(deadline, today, words) for deadline in _sorted(found))
    rows = [row(*cells, stands) for cells, stands in zip(_due(found, settings), standing, strict=True)]
    return table(words("don_doc.bang_moc"), columns, rows, words)


def _due(found: Sequence[Deadline], settings: Settings) -> Iterator[tuple[str, str, str, str]]:
    for position, deadline in enumerate(_sorted(found), start=1):
        unit = titles(settings, [deadline.unit] if deadline.unit in settings.units else [])
        yield str(position), deadline.title, unit, wording.day(deadline.due)


def _sorted(found: Sequence[Deadline]) -> list[Deadline]:
    return sorted(found, key=lambda deadline: deadline.due)


def _standing(deadline: Deadline, today: date, words: Phrases) -> str:
    left = (deadline.due - today).days
    if not left:
        return words("don_doc.hom_nay")
    return words("don_doc.qua_han" if left < 0 else "don_doc.den_han", so=str(abs(left)))


def assignments(scores: Scores, settings: Settings, words: Phrases) -> DataTable:
    """Every row of the criteria set with its maximum, who leads and who supports."""
    columns = (
        ("stt", 9, Align.CENTRE),
        ("tieu_chi", 45, Align.LEFT),
        ("toi_da", 9, Align.CENTRE),
        ("chu_tri", 21, Align.LEFT),
        ("phoi_hop", 16, Align.LEFT),
    )
    rows = _each(scores, lambda each: (_leads(each, settings), _supports(each, settings)))
    return table("", columns, rows, words, whole=False)


def criteria(scores: Scores, settings: Settings, words: Phrases) -> DataTable:
    """Every row of the criteria set with its maximum, the way of scoring in words, and who leads."""
    columns = (
        ("stt", 6, Align.CENTRE),
        ("tieu_chi", 31, Align.LEFT),
        ("toi_da", 7, Align.CENTRE),
        ("cach_cham", 38, Align.LEFT),
        ("chu_tri", 18, Align.LEFT),
    )
    rows = _each(scores, lambda each: (each.criterion.rule_text, _leads(each, settings)))
    return table("", columns, rows, words, whole=False)


def _each(scores: Scores, more: Callable[[ScoreRow], Iterable[str]]) -> list[Row]:
    """A row for everything that the set holds: its code, title and maximum, and what else is told."""
    return [
        row(each.code, each.criterion.title, most(each), *more(each), kind=_kind(each))
        for area in scores.areas
        for each in area.rows
    ]


def _leads(each: ScoreRow, settings: Settings) -> str:
    return titles(settings, settings.leads(each.code)) if each.leaf else ""


def _supports(each: ScoreRow, settings: Settings) -> str:
    return titles(settings, settings.supports(each.code)) if each.leaf else ""


def most(each: ScoreRow) -> str:
    """The maximum that the set lays down, whatever of it applies this year."""
    return each.bounds if each.group else wording.maximum(each.criterion.maximum)


def _kind(each: ScoreRow) -> RowKind:
    if each.leaf:
        return RowKind.LEAF
    return RowKind.CRITERION if each.depth else RowKind.AREA
