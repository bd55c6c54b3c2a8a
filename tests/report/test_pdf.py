"""The PDF is an archive file that a machine and a blind reader can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.dossier import Dossier


@pytest.fixture
def reader(files: tuple[Path, Path]) -> Any:
    """The PDF, opened."""
    from pypdf import PdfReader

    return PdfReader(files[1])


def test_claims_pdf_a_2a_and_pdf_ua(files: tuple[Path, Path]) -> None:
    """The metadata name part 2, conformance A, and PDF/UA-1."""
    import pikepdf

    with pikepdf.open(files[1]) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        assert metadata.get("pdfuaid:part") == "1"


def test_is_tagged_in_vietnamese_with_a_title(reader: Any, dossier: Dossier) -> None:
    """Tags, language and title are there for assistive software."""
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert dossier.settings.report.subject[1:] in reader.metadata.title


def test_fonts_are_embedded(reader: Any) -> None:
    """No reader needs a font of its own, and the text is set in the Times-like face."""
    names = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]).partition("+")[2])

    assert any(name.startswith("TeXGyreTermes-Bold") for name in names)
    assert any(name.startswith("TeXGyreTermes-Regular") for name in names)


def test_tables_repeat_their_header(reader: Any) -> None:
    """Every page of annex I but none of the text begins with the table's header."""
    landscape = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]

    assert len(landscape) > 2
    assert all("Cách tính điểm" in page.extract_text() for page in landscape)


def test_pages_count_per_part(reader: Any) -> None:
    """Body and annexes count from 1 each, and no first page shows its number."""
    labels = reader.page_labels
    starts = [index for index, label in enumerate(labels) if label == "1"]

    assert len(starts) == 3
    assert all(reader.pages[index + 1].extract_text().startswith("2") for index in starts)
    assert not any(reader.pages[index].extract_text().startswith(("1\n", str(index + 1))) for index in starts)


def test_bookmarks_follow_the_headings(reader: Any) -> None:
    """The outline lists five sections and two annexes."""
    top = [entry.title for entry in reader.outline if not isinstance(entry, list)]

    assert [title.split(".")[0] for title in top[:5]] == ["I", "II", "III", "IV", "V"]
    assert [title.rsplit(" BẢNG")[0].rsplit(" DANH")[0] for title in top[5:]] == ["Phụ lục I", "Phụ lục II"]


def test_undrawable_characters_become_boxes(
    changed: Callable[..., Dossier], tmp_path: Path, words: Callable[[Path], str]
) -> None:
    """A character that no font has costs that character, not the report."""
    from pipeline.report import write_report

    area = "docs/2022/1-chi-dao-dieu-hanh.md"
    marked = "## Kết quả đạt được\n\nTốt 😀 中文 \ue000 xong.\n"
    dossier = changed({area: ("## Kết quả đạt được\n", marked)})

    assert "Tốt□□□xong." in words(write_report(dossier, tmp_path)[1])


def test_no_group_row_ends_a_page(files: tuple[Path, Path], dossier: Dossier) -> None:
    """An area's or criterion's row stands on the page of the first row that it is about."""
    import pypdfium2

    groups = {row.code for area in dossier.scores.areas for row in area.rows if row.leaf is None}
    last = []
    for page in pypdfium2.PdfDocument(files[1]):
        if page.get_width() > page.get_height():
            column = page.get_textpage().get_text_bounded(left=85, right=126)
            last.append([line for line in column.split() if re.fullmatch(r"\d+(?:\.\d+)*", line)][-1])

    assert len(last) > 10
    assert groups.isdisjoint(last)
