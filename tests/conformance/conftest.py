"""Our own papers, and Word files typed from scratch, for a test to spoil."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.conformance import lint
from pipeline.decree import PaperFiles, render
from pipeline.decree.paper import Paper
from pipeline.dossier import Dossier
from pipeline.report.compose import compose

Spoil = Callable[[Any], None]
Codes = Callable[[str, bytes], set[str]]


@pytest.fixture(scope="session")
def paper(own_dossier: Dossier) -> Paper:
    """The report of the repository's own year."""
    return compose(own_dossier)


@pytest.fixture(scope="session")
def files(paper: Paper) -> PaperFiles:
    """Both files of the report."""
    return render(paper, "bao-cao")


@pytest.fixture(scope="session")
def small(paper: Paper) -> Paper:
    """A report with all its parts but little of each, quick to render and to read."""
    short = [replace(annex, table=replace(annex.table, rows=annex.table.rows[:3])) for annex in paper.annexes]
    return replace(paper, content=paper.content[:16], annexes=tuple(short))


@pytest.fixture(scope="session")
def small_files(small: Paper) -> PaperFiles:
    """Both files of the small report."""
    return render(small, "bao-cao")


@pytest.fixture(scope="session")
def codes() -> Codes:
    """The codes of what is found in a file; what could not be judged is no deviation."""
    return lambda name, content: {finding.code for finding in lint(name, content)} - {"W104"}


@pytest.fixture(scope="session")
def spoiled(small_files: PaperFiles) -> Callable[[Spoil], bytes]:
    """Our Word file after somebody worked on it."""
    import docx

    def spoil(work: Spoil) -> bytes:
        document = docx.Document(io.BytesIO(small_files.docx))
        work(document)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return spoil
