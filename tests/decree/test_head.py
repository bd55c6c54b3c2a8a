"""The first page is the decree's: rules of the right length, number and date, addressees, subject of a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from pipeline.decree.metrics import text_width
from pipeline.decree.paper import PORTRAIT, Paper

Open = Callable[[Paper], Any]


def drawn(paragraph: Any, room: float) -> float:
    """The length of a rule in the Word file: what the indents leave of its room, in millimetres."""
    assert paragraph._p.pPr.find("{*}pBdr/{*}top") is not None
    return room - paragraph.paragraph_format.left_indent.mm - paragraph.paragraph_format.right_indent.mm


def test_pdf_rules_have_the_right_length(files: Any) -> None:
    """Below the motto as long as its text, below agency and subject a third to a half of it."""
    motto, agency, subject = files.rules()
    texts = [
        files.line(text) for text in ("Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN XÃ MẪU", "Kết quả tự đánh giá")
    ]
    whole = files.line("Kết quả tự đánh giá, chấm điểm năm 2024")

    assert motto[1] - motto[0] == pytest.approx(texts[0][2] - texts[0][0], abs=1)
    assert 1 / 3 <= (agency[1] - agency[0]) / (texts[1][2] - texts[1][0]) <= 1 / 2
    assert 1 / 3 <= (subject[1] - subject[0]) / (whole[2] - whole[0]) <= 1 / 2
    for rule, text in ((motto, texts[0]), (agency, texts[1]), (subject, whole)):
        assert sum(rule[:2]) == pytest.approx(text[0] + text[2], abs=1)
        assert 0 < text[1] - rule[2] < 4


def test_word_rules_have_the_right_length(files: Any) -> None:
    """The same in the Word file, where a rule is a border between indents."""
    agency, motto = files.paragraphs("Nét kẻ")
    [subject] = files.paragraphs("Nét kẻ trích yếu")
    name, title = files.paper.letterhead.body[0], files.paper.subject[0]

    assert drawn(motto, 0.58 * 165) == pytest.approx(text_width("Độc lập - Tự do - Hạnh phúc", 13, bold=True), abs=0.5)
    assert 1 / 3 <= drawn(agency, 0.42 * 165) / text_width(name, 12, bold=True) <= 1 / 2
    assert 1 / 3 <= drawn(subject, 165) / text_width(title, 14, bold=True) <= 1 / 2


def test_metrics_are_those_of_times() -> None:
    """The width of known letters of Times New Roman: a figure is half as wide as high, M of the bold face 0.944."""
    assert text_width("0", 10) == pytest.approx(5 * 25.4 / 72)
    assert text_width("M", 10, bold=True) == pytest.approx(9.44 * 25.4 / 72)
    assert text_width("中", 10) == pytest.approx(10 * 25.4 / 72)


def test_number_and_date_are_filled(files: Any) -> None:
    """Numbers, days below 10 and months 1 and 2 carry a leading zero, in both files."""
    [number], [day] = files.paragraphs("Số ký hiệu"), files.paragraphs("Địa danh ngày tháng")

    assert number.text == "Số: 05/BC-UBND"
    assert day.text == "Mẫu, ngày 05 tháng 02 năm 2025"
    assert "Số: 05/BC-UBND" in files.words()
    assert "Mẫu, ngày 05 tháng 02 năm 2025" in files.words()


def test_number_and_date_stay_blank(official_letter: Any) -> None:
    """Before the paper is issued there is room to write both by hand."""
    [number], [day] = official_letter.paragraphs("Số ký hiệu"), official_letter.paragraphs("Địa danh ngày tháng")
    left, _, right, _ = official_letter.line("/UBND-VP")
    label = official_letter.line("Số:")

    assert re.fullmatch(r"Số:\s{5,}/UBND-VP", number.text)
    assert re.fullmatch(r"Mẫu, ngày\s{5,}tháng\s{5,}năm 2025", day.text)
    assert left - label[2] > 6
    assert right > left


def test_letter_has_no_kind_and_its_subject_below_the_number(official_letter: Any) -> None:
    """“V/v …” in 12 points, centred, 6 points below the number; no name of a kind, no rule below a subject."""
    [about] = official_letter.paragraphs("Trích yếu công văn")
    number = official_letter.line("/UBND-VP")

    assert about.text.startswith("V/v đôn đốc")
    assert about.style.font.size.pt == 12
    assert about.style.paragraph_format.space_before.pt == 6
    assert about.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert official_letter.paragraphs("Tên loại") == []
    assert len(official_letter.rules()) == 2
    assert official_letter.line("V/v đôn đốc")[3] < number[1]


def test_one_addressee_stands_beside_the_label(files: Any) -> None:
    """In one line, centred."""
    [line] = files.paragraphs("Kính gửi")

    assert line.text == "Kính gửi: Sở Nội vụ tỉnh An Bình"
    assert "Kính gửi: Sở Nội vụ tỉnh An Bình" in files.words()


def test_several_addressees_stand_below_the_colon(official_letter: Any) -> None:
    """One a line with a dash below the colon, lines ending “;” and the last “.”."""
    [label] = official_letter.paragraphs("Kính gửi nhiều nơi")
    names = official_letter.paragraphs("Nơi gửi")
    colon = official_letter.line("Kính gửi:")[2]
    dashes = [found.paragraph_format for found in names]

    assert label.text == "Kính gửi:"
    assert [name.text[-1] for name in names] == [";", "."]
    assert all(name.text.startswith("- ") for name in names)
    for text in ("Văn phòng Hội đồng", "Công chức Tài chính"):
        dash = official_letter.line(f"- {text}")
        assert dash[0] == pytest.approx(colon, abs=1.5)
    for dash in dashes:
        start = dash.left_indent.mm + dash.first_line_indent.mm
        assert start == pytest.approx(30 + text_width("Kính gửi", 14), abs=0.2)


def test_a_long_addressee_hangs_beside_the_label(make: Callable[..., Paper], opened: Open) -> None:
    """What does not fit in the label's line goes on below the name, not below the label."""
    name = (
        "Ủy ban nhân dân thành phố An Bình (qua Sở Nội vụ thành phố An Bình) và các cơ quan có liên quan của thành phố"
    )
    files = opened(make(to=(name,), annexed=0))
    [line] = files.paragraphs("Kính gửi dài")

    assert line.paragraph_format.left_indent.mm == pytest.approx(text_width("Kính gửi: ", 14), abs=0.2)
    assert line.paragraph_format.first_line_indent.mm == pytest.approx(-text_width("Kính gửi: ", 14), abs=0.2)
    assert files.line("thành phố")[0] > 30 + text_width("Kính gửi: ", 14) - 0.5


def test_long_names_take_balanced_lines(make: Callable[..., Paper], opened: Open) -> None:
    """A two-line agency and a long subject keep to their columns, and their rules follow the longest line."""
    files = opened(
        make(
            body="Ủy ban nhân dân thị trấn Mộc Châu",
            subject="Kết quả tự đánh giá, chấm điểm và xếp hạng Chỉ số cải cách hành chính năm 2024 của thị trấn",
            annexed=0,
        )
    )
    lines = files.paper.letterhead.body
    _, agency, _ = files.rules()
    widest = max(files.line(line)[2] - files.line(line)[0] for line in lines)

    assert lines == ("ỦY BAN NHÂN DÂN", "THỊ TRẤN MỘC CHÂU")
    assert 1 / 3 <= (agency[1] - agency[0]) / widest <= 1 / 2
    assert all(files.line(line)[2] < PORTRAIT.left + 0.42 * 165 for line in lines)
    assert len(files.paper.subject) == 2
