"""The reference page: whole, Vietnamese, and every example on it comes out as it says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.locked import LockedYear
from pipeline.model.supplied import SuppliedResults
from pipeline.rules import SHAPES
from pipeline.scoring import Scores, score
from pipeline.workspace.reference import Example, examples, reference_page
from pipeline.workspace.schema import SCHEMAS

EXAMPLES = examples()
CASES = [(example, case) for example in EXAMPLES for case in example.cases]


def criteria_of(example: Example) -> CriteriaSet:
    """The set around an example: one area unless it declares its own, its total and a single band."""
    data = example.data
    leaves = data.get("tieu_chi", [])
    most = str(sum(Decimal(leaf["diem_toi_da"].replace(",", ".")) for leaf in leaves))
    areas = data.get("linh_vuc") or [{"ma": "1", "ten": "Một", "diem_toi_da": most, "tieu_chi": leaves}]
    counted = [area["diem_toi_da"].replace(",", ".") for area in areas if "nhom" not in area]
    return CriteriaSet.model_validate(
        {
            "ma": "vi-du",
            "ten": "Ví dụ",
            "ban_hanh": "Ví dụ",
            "tong_diem": str(sum(map(Decimal, counted))),
            "xep_loai": {"theo": "diem", "bac": [{"ten": "Đạt", "tu": "0"}]},
            "linh_vuc": areas,
            **data.get("bo", {}),
        }
    )


def scored(example: Example, case: dict[str, Any]) -> Scores:
    """What the program makes of one case."""
    supplied = SuppliedResults.model_validate({"nam": "2024", "ket_qua": case.get("cung_cap", {})})
    locked = LockedYear.model_validate({"nam": "2023", "nguon": "0" * 64, "tieu_chi": case.get("nam_truoc", {})})
    return score(
        criteria_of(example),
        {code: Entry.model_validate(entry) for code, entry in case.get("nhap", {}).items()},
        {code: wording.read_decimal(points) for code, points in case.get("dieu_tra", {}).items()},
        year=2024,
        supplied=supplied.items,
        last_year=locked.remembered() if "nam_truoc" in case else None,
    )


@pytest.mark.parametrize(("example", "case"), CASES, ids=[example.name for example, _ in CASES])
def test_every_example_comes_out_as_the_page_says(example: Example, case: dict[str, Any]) -> None:
    """Points, maximum and derivation are what the officer reads on the page."""
    scores = scored(example, case)
    for code, expected in case["ket_qua"].items():
        row = scores.find(code)
        tally = scores.total if row is None else row.tally
        got = {"diem": tally.points, "toi_da": tally.maximum, "dien_giai": tally.derivation}
        for key, value in expected.items():
            shown = got[key].replace(wording.NARROW, " ") if key == "dien_giai" else got[key]

            assert shown == (value if key == "dien_giai" else wording.read_decimal(value)), (code, key)


def test_every_shape_has_an_example() -> None:
    """A new shape cannot come without one."""
    page = "\n".join(example.declaration for example in EXAMPLES)
    for shape in SHAPES:
        kind = get_args(shape.model_fields["kind"].annotation)[0]

        assert f"loai: {kind}" in page


def test_the_page_names_every_key_of_every_file_and_says_what_it_means() -> None:
    """Nothing about the format is left to guess: every row has a meaning."""
    page = reference_page()
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]

    assert all(title in page for _, title in SCHEMAS.values())
    assert [row[1] for row in rows if not row[3].strip()] == []


def test_the_page_carries_every_example() -> None:
    """Title, declaration and results of each."""
    page = reference_page()
    for example in EXAMPLES:
        assert f"### {example.title}" in page
        assert example.declaration in page
