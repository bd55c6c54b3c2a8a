"""Signature and recipients: every authority of the decree, and where the copy is filed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline import wording
from pipeline.decree.paper import Paper
from pipeline.decree.parts import recipients
from pipeline.decree.phrases import phrases
from pipeline.signing.block import find_blank

Open = Callable[[Paper], Any]


@pytest.mark.parametrize(
    "lines",
    [
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA – XÃ HỘI"),
        ("CHỦ TỊCH",),
    ],
    ids=lambda lines: lines[0].partition(".")[0] + str(len(lines)),
)
def test_authority_and_position_stand_line_by_line(
    make: Callable[..., Paper], opened: Open, lines: tuple[str, ...]
) -> None:
    """Capitals, one line each, above the blank; the name below it, all in the right half."""
    files = opened(make(signed=tuple(line.capitalize() for line in lines), annexed=0, rows=1))
    [block] = files.paragraphs("Quyền hạn chức vụ")
    page = next(number for number in range(len(files.pages)) if "Nguyễn Văn Mẫu" in files.words(number))
    heights = [files.line(line, page) for line in lines]
    name = files.line("Nguyễn Văn Mẫu", page)

    assert block.text.split("\n") == list(lines)
    assert block.style.font.bold
    assert block.style.font.size.pt == 14
    assert [line[1] for line in heights] == sorted((line[1] for line in heights), reverse=True)
    assert all(line[0] > 100 for line in (*heights, name))
    assert heights[-1][1] - name[3] > 25


def test_the_blank_for_the_signature_follows_the_lines(official_letter: Any) -> None:
    """The named place in the PDF lies between the last line of three and the name."""
    space = find_blank(official_letter.pdf)
    position = official_letter.line("PHÓ CHỦ TỊCH", space.page)
    name = official_letter.line("Nguyễn Văn Mẫu", space.page)

    assert name[3] - 2 < space.bottom * 25.4 / 72 < space.top * 25.4 / 72 < position[1] + 2


def test_recipients_end_with_the_registry(official_letter: Any) -> None:
    """“Lưu: VT” comes last wherever it was typed, and ends with a full stop."""
    [label] = official_letter.paragraphs("Nơi nhận")
    lines = official_letter.paragraphs("Danh sách nơi nhận")

    assert label.text == "Nơi nhận:"
    assert (label.style.font.size.pt, label.style.font.bold, label.style.font.italic) == (12, True, True)
    assert [line.text for line in lines] == ["- Như trên;", "- Lưu: VT."]
    assert {line.style.font.size.pt for line in lines} == {11}


def test_recipients_begin_at_the_margin(files: Any) -> None:
    """Label and dashes stand flush left, level with the authority."""
    page = next(number for number in range(len(files.pages)) if "Nơi nhận:" in files.words(number))
    label, authority = files.line("Nơi nhận:", page), files.line("TM. ỦY BAN NHÂN DÂN", page)

    assert label[0] == pytest.approx(30, abs=0.8)
    assert files.line("- Như trên;", page)[0] == pytest.approx(30, abs=0.8)
    assert label[3] == pytest.approx(authority[3], abs=2)


@pytest.mark.parametrize(
    ("line", "filed"), [("Lưu: VT", True), ("- Lưu VP", True), ("Lưu", True), ("Lãnh đạo xã", False)]
)
def test_filing_lines_are_recognised(line: str, filed: bool) -> None:
    """With and without colon and dash."""
    assert wording.is_filing(line) is filed


def test_other_recipients_keep_their_order() -> None:
    """Only the registry moves."""
    assert recipients(["B", "Lưu: VT", "A;"], phrases()).names == ("B;", "A;", "Lưu: VT.")


def test_a_long_list_of_recipients_breaks(make: Callable[..., Paper], opened: Open) -> None:
    """More recipients than a page holds go on to the next one; the signature stays beside the first."""
    files = opened(make(copies=(*(f"Đơn vị {each}" for each in range(90)), "Lưu: VT"), annexed=0))
    text = "\n".join(files.words(page) for page in range(len(files.pages)))

    assert all(f"- Đơn vị {each};" in text for each in range(90))
    assert "- Lưu: VT." in text
