"""What must hold for all figures: more is never less, nothing leaves its bounds, and leaves add up to the total."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet
from pipeline.rules.rule import LastYear, Remembered
from pipeline.scoring import Scores, score

STEPS = {"bac": [{"tu": "90", "diem": "2"}, {"tu": "50", "duoi": "90", "diem": "1"}, {"duoi": "50", "diem": "0"}]}
COUNTS = {"bac": [{"tu": "9", "diem": "2"}, {"tu": "3", "den": "8", "diem": "1"}, {"den": "2", "diem": "0"}]}
DAYS = {"bac": [{"den": "0", "diem": "2"}, {"tu": "1", "den": "9", "diem": "1"}, {"tu": "10", "diem": "0"}]}
RATIO = {"tu_so": "a", "mau_so": "b"}
BY_RATIO: list[dict[str, Any]] = [
    {"loai": "bac_ty_le", **RATIO, **STEPS},
    {"loai": "ty_le", **RATIO, "muc_tieu": "85", "san": "60"},
    {"loai": "ty_le", **RATIO},
    {"loai": "cong_thuc", "bien": {"a": "so_nguyen", "b": "so_nguyen"}, "cong_thuc": "nho_nhat(a / b × 3; toi_da)"},
    {"loai": "phu_thuoc", "khi": {"tieu_chi": "1.9", "da_cham": "có"}, "thi": {"loai": "ty_le", **RATIO},
     "neu_khong": {"loai": "bac_ty_le", **RATIO, **STEPS}},
]  # fmt: skip
UPWARD: list[dict[str, Any]] = [
    {"loai": "bac_so_luong", "so_lieu": "a", **COUNTS},
    {"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,3"},
    {"loai": "so_nam_truoc", "so_lieu": "a", "tang": "2", "bang": "1", "giam": "0", "nam_dau": "1"},
]
BEFORE = UPWARD[-1]
DOWNWARD: list[dict[str, Any]] = [
    {"loai": "tru_diem", "so_lieu": "a", "tru": "0,3", "tu": "2"},
    {"loai": "cong_thuc", "bien": {"a": "so_nguyen"}, "cong_thuc": "toi_da − a × 0,7"},
]
BY_DAY: list[dict[str, Any]] = [
    {"loai": "bac_ngay_tre", "ngay": "a", "han": "31/01", **DAYS},
    {"loai": "tru_ngay_tre", "ngay": "a", "han": "31/01", "tru": "0,3", "tu_ngay": "3"},
]
COUNT = st.integers(0, 30)


def leaf(code: str, rule: dict[str, Any], maximum: str = "2", minimum: str = "-0,5") -> dict[str, Any]:
    """A leaf between these bounds."""
    return {"ma": code, "ten": code, "diem_toi_da": maximum, "diem_toi_thieu": minimum, "cach_cham": rule}


def scored(
    leaves: list[dict[str, Any]], figures: dict[str, dict[str, str]], *, last: LastYear | None = None, **more: Any
) -> Scores:
    """A set of one area with these leaves, and its scores."""
    total = str(sum(Decimal(each["diem_toi_da"]) for each in leaves))
    criteria = CriteriaSet.model_validate(
        {
            "ma": "bo",
            "ten": "Bộ",
            "ban_hanh": "Quyết định",
            "tong_diem": total,
            "xep_loai": {"theo": "ty_le", "bac": [{"ten": "A", "tu": "0"}]},
            "linh_vuc": [{"ma": "1", "ten": "Một", "diem_toi_da": total, "tieu_chi": leaves}],
            **more,
        }
    )
    entries = {code: Entry.model_validate({"so_lieu": given}) for code, given in figures.items()}
    return score(criteria, entries, {}, year=2023, last_year=last)


def points(rule: dict[str, Any], figures: dict[str, str], last: LastYear | None = None) -> Decimal:
    """The points of one leaf of two points that may fall to −0,5, checked against its bounds."""
    found = scored([leaf("1.1", rule)], {"1.1": figures}, last=last).leaves[0].points
    assert found is not None
    assert Decimal("-0.5") <= found <= 2
    return found


@given(st.sampled_from(BY_RATIO), st.integers(1, 30), COUNT, COUNT)
def test_a_larger_part_never_gives_less(rule: dict[str, Any], whole: int, one: int, two: int) -> None:
    """Of the same whole."""
    low, high = sorted((min(one, whole), min(two, whole)))

    assert points(rule, {"a": str(low), "b": str(whole)}) <= points(rule, {"a": str(high), "b": str(whole)})


@given(st.sampled_from(UPWARD), COUNT, COUNT)
def test_more_never_gives_less(rule: dict[str, Any], one: int, two: int) -> None:
    """Where items gain points."""
    low, high = sorted((one, two))

    assert points(rule, {"a": str(low)}) <= points(rule, {"a": str(high)})


@given(COUNT, COUNT, COUNT)
def test_more_against_the_same_last_year_never_gives_less(before: int, one: int, two: int) -> None:
    """Whatever last year's figure was; and the better last year was, the less this year's figure gives."""
    low, high = sorted((one, two))
    less, more = (LastYear(2022, {"1.1": Remembered(None, {"a": str(each)})}) for each in (before, before + 1))

    assert points(BEFORE, {"a": str(low)}, less) <= points(BEFORE, {"a": str(high)}, less)
    assert points(BEFORE, {"a": str(high)}, more) <= points(BEFORE, {"a": str(high)}, less)


@given(st.sampled_from(DOWNWARD), COUNT, COUNT)
def test_more_faults_never_give_more(rule: dict[str, Any], one: int, two: int) -> None:
    """Where occurrences cost points."""
    low, high = sorted((one, two))

    assert points(rule, {"a": str(low)}) >= points(rule, {"a": str(high)})


@given(st.sampled_from(BY_DAY), st.integers(-20, 40), st.integers(-20, 40))
def test_later_never_gives_more(rule: dict[str, Any], one: int, two: int) -> None:
    """Where a date is held against a deadline."""
    early, late = (wording.day(date(2023, 1, 31) + timedelta(days)) for days in sorted((one, two)))

    assert points(rule, {"a": early}) >= points(rule, {"a": late})


@given(st.lists(st.booleans(), min_size=3, max_size=3), st.integers(0, 2))
def test_a_further_tick_never_gives_less(ticks: list[bool], at: int) -> None:
    """For ticks that add up and for conditions that must all hold."""
    more = [tick or index == at for index, tick in enumerate(ticks)]
    for rule in (
        {"loai": "cong_diem", "y": {"a": "0,5", "b": "1", "c": "0,5"}},
        {"loai": "du_dieu_kien", "dieu_kien": ["a", "b", "c"]},
    ):
        less, much = (
            {name: "có" if tick else "không" for name, tick in zip("abc", given, strict=True)}
            for given in (ticks, more)
        )

        assert points(rule, less) <= points(rule, much)


RATIOS = st.tuples(COUNT, st.integers(1, 30)).map(lambda two: {"a": str(min(two)), "b": str(max(*two, 1))})


@given(st.lists(st.tuples(st.sampled_from(BY_RATIO[:4]), RATIOS), min_size=1, max_size=6), st.booleans())
def test_what_derivations_say_adds_up_to_the_total(
    given_leaves: list[tuple[dict[str, Any], dict[str, str]]], with_deduction: bool
) -> None:
    """The points at the end of each leaf's derivation, added by hand, are the total; so they are for the area."""
    leaves = [leaf(f"1.{index}", rule) for index, (rule, _) in enumerate(given_leaves, start=1)]
    figures = {f"1.{index}": given_figures for index, (_, given_figures) in enumerate(given_leaves, start=1)}
    if with_deduction:
        rule = {"loai": "tru_diem", "so_lieu": "a", "tru": "0,5"}
        leaves.append(leaf("1.7", rule, "0", "khong_gioi_han") | {"nhom": "tru"})
        figures["1.7"] = {"a": "5"}
    scores = scored(leaves, figures)
    said = [re.findall(r"→ (−?[\d,]+) điểm$", each.derivation)[0] for each in scores.leaves]
    total = sum((Fraction(one.replace(",", ".").replace("−", "-")) for one in said), Fraction(0))

    assert total == Fraction(scores.total.points) == Fraction(scores.areas[0].tally.points)
    assert scores.total.derivation.endswith(f"→ {wording.points(scores.total.points)} điểm")


@given(COUNT, COUNT)
def test_totals_stay_where_the_set_keeps_them(gained: int, lost: int) -> None:
    """With every limit on, areas and total stay between nothing and their maximum, whatever bonus and deduction say."""
    leaves = [
        leaf("1.1", {"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,5"}, minimum="0"),
        leaf("1.2", {"loai": "moi_don_vi", "so_lieu": "a", "diem": "1"}, "0", "0")
        | {"nhom": "thuong", "diem_toi_da": "9"},
        leaf("1.3", {"loai": "tru_diem", "so_lieu": "a", "tru": "1"}, "0", "khong_gioi_han") | {"nhom": "tru"},
    ]
    figures = {"1.1": {"a": str(gained)}, "1.2": {"a": str(gained)}, "1.3": {"a": str(lost)}}
    limits = {"gioi_han": {"linh_vuc": "có", "tong": "có"}, "tong_diem": "2"}
    area = {"ma": "1", "ten": "Một", "diem_toi_da": "2", "tieu_chi": leaves}
    scores = scored(leaves, figures, **limits, linh_vuc=[area])

    assert 0 <= scores.areas[0].tally.points <= 2
    assert 0 <= scores.total.points <= 2
