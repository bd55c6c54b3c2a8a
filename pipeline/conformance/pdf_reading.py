"""A PDF as a neutral document: the lines of its pages become paragraphs again, strokes become rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.conformance.document import Align, Document, Paragraph, Side
from pipeline.conformance.pdf_letters import Segment, Stroke
from pipeline.conformance.pdf_pages import (
    MM,
    RAGGED,
    SINGLE,
    Page,
    doubts,
    edges_of,
    numbers,
    page_of,
    pitch_of,
    sheet_of,
)

_CENTRED = 3 / MM
_FLUSH = 1.5 / MM
_HIDDEN = 0.15
"""Of the letters' size: what the first line of a paragraph may lack of the distance of lines, as programs differ."""
_FIRST_LINE = 45 / MM
"""No first line stands further in than that."""
_INDENT = 7 / MM
"""From here on a line stands further in because it begins a paragraph; items of a list hang by less."""
_RULE_BELOW = 26
"""Points within which a stroke belongs to the text above it."""
_NEAR = 90
"""Points within which lines of one column show whether they are centred."""


def read_pdf(name: str, content: bytes) -> Document:
    """All that a reader of the file sees of it.

    Raises:
        pypdfium2.PdfiumError: the file is damaged.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page_of(number, page) for number, page in enumerate(pdf, start=1)]
    edges = edges_of(pages)
    pitch = pitch_of(pages, edges)
    paragraphs = [paragraph for page in pages for paragraph in _paragraphs(page, edges[page.number], pitch)]
    return Document(
        name,
        "trang",
        tuple(sheet_of(page, edges[page.number]) for page in pages),
        tuple(paragraphs),
        tuple(numbers(pages)),
        tuple(doubts(pages)),
    )


def _paragraphs(page: Page, edges: tuple[float, float], pitch: float) -> Iterator[Paragraph]:
    group: list[Segment] = []
    for line in page.lines:
        if group and not _goes_on(page, group[-1], line, edges, pitch):
            yield _paragraph(page, group, edges, pitch)
            group = []
        group.append(line)
    if group:
        yield _paragraph(page, group, edges, pitch)


def _goes_on(page: Page, last: Segment, line: Segment, edges: tuple[float, float], pitch: float) -> bool:
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
    return last.x1 + width < edges[1] - RAGGED


def _align(page: Page, line: Segment, edges: tuple[float, float]) -> Align | None:
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


def _side(page: Page, line: Segment) -> Side:
    if line.x1 < page.width / 2 + 5:
        return Side.LEFT
    return Side.RIGHT if line.x0 > page.width / 2 - 20 / MM else Side.WHOLE


def _paragraph(page: Page, group: list[Segment], edges: tuple[float, float], pitch: float) -> Paragraph:
    first = group[0]
    align = _align(page, first, edges)
    if align is None and len(group) > 1:
        align = _flush([edges[1] - line.x1 for line in group[:-1]])
    pitches = [(above.y - below.y) / below.size for above, below in pairwise(group)]
    return Paragraph(
        page.number,
        tuple(line.runs for line in group),
        align,
        (first.x0 - group[1].x0) * MM if len(group) > 1 and first is not page.lines[0] else None,
        _gap(page, first, pitch),
        median(pitches) / SINGLE if pitches else None,
        _side(page, first),
        page.number,
        page.in_table(first),
        inset=all(line.x0 > edges[0] + _INDENT for line in group),
        width=max(line.x1 - line.x0 for line in group) * MM,
        rule=_rule(page, group),
    )


def _flush(short: Sequence[float]) -> Align | None:
    """Whether lines reach the right edge, by what each lacks; a single one a little short proves nothing."""
    lacking = [lack for lack in short if lack > _FLUSH]
    if not lacking:
        return Align.BOTH
    return Align.LEFT if len(lacking) > 1 or lacking[0] > RAGGED else None


def _gap(page: Page, first: Segment, pitch: float) -> float | None:
    """The room above a paragraph, where the line above is text of the same size."""
    above = [line for line in page.lines if line.y > first.y + 1]
    if not above or above[-1].size != first.size or page.in_table(above[-1]):
        return None
    return above[-1].y - first.y - (pitch - _HIDDEN) * first.size


def _rule(page: Page, group: list[Segment]) -> float | None:
    """The stroke right below the last line, nothing but room between."""
    last = group[-1]
    for stroke in page.strokes:
        near = -2 < last.y - stroke.y1 < _RULE_BELOW and last.x0 - 60 < (stroke.x0 + stroke.x1) / 2 < last.x1 + 60
        if stroke.level and near and not any(_between(line, stroke, last) for line in page.lines):
            return (stroke.x1 - stroke.x0) * MM
    return None


def _between(line: Segment, stroke: Stroke, last: Segment) -> bool:
    return stroke.y1 < line.y < last.y and line.x0 < stroke.x1 and line.x1 > stroke.x0
