"""A file of answers as a table: headings, rows and where each cell stands. What a cell says is never told on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.finding import Finding, Place
from pipeline.office import address

MOST_ROWS, MOST_COLUMNS = 50_000, 1_000
"""No commune asks more people, or more questions."""

LARGEST_CELL = 20_000
"""Characters; the longest remark that a person leaves is far below."""


@dataclass(frozen=True)
class Cell:
    """A cell as text."""

    text: str = ""
    formula: bool = False


EMPTY = Cell()


@dataclass(frozen=True)
class Line:
    """One row of a file; numbers count from 1, as a spreadsheet or an editor shows them."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell in a column, counted from 0; a short row ends in empty cells."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A heading row and the rows below it."""

    name: str
    """What the file is called in messages: its own name may be that of a person."""
    sheet: int
    """Counted from 1; 0 for CSV, which has none."""
    head: Line
    lines: tuple[Line, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of the heading row."""
        return tuple(cell.text for cell in self.head.cells)

    def where(self, number: int, column: int) -> str:
        """A cell in words; the column counts from 0."""
        if not self.sheet:
            return f"dòng {number}, cột thứ {column + 1}"
        return f"trang tính {self.sheet}, ô {address(number, column + 1)}"

    def place(self, number: int = 0, column: int = -1) -> Place:
        """A cell for findings."""
        return Place(self.name, number, column + 1)


class UnreadableError(Exception):
    """A file that is not read; carries the finding that says why."""

    def __init__(self, name: str, code: str, message: str, mend: str, line: int = 0) -> None:
        super().__init__(message)
        self.finding = Finding(Place(name, line), code, message, mend)


def headed(name: str, sheet: int, lines: list[Line]) -> Table | None:
    """The table whose heading row is the first that holds anything; None where nothing does."""
    filled = [line for line in lines if line.filled]
    return Table(name, sheet, filled[0], tuple(filled[1:])) if filled else None
