"""Codes that Word counts itself are read as Word shows them, and said to be counted."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipeline.annex import read_annex

LEVELS = (("upperRoman", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3."), ("lowerLetter", "%4)"))
HEADINGS = ("STT", "Tiêu chí", "Điểm tối đa", "Cách chấm")

Row = tuple[int | None, str, str, str]
"""Level in the list or None, title, maximum, scoring."""

ROWS: tuple[Row, ...] = (
    (0, "CHỈ ĐẠO", "4", ""),
    (1, "Kế hoạch", "3", ""),
    (2, "Ban hành kế hoạch", "1", "Có: 1; không: 0"),
    (2, "Chất lượng kế hoạch", "2", "Đạt: 2; không đạt: 0"),
    (1, "Tuyên truyền", "1", "Có: 1; không: 0"),
    (0, "THỦ TỤC", "1", ""),
    (1, "Niêm yết", "1", "Có: 1; không: 0"),
)


def _pattern(start: int, *, legal: bool) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start if depth == 0 else 1}"/><w:numFmt w:val="{form}"/>'
        + ("<w:isLgl/>" if legal and depth in (1, 2) else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(LEVELS)
    )
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f'<w:abstractNum {names} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


@pytest.fixture
def numbered() -> Callable[..., bytes]:
    """Build a DOCX whose codes are automatic numbers, in their own column or before the titles."""

    def build(rows: Sequence[Row], *, column: bool = True, legal: bool = True, start: int = 1) -> bytes:
        import docx
        from docx.oxml import parse_xml

        document = docx.Document()
        numbering: Any = document.part.numbering_part.element
        numbering.insert(0, parse_xml(_pattern(start, legal=legal)))
        number = numbering.add_num(77).numId
        headings = HEADINGS if column else HEADINGS[1:]
        table = document.add_table(len(rows) + 1, len(headings))
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            cell.text = text
        for drawn, (level, *texts) in zip(table.rows[1:], rows, strict=True):
            for cell, text in zip(drawn.cells, ["", *texts] if column else texts, strict=True):
                cell.text = text
            if level is not None:
                properties = drawn.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = level
                properties.get_or_add_numId().val = number
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return build


def _codes(content: bytes) -> list[str]:
    import yaml

    def walk(criteria: list[dict[str, Any]]) -> list[str]:
        return [code for each in criteria for code in (str(each["ma"]), *walk(each.get("tieu_chi", [])))]

    # The base loader leaves 1.10 a text.
    return walk(yaml.load(read_annex("a.docx", content).text, yaml.BaseLoader)["linh_vuc"])


@pytest.mark.parametrize("legal", [True, False], ids=["1.1", "I.1"])
@pytest.mark.parametrize("column", [True, False], ids=["own column", "before the title"])
def test_levels_count_as_a_reader_sees_them(column: bool, legal: bool, numbered: Callable[..., bytes]) -> None:
    """Roman areas, dotted numbers below them; each level begins anew below the next one of its parent."""
    assert _codes(numbered(ROWS, column=column, legal=legal)) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]


def test_a_list_may_begin_later(numbered: Callable[..., bytes]) -> None:
    """A second annex that goes on counting at III is read with III."""
    assert _codes(numbered(ROWS[:3], start=3)) == ["3", "3.1", "3.1.1"]


def test_letters_below_a_criterion(numbered: Callable[..., bytes]) -> None:
    """A level of letters hangs below the criterion before it."""
    rows = (*ROWS[:2], (3, "Tin, bài", "1", "Có: 1; không: 0"), (3, "Hội nghị", "2", "Có: 2; không: 0"))

    assert _codes(numbered(rows)) == ["1", "1.1", "1.1.a", "1.1.b"]


def test_rows_without_a_number_are_steps(numbered: Callable[..., bytes]) -> None:
    """A row that Word does not count still belongs to the criterion above it."""
    rows = (
        *ROWS[:2],
        (2, "Mức độ hoàn thành", "3", ""),
        (None, "Từ 80% trở lên", "3", ""),
        (None, "Dưới 80%", "0", ""),
    )

    assert _codes(numbered(rows)) == ["1", "1.1", "1.1.1"]


def test_counted_codes_are_told_once(numbered: Callable[..., bytes]) -> None:
    """They are not in the text of the file, so a person is asked to compare; once a table, at its first row."""
    findings = [each for each in read_annex("a.docx", numbered(ROWS)).findings if each.code == "N807"]

    assert [finding.place.line for finding in findings] == [2]
    assert "7 dòng" in findings[0].message


def test_typed_codes_are_not_asked_about(word: Callable[..., bytes], printed: list[list[str]]) -> None:
    """The twin: a table whose codes are typed."""
    assert "N807" not in {finding.code for finding in read_annex("a.docx", word(printed)).findings}


def test_bullets_are_no_codes(numbered: Callable[..., bytes]) -> None:
    """A paragraph with a bullet has no number before it."""
    content = numbered(ROWS[:2])
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(content))
    numbering: Any = document.part.numbering_part.element
    for form in numbering.iter(qn("w:numFmt")):
        form.set(qn("w:val"), "bullet")
    stream = io.BytesIO()
    document.save(stream)

    assert read_annex("a.docx", stream.getvalue()).text == ""
