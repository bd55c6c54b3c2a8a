"""One table of a file from the receiving office, whatever kind of file: rows of cells, and how to name a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.annex.cells import Row
from pipeline.model.finding import Finding, Place
from pipeline.office import address

Spot = tuple[int, int]
"""Row and column of a cell, from 1; rows of text files are lines."""


@dataclass(frozen=True)
class Origin:
    """What a file says of itself, as our own form and JSON do; empty where it says nothing."""

    year: str = ""
    criteria_set: str = ""
    round: str = ""
    day: str = ""
    office: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, the lines of a CSV file or the items of a JSON file."""

    file: str
    name: str
    """The sheet's name; empty for text files."""
    rows: tuple[Row, ...]
    formulas: frozenset[Spot] = frozenset()
    """Cells that compute their value."""
    answers: Mapping[Spot, bool] = field(default_factory=dict)
    """Cells that hold a truth value."""

    def where(self, spot: Spot) -> str:
        """The place in words: `Thẩm định!F12`, `dòng 12, cột 6`."""
        row, column = spot
        return f"{self.name}!{address(row, column)}" if self.name else f"dòng {row}, cột {column}"

    def finding(self, spot: Spot, code: str, message: str, mend: str) -> Finding:
        """A finding about a cell."""
        return Finding(Place(self.file, *spot), code, f"{self.where(spot)}: {message}", mend)


@dataclass(frozen=True)
class Opened:
    """Everything that a file holds."""

    sheets: tuple[Sheet, ...] = ()
    origin: Origin = Origin()
    findings: tuple[Finding, ...] = ()
    """Why it is not read; then there are no sheets."""


def refused(file: str, code: str, message: str, mend: str, line: int = 0) -> Opened:
    """A file that is not read."""
    return Opened(findings=(Finding(Place(file, line), code, message, mend),))
