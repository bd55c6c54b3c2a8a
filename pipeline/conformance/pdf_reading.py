"""A PDF as a neutral document: lines become paragraphs again, strokes become rules and tables, edges become margins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

from pipeline.conformance.document import Align, Document, PageNumber, Paragraph, Sheet, Side
from pipeline.conformance.pdf_letters import Segment, Stroke, segments, strokes

_NUMBER = re.compile(r"\d{1,4}|[IVXLC]{1,6}|[ivxlc]{1,6}")
_MM = 25.4 / 72
"""Of a point."""
_SINGLE = 1.15
"""Times: the distance of single lines, in parts of the letters' size."""
_TOP_ZONE, _BOTTOM_ZONE = 20 / _MM, 20 / _MM
"""Points of the margins, where page numbers and marks stand."""
_CENTRED = 3 / _MM
_FLUSH = 1.5 / _MM
_HIDDEN = 0.15
"""Of the letters' size: what the first line of a paragraph may lack of the distance of lines, as programs differ."""
_RAGGED = 4 / _MM
_FIRST_LINE = 45 / _MM
"""No first line stands further in than that."""
_INDENT = 7 / _MM
"""From here on a line stands further in because it begins a paragraph; items of a list hang by less."""
_RULE_BELOW = 26
"""Points within which a stroke belongs to the text above it."""
_NUMBER_OFF = 12 / _MM
"""A number centred on the text stands beside the middle of the sheet, since the left margin is wider."""
_CLOSE = 2.5
"""Of the letters' size: nearer to the text, a line in a margin belongs to it."""
_RISE = 0.7
"""Of letters above the line, in parts of their size; what hangs below it does not count."""
_HIGHEST = 25
"""Millimetres: a text that ends higher up says nothing about the bottom margin."""
_NEAR = 90
"""Points within which lines of one column show whether they are centred."""
_ENOUGH = 6
"""Lines from which a page's edges can be told."""


@dataclass(frozen=True)
class _Page:
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


def read_pdf(name: str, content: bytes) -> Document:
    """All that a reader of the file sees of it.

    Raises:
        pypdfium2.PdfiumError: the file is damaged.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        pages = [_page(number, page) for number, page in enumerate(pdf, start=1)]
    edges = _edges(pages)
    pitch = _pitch(pages, edges)
    paragraphs = [paragraph for page in pages for paragraph in _paragraphs(page, edges[page.number], pitch)]
    return Document(
        name,
        "trang",
        tuple(_sheet(page, edges[page.number]) for page in pages),
        tuple(paragraphs),
        tuple(_numbers(pages)),
        tuple(_doubts(pages)),
    )


def _page(number: int, page: Any) -> _Page:
    width, height = page.get_size()
    found = segments(page)
    head = _apart([line for line in found if line.y > height - _TOP_ZONE], found)
    foot = _apart([line for line in found if line.y < _BOTTOM_ZONE], found)
    lines = tuple(line for line in found if line not in head and line not in foot)
    return _Page(number, width, height, bool(page.get_rotation()), lines, head, foot, tuple(strokes(page)))


def _apart(zone: list[Segment], found: list[Segment]) -> tuple[Segment, ...]:
    """Of the lines in a margin those that belong there: numbers, and what keeps its distance from the text."""
    text = [line for line in found if line not in zone]
    return tuple(
        line
        for line in zone
        if _NUMBER.fullmatch(_bare(line)) or all(abs(line.y - other.y) > _CLOSE * line.size for other in text)
    )


def _doubts(pages: Sequence[_Page]) -> Iterator[str]:
    blank = [str(page.number) for page in pages if not (page.lines or page.head or page.foot)]
    if blank:
        yield f"trang {', '.join(blank)} không có chữ đọc được (bản chụp hoặc trang trắng) nên chưa được xét"
    turned = [str(page.number) for page in pages if page.turned]
    if turned:
        yield f"trang {', '.join(turned)} bị xoay nên lề của trang chưa được xét"


def _edges(pages: Sequence[_Page]) -> dict[int, tuple[float, float]]:
    """Where the text of each page begins and ends, as all pages of its size show it."""
    known: dict[tuple[float, float], list[Segment]] = {}
    for page in pages:
        known.setdefault((page.width, page.height), []).extend(line for line in page.lines if not page.in_table(line))
    return {page.number: _edges_of(known[page.width, page.height], page.width) for page in pages}


def _edges_of(lines: Sequence[Segment], width: float) -> tuple[float, float]:
    if len(lines) < _ENOUGH:
        return 30 / _MM, width - 15 / _MM
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def _pitch(pages: Sequence[_Page], edges: Mapping[int, tuple[float, float]]) -> float:
    """The commonest distance of a full line of the text to the next, in parts of their size."""
    found: Counter[float] = Counter()
    for page in pages:
        free = [line for line in page.lines if not page.in_table(line)]
        for above, below in pairwise(free):
            full = above.x1 > edges[page.number][1] - _RAGGED
            if full and above.size == below.size and above.size >= 12 and above.y > below.y:
                found[round((above.y - below.y) / above.size, 2)] += 1
    return found.most_common(1)[0][0] if found else _SINGLE


def _paragraphs(page: _Page, edges: tuple[float, float], pitch: float) -> Iterator[Paragraph]:
    group: list[Segment] = []
    for line in page.lines:
        if group and not _goes_on(page, group[-1], line, edges, pitch):
            yield _paragraph(page, group, edges, pitch)
            group = []
        group.append(line)
    if group:
        yield _paragraph(page, group, edges, pitch)


def _goes_on(page: _Page, last: Segment, line: Segment, edges: tuple[float, float], pitch: float) -> bool:
    """Whether a line belongs to the paragraph of the line above it; a centred one had room for the next word."""
    if page.in_table(line) != page.in_table(last) or line.size != last.size:
        return False
    if not 0.5 * line.size < last.y - line.y < (pitch + 0.15) * line.size:
        return False
    if {_side(page, last), _side(page, line)} == {Side.LEFT, Side.RIGHT}:
        return False
    return -_FIRST_LINE < line.x0 - last.x0 < _INDENT and not _had_room(last, line, edges)


def _had_room(last: Segment, line: Segment, edges: tuple[float, float]) -> bool:
    """Whether the next word would have fitted: then the line was ended on purpose."""
    word = line.text.split(maxsplit=1)[0]
    width = (line.x1 - line.x0) * (len(word) + 1) / max(len(line.text), 1)
    return last.x1 + width < edges[1] - _RAGGED


def _align(page: _Page, line: Segment, edges: tuple[float, float]) -> Align | None:
    """Centred on the text or, in one of two columns, on a line above or below it; None where that cannot be told."""
    middle = sum(edges) / 2
    if line.x0 > edges[0] + _INDENT and abs(line.centre - middle) < _CENTRED and line.x1 < edges[1] - _INDENT:
        return Align.CENTRE
    side = _side(page, line)
    near = [other for other in page.lines if other is not line and abs(other.y - line.y) < _NEAR]
    across = [other for other in near if _side(page, other) not in (side, Side.WHOLE) and not page.in_table(other)]
    if side is Side.WHOLE or not across:
        return None
    column = [other for other in near if _side(page, other) is side]
    if any(abs(other.centre - line.centre) < _CENTRED and abs(other.x0 - line.x0) > 1 for other in column):
        return Align.CENTRE
    return Align.LEFT if any(abs(other.x0 - line.x0) < 1 for other in column) else None


def _side(page: _Page, line: Segment) -> Side:
    if line.x1 < page.width / 2 + 5:
        return Side.LEFT
    return Side.RIGHT if line.x0 > page.width / 2 - 20 / _MM else Side.WHOLE


def _paragraph(page: _Page, group: list[Segment], edges: tuple[float, float], pitch: float) -> Paragraph:
    first = group[0]
    align = _align(page, first, edges)
    if align is None and len(group) > 1:
        align = _flush([edges[1] - line.x1 for line in group[:-1]])
    pitches = [(above.y - below.y) / below.size for above, below in pairwise(group)]
    return Paragraph(
        page.number,
        tuple(line.runs for line in group),
        align,
        (first.x0 - group[1].x0) * _MM if len(group) > 1 and first is not page.lines[0] else None,
        _gap(page, first, pitch),
        median(pitches) / _SINGLE if pitches else None,
        _side(page, first),
        page.number,
        page.in_table(first),
        inset=all(line.x0 > edges[0] + _INDENT for line in group),
        width=max(line.x1 - line.x0 for line in group) * _MM,
        rule=_rule(page, group),
    )


def _flush(short: Sequence[float]) -> Align | None:
    """Whether lines reach the right edge, by what each lacks; a single one a little short proves nothing."""
    lacking = [lack for lack in short if lack > _FLUSH]
    if not lacking:
        return Align.BOTH
    return Align.LEFT if len(lacking) > 1 or lacking[0] > _RAGGED else None


def _gap(page: _Page, first: Segment, pitch: float) -> float | None:
    """The room above a paragraph, where the line above is text of the same size."""
    above = [line for line in page.lines if line.y > first.y + 1]
    if not above or above[-1].size != first.size or page.in_table(above[-1]):
        return None
    return above[-1].y - first.y - (pitch - _HIDDEN) * first.size


def _rule(page: _Page, group: list[Segment]) -> float | None:
    """The stroke right below the last line, nothing but room between."""
    last = group[-1]
    for stroke in page.strokes:
        near = -2 < last.y - stroke.y1 < _RULE_BELOW and last.x0 - 60 < (stroke.x0 + stroke.x1) / 2 < last.x1 + 60
        if stroke.level and near and not any(_between(line, stroke, last) for line in page.lines):
            return (stroke.x1 - stroke.x0) * _MM
    return None


def _between(line: Segment, stroke: Stroke, last: Segment) -> bool:
    return stroke.y1 < line.y < last.y and line.x0 < stroke.x1 and line.x1 > stroke.x0


def _sheet(page: _Page, edges: tuple[float, float]) -> Sheet:
    """The margins as the text keeps them; below a short text there is no telling, beside it the other pages tell."""
    width, height = page.width * _MM, page.height * _MM
    tables = bool(page.tables)
    free = [line for line in page.lines if not page.in_table(line)]
    if page.turned or len(free) < _ENOUGH or page.width > page.height:
        return Sheet(page.number, width, height, tables=tables)
    top = min(page.height - line.y - line.size * _RISE for line in page.lines) * _MM
    bottom = min(line.y for line in page.lines) * _MM
    left, right = edges[0] * _MM, (page.width - edges[1]) * _MM
    return Sheet(page.number, width, height, top, right, min(bottom, _HIGHEST), left, tables)


def _numbers(pages: Sequence[_Page]) -> Iterator[PageNumber]:
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
