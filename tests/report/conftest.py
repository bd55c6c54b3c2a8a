"""Dossiers to report on, and the two files read back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.report import write_report

ROOT = Path(__file__).parents[2]
YEAR = 2022

Read = Callable[[Path], str]
Change = Callable[[Mapping[str, tuple[str, str]]], Dossier]


def _dossier(root: Path) -> Dossier:
    """Whether the workspace is sound is for the tests of its checks; here it only has to be complete."""
    dossier = dossier_of(replace(examine(root, YEAR, date(2023, 1, 5)), findings=()))
    assert dossier is not None
    return dossier


@pytest.fixture(scope="session")
def dossier(own_dossier: Dossier) -> Dossier:
    """The year that is reported on."""
    return own_dossier


@pytest.fixture(scope="session")
def files(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The Word file and the PDF of `dossier`."""
    return write_report(dossier, tmp_path_factory.mktemp("report"))


@pytest.fixture
def changed(tmp_path: Path, edit: Callable[..., None]) -> Change:
    """A dossier like `dossier`, some texts of its files replaced."""

    def change(edits: Mapping[str, tuple[str, str]]) -> Dossier:
        root = tmp_path / "workspace"
        for folder in ("docs", "scores", "evidence"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("scans"))
        edit(root, edits)
        return _dossier(root)

    return change


@pytest.fixture(scope="session")
def squeezed() -> Callable[[str], str]:
    """A text without any space, as line breaks in a PDF are nobody's business."""
    return lambda text: re.sub(r"\s+", "", text)


@pytest.fixture(scope="session")
def words(squeezed: Callable[[str], str]) -> Read:
    """All words of a PDF or of a Word file's body, squeezed."""

    def read(path: Path) -> str:
        if path.suffix == ".pdf":
            from pypdf import PdfReader

            return squeezed("".join(page.extract_text() for page in PdfReader(path).pages))
        import docx
        from docx.oxml.ns import qn

        body: Any = docx.Document(str(path)).element.body
        return squeezed("".join(text.text or "" for text in body.iter(qn("w:t"))))

    return read


@pytest.fixture(scope="session")
def docx_tables() -> Callable[[Path], list[list[list[str]]]]:
    """The tables of a Word file: rows of cells."""

    def read(path: Path) -> list[list[list[str]]]:
        import docx
        from docx.oxml.ns import qn

        body: Any = docx.Document(str(path)).element.body
        return [
            [["".join(cell.itertext(qn("w:t"))) for cell in row.tc_lst] for row in table.tr_lst]
            for table in body.iter(qn("w:tbl"))
        ]

    return read
