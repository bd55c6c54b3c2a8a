"""A workspace, and files as receiving offices send them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.appraisal.proposal import Proposal, Wish, propose
from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.workspace.source import write_sources

Lay = Callable[..., Path]
YEAR = 2024
TODAY = date(2025, 1, 15)
DAY = date(2025, 1, 20)
HEADINGS = ("Mã", "Tiêu chí", "Điểm thẩm định", "Ý kiến", "Đề nghị giải trình")


class Desk:
    """An officer with a workspace, who gets files from the receiving office."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def text(self) -> str:
        """The appraisal's file as it is now."""
        return (self.root / "scores" / str(YEAR) / "appraisal.yml").read_text("utf-8")

    def dossier(self) -> Dossier:
        """The workspace as it is now."""
        progress = examine(self.root, YEAR, TODAY)
        dossier = dossier_of(progress)
        assert dossier is not None, progress.findings
        return dossier

    def excel(self, rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), name: str = "tham-dinh.xlsx") -> Path:
        """A workbook of one sheet with these rows."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Kết quả"
        for row in rows:
            sheet.append(list(row))
        for span in merge:
            sheet.merge_cells(span)
        path = self.root / name
        book.save(path)
        return path

    def write(self, name: str, content: str | bytes) -> Path:
        """Any other file."""
        path = self.root / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def json(self, data: Any) -> Path:
        """A JSON file."""
        return self.write("tham-dinh.json", json.dumps(data, ensure_ascii=False, indent=1))

    def propose(self, path: Path, **wish: Any) -> Proposal:
        """What an import would do."""
        told = {"number": 1, "day": DAY, **wish}
        return propose(examine(self.root, YEAR, TODAY), path, Wish(**told))

    def take(self, path: Path, **wish: Any) -> Proposal:
        """Import a file in which nothing is wrong."""
        proposal = self.propose(path, **wish)
        assert not proposal.refused, proposal.findings
        write_sources(self.root, [proposal.source])
        return proposal


@pytest.fixture
def desk(lay: Lay) -> Desk:
    """A desk over the sound workspace."""
    return Desk(lay())


@pytest.fixture
def headings() -> tuple[str, ...]:
    """The columns of a plain table."""
    return HEADINGS
