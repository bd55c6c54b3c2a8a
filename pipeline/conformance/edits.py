"""What somebody changed by hand in a Word file of ours: its parts matched by their bookmarks, then compared as text.

Formatting is not looked at; that is what the check of conformance is for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from pipeline.conformance.document import squeezed
from pipeline.conformance.docx_formatting import parse, w
from pipeline.decree.docx_marks import PREFIX

_ALIKE = 0.5
"""From here on two texts are one that was changed rather than one removed and one added."""
_COMPARED = 1_000
"""Characters by which likeness is judged; it takes the square of their number."""
_ROW = "bang_"
_OPENING = ("muc_", "phu_luc", "ten_bang", "loi_ket")
"""The parts below which others stand."""


@dataclass(frozen=True)
class Entry:
    """A paragraph outside tables, or a row of a table."""

    cells: tuple[str, ...]
    """The text; of a row one a cell."""
    key: str = ""
    """The name of its bookmark, ours without prefix; empty for running text."""
    section: str = ""
    """The key of the part that it stands below."""
    heading: str = ""
    """What that part says."""

    @property
    def text(self) -> str:
        return " | ".join(cell for cell in self.cells if cell)


class Kind(Enum):
    """What happened to a text."""

    CHANGED = "sửa"
    ADDED = "thêm"
    REMOVED = "xóa"


@dataclass(frozen=True)
class Change:
    """One text that differs."""

    kind: Kind
    entry: Entry
    """As it was made; an added one as it stands."""
    column: int = 0
    """Of a row: which cell, from 0."""
    before: str = ""
    after: str = ""


def entries(archive: zipfile.ZipFile) -> tuple[Entry, ...]:
    """The texts of a Word file in order, those that say nothing left out.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML. And whatever else a spoilt file leads to.
    """
    body = parse(archive, "word/document.xml").find(w("body"))
    placed: list[Entry] = []
    section = heading = ""
    for entry in _walked(body):
        if entry.key.startswith(_OPENING):
            section, heading = entry.key, entry.text
        if entry.text or entry.key:
            placed.append(replace(entry, section=section, heading=heading))
    return tuple(placed)


def _walked(parent: Any) -> Iterator[Entry]:
    for child in parent:
        if child.tag == w("p"):
            yield Entry((_text(child),), _key(child))
        elif child.tag == w("tbl"):
            yield from _rows(child)
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("customXml")):
            yield from _walked(child)


def _rows(table: Any) -> Iterator[Entry]:
    """Frames for layout, of two columns, hold paragraphs; all other tables hold rows."""
    for row in table.findall(w("tr")):
        cells = row.findall(w("tc"))
        key = next(filter(None, map(_key, row.iter(w("p")))), "")
        if len(cells) <= 2 and not key.startswith(_ROW):
            for cell in cells:
                yield from _walked(cell)
        else:
            yield Entry(tuple(squeezed(" ".join(map(_text, cell.iter(w("p"))))) for cell in cells), key)


def _key(paragraph: Any) -> str:
    names = (mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart")))
    return next((name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)), "")


def _text(paragraph: Any) -> str:
    breaks = (w("br"), w("tab"), w("cr"))
    return squeezed(
        "".join(" " if piece.tag in breaks else piece.text or "" for piece in paragraph.iter(w("t"), *breaks))
    )


def changes(made: Sequence[Entry], edited: Sequence[Entry]) -> tuple[Change, ...]:
    """What is different in `edited`, in the order of the paper."""
    edited = _recognised(made, edited)
    here = {entry.key: entry for entry in edited if entry.key}
    found: list[tuple[int, Change]] = []
    for index, entry in enumerate(made):
        if entry.key in here:
            found += [(index, change) for change in _of_cells(entry, here[entry.key])]
    found += _running(made, edited, here)
    return tuple(change for _, change in sorted(found, key=lambda pair: pair[0]))


def _recognised(made: Sequence[Entry], edited: Sequence[Entry]) -> tuple[Entry, ...]:
    """Edited entries under the keys of the made ones; lost bookmarks are told by text, doubled ones count once."""
    wanted = {entry.key for entry in made if entry.key}
    taken: set[str] = set()
    kept = []
    for entry in edited:
        own = entry.key if entry.key in wanted - taken else ""
        taken.add(own)
        kept.append(replace(entry, key=own))
    lost: dict[tuple[int, str], list[str]] = {}
    for entry in made:
        if entry.key not in taken:
            lost.setdefault(_mark_of(entry), []).append(entry.key)
    adopted = [entry if entry.key else replace(entry, key=_next(lost, _mark_of(entry))) for entry in kept]
    return tuple(_sectioned(adopted))


def _next(lost: dict[tuple[int, str], list[str]], mark: tuple[int, str]) -> str:
    """The first of the keys that wait under a mark."""
    waiting = lost.get(mark)
    return waiting.pop(0) if waiting else ""


def _mark_of(entry: Entry) -> tuple[int, str]:
    """What tells a row or part whose bookmark is gone: its first cell, or all that it says."""
    return len(entry.cells), entry.cells[0] if len(entry.cells) > 1 else entry.text


def _sectioned(adopted: Iterable[Entry]) -> Iterator[Entry]:
    section = heading = ""
    for entry in adopted:
        if entry.key.startswith(_OPENING):
            section, heading = entry.key, entry.text
        yield replace(entry, section=section, heading=heading)


def _of_cells(made: Entry, edited: Entry) -> Iterator[Change]:
    cells = (*edited.cells, *("" for _ in made.cells[len(edited.cells) :]))
    for column, (before, after) in enumerate(zip(made.cells, cells, strict=False)):
        if before != after:
            yield Change(Kind.CHANGED, made, column, before, after)


def _running(made: Sequence[Entry], edited: Sequence[Entry], matched: Collection[str]) -> Iterator[tuple[int, Change]]:
    """What changed in the text below each part, and in parts that were not found under their key."""
    position = {id(entry): index for index, entry in enumerate(made)}
    last = {entry.section: index for index, entry in enumerate(made)}
    ours, theirs = (_by_section(entry for entry in each if entry.key not in matched) for each in (made, edited))
    for section in dict.fromkeys((*ours, *theirs)):
        at = last.get(section, len(made))
        for change in _aligned(ours.get(section, []), theirs.get(section, [])):
            yield position.get(id(change.entry), at), change


def _by_section(running: Iterable[Entry]) -> dict[str, list[Entry]]:
    sections: dict[str, list[Entry]] = {}
    for entry in running:
        if entry.text:
            sections.setdefault(entry.section, []).append(entry)
    return sections


def _aligned(ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [entry.cells for entry in ours], [entry.cells for entry in theirs], autojunk=False)
    for tag, from_made, to_made, from_edited, to_edited in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(list(ours[from_made:to_made]), list(theirs[from_edited:to_edited]))


def _paired(ours: list[Entry], theirs: list[Entry]) -> Iterator[Change]:
    """Of a stretch that differs: what looks alike was changed, the rest removed or added."""
    for entry in ours:
        like = max(theirs, key=lambda other: _likeness(entry, other), default=None)
        if like is None or _likeness(entry, like) < _ALIKE:
            yield Change(Kind.REMOVED, entry, before=entry.text)
            continue
        for other in theirs[: theirs.index(like)]:
            yield Change(Kind.ADDED, other, after=other.text)
        del theirs[: theirs.index(like) + 1]
        yield from _of_cells(entry, like)
    for other in theirs:
        yield Change(Kind.ADDED, other, after=other.text)


def _likeness(one: Entry, other: Entry) -> float:
    texts = one.text[:_COMPARED], other.text[:_COMPARED]
    return SequenceMatcher(None, *texts, autojunk=False).ratio() if all(texts) else 0.0
