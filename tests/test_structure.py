"""The house stands: each room imports only from rooms below it, and nothing in it knows its first user."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parents[1] / "pipeline"
FLOORS = (
    ("wording", "output", "fields", "office", "pdf_streams", "aside"),
    ("rules", "markup"),
    ("model", "decree"),
    ("workspace", "scoring", "annex", "conformance", "signing"),
    ("years",),
    ("checks",),
    ("dossier",),
    ("site", "spreadsheet", "binder", "letters", "survey"),
    ("report", "appraisal"),
    ("package",),
    ("cli",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
SOURCES = sorted(path for path in PIPELINE.rglob("*") if path.suffix in (".py", ".j2", ".typ", ".yml", ".css"))


def imports(path: Path) -> Iterator[str]:
    """The rooms of `pipeline` that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            parts = name.split(".")
            if parts[0] == "pipeline" and len(parts) > 1:
                yield parts[1]
            elif name == "pipeline" and isinstance(node, ast.ImportFrom):
                yield from (alias.name for alias in node.names if alias.name in LEVEL)


@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".py"], ids=lambda path: path.stem)
def test_rooms_import_only_from_below(path: Path) -> None:
    """A file's imports stay in its own room or lead downwards; `scoring` and `workspace` share a floor."""
    room = path.relative_to(PIPELINE).parts[0].removesuffix(".py")
    if room == "__init__":
        assert list(imports(path)) == []
        return

    assert [other for other in imports(path) if other != room and LEVEL[other] >= LEVEL[room] and LEVEL[room]] == []


@pytest.mark.parametrize("word", ["Liên Hồng", "Hải Dương", "2022", "2452", "tám lĩnh vực"])
def test_nothing_knows_the_first_user(word: str) -> None:
    """Another commune, province or year is another folder of data; in prose, a year may be an example."""
    hits = [
        f"{path.relative_to(PIPELINE)}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text("utf-8").splitlines()
        if word.casefold() in line.casefold() and not _is_example(line)
    ]

    assert hits == []


def _is_example(line: str) -> bool:
    """Docstrings and messages that show the form of a date, a place or a page."""
    return any(form in line for form in ("29/10/2022", "2022-10-29", "Liên Hồng, ngày …", "`2022/1-"))
