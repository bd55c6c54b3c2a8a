"""A finished document as it looks, whether it was a Word file or a PDF: sheets, paragraphs, rules, page numbers.

Whatever could not be made out is None: it is not judged, rather than passed or failed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

_BLANK = re.compile(r"\s+")


class Align(Enum):
    """How the lines of a paragraph stand."""

    LEFT = "canh trái"
    CENTRE = "canh giữa"
    RIGHT = "canh phải"
    BOTH = "canh đều hai lề"


class Side(Enum):
    """Which half of the sheet a paragraph keeps to, where two stand side by side."""

    WHOLE = auto()
    LEFT = auto()
    RIGHT = auto()


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same."""

    text: str
    font: str
    size: float
    """Points."""
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    """Red, green and blue, two hexadecimal digits each."""

    @property
    def visible(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. In a PDF, centred lines and those that stand side by side are one each."""

    place: int
    """Where a reader finds it: the paragraph's number in a Word file, the page's in a PDF; both from 1."""
    lines: tuple[tuple[Run, ...], ...]
    """Broken where somebody broke them; in a PDF as they stand."""
    align: Align | None = None
    first_line: float | None = None
    """Millimetres that the first line stands further in than the others; negative when it hangs."""
    gap: float | None = None
    """Points to the paragraph above, beyond the distance of lines."""
    leading: float | None = None
    """The distance of lines, in single ones."""
    side: Side = Side.WHOLE
    block: int = 0
    """Paragraphs of one block stand together: a row of a frame in a Word file, a page in a PDF."""
    table: bool = False
    """Whether it stands in a table of figures."""
    item: bool = False
    """Whether it is an item of an automatic list."""
    inset: bool = False
    """Whether all of it stands further in, as headings and quotations do."""
    width: float = 0.0
    """Millimetres of its longest line."""
    rule: float | None = None
    """Millimetres of the line drawn below it."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Everything that can be seen of it."""
        return tuple(run for line in self.lines for run in line if run.visible)

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines, spaces as one."""
        return tuple(squeezed("".join(run.text for run in line)) for line in self.lines)

    @property
    def text(self) -> str:
        """All of it in one line."""
        return squeezed(" ".join(self.texts))

    @property
    def bold(self) -> bool:
        return bool(self.runs) and all(run.bold for run in self.runs)

    @property
    def italic(self) -> bool:
        return bool(self.runs) and all(run.italic for run in self.runs)


@dataclass(frozen=True)
class Sheet:
    """A section of a Word file or a page of a PDF. Millimetres."""

    place: int
    width: float
    height: float
    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    left: float | None = None
    tables: bool = False
    """Whether a table of figures stands on it."""

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class PageNumber:
    """What stands where a page's number belongs."""

    place: int
    first: bool
    """Whether the page is the first of the text or of an annex, which shows none."""
    text: str | None
    """What is shown; None when nothing is."""
    expected: str = ""
    """What should be shown, where that is known."""
    automatic: bool = True
    arabic: bool = True
    at_top: bool = True
    align: Align | None = None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Document:
    """All that was read back of a file."""

    name: str
    unit: str
    """What `place` counts: “đoạn” or “trang”."""
    sheets: tuple[Sheet, ...]
    paragraphs: tuple[Paragraph, ...]
    """In reading order; none of them empty."""
    numbers: tuple[PageNumber, ...]
    doubts: tuple[str, ...] = ()
    """What the reader had to leave out, each a sentence in Vietnamese."""


def squeezed(text: str) -> str:
    """A text with composed accents whose stretches of blanks are one space each."""
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()
