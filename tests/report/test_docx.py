"""The Word file opens as an office expects it: styles by name, sections, repeated headers, page numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.dossier import Dossier


@pytest.fixture(scope="module")
def document(files: tuple[Path, Path]) -> Any:
    """The Word file, opened."""
    import docx

    return docx.Document(str(files[0]))


def paragraph_with(document: Any, style: str) -> str:
    """The text of the first paragraph in a style, in tables too."""
    from docx.oxml.ns import qn

    identity = style.replace(" ", "")
    paragraphs = [paragraph for paragraph in document.element.body.iter(qn("w:p")) if paragraph.style == identity]
    return "".join(paragraphs[0].itertext(qn("w:t")))


def test_every_style_in_use_is_named(document: Any) -> None:
    """Each paragraph and table refers to a style that exists, and none to pandoc's own."""
    from docx.oxml.ns import qn

    used = {
        reference.get(qn("w:val"))
        for reference in document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    named = {style.style_id: style.name for style in document.styles}

    assert used <= set(named)
    assert not {"FirstParagraph", "BodyText", "Compact"} & used
    assert {named["Nộidung"], named["Căncứ"], named["Phụlục"]} == {"Nội dung", "Căn cứ", "Phụ lục"}


def test_headings_feed_the_navigation_pane(document: Any) -> None:
    """Sections are real headings of Word."""
    headings = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]

    assert [heading.text.split(".")[0] for heading in headings] == ["I", "II", "III", "IV", "V"]


def test_times_new_roman_everywhere(document: Any) -> None:
    """The default font is Times New Roman for every script, and no theme font or run overrides it."""
    from docx.oxml.ns import qn

    fonts = list(document.styles.element.iter(qn("w:rFonts")))

    assert fonts
    assert all(set(font.attrib.values()) == {"Times New Roman"} for font in fonts)
    assert not list(document.element.body.iter(qn("w:rFonts")))


def test_sections_and_margins(document: Any) -> None:
    """Portrait, landscape for annex I, portrait; margins within the decree's limits; pages count from 1 in each."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn

    sections = list(document.sections)

    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in sections:
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_page_number_is_on_all_but_first_pages(document: Any) -> None:
    """The header carries the page number, the first page's header nothing; the annexes inherit both."""
    first, *others = document.sections

    assert "PAGE" in first.header.part.blob.decode()
    assert "PAGE" not in first.first_page_header.part.blob.decode()
    assert all(section.header.is_linked_to_previous for section in others)


def test_tables_repeat_headers_and_keep_rows(document: Any) -> None:
    """The header row of each table of ours repeats, and rows do not break over pages."""
    from docx.oxml.ns import qn

    tables = [table for table in document.tables if table.style.name == "Bảng số liệu"]

    assert len(tables) > 3
    for table in tables:
        header, *rows = table._tbl.tr_lst
        assert header.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_properties_are_the_dossiers(document: Any, dossier: Dossier) -> None:
    """Title, author and date come from the dossier, not from the machine."""
    core = document.core_properties

    assert dossier.settings.report.subject[1:] in core.title
    assert core.author == core.last_modified_by == dossier.settings.body.full_title
    assert core.language == "vi-VN"
    assert core.created.date() == core.modified.date() == dossier.date


def test_letterhead_and_signature(document: Any, dossier: Dossier) -> None:
    """The parts of the decree stand in their own styles, capitals where it asks for them."""
    signatory = dossier.settings.report.signatory

    assert paragraph_with(document, "Quốc hiệu") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert paragraph_with(document, "Tiêu ngữ") == "Độc lập - Tự do - Hạnh phúc"
    assert paragraph_with(document, "Cơ quan ban hành").isupper()
    assert paragraph_with(document, "Quyền hạn chức vụ").endswith(signatory.position.upper())
    assert paragraph_with(document, "Người ký") == signatory.name
    assert [p.text[-1] for p in document.paragraphs if p.style.name == "Căn cứ"] == [";", ";", ";", ";", "."]
