"""A workspace, its spreadsheet, and a hand that edits cells by the keys of their rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.spreadsheet import write_xlsx
from pipeline.spreadsheet.layout import Column
from pipeline.spreadsheet.proposal import Proposal, propose

Results = dict[tuple[str, str], Any]
Lay = Callable[..., Path]
YEAR = 2024
TODAY = date(2025, 1, 15)


class Desk:
    """An officer with a workspace and the spreadsheet made from it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = write_xlsx(self.dossier(), root / "build" / "export")
        self.book = openpyxl.load_workbook(self.file)

    def dossier(self) -> Dossier:
        """The workspace as it is now."""
        progress = examine(self.root, YEAR, TODAY)
        dossier = dossier_of(progress)
        assert dossier is not None, progress.findings
        return dossier

    def cell(self, key: str, column: Column) -> Any:
        """A cell of the row with this key."""
        sheet = self.book[key.split(".", maxsplit=1)[0]]
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, Column.KEY.index + 1).value == key)
        return sheet.cell(row, column.index + 1)

    def type(self, key: str, column: Column, value: object) -> str:
        """Put a value into a cell; returns the cell's address."""
        cell = self.cell(key, column)
        cell.value = value
        if isinstance(value, str) and value.startswith("=="):
            cell.value, cell.data_type = value[1:], "s"
        return f"{cell.parent.title}!{cell.coordinate}"

    def save(self) -> Path:
        """Save the edits beside the original."""
        path = self.root / "edited.xlsx"
        self.book.save(path)
        return path

    def propose(self, *, force: bool = False) -> Proposal:
        """What the edits would change."""
        return propose(examine(self.root, YEAR, TODAY), self.save(), force=force)


@pytest.fixture
def make_desk() -> Callable[[Path], Desk]:
    """Desks over other workspaces."""
    return Desk


@pytest.fixture
def desk(lay: Lay) -> Desk:
    """A desk over the sound workspace."""
    return Desk(lay())


_REFERENCE = re.compile(r"(\"[^\"]*\")|(?:'([^']+)'!)?(\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)|(<>)|(?<![<>])(=)")


class Calculator:
    """Evaluates the few functions that the workbook uses, from the formulas alone; written for these tests."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.book = book
        self.done: Results = {}

    def all(self) -> Results:
        """Every formula's result."""
        cells = [cell for sheet in self.book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        return {(cell.parent.title, cell.coordinate): self.at(cell.parent.title, cell.coordinate) for cell in cells}

    def at(self, sheet: str, address: str) -> Any:
        """The value of one cell; an empty one is an empty text."""
        if (sheet, address) not in self.done:
            cell = self.book[sheet][address]
            value = self.compute(sheet, cell.value) if cell.data_type == "f" else cell.value
            self.done[sheet, address] = "" if value is None else value
        return self.done[sheet, address]

    def range(self, sheet: str, reference: str) -> Any:
        """The values of a range, or of one cell."""
        plain = reference.replace("$", "")
        if ":" not in plain:
            return self.at(sheet, plain)
        left, top, right, bottom = range_boundaries(plain)
        rows = self.book[sheet].iter_rows(top, bottom, left, right)
        return [self.at(sheet, cell.coordinate) for row in rows for cell in row]

    def compute(self, sheet: str, formula: str) -> Any:
        """Turn the formula into Python, where IF and IFERROR look only at the branch that counts."""

        def python(match: re.Match[str]) -> str:
            text, other, reference, unequal, _ = match.groups()
            if text:
                return text
            return f"at({other or sheet!r}, {reference!r})" if reference else "!=" if unequal else "=="

        source = _REFERENCE.sub(python, formula.removeprefix("="))
        return eval(_lazy(source), {"__builtins__": {}, "at": self.range, **_FUNCTIONS})


def _lazy(source: str) -> str:
    """Put every argument of IF and IFERROR behind a lambda."""
    out, stack = "", []
    for index, char in enumerate(source):
        if char == "(":
            lazy = re.search(r"\b(IF|IFERROR)$", source[:index]) is not None
            stack.append(lazy)
            out += "(lambda: " if lazy else "("
        elif char == ")":
            stack.pop()
            out += ")"
        else:
            out += ", lambda: " if char == "," and stack and stack[-1] else char
    return out


def _numbers(values: Any) -> list[float]:
    return [each for each in (values if isinstance(values, list) else [values]) if isinstance(each, int | float)]


def _round(value: float, places: int) -> float:
    exact = Decimal(format(value, ".15g")).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return float(exact)


def _lookup(value: float, limits: list[float], results: list[Any]) -> Any:
    return [result for limit, result in zip(limits, results, strict=True) if limit <= value][-1]


def _if(test: Callable[[], Any], yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    return yes() if test() else no()


def _if_error(value: Callable[[], Any], other: Callable[[], Any]) -> Any:
    try:
        return value()
    except IndexError:
        return other()


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ROUND": _round,
    "SUM": lambda *values: sum(number for each in values for number in _numbers(each)),
    "MIN": min,
    "MAX": max,
    "AND": lambda *tests: all(tests),
    "LOOKUP": _lookup,
    "IF": _if,
    "IFERROR": _if_error,
}


@pytest.fixture(scope="session")
def evaluate() -> Callable[[openpyxl.Workbook], Results]:
    """Every formula of a workbook, computed without what the file says that it gives."""
    return lambda book: Calculator(book).all()
