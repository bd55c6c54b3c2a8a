"""Weaknesses from year to year: what is frozen of them, and what the next year's file has to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dossier import dossier_of
from pipeline.markup import read_markup
from pipeline.model.assessment import Followed
from pipeline.years.weaknesses import untold, weaknesses

from .conftest import AREA, LOCKED, codes, dossier_at, edit, examined

HEADING = "## Tồn tại, hạn chế và nguyên nhân\n\n"


def named(body: str) -> tuple[str, ...]:
    """The weaknesses of a section with this text."""
    return weaknesses(
        read_markup(f"## Kết quả đạt được\n\nTốt.\n\n{HEADING}{body}\n\n## Giải pháp khắc phục\n\nLàm ngay.", 1)
    )


def told(*contents: str) -> list[Followed]:
    """What this year's file says."""
    return [Followed.model_validate({"noi_dung": content, "ket_qua": "da_khac_phuc"}) for content in contents]


@pytest.mark.parametrize(
    ("body", "items"),
    [
        ("- Chậm kế hoạch.\n- Thiếu **ghế** chờ.", ("Chậm kế hoạch.", "Thiếu ghế chờ.")),
        ("Có hai tồn tại:\n\n1. Một.\n2. Hai\n   - vì thiếu người", ("Một.", "Hai vì thiếu người")),
        ("Bộ phận còn chật.\n\nNgười dân chờ lâu.", ("Bộ phận còn chật.", "Người dân chờ lâu.")),
        ("### Về tổ chức\n\nThiếu người.", ("Thiếu người.",)),
        ("Không có tồn tại, hạn chế nào đáng kể.", ()),
        ("Không.", ()),
        ("- Không có tồn tại", ()),
        ("Không có người trực vào thứ bảy.", ("Không có người trực vào thứ bảy.",)),
        ("", ()),
    ],
)
def test_weaknesses_are_the_items_of_the_section(body: str, items: tuple[str, ...]) -> None:
    """Lists first, paragraphs where there is none; “không có tồn tại” is none."""
    assert named(body) == items


def test_weaknesses_of_which_nothing_is_said_are_named() -> None:
    """By their words; a sentence that is put a little otherwise is the same weakness."""
    last = ["Kế hoạch ban hành chậm năm ngày do chờ hướng dẫn.", "Một báo cáo gửi muộn."]

    assert untold(last, told("Kế hoạch ban hành chậm 5 ngày do chờ hướng dẫn")) == ("Một báo cáo gửi muộn.",)
    assert untold(last, []) == tuple(last)


def test_a_weakness_may_be_worded_anew() -> None:
    """As many answers as weaknesses are enough: people put things in other words."""
    assert untold(["Một báo cáo gửi muộn."], told("Báo cáo quý không đúng hạn")) == ()


def test_silence_about_last_year_is_found(two_years: Path) -> None:
    """In the area file that has to answer; its twin, which does, has no finding."""
    assert codes(examined(two_years)) == []

    edit(
        two_years / AREA,
        ("  - noi_dung: Một báo cáo gửi muộn.\n    ket_qua: da_khac_phuc\n    tieu_chi: [1.2.2, 1.1.3]\n", ""),
    )

    (finding,) = examined(two_years).findings
    assert (finding.code, finding.place.path) == ("L108", AREA)
    assert "“Một báo cáo gửi muộn.”" in finding.message


def test_nothing_is_asked_without_a_locked_year(two_years: Path) -> None:
    """The first year has nothing to answer for."""
    (two_years / LOCKED).unlink()
    path = two_years / AREA
    text = path.read_text("utf-8")
    path.write_text(text.partition("ton_tai_nam_truoc")[0] + "tieu_chi:" + text.partition("\ntieu_chi:")[2], "utf-8")

    assert codes(examined(two_years)) == []


def test_points_of_both_years_stand_beside_the_answer(two_years: Path) -> None:
    """They come from the locked year and from the scores, not from the officer."""
    dossier = dossier_at(two_years)
    first, second = dossier.followed(dossier.areas[0])

    assert [(one.code, one.words, one.rose) for one in first.compared] == [("1.1.1", "0,50 → 0,50", False)]
    assert [(one.code, one.words, one.rose) for one in second.compared] == [
        ("1.2.2", "0,50 → 0,75", True),
        ("1.1.3", "0,00 → 1,00", True),
    ]


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ([("1.2.2: {ten: ", "1.2.8: {ten: ")], "năm 2023 không có tiêu chí này → 0,75"),
        (
            [('diem: "0,50", diem_toi_da: 1, ty_le: "50,00", so_lieu: {so_bao_cao_muon: 2}', "diem_toi_da: 0")],
            "năm 2023 không có điểm → 0,75",
        ),
        (
            [
                (
                    '"0,50", diem_toi_da: 1, ty_le: "50,00", so_lieu: {so_bao',
                    '"1,50", diem_toi_da: 3, ty_le: "50,00", so_lieu: {so_bao',
                )
            ],
            "50,00 % → 75,00 %",
        ),
    ],
)
def test_what_cannot_be_compared_by_points_is_said(two_years: Path, edits: list[tuple[str, str]], words: str) -> None:
    """Other criteria, criteria that did not apply, other maxima."""
    edit(two_years / LOCKED, *edits)
    dossier = dossier_of(replace(examined(two_years), findings=()))

    assert dossier is not None
    assert dossier.followed(dossier.areas[0])[1].compared[0].words.replace("\xa0", " ") == words


def test_mended_without_a_gain_is_found(two_years: Path) -> None:
    """Only where the points did not rise; a criterion at its maximum has nothing to gain."""
    edit(two_years / AREA, ("tieu_chi: [1.2.2, 1.1.3]", "tieu_chi: [1.1.1, 1.1.2, 1.2.2]"))

    (finding,) = examined(two_years).findings
    assert finding.code == "L111"
    assert "1.1.1: 0,50 → 0,50" in finding.message


def test_codes_may_stand_without_brackets(two_years: Path) -> None:
    """As evidence may."""
    edit(two_years / AREA, ("tieu_chi: [1.2.2, 1.1.3]", "tieu_chi: 1.2.2, 1.1.3"))

    assert codes(examined(two_years)) == []
