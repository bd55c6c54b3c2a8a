"""Each shape of rule at, just below and just above every step, with its derivation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from pipeline import wording
from pipeline.rules import SHAPES, AnyRule
from pipeline.rules.rule import FigureError, Figures, Scope, Source

RULE: TypeAdapter[Any] = TypeAdapter(AnyRule)

PERCENT = {
    "loai": "bac_ty_le",
    "tu_so": "a",
    "mau_so": "b",
    "bac": [{"tu": "100", "diem": "1"}, {"tu": "90", "duoi": "100", "diem": "0,5"}, {"duoi": "90", "diem": "0"}],
}
COUNT = {
    "loai": "bac_so_luong",
    "so_lieu": "a",
    "bac": [{"tu": "10", "diem": "1"}, {"tu": "1", "den": "9", "diem": "0,5"}, {"den": "0", "diem": "0"}],
}
LATE = {
    "loai": "bac_ngay_tre",
    "ngay": "a",
    "han": "31/01",
    "bac": [{"den": "0", "diem": "1"}, {"tu": "1", "den": "30", "diem": "0,5"}, {"tu": "31", "diem": "0"}],
}
LEVEL = {
    "loai": "muc_do",
    "so_lieu": "a",
    "muc": {"tot": {"ten": "Tốt", "diem": "1"}, "kha": {"ten": "Khá", "diem": "0,25"}},
}
RATE = {"loai": "ty_le", "tu_so": "a", "mau_so": "b", "muc_tieu": "85", "san": "60"}

CASES: list[tuple[dict[str, Any], dict[str, str], str, str]] = [
    (PERCENT, {"a": "120", "b": "120"}, "1", "120/120 = 100 % → bậc 100 %"),
    (PERCENT, {"a": "118", "b": "120"}, "0.5", "118/120 = 98,33 % → bậc từ 90 đến dưới 100 %"),
    (PERCENT, {"a": "99999", "b": "100000"}, "0.5", "99.999/100.000 = 100 % → bậc từ 90 đến dưới 100 %"),
    (PERCENT, {"a": "90", "b": "100"}, "0.5", "90/100 = 90 % → bậc từ 90 đến dưới 100 %"),
    (PERCENT, {"a": "899", "b": "1000"}, "0", "899/1.000 = 89,9 % → bậc dưới 90 %"),
    (PERCENT, {"a": "0", "b": "7"}, "0", "0/7 = 0 % → bậc dưới 90 %"),
    (COUNT, {"a": "0"}, "0", "0 → bậc 0"),
    (COUNT, {"a": "1"}, "0.5", "1 → bậc từ 1 đến 9"),
    (COUNT, {"a": "9"}, "0.5", "9 → bậc từ 1 đến 9"),
    (COUNT, {"a": "10"}, "1", "10 → bậc từ 10 trở lên"),
    (LATE, {"a": "31/01/2022"}, "1", "31/01/2022, hạn 31/01/2022: đúng hạn"),
    (LATE, {"a": "2022-02-01"}, "0.5", "01/02/2022, hạn 31/01/2022: chậm 1 ngày"),
    (LATE, {"a": "02/03/2022"}, "0.5", "02/03/2022, hạn 31/01/2022: chậm 30 ngày"),
    (LATE, {"a": "03/03/2022"}, "0", "03/03/2022, hạn 31/01/2022: chậm 31 ngày"),
    (LATE | {"nam_sau": "có"}, {"a": "03/03/2022"}, "1", "03/03/2022, hạn 31/01/2023: đúng hạn"),
    ({"loai": "co_khong", "so_lieu": "a"}, {"a": "có"}, "2", "có"),
    ({"loai": "co_khong", "so_lieu": "a"}, {"a": "no"}, "0", "không"),
    ({"loai": "co_khong", "so_lieu": "a", "co": "0,5", "khong": "2"}, {"a": "không"}, "2", "không"),
    ({"loai": "du_dieu_kien", "dieu_kien": ["a", "b"]}, {"a": "có", "b": "có"}, "2", "đạt 2/2 điều kiện"),
    ({"loai": "du_dieu_kien", "dieu_kien": ["a", "b"]}, {"a": "có", "b": "không"}, "0", "đạt 1/2 điều kiện"),
    (LEVEL, {"a": "kha"}, "0.25", "mức “Khá”"),
    (RATE, {"a": "85", "b": "100"}, "2", "85/100 = 85 % → đạt mức 85 % trở lên"),
    (RATE, {"a": "84", "b": "100"}, "168/85", "84/100 = 84 % → 84 % ÷ 85 % × 2"),
    (RATE, {"a": "60", "b": "100"}, "24/17", "60/100 = 60 % → 60 % ÷ 85 % × 2"),
    (RATE, {"a": "59", "b": "100"}, "0", "59/100 = 59 % → dưới mức sàn 60 %"),
    ({"loai": "cong_diem", "y": {"a": "0,25", "b": "0,5"}}, {"a": "có", "b": "có"}, "0.75", "đạt 2/2 ý: 0,25 + 0,5"),
    (
        {"loai": "cong_diem", "y": {"a": "0,25", "b": "0,5"}},
        {"a": "không", "b": "không"},
        "0",
        "đạt 0/2 ý: không đạt ý nào",
    ),
    ({"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,5"}, {"a": "3"}, "1.5", "3 × 0,5 = 1,5"),
    ({"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,5"}, {"a": "4"}, "2", "4 × 0,5 = 2"),
    ({"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,5"}, {"a": "5"}, "2", "5 × 0,5 = 2,5, tối đa 2"),
    ({"loai": "tru_diem", "so_lieu": "a", "tru": "0,75"}, {"a": "0"}, "2", "2 − 0 × 0,75"),
    ({"loai": "tru_diem", "so_lieu": "a", "tru": "0,75"}, {"a": "2"}, "0.5", "2 − 2 × 0,75"),
    ({"loai": "tru_diem", "so_lieu": "a", "tru": "0,75"}, {"a": "3"}, "0", "2 − 3 × 0,75, không dưới 0"),
]

BROKEN_LADDERS = [
    ([{"tu": "100", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S203"),
    ([{"tu": "90", "diem": "1"}], "S203"),
    ([{"den": "90", "diem": "1"}], "S203"),
    ([{"tu": "90", "diem": "1"}, {"den": "90", "diem": "0"}], "S204"),
    ([{"tren": "90", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S203"),
    ([{"tu": "80", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S204"),
    ([{"diem": "1"}, {"tu": "50", "diem": "0"}], "S204"),
]


def evaluate(declaration: dict[str, Any], texts: dict[str, str], maximum: str = "2") -> tuple[Fraction, str]:
    """Points and derivation for figures as an officer types them, in a leaf of two points in 2022."""
    rule = RULE.validate_python(declaration)
    values = {name: figure.read(texts[name]) for name, figure in rule.figures().items()}
    outcome = rule.evaluate(Figures(values), Scope(Decimal(maximum), 2022))
    return outcome.points, outcome.derivation.replace(wording.NARROW, " ")


@pytest.mark.parametrize(("declaration", "texts", "points", "derivation"), CASES)
def test_points_and_derivation(
    declaration: dict[str, Any], texts: dict[str, str], points: str, derivation: str
) -> None:
    """Figures at the edges of a rule give the points that the set declares, and say why."""
    got = evaluate(declaration, texts)

    assert got == (Fraction(points), derivation)


def test_every_figure_shape_has_cases() -> None:
    """A new shape cannot come without its boundary values."""
    tried = {declaration["loai"] for declaration, *_ in CASES}
    shapes = {get_args(shape.model_fields["kind"].annotation)[0] for shape in SHAPES if shape.source is Source.FIGURES}

    assert tried == shapes


@pytest.mark.parametrize(("declaration", "texts"), [(d, t) for d, t, *_ in CASES])
def test_points_are_within_reach(declaration: dict[str, Any], texts: dict[str, str]) -> None:
    """What a rule gives is among what it says it can give."""
    rule = RULE.validate_python(declaration)
    points, _ = evaluate(declaration, texts)

    assert rule.reach(Decimal(2)).contains(wording.round_half_up(points, 2), 2)


@pytest.mark.parametrize("ladder", [PERCENT, COUNT, LATE])
def test_sound_ladders_have_no_faults(ladder: dict[str, Any]) -> None:
    """Steps that cover everything once are not complained about."""
    assert list(RULE.validate_python(ladder).faults()) == []


@pytest.mark.parametrize(("steps", "code"), BROKEN_LADDERS)
def test_broken_ladders_are_found(steps: list[dict[str, str]], code: str) -> None:
    """A gap or an overlap, open or closed, is found, and nothing else."""
    faults = list(RULE.validate_python(PERCENT | {"bac": steps}).faults())

    assert {found for found, _ in faults} == {code}


def test_count_ladder_knows_whole_numbers() -> None:
    """`den: 9` and `tu: 10` touch for counts, but leave a gap for percentages."""
    steps = [{"tu": "10", "diem": "1"}, {"den": "9", "diem": "0"}]

    assert list(RULE.validate_python(COUNT | {"bac": steps}).faults()) == []
    assert [code for code, _ in RULE.validate_python(PERCENT | {"bac": steps}).faults()] == ["S203"]


@pytest.mark.parametrize(("part", "whole"), [("1", "0"), ("0", "0"), ("8", "7")])
def test_impossible_ratios_are_refused(part: str, whole: str) -> None:
    """No whole, or a part above it, is the officer's slip and never a number."""
    with pytest.raises(FigureError):
        evaluate(PERCENT, {"a": part, "b": whole})


def test_proportional_rounds_exact_thirds() -> None:
    """1/3 of 0,015 is exactly 0,005 and goes up, as it would not through a rounded ratio."""
    points, _ = evaluate({"loai": "ty_le", "tu_so": "a", "mau_so": "b"}, {"a": "1", "b": "3"}, "0.015")

    assert wording.round_half_up(points, 2) == Decimal("0.01")
