"""Tables as they were printed, whatever file they came from: cells that know how they were merged and stored."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from pipeline.model.finding import Finding, Place
from pipeline.wording import fold

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000\ufeff]+")


def plain(text: str) -> str:
    """Text in NFC with single blanks, no empty lines and nothing invisible."""
    unified = _CONTROL.sub("", _BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    lines = (_BLANKS.sub(" ", line).strip() for line in unified.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Text on one line."""
    return " ".join(plain(text).split("\n"))


class Stored(Enum):
    """How the file held a cell."""

    TEXT = "chữ"
    NUMBER = "số"
    DATE = "ngày tháng"
    NUMBERED = "số thứ tự tự động"
    """Word counts the paragraphs itself; the number is not in the file but counted again."""


@dataclass(frozen=True)
class Cell:
    """One place of the grid. A merged cell's text stands in each place that it covers."""

    text: str = ""
    above: bool = False
    """Covered by a cell that begins in a row above."""
    left: bool = False
    """Covered by a cell that begins in a column to the left."""
    stored: Stored = Stored.TEXT
    number: str = ""
    """What Word counts before its first paragraph: `1.1.`."""

    @property
    def own(self) -> str:
        """The text, if the cell begins here."""
        return "" if self.above or self.left else self.text


@dataclass(frozen=True)
class Row:
    """One row and its number as a person counts it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell:
        """The cell of a column; an empty one beyond the end and for a column that the table does not have."""
        return self.cells[column] if column is not None and column < len(self.cells) else Cell()

    @property
    def texts(self) -> tuple[str, ...]:
        """What begins in this row, folded."""
        return tuple(fold(cell.own) for cell in self.cells)

    @property
    def blank(self) -> bool:
        """Whether nothing begins in this row."""
        return not any(cell.own for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """One table of a document or one sheet of a workbook."""

    name: str
    """What a person calls it: `bảng 2`, `trang tính “Phụ lục”`."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Source:
    """Everything of a file that an import looks at."""

    name: str
    preface: tuple[str, ...]
    """Paragraphs outside tables."""
    tables: tuple[Table, ...]
    hidden: tuple[str, ...] = ()
    """Names of sheets that are hidden and stay unread."""


class AnnexError(Exception):
    """A file from which no table can be had; carries the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def refuse(name: str, code: str, message: str, mend: str) -> AnnexError:
    """The error for a file as a whole."""
    return AnnexError(Finding(Place(name), code, message, mend))


MOST_ROWS = 5_000
MOST_COLUMNS = 40


def refuse_length(name: str, what: str) -> AnnexError:
    """The error for a table that goes on beyond what any annex needs; a part of it is never read as the whole."""
    mend = "xóa các ô thừa ở cuối, hoặc chép riêng bảng tiêu chí sang một tệp mới rồi nhập lại"
    return refuse(name, "N802", f"{what}, nhiều hơn mức đọc được", mend)


@dataclass
class Doubts:
    """Collects what the import is unsure of, each with its row."""

    name: str
    findings: list[Finding] = field(default_factory=list)

    def at(self, table: str, row: int, code: str, message: str, mend: str) -> None:
        """Keep a doubt about a row."""
        self.findings.append(Finding(Place(self.name, row), code, f"{table}, dòng {row}: {message}", mend))

    def of_file(self, code: str, message: str, mend: str) -> None:
        """Keep a doubt about the file as a whole."""
        self.findings.append(Finding(Place(self.name), code, message, mend))


def slug(text: str, *, words: int = 7, joint: str = "_") -> str:
    """A machine name out of the first words of a text; empty when there is nothing to take."""
    return joint.join(fold(text).split()[:words])
