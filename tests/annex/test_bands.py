"""Bands in words become the set's bands, or are left to a person; they are never taken without saying so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.annex import Imported
from pipeline.annex.bands import read_bands

LADDERS = {
    "points": (
        ["Xuất sắc: Từ 90 điểm trở lên", "Tốt: từ 80 đến dưới 90 điểm", "Khá: từ 65 đến dưới 80", "Yếu: dưới 65 điểm"],
        "diem",
        {"Xuất sắc": "90", "Tốt": "80", "Khá": "65", "Yếu": "0"},
    ),
    "percent": (
        ["- Loại A (từ 90% trở lên);", "- Loại B (từ 75% đến dưới 90%);", "- Loại C (dưới 75%)."],
        "ty_le",
        {"A": "90", "B": "75", "C": "0"},
    ),
    "whole numbers": (
        ["a) Xếp loại tốt: 80 - 100 điểm", "b) Xếp loại khá: 65 - 79 điểm", "c) Xếp loại yếu: 0 - 64 điểm"],
        "diem",
        {"Tốt": "80", "Khá": "65", "Yếu": "0"},
    ),
}

NO_LADDERS = {
    "a hole": ["Tốt: từ 90 trở lên", "Khá: từ 65 đến dưới 80", "Yếu: dưới 65"],
    "overlap": ["Tốt: từ 80 trở lên", "Khá: từ 65 đến dưới 90", "Yếu: dưới 65"],
    "open at the bottom": ["Tốt: từ 80 trở lên", "Khá: từ 65 đến dưới 80"],
    "closed at the top": ["Tốt: từ 80 đến 95", "Khá: dưới 80"],
    "above, not from": ["Tốt: trên 80", "Khá: từ 0 đến 80"],
    "only one": ["Đạt: từ 50 trở lên"],
    "apart": ["Tốt: từ 80 trở lên", "Quy định khác", "Khá: dưới 80"],
}


@pytest.mark.parametrize("name", LADDERS)
def test_bands_in_words(name: str) -> None:
    """Titles and lower bounds, on the scale that the words name."""
    lines, scale, expected = LADDERS[name]
    found = read_bands(["Điều 5. Xếp loại", *lines, "Điều 6."])

    assert found is not None
    assert found.declared["theo"] == scale
    assert {band["ten"]: band["tu"] for band in found.declared["bac"]} == expected


@pytest.mark.parametrize("name", NO_LADDERS)
def test_what_is_no_whole_ladder_is_left_to_a_person(name: str) -> None:
    """Bands with holes or overlaps are not repaired."""
    assert read_bands(NO_LADDERS[name]) is None


@pytest.mark.parametrize("place", ["paragraphs", "a table"])
def test_bands_of_a_file_are_taken_and_told(
    place: str, read_docx: Callable[..., Imported], printed: list[list[str]]
) -> None:
    """Wherever they stand outside the criteria table; the finding repeats the words."""
    import yaml

    lines = LADDERS["points"][0]
    if place == "paragraphs":
        imported = read_docx(printed, preface=lines)
    else:
        imported = read_docx(
            printed, [["TT", "Xếp loại", "Mức"], *([str(at), *line.split(": ")] for at, line in enumerate(lines, 1))]
        )
    told = [finding for finding in imported.findings if finding.code == "N816"]
    bands: dict[str, Any] = yaml.safe_load(imported.text)["xep_loai"]

    assert len(told) == 1
    assert "Từ 90 điểm trở lên" in told[0].message
    assert [band["ten"] for band in bands["bac"]] == ["Xuất sắc", "Tốt", "Khá", "Yếu"]
    assert not any(finding.code == "N812" and "xếp loại" in finding.message for finding in imported.findings)


def test_a_scale_that_is_not_named_is_asked_about(read_docx: Callable[..., Imported], printed: list[list[str]]) -> None:
    """Bare numbers may be points or percent."""
    imported = read_docx(printed, preface=["Tốt: từ 80 trở lên", "Yếu: dưới 80"])

    assert any(each.code == "N816" and "không nói rõ" in each.message for each in imported.findings)
