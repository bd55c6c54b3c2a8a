"""The pages of a PDF taken apart: text, margins, strokes; what they show of edges, distance of lines and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pipeline.conformance.document import Align, PageNumber, Sheet
from pipeline.conformance.pdf_letters import Segment, Stroke, segments, strokes

MM = 25.4 / 72
"""Of a point."""
SINGLE = 1.15
"""Times: the distance of single lines, in parts of the letters' size."""
RAGGED = 4 / MM
"""Points that a line may lack of the right edge and still be called full."""

_NUMBER = re.compile(r"\d{1,4}|[IVXLC]{1,6}|[ivxlc]{1,6}")
_TOP_ZONE, _BOTTOM_ZONE = 20 / MM, 20 / MM
"""Points of the margins, where page numbers and marks stand."""
_NUMBER_OFF = 12 / MM
"""A number centred on the text stands beside the middle of the sheet, since the left margin is wider."""
_CLOSE = 2.5
"""Of the letters' size: nearer to the text, a line in a margin belongs to it."""
_RISE = 0.7
"""Of letters above the line, in parts of their size; what hangs below it does not count."""
_WIDEST, _ROOM_ABOVE = 25, 3
"""Millimetres of a top or bottom margin; what the distance of lines may add above the first one."""
_ENOUGH = 6
"""Lines from which a page's edges can be told."""


@dataclass(frozen=True)
class Page:
    """What a page shows, taken apart."""

    number: int
    width: float
    height: float
    turned: bool
    lines: tuple[Segment, ...]
    """Of the text itself."""
    head: tuple[Segment, ...]
    foot: tuple[Segment, ...]
    strokes: tuple[Stroke, ...]

    @cached_property
    def tables(self) -> tuple[tuple[float, float], ...]:
        """From where to where, seen from below, upright strokes stand: that is where tables are."""
        merged: list[tuple[float, float]] = []
        for stroke in sorted((each for each in self.strokes if not each.level), key=lambda each: each.y0):
            if merged and stroke.y0 <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], stroke.y1))
            else:
                merged.append((stroke.y0, stroke.y1))
        return tuple(merged)

    def in_table(self, line: Segment) -> bool:
        """Whether upright strokes stand beside a line."""
        return any(low - 1 <= line.y <= high for low, high in self.tables)


def page_of(number: int, page: Any) -> Page:
    """A page of pypdfium2, its text told from what stands in the margins."""
    width, height = page.get_size()
    found = segments(page)
    head = _apart([line for line in found if line.y > height - _TOP_ZONE], found)
    foot = _apart([line for line in found if line.y < _BOTTOM_ZONE], found)
    lines = tuple(line for line in found if line not in head and line not in foot)
    return Page(number, width, height, bool(page.get_rotation()), lines, head, foot, tuple(strokes(page)))


def _apart(zone: list[Segment], found: list[Segment]) -> tuple[Segment, ...]:
    """Of the lines in a margin those that belong there: numbers, and what keeps its distance from the text."""
    text = [line for line in found if line not in zone]
    return tuple(
        line
        for line in zone
        if _NUMBER.fullmatch(_bare(line)) or all(abs(line.y - other.y) > _CLOSE * line.size for other in text)
    )


def doubts(pages: Sequence[Page]) -> Iterator[str]:
    """What could not be made out."""
    blank = [str(page.number) for page in pages if not (page.lines or page.head or page.foot)]
    if blank:
        yield f"trang {', '.join(blank)} không có chữ đọc được (bản chụp hoặc trang trắng) nên chưa được xét"
    turned = [str(page.number) for page in pages if page.turned]
    if turned:
        yield f"trang {', '.join(turned)} bị xoay nên lề của trang chưa được xét"


def edges_of(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """Where the text of each page begins and ends, as all pages of its size show it."""
    known: dict[tuple[float, float], list[Segment]] = {}
    for page in pages:
        known.setdefault((page.width, page.height), []).extend(line for line in page.lines if not page.in_table(line))
    return {page.number: _edges_between(known[page.width, page.height], page.width) for page in pages}


def _edges_between(lines: Sequence[Segment], width: float) -> tuple[float, float]:
    if len(lines) < _ENOUGH:
        return 30 / MM, width - 15 / MM
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def pitch_of(pages: Sequence[Page], edges: Mapping[int, tuple[float, float]]) -> float:
    """The commonest distance of a full line of the text to the next, in parts of their size."""
    found: Counter[float] = Counter()
    for page in pages:
        free = [line for line in page.lines if not page.in_table(line)]
        for above, below in pairwise(free):
            full = above.x1 > edges[page.number][1] - RAGGED
            if full and above.size == below.size and above.size >= 12 and above.y > below.y:
                found[round((above.y - below.y) / above.size, 2)] += 1
    return found.most_common(1)[0][0] if found else SINGLE


def sheet_of(page: Page, edges: tuple[float, float]) -> Sheet:
    """The margins as the text keeps them; below a short text there is no telling, beside it the other pages tell."""
    width, height = page.width * MM, page.height * MM
    tables = bool(page.tables)
    free = [line for line in page.lines if not page.in_table(line)]
    if page.turned or len(free) < _ENOUGH or page.width > page.height:
        return Sheet(page.number, width, height, tables=tables)
    top = min(page.height - line.y - line.size * _RISE for line in page.lines) * MM
    bottom = min(line.y for line in page.lines) * MM
    left, right = edges[0] * MM, (page.width - edges[1]) * MM
    if top > _WIDEST:
        top = max(_WIDEST, top - _ROOM_ABOVE)
    return Sheet(page.number, width, height, top, right, min(bottom, _WIDEST), left, tables)


def numbers(pages: Sequence[Page]) -> Iterator[PageNumber]:
    """Numbers alone in the top or bottom margin; where none is shown, counting begins anew."""
    expected = 0
    for page in pages:
        shown = next((line for line in (*page.head, *page.foot) if _NUMBER.fullmatch(_bare(line))), None)
        expected = expected + 1 if shown else 1
        if shown is None:
            yield PageNumber(page.number, first=True, text=None)
            continue
        yield PageNumber(
            page.number,
            page.number == 1,
            _bare(shown),
            str(expected),
            arabic=_bare(shown).isdecimal(),
            at_top=shown in page.head,
            align=Align.CENTRE if abs(shown.centre - page.width / 2) < _NUMBER_OFF else Align.LEFT,
            runs=shown.runs,
        )


def _bare(line: Segment) -> str:
    return line.text.strip(" -–")
