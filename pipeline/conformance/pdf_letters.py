"""The letters of a PDF page as segments of lines, and the straight strokes between them. Points from the lower left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.conformance.document import Run

MOST_LETTERS, MOST_SEGMENTS, MOST_STROKES = 60_000, 2_000, 5_000
"""Of one page; a full page of small print, or of a fine table, has a tenth of it."""
_APART = 1.2
"""Of the letters' size: a wider gap parts two columns, a narrower one only words."""
_SAME_LINE = 0.35
"""Of the letters' size: how far a letter may stand above or below the line, as exponents do."""
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BEFORE_BLANK = re.compile(r"(?:số:?|ngày|tháng|năm)\s*$", re.IGNORECASE)
_AFTER_BLANK = re.compile(r"\s*(?:/|tháng|năm|\d)")
_BOLD = 600
"""The weight from which a typeface counts as bold."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a line without a gap."""

    x0: float
    x1: float
    y: float
    """The baseline."""
    runs: tuple[Run, ...]

    @property
    def size(self) -> float:
        return max((run.size for run in self.runs if run.visible), default=0.0)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Stroke:
    """A thin straight line, level or upright."""

    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclass(frozen=True)
class _Letter:
    char: str
    x0: float
    x1: float
    y: float
    look: Run


def segments(page: Any) -> list[Segment]:
    """The text of a page from top to bottom, left to right, in whatever order the file draws it."""
    found: list[Segment] = []
    for row in _rows(sorted(_letters(page), key=lambda letter: (-letter.y, letter.x0))):
        pieces: list[list[_Letter]] = [[]]
        for letter in sorted(row, key=lambda letter: letter.x0):
            if pieces[-1] and letter.x0 - pieces[-1][-1].x1 > _APART * max(letter.look.size, 1):
                pieces.append([])
            pieces[-1].append(letter)
        found += [_segment(piece) for piece in _filled_in(pieces)]
        if len(found) > MOST_SEGMENTS:
            break
    return sorted((each for each in found if each.text.strip()), key=lambda each: (-each.y, each.x0))


def _rows(letters: Iterable[_Letter]) -> Iterator[list[_Letter]]:
    """Letters that share a line; exponents and accents drawn apart are on it too."""
    row: list[_Letter] = []
    for letter in letters:
        if row and row[0].y - letter.y > _SAME_LINE * max(row[0].look.size, 1):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _filled_in(pieces: list[list[_Letter]]) -> Iterator[list[_Letter]]:
    """A blank for a number or a day is wide, yet no gap between columns."""
    held = pieces[0]
    for piece in pieces[1:]:
        before, after = ("".join(letter.char for letter in part) for part in (held, piece))
        if _BEFORE_BLANK.search(before) and _AFTER_BLANK.match(after):
            held = [*held, *piece]
        else:
            yield held
            held = piece
    yield held


def strokes(page: Any) -> list[Stroke]:
    """The thin lines drawn on a page."""
    import pypdfium2.raw as pdfium

    found = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        x0, y0, x1, y1 = drawn.get_bounds()
        if min(x1 - x0, y1 - y0) < 2.5 and max(x1 - x0, y1 - y0) > 6:
            found.append(Stroke(x0, x1, y0, y1))
        if len(found) > MOST_STROKES:
            break
    return found


def _letters(page: Any) -> Iterator[_Letter]:
    import ctypes

    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    looks: dict[int | None, Run] = {}
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(min(text.count_chars(), MOST_LETTERS)):
        if pdfium.FPDFText_IsGenerated(text, index):
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in looks:
            looks[key] = _look(text, index, drawn)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char == "\N{SOFT HYPHEN}" or (char < " " and char != "\t"):
            continue
        yield _Letter(char, box.left, box.right, y.value, looks[key])


def _look(text: Any, index: int, drawn: Any) -> Run:
    """Typeface, size and colour of the object that a letter belongs to."""
    import ctypes

    import pypdfium2.raw as pdfium

    size, matrix = ctypes.c_float(12), pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    if drawn:
        pdfium.FPDFTextObj_GetFontSize(drawn, size)
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    pdfium.FPDFText_GetFontInfo(text, index, name, 256, flags)
    parts = [ctypes.c_uint(0) for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, index, *parts)
    font = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
    folded = font.casefold()
    return Run(
        "",
        font,
        round(abs(size.value) * (matrix.b**2 + matrix.d**2) ** 0.5 * 4) / 4,
        "bold" in folded or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD,
        "italic" in folded or "oblique" in folded,
        "".join(f"{part.value:02X}" for part in parts[:3]),
    )


def _segment(row: list[_Letter]) -> Segment:
    """Letters as runs, a space where a gap is as wide as one."""
    runs: list[Run] = []
    text = ""
    for index, letter in enumerate(row):
        last = row[index - 1] if index else letter
        if letter.look is not last.look:
            runs.append(replace(last.look, text=text))
            text = ""
        spaced = letter.x0 - last.x1 > 0.15 * letter.look.size and not letter.char.isspace()
        text += (" " if index and spaced and not last.char.isspace() else "") + letter.char
    runs.append(replace(row[-1].look, text=text))
    inked = [letter for letter in row if letter.char.strip()] or row
    sizes = sorted(inked, key=lambda letter: letter.look.size)
    return Segment(inked[0].x0, inked[-1].x1, sizes[-1].y, tuple(runs))
