"""Bonus, deduction, limits, late entries, missing surveys and dependencies, in whole sets worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet, Group
from pipeline.scoring import Scores, State, score
from pipeline.scoring.order import order_of

YES, NO = {"so_lieu": {"a": "có"}}, {"so_lieu": {"a": "không"}}
BY_HAND = {"loai": "cham_tay"}
YES_NO = {"loai": "co_khong", "so_lieu": "a"}
EACH = {"loai": "moi_don_vi", "so_lieu": "a", "diem": "1"}
OFF = {"loai": "tru_diem", "so_lieu": "a", "tru": "1"}


def node(code: str, maximum: str, what: Any, **more: Any) -> dict[str, Any]:
    """A leaf with this rule, or a branch with these children."""
    key = "cach_cham" if isinstance(what, dict) else "tieu_chi"
    return {"ma": code, "ten": code, "diem_toi_da": maximum, key: what} | more


def criteria(*areas: dict[str, Any], total: str = "10", **more: Any) -> CriteriaSet:
    """A set of these areas."""
    return CriteriaSet.model_validate(
        {
            "ma": "bo",
            "ten": "Bộ",
            "ban_hanh": "Quyết định",
            "tong_diem": total,
            "xep_loai": {"theo": "ty_le", "bac": [{"ten": "A", "tu": "90"}, {"ten": "B", "tu": "0"}]},
            "linh_vuc": list(areas),
            **more,
        }
    )


def scored(bo: CriteriaSet, survey: dict[str, str] | None = None, **entries: dict[str, Any]) -> Scores:
    """Scores; entries by code, with `_` for the dots."""
    typed = {code.lstrip("_").replace("_", "."): Entry.model_validate(entry) for code, entry in entries.items()}
    return score(bo, typed, {code: Decimal(value) for code, value in (survey or {}).items()}, year=2023)


BONUS = node("2", "3", [node("2.1", "2", EACH), node("2.2", "2", [node("2.2.1", "2", YES_NO)])], nhom="thuong")
AREA = node("1", "10", BY_HAND)


@pytest.mark.parametrize(
    ("items", "prize", "group", "total"),
    [("0", NO, "0.00", "9.00"), ("1", YES, "3.00", "12.00"), ("2", NO, "2.00", "11.00"), ("9", YES, "3.00", "12.00")],
)
def test_bonus_ends_at_the_cap_of_each_item_and_of_the_group(
    items: str, prize: dict[str, Any], group: str, total: str
) -> None:
    """Two points an item, three in all; the maximum of the set stays ten."""
    scores = scored(criteria(AREA, BONUS), _1={"diem_tu_cham": "9"}, _2_1={"so_lieu": {"a": items}}, _2_2_1=prize)

    assert (scores.areas[1].tally.points, scores.total.points) == (Decimal(group), Decimal(total))
    assert (scores.total.maximum, scores.areas[1].tally.maximum) == (10, 0)
    assert {row.group for row in scores.areas[1].rows} == {Group.BONUS}


def test_a_bonus_that_nobody_asks_for_is_none() -> None:
    """Nothing is missing; a deduction must be answered, also when there is nothing to take off."""
    scores = scored(criteria(AREA, BONUS), _1={"diem_tu_cham": "9"})
    taken = node("3", "0", [node("3.1", "0", OFF, diem_toi_thieu="-5")], nhom="tru", diem_toi_thieu="-5")

    assert (scores.total.missing, scores.total.points) == (0, Decimal("9.00"))
    assert scored(criteria(AREA, taken), _1={"diem_tu_cham": "9"}).total.missing == 1


@pytest.mark.parametrize(
    ("floor", "limits", "total", "said"),
    [
        ("khong_gioi_han", {}, "-5.00", "3,00 − 8,00 → −5,00 điểm"),
        ("-4", {}, "-1.00", "3,00 − 4,00 → −1,00 điểm"),
        ("khong_gioi_han", {"tong": "có"}, "0.00", "3,00 − 8,00, không dưới 0 → 0,00 điểm"),
    ],
)
def test_an_open_deduction_may_make_the_total_negative(
    floor: str, limits: dict[str, str], total: str, said: str
) -> None:
    """Unless the group has a floor or the set keeps its total."""
    taken = node("2", "0", [node("2.1", "0", OFF, diem_toi_thieu="khong_gioi_han")], nhom="tru", diem_toi_thieu=floor)
    bo = criteria(AREA, taken, gioi_han=limits)
    scores = scored(bo, _1={"diem_tu_cham": "3"}, _2_1={"so_lieu": {"a": "8"}})

    assert (scores.total.points, scores.total.derivation) == (Decimal(total), said)


def test_a_group_inside_an_area_adds_to_its_points_and_not_to_its_maximum() -> None:
    """The area may go above its maximum, or is kept there where the set says so."""
    area = node("1", "2", [node("1.1", "2", YES_NO), node("1.2", "1", YES_NO, nhom="thuong")])
    free = scored(criteria(area, total="2"), _1_1=YES, _1_2=YES)
    kept = scored(criteria(area, total="2", gioi_han={"linh_vuc": "có"}), _1_1=YES, _1_2=YES)

    assert (free.areas[0].tally.points, free.areas[0].tally.maximum) == (Decimal("3.00"), 2)
    assert kept.areas[0].tally.points == Decimal("2.00")
    assert kept.areas[0].tally.derivation == "2,00 + 1,00, tối đa 2 → 2,00 điểm"


@pytest.mark.parametrize(("kept", "points"), [("có", "2.00"), ("không", "3.00")])
def test_the_set_says_whether_leaves_are_kept_within_their_bounds(kept: str, points: str) -> None:
    """A formula may want to give more than the maximum."""
    rule = {"loai": "cong_thuc", "bien": {"a": "so_nguyen"}, "cong_thuc": "a"}
    bo = criteria(node("1", "2", rule), total="2", gioi_han={"tieu_chi": kept})

    assert scored(bo, _1={"so_lieu": {"a": "3"}}).total.points == Decimal(points)


@pytest.mark.parametrize(
    ("day", "points", "accepted"),
    [("19/12/2023", "1.00", True), ("20/12/2023", "1.00", True), ("21/12/2023", "0.00", False)],
)
def test_what_is_entered_after_the_last_day_does_not_count(day: str, points: str, accepted: bool) -> None:
    """On the day is in time; without a date nobody can tell, and it counts."""
    bo = criteria(node("1", "1", YES_NO), total="1", han_nhan={"ngay": "20/12"})
    scores = scored(bo, _1=YES | {"ngay_nhap": day})

    assert (scores.total.points, scores.leaves[0].accepted) == (Decimal(points), accepted)
    assert scored(bo, _1=YES).total.points == 1


def test_points_off_stay_off_however_late() -> None:
    """Otherwise it would pay to enter a deduction late."""
    taken = node("2", "0", [node("2.1", "0", OFF, diem_toi_thieu="-5")], nhom="tru", diem_toi_thieu="-5")
    bo = criteria(AREA, taken, han_nhan={"ngay": "05/01", "nam_sau": "có"})
    late = {"so_lieu": {"a": "2"}, "ngay_nhap": "06/01/2024"}

    assert scored(bo, _1={"diem_tu_cham": "10"}, _2_1=late).total.points == 8


def test_without_a_survey_the_rest_is_rescaled() -> None:
    """Six of eight are 7,5 of ten; bonus is added as it is; with one result of a survey nothing is rescaled."""
    area = node("1", "10", [node("1.1", "8", BY_HAND), node("1.2", "2", {"loai": "dieu_tra"})])
    bo = criteria(area, BONUS, diem_dieu_tra="2", vang_dieu_tra="quy_doi")
    entries = {"_1_1": {"diem_tu_cham": "6"}, "_2_1": {"so_lieu": {"a": "1"}}}
    absent, present = scored(bo, **entries), scored(bo, {"1.2": "1"}, **entries)

    assert (absent.total.points, absent.total.maximum, absent.provisional) == (Decimal("8.50"), 10, False)
    assert "6 × 10 ÷ 8, cộng thưởng và trừ 1 → 8,50 điểm" in absent.total.derivation
    assert (present.total.points, present.total.maximum) == (Decimal("8.00"), 10)


def test_without_the_option_the_survey_is_awaited() -> None:
    """The normal case: its points are still to come."""
    area = node("1", "10", [node("1.1", "8", BY_HAND), node("1.2", "2", {"loai": "dieu_tra"})])
    scores = scored(criteria(area, diem_dieu_tra="2"), _1_1={"diem_tu_cham": "6"})

    assert (scores.total.points, scores.provisional, scores.leaves[1].state) == (6, True, State.AWAITING_SURVEY)


def test_five_levels_add_up() -> None:
    """Codes with letters, leaves at every depth, a row a level."""
    deep = node("1.1.1.1.a", "1", YES_NO)
    middle = node(
        "1.1",
        "3",
        [node("1.1.1", "2", [node("1.1.1.1", "1", [deep]), node("1.1.1.2", "1", YES_NO)]), node("1.1.2", "1", YES_NO)],
    )
    scores = scored(criteria(node("1", "3", [middle]), total="3"), **{"1_1_1_1_a": YES, "1_1_1_2": NO, "1_1_2": YES})

    assert [(row.code, row.depth, wording.points(row.tally.points)) for row in scores.areas[0].rows] == [
        ("1", 0, "2,00"),
        ("1.1", 1, "2,00"),
        ("1.1.1", 2, "1,00"),
        ("1.1.1.1", 3, "1,00"),
        ("1.1.1.1.a", 4, "1,00"),
        ("1.1.1.2", 3, "0,00"),
        ("1.1.2", 2, "1,00"),
    ]


@pytest.mark.parametrize("total", ["99.55", "120"])
def test_totals_need_not_be_a_hundred(total: str) -> None:
    """The percentage is of what the set declares."""
    scores = scored(criteria(node("1", total, YES_NO), total=total), _1=YES)

    assert (scores.total.maximum, scores.total.ratio, scores.band.title) == (Decimal(total), 1, "A")


def depends(on: str, then: dict[str, Any] = YES_NO) -> dict[str, Any]:
    """Full points by one rule when another criterion has a point, half by the other."""
    return {
        "loai": "phu_thuoc",
        "khi": {"tieu_chi": on, "diem_tu": "1"},
        "thi": then,
        "neu_khong": YES_NO | {"co": "0,5"},
    }


def test_dependencies_are_scored_first_wherever_they_stand() -> None:
    """1.1 looks at 1.2, which looks at 1.3."""
    leaves = [node("1.1", "1", depends("1.2")), node("1.2", "1", depends("1.3")), node("1.3", "1", YES_NO)]
    bo = criteria(node("1", "3", leaves), total="3")

    assert order_of(bo).codes == ("1.3", "1.2", "1.1")
    assert scored(bo, _1_1=YES, _1_2=YES, _1_3=YES).total.points == 3
    assert scored(bo, _1_1=YES, _1_2=YES, _1_3=NO).total.points == 1


def test_cycles_are_told_and_leave_their_leaves_unscored() -> None:
    """Two criteria that wait for each other, one that waits for itself; the rest is scored."""
    leaves = [node("1.1", "1", depends("1.2")), node("1.2", "1", depends("1.1")), node("1.3", "1", depends("1.3"))]
    bo = criteria(node("1", "4", [*leaves, node("1.4", "1", YES_NO)]), total="4")
    scores = scored(bo, _1_1=YES, _1_2=YES, _1_3=YES, _1_4=YES)

    assert {frozenset(cycle) for cycle in order_of(bo).cycles} == {frozenset({"1.1", "1.2"}), frozenset({"1.3"})}
    assert [leaf.points for leaf in scores.leaves] == [None, None, None, 1]


def test_what_a_leaf_waits_for_is_named() -> None:
    """The officer learns what to score first."""
    leaves = [node("1.1", "1", YES_NO), node("1.2", "1", depends("1.1"))]
    leaf = scored(criteria(node("1", "2", leaves), total="2"), _1_2=YES).leaves[1]

    assert (leaf.state, leaf.awaits, leaf.derivation) == (State.MISSING, "1.1", "chờ tiêu chí 1.1 được chấm")
