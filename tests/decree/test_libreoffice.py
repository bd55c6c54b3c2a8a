"""LibreOffice opens the Word file as it is and lays it out as the PDF is laid out."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def both(files: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The sample as Typst drew it, and as LibreOffice draws its Word file."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "mau.docx").write_bytes(files.docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "mau.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    return files, replace(files, pdf=(Path(folder) / "mau.pdf").read_bytes())


def test_the_same_sheets(both: tuple[Any, Any]) -> None:
    """Text and annexes stand on sheets of the same direction in the same order, about as many."""
    turned = [[width > height for width, height in (page.get_size() for page in file.pages)] for file in both]

    assert [list(dict.fromkeys(sheets[:5])) for sheets in turned] == [[False, True], [False, True]]
    assert all(abs(turned[0].count(side) - turned[1].count(side)) <= 1 for side in (False, True))
    assert all(sheets[-1] is False for sheets in turned)


def test_page_numbers_begin_anew(both: tuple[Any, Any]) -> None:
    """The first sheet of the text and of each annex shows none, the next one shows 2."""
    for file in both:
        first = [file.words(page).split("\n")[0] for page in range(len(file.pages))]
        assert first.count("2") == 3
        assert "1" not in first


@pytest.mark.parametrize("text", ["NAM", "05/BC-UBND", "BÁO CÁO"])
def test_the_first_page_looks_alike(both: tuple[Any, Any], text: str) -> None:
    """The parts of the head stand within a few millimetres of each other."""
    drawn, converted = (file.line(text) for file in both)

    assert drawn[0] == pytest.approx(converted[0], abs=4)
    assert drawn[1] == pytest.approx(converted[1], abs=5)


def test_the_same_rules(both: tuple[Any, Any]) -> None:
    """The rules are as long and stand at the same place."""
    drawn, converted = (file.rules() for file in both)

    assert len(drawn) == len(converted) == 3
    for one, other in zip(drawn, converted, strict=True):
        assert one[0] == pytest.approx(other[0], abs=1)
        assert one[1] == pytest.approx(other[1], abs=1)
        assert one[2] == pytest.approx(other[2], abs=6)


def test_headers_of_tables_repeat(both: tuple[Any, Any]) -> None:
    """Every page with rows of a table has its header."""
    for file in both:
        pages = [file.words(page) for page in range(len(file.pages))]
        assert all("STT" in text for text in pages if "của bảng" in text)
