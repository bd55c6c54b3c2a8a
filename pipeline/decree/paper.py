"""An official paper as it reads, before it is a PDF or a Word file: every text final, every number written out.

Renderers only arrange what is here. Texts of officers are `pipeline.markup` inlines and blocks, that is, data.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pipeline.markup.blocks import Block, Inline, Text

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""Control characters, halves of pairs, private use and what is no character at all."""
_BLANK = re.compile(r"[ \t\r\n]+")

Inlines: TypeAlias = tuple[Inline, ...]
Cell: TypeAlias = tuple[Inlines, ...]
"""The paragraphs of a cell."""


@dataclass(frozen=True)
class Page:
    """A sheet and its margins, in millimetres."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> int:
        """What is left between the margins."""
        return self.width - self.left - self.right


PORTRAIT = Page(210, 297, top=20, right=15, bottom=20, left=30)
"""Decree 30/2020/NĐ-CP, annex I: top and bottom 20–25, left 30–35, right 15–20."""
LANDSCAPE = Page(297, 210, top=20, right=15, bottom=20, left=30)


class Align(Enum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTRE = "center"


class RowKind(Enum):
    """How much weight a row has."""

    AREA = "area"
    CRITERION = "criterion"
    LEAF = "leaf"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    title: str
    share: int
    """Of the table's width, in percent."""
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Row:
    kind: RowKind
    cells: tuple[Cell, ...]
    whole: bool
    """Whether it must not break over two pages; a row longer than a page has to."""


@dataclass(frozen=True)
class DataTable:
    """A table of the program's own, its header repeated on every page."""

    caption: str
    """Empty when a heading already names it."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    whole: bool = False
    """Whether it is short enough to stand on one page."""


@dataclass(frozen=True)
class Title:
    """A heading of the paper, its number included. Level 1 is the highest."""

    level: int
    text: str


Item: TypeAlias = Title | Block | DataTable


@dataclass(frozen=True)
class Letterhead:
    """The head of page 1. Lines are broken where they look best."""

    superior: tuple[str, ...]
    body: tuple[str, ...]
    nation: str
    motto: str
    number: str
    """Empty for a paper that carries none, such as what is handed out at a meeting."""
    place_and_date: str
    about: tuple[str, ...] = ()
    """“V/v …” below the number, for an official letter, which names no kind."""


@dataclass(frozen=True)
class Addressees:
    """“Kính gửi:” and to whom; nobody, for papers that address none."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """By whose authority, as what, and who signs."""

    lines: tuple[str, ...]
    """In capitals: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`."""
    name: str


@dataclass(frozen=True)
class Recipients:
    """“Nơi nhận:” and its lines."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """An annex; its pages count from 1."""

    label: str
    title: tuple[str, ...]
    reference: tuple[str, ...]
    page: Page
    notes: tuple[str, ...]
    table: DataTable


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF."""

    name: str
    media_type: str
    description: str
    content: str
    """ASCII, so that it arrives byte for byte."""


@dataclass(frozen=True)
class Paper:
    """One official paper of the decree: a report, a plan, an invitation."""

    title: str
    author: str
    mark: str
    """What every page says when the figures are examples; empty when they are real."""
    page: Page
    letterhead: Letterhead
    kind: str
    """In capitals; empty for an official letter, whose subject stands below its number."""
    subject: tuple[str, ...]
    addressees: Addressees
    bases: tuple[str, ...]
    opening: str
    content: tuple[Item, ...]
    closing: str
    recipients: Recipients
    signature: Signature | None
    """None for what nobody signs; such a paper has no recipients either."""
    annexes: tuple[Annex, ...]
    timestamp: int
    """Seconds since 1970 that both files carry as their date."""
    attachments: tuple[Attachment, ...] = ()
    """What the PDF carries along; it is a PDF/A-3 then, the only one that may."""


def single_spaced(text: str) -> str:
    """A text without line breaks and doubled spaces; spaces that do not break stay."""
    return _BLANK.sub(" ", text)


def one_line(text: str) -> str:
    """A text by itself on a line."""
    return single_spaced(text).strip(" ")


def plain(text: str) -> Inlines:
    """A text without markup."""
    return (Text(one_line(text)),)


def printable(text: str) -> str:
    """A text with composed accents and without the characters that neither XML nor a page can carry."""
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))
