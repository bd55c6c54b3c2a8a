"""What a change would give, and the cheapest way to a band."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet
from pipeline.scoring import Scores, score
from pipeline.scoring.whatif import ChangeError, Entries, Plan, changed, cheapest


def leaf(code: str, maximum: str, **more: Any) -> dict[str, Any]:
    """A leaf worth so many points for each item, up to its maximum."""
    rule = {"loai": "moi_don_vi", "so_lieu": "a", "diem": "1"}
    return {"ma": code, "ten": code, "diem_toi_da": maximum, "cach_cham": rule} | more


LEAVES = [
    leaf("1.1", "5"),
    leaf("1.2", "3"),
    leaf("1.3", "2", cong_suc="0,25"),
    leaf("1.4", "10", cach_cham={"loai": "dieu_tra"}),
]
SET = CriteriaSet.model_validate(
    {
        "ma": "bo",
        "ten": "Bộ",
        "ban_hanh": "Quyết định",
        "tong_diem": "20",
        "diem_dieu_tra": "10",
        "xep_loai": {"theo": "ty_le", "bac": [{"ten": "A", "tu": "90"}, {"ten": "B", "tu": "0"}]},
        "linh_vuc": [{"ma": "1", "ten": "Một", "diem_toi_da": "20", "tieu_chi": LEAVES}],
    }
)
NOTHING = {code: Entry.model_validate({"so_lieu": {"a": "0"}}) for code in ("1.1", "1.2", "1.3")}


def rescore(entries: Entries) -> Scores:
    """The year with the survey at its best."""
    return score(SET, entries, {"1.4": Decimal(10)}, year=2022)


def plan(goal: str, entries: Entries = NOTHING) -> Plan:
    """The cheapest way from these entries."""
    return cheapest(SET, entries, rescore(entries), Decimal(goal), rescore)


def test_a_changed_figure_is_scored_and_nothing_else_moves() -> None:
    """The entries that were given stay as they were."""
    after = changed(SET, NOTHING, ["1.1.a=4"])

    assert rescore(after).total.points - rescore(NOTHING).total.points == 4
    assert NOTHING["1.1"].figures == {"a": "0"}


def test_own_points_can_be_tried() -> None:
    """A code alone takes points, with a comma as people write them."""
    assert rescore(changed(SET, NOTHING, ["1.2=1,5"])).total.points == Decimal("11.50")


@pytest.mark.parametrize("change", ["1.1.b=1", "9.9=1", "1=1", "1.1.a=x", "1.1=6", "1.1", "1.4=3", "1.1.a="])
def test_what_cannot_be_tried_is_said(change: str) -> None:
    """Unknown codes and figures, unreadable values, points above the maximum, the survey."""
    with pytest.raises(ChangeError, match="“"):
        changed(SET, NOTHING, [change])


def test_the_fewest_improvements_reach_a_band() -> None:
    """75 % needs five points: one leaf of five, not two smaller ones."""
    assert [each.leaf.criterion.code for each in plan("75").improvements] == ["1.1"]


def test_effort_counts() -> None:
    """Two points for a quarter of the effort come before five for the whole of it."""
    assert [each.leaf.criterion.code for each in plan("60").improvements] == ["1.3"]


def test_an_unreachable_goal_is_said() -> None:
    """Everything is listed, and the plan admits that it is not enough."""
    found = plan("101")

    assert not found.reached
    assert len(found.improvements) == 3


def test_a_goal_already_reached_needs_nothing() -> None:
    """No work is proposed where none is needed."""
    assert (plan("50").reached, plan("50").improvements) == (True, ())
