"""Sums, percentages and bands over a small set."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet
from pipeline.scoring import Scores, State, score


def leaf(code: str, maximum: str = "1", **more: Any) -> dict[str, Any]:
    """A yes-or-no leaf."""
    return {"ma": code, "ten": code, "diem_toi_da": maximum, "cach_cham": {"loai": "co_khong", "so_lieu": "a"}} | more


def third(code: str) -> dict[str, Any]:
    """A leaf worth one point in proportion to a rate."""
    return leaf(code, cach_cham={"loai": "ty_le", "tu_so": "a", "mau_so": "b"})


def criteria(*leaves: dict[str, Any], scale: str = "ty_le", level: str = "tieu_chi") -> CriteriaSet:
    """A set of one area with these leaves and three bands."""
    total = str(sum(Decimal(each["diem_toi_da"]) for each in leaves))
    area = {"ma": "1", "ten": "Một", "diem_toi_da": total, "tieu_chi": list(leaves)}
    bands = [{"ten": "A", "tu": "90"}, {"ten": "B", "tu": "50"}, {"ten": "C", "tu": "0"}]
    if scale == "diem":
        bands = [{"ten": "A", "tu": "3"}, {"ten": "B", "tu": "2"}, {"ten": "C", "tu": "0"}]
    return CriteriaSet.model_validate(
        {
            "ma": "bo",
            "ten": "Bộ",
            "ban_hanh": "Quyết định",
            "tong_diem": total,
            "lam_tron": {"cap": level, "chu_so": "2"},
            "xep_loai": {"theo": scale, "bac": bands},
            "linh_vuc": [area],
        }
    )


def scored(bo: CriteriaSet, entries: dict[str, dict[str, Any]], survey: dict[str, str] | None = None) -> Scores:
    """Scores for entries as an officer types them."""
    typed = {code: Entry.model_validate(entry) for code, entry in entries.items()}
    return score(bo, typed, {code: Decimal(value) for code, value in (survey or {}).items()}, year=2022)


YES, NO = {"so_lieu": {"a": "có"}}, {"so_lieu": {"a": "không"}}


def test_unscored_is_not_zero() -> None:
    """A leaf without an entry is counted as missing; the percentage of what is scored does not suffer."""
    scores = scored(criteria(leaf("1.1"), leaf("1.2")), {"1.1": YES})

    assert (scores.total.points, scores.total.missing) == (Decimal("1.00"), 1)
    assert (scores.total.ratio, scores.total.scored_ratio) == (Decimal("0.5"), 1)
    assert scores.provisional
    assert scores.band.title == "A"


def test_zero_is_scored() -> None:
    """A no is a score of zero and nothing is missing."""
    scores = scored(criteria(leaf("1.1")), {"1.1": NO})

    assert (scores.total.points, scores.total.missing, scores.band.title) == (Decimal("0.00"), 0, "C")


def test_own_points_stand_and_the_rule_stays_visible() -> None:
    """An officer's own score counts; what the rule gives is shown beside it."""
    scores = scored(criteria(leaf("1.1")), {"1.1": YES | {"diem_tu_cham": "0,75", "giai_trinh": "thận trọng"}})

    only = scores.leaves[0]
    assert (only.points, only.rule_points, only.overridden) == (Decimal("0.75"), Decimal("1.00"), True)
    assert only.derivation == "có → 1,00 điểm; đơn vị tự chấm 0,75 điểm"


@pytest.mark.parametrize(("treatment", "points", "maximum"), [("giam_toi_da", "1.00", "1"), ("du_diem", "3.00", "3")])
def test_not_applicable(treatment: str, points: str, maximum: str) -> None:
    """The set says whether the maximum falls or full points are given."""
    bo = criteria(leaf("1.1"), leaf("1.2", "2", khong_ap_dung=treatment))
    scores = scored(bo, {"1.1": YES, "1.2": {"khong_ap_dung": "không phát sinh"}})

    assert (scores.total.points, scores.total.maximum) == (Decimal(points), Decimal(maximum))
    assert scores.total.missing == 0
    assert scores.leaves[1].state is State.NOT_APPLICABLE


def test_survey_points_come_from_the_survey_alone() -> None:
    """Without a result the leaf waits; with one it counts."""
    bo = criteria(leaf("1.1", "4", cach_cham={"loai": "dieu_tra"}))

    assert scored(bo, {}).leaves[0].state is State.AWAITING_SURVEY
    assert scored(bo, {}, {"1.1": "3,25".replace(",", ".")}).total.points == Decimal("3.25")


@pytest.mark.parametrize(("level", "total"), [("tieu_chi", "0.99"), ("linh_vuc", "1.00"), ("tong", "1.00")])
def test_rounding_happens_where_the_set_says(level: str, total: str) -> None:
    """Three thirds are 0,99 when each is rounded and 1 when only the sum is."""
    bo = criteria(third("1.1"), third("1.2"), third("1.3"), level=level)
    entry = {"so_lieu": {"a": "1", "b": "3"}}

    assert scored(bo, {"1.1": entry, "1.2": entry, "1.3": entry}).total.points == Decimal(total)


def test_sum_of_leaves_is_the_total_at_every_level() -> None:
    """Rows of areas and criteria add up their own leaves."""
    bo = criteria(leaf("1.1"), leaf("1.2", "2"))
    scores = scored(bo, {"1.1": YES, "1.2": YES})

    assert scores.areas[0].tally.points == scores.total.points == sum(each.points or 0 for each in scores.leaves)


def test_bands_by_points_are_extrapolated_while_leaves_are_missing() -> None:
    """A provisional band reads the points that the scored share promises."""
    bo = criteria(leaf("1.1", "2"), leaf("1.2", "2"), scale="diem")

    assert scored(bo, {"1.1": YES}).band.title == "A"
    assert scored(bo, {"1.1": YES, "1.2": NO}).band.title == "B"
