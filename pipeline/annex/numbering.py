"""The numbers that Word counts itself: what a reader sees before each numbered paragraph of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline import wording

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANK = re.compile(r"%([1-9])")
_HIGHEST = 10_000
"""No list of a decision counts further."""
_DEEPEST_STYLE = 12
"""Styles that are based on each other further than this go in a circle."""


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts."""

    start: int
    form: str
    text: str
    """The label with its blanks, `%1.%2.`."""
    restarts: bool
    legal: bool
    """Whether its label shows all levels in Arabic numbers."""


@dataclass
class _List:
    """One list: its levels, and how far each has counted. Word counts all lists of one pattern together."""

    levels: Mapping[int, _Level]
    counted: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> None:
        """Count one paragraph of this level; deeper levels begin anew."""
        level = self.levels[depth]
        self.counted[depth] = min(self.counted.get(depth, level.start - 1) + 1, _HIGHEST)
        for deeper in [each for each in self.counted if each > depth and self.levels[each].restarts]:
            del self.counted[deeper]

    def label(self, depth: int) -> str:
        """The label of the paragraph counted last; empty for bullets."""
        own = self.levels[depth]

        def filled(found: re.Match[str]) -> str:
            level = self.levels.get(int(found[1]) - 1, own)
            count = self.counted.get(int(found[1]) - 1, level.start)
            return _written(count, "decimal" if own.legal else level.form)

        return "" if own.form in ("bullet", "none") else _BLANK.sub(filled, own.text).strip()


def labels(document: Any) -> dict[Any, str]:
    """The label of each numbered paragraph, by its element, in the order of the pages; bullets have none.

    `document` is a document of python-docx; a list that its file does not describe is left out.
    """
    patterns = _patterns(document)
    styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
    seen: set[str] = set()
    found = {}
    for paragraph in document.element.body.iter(f"{_W}p"):
        number, depth = _numbered(paragraph, styles)
        if number not in patterns:
            continue
        pattern, starts = patterns[number]
        if depth not in pattern.levels:
            continue
        if number not in seen:
            seen.add(number)
            pattern.counted.update({level: start - 1 for level, start in starts.items()})
        pattern.next(depth)
        found[paragraph] = pattern.label(depth)
    return found


def _patterns(document: Any) -> dict[str, tuple[_List, dict[int, int]]]:
    """The list that each number id stands for, and where it makes that list's levels start again."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    parts = [each.target_part for each in document.part.rels.values() if each.reltype == relation]
    if not parts:
        return {}
    root = parts[0].element
    lists = {each.get(f"{_W}abstractNumId"): _List(dict(_levels(each))) for each in root.iter(f"{_W}abstractNum")}
    patterns = {}
    for number in root.iter(f"{_W}num"):
        pattern = lists.get(_value(number, "abstractNumId"))
        if pattern is not None:
            patterns[number.get(f"{_W}numId")] = (pattern, dict(_starts(number)))
    return patterns


def _levels(element: Any) -> Iterator[tuple[int, _Level]]:
    for level in element.iterchildren(f"{_W}lvl"):
        yield (
            _whole(level.get(f"{_W}ilvl")),
            _Level(
                start=_whole(_value(level, "start")),
                form=_value(level, "numFmt") or "decimal",
                text=_value(level, "lvlText"),
                restarts=_value(level, "lvlRestart") != "0",
                legal=level.find(f"{_W}isLgl") is not None,
            ),
        )


def _starts(number: Any) -> Iterator[tuple[int, int]]:
    for override in number.iterchildren(f"{_W}lvlOverride"):
        if override.find(f"{_W}startOverride") is not None:
            yield _whole(override.get(f"{_W}ilvl")), _whole(_value(override, "startOverride"))


def _numbered(paragraph: Any, styles: Mapping[str, Any]) -> tuple[str, int]:
    """Number id and level of a paragraph, its own or its style's; an empty id for one without a number."""
    depth = ""
    for properties in _properties(paragraph, styles):
        own = properties.find(f"{_W}numPr")
        if own is not None:
            depth = depth or _value(own, "ilvl")
            if number := _value(own, "numId"):
                return number, _whole(depth)
    return "", 0


def _properties(paragraph: Any, styles: Mapping[str, Any]) -> Iterator[Any]:
    """The properties that bear on a paragraph: its own, then its style's, then those of the styles below that."""
    own = paragraph.find(f"{_W}pPr")
    if own is None:
        return
    yield own
    style = styles.get(_value(own, "pStyle"))
    for _ in range(_DEEPEST_STYLE):
        if style is None:
            return
        if (properties := style.find(f"{_W}pPr")) is not None:
            yield properties
        style = styles.get(_value(style, "basedOn"))


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val") or "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _written(count: int, form: str) -> str:
    match form:
        case "upperRoman" | "lowerRoman":
            return wording.roman(count) if form == "upperRoman" else wording.roman(count).lower()
        case "upperLetter" | "lowerLetter":
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""
            return letters.upper() if form == "upperLetter" else letters
        case "decimalZero":
            return f"{count:02d}"
    return str(count)
