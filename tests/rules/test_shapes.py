"""Each shape of rule at, just below and just above every step, with its derivation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from pipeline import wording
from pipeline.rules import SHAPES, AnyRule
from pipeline.rules.rule import (
    AwaitedError,
    FigureError,
    Figures,
    LastYear,
    Remembered,
    Scope,
    Source,
    Standing,
)

RULE: TypeAdapter[Any] = TypeAdapter(AnyRule)

TWICE = {"loai": "tru_diem", "so_lieu": "a", "tru": "0,75", "tu": "3"}


def at(points: str | None, **answers: str) -> dict[str, Any]:
    """A scope in which criterion 1.1 stands at these points."""
    standing = Standing(None if points is None else Decimal(points), points is not None, settled=True, answers=answers)
    return {"others": {"1.1": standing}}


def last(points: str | None = None, **figures: str) -> dict[str, Any]:
    """A scope in which last year's leaf and criterion 1.1 ended so."""
    remembered = Remembered(None if points is None else Decimal(points), figures)
    return {"last_year": LastYear(2021, {"1.2": remembered, "1.1": remembered})}


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
FORMULA = {
    "loai": "cong_thuc",
    "bien": {"a": "so_nguyen", "b": "so_nguyen", "c": "so", "d": "co_khong"},
    "cong_thuc": "a / (a + b) * toi_da + neu(d; c; 0)",
}
CHOICE = {
    "loai": "cong_thuc",
    "bien": {"a": "so_nguyen", "b": "so_nguyen"},
    "chon": "cach",
    "phuong_an": {
        "mot": {"ten": "Một", "cong_thuc": "nho_nhat(a × 0,5; toi_da)"},
        "hai": {"ten": "Hai", "cong_thuc": "lon_nhat(toi_da − b × 25%; 0)"},
    },
}
FORMULA_FIGURES = {"a": "1", "b": "3", "c": "0,25", "d": "có"}
LATE_DAYS = {"loai": "tru_ngay_tre", "ngay": "a", "han": "31/01", "tru": "0,5", "tu_ngay": "3"}
DEPENDENT = {
    "loai": "phu_thuoc",
    "khi": {"tieu_chi": "1.1", "diem_tu": "1"},
    "thi": COUNT,
    "neu_khong": {"loai": "co_khong", "so_lieu": "x", "co": "0,25"},
}
ANSWERED = DEPENDENT | {"khi": {"tieu_chi": "1.1", "so_lieu": "k", "la": "có"}}
WHETHER = DEPENDENT | {"khi": {"tieu_chi": "1.1", "da_cham": "không"}}
BEFORE = {"loai": "so_nam_truoc", "so_lieu": "a", "tang": "1", "bang": "0,5", "giam": "0,25", "nam_dau": "0,75"}
BEFORE_RATE = {"loai": "so_nam_truoc", "tu_so": "a", "mau_so": "b", "tang": "1", "nam_dau": "0,5"}
BEFORE_POINTS = {"loai": "so_nam_truoc", "diem_cua": "1.1", "tang": "2", "nam_dau": "1"}

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
    (TWICE, {"a": "2"}, "2", "2 trường hợp, tính từ trường hợp thứ 3: 2 − 0 × 0,75"),
    (TWICE, {"a": "3"}, "1.25", "3 trường hợp, tính từ trường hợp thứ 3: 2 − 1 × 0,75"),
    ({"loai": "co_khong", "so_lieu": "a", "khong": "-0,25"}, {"a": "không"}, "-0.25", "không"),
    (
        {"loai": "cong_diem", "y": {"a": "0,5", "b": "-0,25"}},
        {"a": "có", "b": "có"},
        "0.25",
        "đạt 2/2 ý: 0,5 − 0,25",
    ),
    (LATE_DAYS, {"a": "30/01/2022"}, "2", "30/01/2022, hạn 31/01/2022: đúng hạn → 2 − 0 × 0,5"),
    (LATE_DAYS, {"a": "02/02/2022"}, "2", "02/02/2022, hạn 31/01/2022: chậm 2 ngày, tính từ ngày thứ 3 → 2 − 0 × 0,5"),
    (
        LATE_DAYS,
        {"a": "03/02/2022"},
        "1.5",
        "03/02/2022, hạn 31/01/2022: chậm 3 ngày, tính từ ngày thứ 3 → 2 − 1 × 0,5",
    ),
    (LATE_DAYS, {"a": "06/02/2022"}, "0", "06/02/2022, hạn 31/01/2022: chậm 6 ngày, tính từ ngày thứ 3 → 2 − 4 × 0,5"),
    (
        LATE_DAYS,
        {"a": "07/02/2022"},
        "0",
        "07/02/2022, hạn 31/01/2022: chậm 7 ngày, tính từ ngày thứ 3 → 2 − 5 × 0,5, không dưới 0",
    ),
    (FORMULA, FORMULA_FIGURES, "0.75", "1 ÷ (1 + 3) × 2 + nếu(1; 0,25; 0) = 0,75"),
    (FORMULA, FORMULA_FIGURES | {"d": "không"}, "0.5", "1 ÷ (1 + 3) × 2 + nếu(0; 0,25; 0) = 0,5"),
    (FORMULA, FORMULA_FIGURES | {"b": "2", "c": "-1,5"}, "-5/6", "1 ÷ (1 + 2) × 2 + nếu(1; (−1,5); 0) = −0,8333"),
    (CHOICE, {"cach": "mot", "a": "3"}, "1.5", "“Một”: nhỏ nhất(3 × 0,5; 2) = 1,5"),
    (CHOICE, {"cach": "mot", "a": "5"}, "2", "“Một”: nhỏ nhất(5 × 0,5; 2) = 2"),
    (CHOICE, {"cach": "hai", "b": "1"}, "1.75", "“Hai”: lớn nhất(2 − 1 × 25%; 0) = 1,75"),
    (CHOICE, {"cach": "hai", "b": "9"}, "0", "“Hai”: lớn nhất(2 − 9 × 25%; 0) = 0"),
]

TOLD: list[tuple[dict[str, Any], dict[str, str], dict[str, Any], str, str]] = [
    (DEPENDENT, {"a": "10"}, at("1"), "1", "tiêu chí 1.1 đạt 1,00 điểm (đúng điều kiện) → 10 → bậc từ 10 trở lên"),
    (DEPENDENT, {"x": "có"}, at("0.99"), "0.25", "tiêu chí 1.1 đạt 0,99 điểm (không đúng điều kiện) → có"),
    (DEPENDENT, {"x": "có"}, at(None), "0.25", "tiêu chí 1.1 không áp dụng (không đúng điều kiện) → có"),
    (ANSWERED, {"a": "9"}, at("1", k="có"), "0.5", "tiêu chí 1.1 “k” là có (đúng điều kiện) → 9 → bậc từ 1 đến 9"),
    (ANSWERED, {"x": "không"}, at("1", k="không"), "0", "tiêu chí 1.1 “k” là không (không đúng điều kiện) → không"),
    (WHETHER, {"x": "có"}, at("1"), "0.25", "tiêu chí 1.1 đã chấm (không đúng điều kiện) → có"),
    (WHETHER, {"a": "0"}, {}, "0", "tiêu chí 1.1 chưa chấm hoặc không áp dụng (đúng điều kiện) → 0 → bậc 0"),
    (BEFORE, {"a": "10,5"}, last(a="10"), "1", "10,5, năm trước 10: tăng"),
    (BEFORE, {"a": "10"}, last(a="10,0"), "0.5", "10, năm trước 10: bằng"),
    (BEFORE, {"a": "9,99"}, last(a="10"), "0.25", "9,99, năm trước 10: giảm"),
    (BEFORE, {"a": "9"}, {}, "0.75", "9; kết quả khóa của năm 2021 không có (năm đầu)"),
    (BEFORE, {"a": "9"}, last(b="9"), "0.75", "9; kết quả khóa của năm 2021 không có mục này"),
    (BEFORE, {"a": "9"}, last(a="chín"), "0.75", "9; kết quả khóa của năm 2021 không có mục này"),
    (BEFORE_RATE, {"a": "2", "b": "3"}, last(a="66", b="100"), "1", "2/3 = 66,67 %, năm trước 66/100 = 66 %: tăng"),
    (BEFORE_RATE, {"a": "2", "b": "3"}, last(a="4", b="6"), "0", "2/3 = 66,67 %, năm trước 4/6 = 66,67 %: bằng"),
    (
        BEFORE_RATE,
        {"a": "2", "b": "3"},
        last(a="0", b="0"),
        "0.5",
        "2/3 = 66,67 %; kết quả khóa của năm 2021 không có mục này",
    ),
    (BEFORE_POINTS, {}, at("1") | last("0.5"), "2", "tiêu chí 1.1 đạt 1,00 điểm, năm trước 0,50 điểm: tăng"),
    (BEFORE_POINTS, {}, at("0.5") | last("0.5"), "0", "tiêu chí 1.1 đạt 0,50 điểm, năm trước 0,50 điểm: bằng"),
    (BEFORE_POINTS, {}, at("1"), "1", "tiêu chí 1.1 đạt 1,00 điểm; kết quả khóa của năm 2021 không có (năm đầu)"),
    (BEFORE_POINTS, {}, at(None) | last("1"), "1", "tiêu chí 1.1 không áp dụng, không so được với năm trước"),
]
"""With what the rule is told beside its own figures."""

BROKEN_LADDERS = [
    ([{"tu": "100", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S203"),
    ([{"tu": "90", "diem": "1"}], "S203"),
    ([{"den": "90", "diem": "1"}], "S203"),
    ([{"tu": "90", "diem": "1"}, {"den": "90", "diem": "0"}], "S204"),
    ([{"tren": "90", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S203"),
    ([{"tu": "80", "diem": "1"}, {"duoi": "90", "diem": "0"}], "S204"),
    ([{"diem": "1"}, {"tu": "50", "diem": "0"}], "S204"),
]


def evaluate(
    declaration: dict[str, Any], texts: dict[str, str], maximum: str = "2", **told: Any
) -> tuple[Fraction, str]:
    """Points and derivation for figures as an officer types them, in a leaf 1.2 of two points in 2022."""
    rule = RULE.validate_python(declaration)
    scope = Scope(Decimal(maximum), 2022, **({"code": "1.2"} | told))
    given = {name: figure.read(texts[name]) for name, figure in rule.figures().items() if name in texts}
    values = {name: given[name] for name in rule.needed(given, scope)}
    outcome = rule.evaluate(Figures(values), scope)
    return outcome.points, outcome.derivation.replace(wording.NARROW, " ")


@pytest.mark.parametrize(("declaration", "texts", "points", "derivation"), CASES)
def test_points_and_derivation(
    declaration: dict[str, Any], texts: dict[str, str], points: str, derivation: str
) -> None:
    """Figures at the edges of a rule give the points that the set declares, and say why."""
    got = evaluate(declaration, texts)

    assert got == (Fraction(points), derivation)


@pytest.mark.parametrize(("declaration", "texts", "told", "points", "derivation"), TOLD)
def test_points_and_derivation_with_others(
    declaration: dict[str, Any], texts: dict[str, str], told: dict[str, Any], points: str, derivation: str
) -> None:
    """Rules that look at another criterion or at last year say what they saw there."""
    got = evaluate(declaration, texts, **told)

    assert got == (Fraction(points), derivation)


@pytest.mark.parametrize("declaration", [DEPENDENT, ANSWERED, BEFORE_POINTS])
@pytest.mark.parametrize("others", [{}, {"1.1": Standing(None, scored=False, settled=False)}])
def test_what_is_not_scored_is_awaited(declaration: dict[str, Any], others: dict[str, Standing]) -> None:
    """Nothing is guessed about a criterion that has no points yet."""
    with pytest.raises(AwaitedError, match=r"^1\.1$"):
        evaluate(declaration, {"a": "1", "x": "có"}, others=others)


@pytest.mark.parametrize("minimum", ["-3", "-Infinity"])
def test_deductions_end_at_the_minimum_or_never(minimum: str) -> None:
    """Six times a point off nothing: −3 where the set says so, −6 where it knows no end."""
    rule = {"loai": "tru_diem", "so_lieu": "a", "tru": "1"}
    points, _ = evaluate(rule, {"a": "6"}, "0", minimum=Decimal(minimum))

    assert points == (-3 if minimum == "-3" else -6)


def test_a_formula_divided_by_zero_is_the_officers_slip() -> None:
    """The divisor is named, and so is the figure to look at."""
    with pytest.raises(FigureError, match="b") as caught:
        evaluate(
            CHOICE | {"phuong_an": {"mot": {"ten": "Một", "cong_thuc": "a / b"}}}, {"cach": "mot", "a": "1", "b": "0"}
        )

    assert caught.value.figure == "b"


def test_every_figure_shape_has_cases() -> None:
    """A new shape cannot come without its boundary values."""
    tried = {declaration["loai"] for declaration, *_ in (*CASES, *TOLD)}
    shapes = {get_args(shape.model_fields["kind"].annotation)[0] for shape in SHAPES if shape.source is Source.FIGURES}

    assert tried == shapes


@pytest.mark.parametrize(("declaration", "texts"), [(d, t) for d, t, *_ in CASES])
def test_points_are_within_reach(declaration: dict[str, Any], texts: dict[str, str]) -> None:
    """What a rule gives is among what it says it can give."""
    rule = RULE.validate_python(declaration)
    points, _ = evaluate(declaration, texts)
    minimum = Decimal(-1) if points < 0 else Decimal(0)

    assert rule.reach(Decimal(2), minimum).contains(wording.round_half_up(points, 2), 2)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (PERCENT | {"bac": [*PERCENT["bac"], {"tren": "100", "diem": "0"}]}, "S213"),
        (COUNT | {"bac": [*COUNT["bac"], {"tu": "-5", "den": "-1", "diem": "0"}]}, "S213"),
        (COUNT | {"bac": [*COUNT["bac"], {"tren": "9", "duoi": "10", "diem": "0"}]}, "S213"),
        (FORMULA | {"cong_thuc": "a / b + c + d + x"}, "S218"),
        (FORMULA | {"cong_thuc": "a / b + c"}, "S218"),
        (FORMULA | {"cong_thuc": "a / (2 − 2) + b + c + d"}, "S209"),
        (FORMULA | {"bien": {"a": "so", "b": "so", "c": "so", "d": "so", "toi_da": "so"}}, "S218"),
        (DEPENDENT | {"thi": {"loai": "dieu_tra"}}, "S209"),
        (DEPENDENT | {"neu_khong": {"loai": "co_khong", "so_lieu": "a"}}, "S209"),
        (DEPENDENT | {"thi": COUNT | {"bac": [{"tu": "1", "diem": "1"}]}}, "S203"),
        (BEFORE | {"nam_dau": "1,5"}, "S209"),
        (LATE_DAYS | {"tru": "0"}, "S209"),
        ({"loai": "cung_cap", "co_quan": "Sở", "theo": {"loai": "cham_tay"}}, "S209"),
    ],
)
def test_unsound_declarations_are_found(rule: dict[str, Any], code: str) -> None:
    """What can never be reached, means nothing or contradicts itself is said before anybody scores."""
    assert code in {found for found, _ in RULE.validate_python(rule).faults()}


@pytest.mark.parametrize("declaration", [FORMULA, CHOICE, LATE_DAYS, TWICE, DEPENDENT, ANSWERED, WHETHER, BEFORE])
def test_sound_declarations_have_no_faults(declaration: dict[str, Any]) -> None:
    """Nothing is complained about where nothing is wrong."""
    assert list(RULE.validate_python(declaration).faults()) == []


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
