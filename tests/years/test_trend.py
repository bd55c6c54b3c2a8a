"""Years beside each other: the same numbers as each year on its own, and words where they cannot be compared."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.locked import LockedYear
from pipeline.scoring import score
from pipeline.years.alike import alike
from pipeline.years.trend import Trend, this_year, trend

from .conftest import BEFORE, LOCKED, SET, YEAR, cchc, dossier_at, edit

AREAS = (
    "Công tác chỉ đạo, điều hành CCHC",
    "Xây dựng và tổ chức thực hiện VBQPPL",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy",
    "Xây dựng và nâng cao chất lượng đội ngũ CBCC",
    "Cải cách tài chính công",
    "Hiện đại hóa hành chính",
    "Tác động của CCHC",
)


def criteria(*areas: tuple[str, str]) -> CriteriaSet:
    """A set of areas, each worth ten points by hand."""
    leaves: list[dict[str, Any]] = [
        {"ma": code, "ten": title, "diem_toi_da": "10", "cach_cham": {"loai": "dieu_tra"}} for code, title in areas
    ]
    return CriteriaSet.model_validate(
        {
            "ma": "moi",
            "ten": "Bộ",
            "ban_hanh": "Quyết định",
            "tong_diem": str(10 * len(areas)),
            "diem_dieu_tra": str(10 * len(areas)),
            "xep_loai": {"theo": "ty_le", "bac": [{"ten": "A", "tu": "0"}]},
            "linh_vuc": leaves,
        }
    )


def year_of(year: int, *areas: tuple[str, str, str, str], code: str = "cu") -> LockedYear:
    """A year that was entered by hand: code, title, points, maximum of each area."""
    ended = {name: {"ten": title, "diem": points, "diem_toi_da": most} for name, title, points, most in areas}
    return LockedYear.model_validate({"nam": str(year), "nguon": "0" * 64, "bo_tieu_chi": code, "tieu_chi": ended})


def trend_of(history: list[LockedYear], *areas: tuple[str, str], points: str = "8") -> Trend:
    """The trend up to a year in which each area has so many of ten points."""
    now = criteria(*areas)
    scores = score(now, {}, {code: Decimal(points) for code, _ in areas}, year=YEAR)
    return trend(history, this_year(YEAR, now, scores, illustrative=False, locked=False), scores)


def cells(found: Trend) -> dict[str, list[str]]:
    """What stands in each row."""
    return {
        row.title: ["" if each is None else each.shown.replace("\xa0", " ") for each in row.amounts]
        for row in found.rows
    }


def test_every_number_is_that_of_its_own_year(two_years: Path) -> None:
    """The trend computes nothing anew."""
    found = dossier_at(two_years).trend

    assert [year.year for year in found.years] == [BEFORE, YEAR]
    assert cells(found)["Chỉ đạo, điều hành cải cách hành chính"] == ["61,11 %", "75,00 %"]
    assert [each and each.of_maximum for each in found.total.amounts] == ["13,93/19", "15,49/19"]
    assert [year.band for year in found.years] == ["Khá", "Tốt"]
    assert found.total.change_shown == "+8,21"
    assert found.same_set


def test_sets_that_differ_are_compared_by_percentage_and_that_is_said() -> None:
    """Ten of twenty and eight of ten: fifty and eighty percent."""
    found = trend_of([year_of(2023, ("1", "Chỉ đạo", "10", "20"))], ("1", "Chỉ đạo"))

    assert cells(found) == {"Chỉ đạo": ["50,00 %", "80,00 %"]}
    assert found.rows[0].change_shown == "+30,00"
    assert "không dùng chung một bộ tiêu chí (năm 2023: cu; năm 2024: moi)" in found.remarks[0]
    assert "không so điểm" in found.remarks[0]


def test_an_area_that_the_other_set_lacks_is_a_gap_in_words() -> None:
    """Both ways: what is new, and what is gone."""
    found = trend_of(
        [year_of(2023, ("1", "Chỉ đạo", "5", "10"), ("2", "Thể chế", "4", "10"))], ("1", "Chỉ đạo"), ("2", "Số")
    )

    assert cells(found) == {"Chỉ đạo": ["50,00 %", "80,00 %"], "Số": ["", "80,00 %"], "Thể chế": ["40,00 %", ""]}
    assert "Bộ tiêu chí năm 2023 không có lĩnh vực “Số”." in found.remarks
    assert "Bộ tiêu chí năm 2024 không có lĩnh vực “Thể chế”." in found.remarks
    assert [row.change_shown for row in found.rows] == ["+30,00", "", ""]


def test_an_area_is_known_by_code_and_title() -> None:
    """The same code with much the same title, or the very same title under another code."""
    before = year_of(
        2023,
        ("1", "Chỉ đạo điều hành CCHC", "5", "10"),
        ("2", "Cải cách tài chính công", "6", "10"),
        ("3", "Cải cách thủ tục hành chính", "7", "10"),
    )
    found = trend_of(
        [before],
        ("1", "Công tác chỉ đạo, điều hành cải cách hành chính"),
        ("2", "Cải cách thủ tục hành chính"),
        ("3", "Cải cách tổ chức bộ máy"),
    )

    assert list(cells(found).values()) == [
        ["50,00 %", "80,00 %"],
        ["70,00 %", "80,00 %"],
        ["", "80,00 %"],
        ["60,00 %", ""],
    ]


def test_areas_of_one_set_are_never_taken_for_each_other() -> None:
    """Whatever their codes, and though half their words are the same."""
    assert [(one, other) for one in AREAS for other in AREAS if one != other and alike(one, other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công tác chỉ đạo, điều hành CCHC", "Chỉ đạo, điều hành cải cách hành chính"),
        ("Cải cách tổ chức bộ máy", "Cải cách tổ chức bộ máy hành chính"),
        ("Hiện đại hóa hành chính", "Hiện đại hoá hành chính"),
        ("Cải cách TTHC", "Cải cách thủ tục hành chính"),
    ],
)
def test_titles_that_were_reworded_are_known(one: str, other: str) -> None:
    """Abbreviations, a word more, the other way to place a tone mark."""
    assert alike(one, other)


def test_every_area_of_every_year_stands_in_one_row() -> None:
    """Nothing is lost and nothing is counted twice, over sets of many years."""
    history = [
        year_of(2021 + index, *((str(number), AREAS[(number + index) % 8], "5", "10") for number in range(1, 7)))
        for index in range(3)
    ]
    found = trend_of(history, *((str(number), AREAS[number - 1]) for number in range(1, 9)))

    for index, year in enumerate([*history, None]):
        shown = [row.amounts[index] for row in found.rows if row.amounts[index] is not None]
        assert len(shown) == (len(year.criteria) if year else 8)


def test_a_provisional_year_is_marked(open_years: Path) -> None:
    """Its percentages may still rise."""
    (open_years / f"scores/{BEFORE}/survey.yml").unlink()
    cchc(open_years, "--year", str(BEFORE), "lock", "--yes", "--provisional")

    assert "Tạm tính, chưa chấm xong: 2023 (còn 2 tiêu chí)." in dossier_at(open_years).trend.remarks


def test_an_illustrative_year_is_marked_and_marks_what_shows_it(two_years: Path) -> None:
    """Invented results of one year beside real ones of another must not pass for real."""
    assert "minh_hoa: có" in (two_years / LOCKED).read_text("utf-8")
    dossier = dossier_at(two_years)

    assert "Số liệu minh họa, không phải kết quả chính thức: năm 2023, 2024." in dossier.trend.remarks
    real = replace(
        dossier,
        settings=dossier.settings.model_copy(update={"illustrative": False}),
        criteria_set=dossier.criteria_set.model_copy(update={"illustrative": False}),
        areas=(),
        evidence=(),
        survey=None,
    )
    assert real.illustrative
    assert not real.itself_illustrative
    assert not replace(real, history=()).illustrative


def test_bonus_has_points_and_no_percentage() -> None:
    """Nothing of nothing is not nought percent, and a bonus of nought is no criterion that does not apply."""
    ended = {"ten": "Thưởng", "diem": "0", "diem_toi_da": "0", "ngoai_toi_da": "có"}
    apart = {"ten": "Bỏ", "diem": "0", "diem_toi_da": "0"}
    year = LockedYear.model_validate({"nam": "2023", "nguon": "0" * 64, "tieu_chi": {"8": ended, "9": apart}})
    found = trend_of([year], ("1", "Chỉ đạo"))

    assert [cells(found)[title][0] for title in ("Thưởng", "Bỏ")] == ["0,00 điểm", "không áp dụng"]


def test_the_first_year_says_so(open_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to compare with, and nobody has to guess why."""
    assert cchc(open_years, "trend") == 0
    assert "Chưa có năm nào trước đó được khóa" in capsys.readouterr().out


def test_later_years_do_not_show_in_an_earlier_one(two_years: Path) -> None:
    """The trend of a year ends with that year."""
    cchc(two_years, "lock", "--yes")
    edit(two_years / "docs/index.md", (f"{YEAR}/1-", f"{BEFORE}/1-"))

    assert [year.year for year in dossier_at(two_years, BEFORE).trend.years] == [BEFORE]


def test_the_command_prints_what_json_holds(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for programs, the same numbers."""
    cchc(two_years, "trend", "--json")
    data = json.loads(capsys.readouterr().out)
    cchc(two_years, "trend")
    lines = capsys.readouterr().out.splitlines()

    assert [year["total"]["percent"] for year in data["years"]] == ["73.32", "81.53"]
    assert data["areas"][0]["change"] == "13.89"
    total = next(line for line in lines if line.startswith("Tổng cộng"))
    assert total.replace("\xa0%", "").split()[2:] == ["73,32", "81,53", "+8,21"]
    assert "61,11" in lines[1]
    assert "+13,89" in lines[1]


def test_a_set_with_a_new_code_shows_in_the_command(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set of the same areas under another code is compared area by area."""
    shutil.copy(two_years / SET, two_years / "scores/sets/xa-mau-2.yml")
    edit(two_years / "scores/sets/xa-mau-2.yml", ("ma: xa-mau", "ma: xa-mau-2"))
    edit(two_years / f"scores/{YEAR}/settings.yml", ("bo_tieu_chi: xa-mau", "bo_tieu_chi: xa-mau-2"))
    cchc(two_years, "trend")
    out = capsys.readouterr().out

    assert "năm 2023: xa-mau; năm 2024: xa-mau-2" in out
    assert "+13,89" in out
