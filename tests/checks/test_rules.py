"""What the checks of a set leave alone: a set that uses everything, and every example of the reference page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.checks.check import Examined
from pipeline.checks.criteria import criteria
from pipeline.checks.rules import rules
from pipeline.model.criteria_set import CriteriaSet
from pipeline.workspace.load import Workspace
from pipeline.workspace.reader import Reader

EVERY_SHAPE = Path(__file__).parents[1] / "scoring" / "every_shape.yml"


def found(text: str, root: Path) -> set[tuple[str, str]]:
    """Code and message of everything that is wrong with a set; missing labels do not count."""
    (root / "bo.yml").write_text(text, "utf-8")
    reader = Reader(root)
    located = reader.yaml("bo.yml", CriteriaSet)
    assert located is not None, reader.findings
    workspace = Workspace(root, 2024, None, located, None, None, (), frozenset(), (), None, {}, ())
    examined = Examined(workspace, None, date(2025, 1, 1), lambda _: None)
    findings = (*criteria(examined), *rules(examined))
    return {(finding.code, finding.message) for finding in findings if finding.code != "S210"}


def test_a_set_with_every_shape_is_sound(tmp_path: Path) -> None:
    """Five levels, bonus, deduction, dependencies and formulas, and nothing to complain about."""
    assert found(EVERY_SHAPE.read_text("utf-8"), tmp_path) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("tieu_chi: 2.9, diem_tu: '0,5'", "tieu_chi: 2.9, diem_tu: '2,5'", "S213"),
        ("so_lieu: a, la: tot", "so_lieu: a, la: xuat_sac", "S213"),
        ("tieu_chi: 3.3, da_cham", "tieu_chi: 3.30, da_cham", "S215"),
        ("diem_cua: 4.1", "diem_cua: 2.11", "S216"),
        ("tieu_chi: 1.1.1, diem_tu: 2", "tieu_chi: 2, diem_tu: 2", "S216"),
        ("khong: '-0,25'}", "khong: '-0,5'}", "S217"),
        ("bien: {a: so_nguyen, b: so_nguyen, c: so}", "bien: {a: so_nguyen, b: so_nguyen}", "S218"),
        ("ma: 5.2.2", "ma: 5.2.0", "S214"),
        ("nhom: thuong\n    diem_toi_da: 4", "nhom: thuong\n    diem_toi_da: 9", "S205"),
        ("tong_diem: 52,5", "tong_diem: 56,5", "S201"),
    ],
)
def test_one_slip_in_it_is_found(old: str, new: str, code: str, tmp_path: Path) -> None:
    """Each slip gives its own finding."""
    text = EVERY_SHAPE.read_text("utf-8")
    assert text.count(old) >= 1

    codes = {each for each, _ in found(text.replace(old, new, 1), tmp_path)}

    assert code in codes


@pytest.mark.parametrize(
    "codes",
    [("1", "2", "10"), ("I", "II", "III", "IV", "V", "IX", "X"), ("a", "b", "d", "đ", "e"), ("1", "2", "a", "b")],
)
@pytest.mark.parametrize("ordered", [True, False])
def test_codes_have_an_order(codes: tuple[str, ...], ordered: bool, tmp_path: Path) -> None:
    """Numbers by value, Roman numbers too, letters as in the alphabet; the other way round is noticed."""
    areas = "".join(
        f"  - {{ma: {code}, ten: Lĩnh vực, diem_toi_da: 1, cach_cham: {{loai: cham_tay}}}}\n"
        for code in (codes if ordered else reversed(codes))
    )
    head = "ma: bo\nten: Bộ\nban_hanh: Quyết định\nxep_loai: {theo: diem, bac: [{ten: Đạt, tu: 0}]}\n"
    codes_found = {code for code, _ in found(f"{head}tong_diem: {len(codes)}\nlinh_vuc:\n{areas}", tmp_path)}

    assert codes_found == (set() if ordered else {"S214"})
