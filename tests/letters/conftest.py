"""Years to write letters from: the repository's own, and copies of the sound one with something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from pipeline.decree.paper import DataTable, Paper, Title
from pipeline.dossier import Progress, examine
from pipeline.markup.blocks import Bullets, Numbered, Paragraph, plain_text

ROOT = Path(__file__).parents[2]
TODAY = date(2025, 1, 15)
SETTINGS = "scores/2024/settings.yml"

Changed = Callable[..., Progress]


@pytest.fixture(scope="session")
def sample() -> Progress:
    """The repository's own year."""
    return examine(ROOT, 2022, date(2022, 10, 20))


@pytest.fixture
def changed(lay: Callable[..., Path], edit: Callable[..., None]) -> Changed:
    """The sound year, some texts of its files replaced, on a given day."""

    def change(edits: Mapping[str, tuple[str, str]] | None = None, today: date = TODAY) -> Progress:
        root = lay()
        edit(root, edits or {})
        return examine(root, 2024, today)

    return change


def texts(paper: Paper) -> list[str]:
    """Everything that the paper says between its head and its end, piece by piece."""
    found = [paper.opening]
    for item in paper.content:
        match item:
            case Title(_, text):
                found.append(text)
            case Paragraph(children):
                found.append(plain_text(children))
            case Bullets(items) | Numbered(_, items):
                found += [plain_text(part.children) for one in items for part in one if isinstance(part, Paragraph)]
            case DataTable():
                found += ["|".join(cells(item, row)) for row in range(len(item.rows))]
    return [*found, paper.closing]


def cells(table: DataTable, row: int) -> list[str]:
    """The texts of a row, the paragraphs of a cell one a line."""
    return ["\n".join(plain_text(line) for line in cell) for cell in table.rows[row].cells]


@pytest.fixture(scope="session")
def said() -> Callable[[Paper], list[str]]:
    """What a paper says, piece by piece."""
    return texts


@pytest.fixture(scope="session")
def row() -> Callable[[DataTable, int], list[str]]:
    """The texts of a table's row."""
    return cells
