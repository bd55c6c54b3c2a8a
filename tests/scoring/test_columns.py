"""The columns of an appraisal: what each holds, and that each is added up by the set's own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dossier import scores_of
from pipeline.model.appraisal import Appraisal
from pipeline.scoring import Appraised, Decision, Scores, State, appraised
from pipeline.workspace.load import Workspace, load

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"


def rescoring(workspace: Workspace) -> Callable[[Mapping[str, Decision]], Scores]:
    """Scores of a workspace with points decided on."""

    def rescore(decisions: Mapping[str, Decision]) -> Scores:
        scores = scores_of(workspace, decisions=decisions)
        assert scores is not None
        return scores

    return rescore


WORKSPACE = load(SOUND, 2024)
RESCORE = rescoring(WORKSPACE)


def table(*rounds: Mapping[str, Any]) -> Appraised:
    """The columns of the sound workspace after these rounds."""
    basis = {"ngay": "20/01/2025", "co_quan": "Sở Nội vụ"}
    told = {str(number): {**basis, **each} for number, each in enumerate(rounds, start=1)}
    return appraised(Appraisal.model_validate({"nam": "2024", "vong": told}), RESCORE)


def points(appraised_table: Appraised, code: str) -> list[str]:
    """A row's points in every column."""
    return [str(column.points(code)) for column in appraised_table.columns]


FIRST = {
    "ket_qua": {
        "1.1.3": {"diem": "0,5", "y_kien": "Thiếu", "can_giai_trinh": "có"},
        "1.5": {"diem": "0", "y_kien": "Chưa có"},
    },
    "giai_trinh": {"1.1.3": {"ngay": "25/01/2025", "noi_dung": "Đã có", "diem_de_nghi": "1"}},
}


def test_columns_stand_in_the_order_in_which_they_come_into_being() -> None:
    """Self-score, each appraisal with the explanations that follow it, and what stands at the end."""
    names = [column.name for column in table(FIRST, {}, {}).columns]

    assert names == ["tu_cham", "tham_dinh_1", "giai_trinh_1", "tham_dinh_2", "tham_dinh_3", "ket_qua"]


def test_a_round_that_gives_no_points_keeps_those_of_the_office_before_it() -> None:
    """An explanation alone changes nothing; what was never appraised keeps the self-score."""
    silent, agreeing = table(FIRST, {}), table(FIRST, {"ket_qua": {"1.1.3": {"diem": "1"}}})

    assert points(silent, "1.1.3") == ["1.00", "0.50", "1.00", "0.50", "0.50"]
    assert points(agreeing, "1.1.3") == ["1.00", "0.50", "1.00", "1.00", "1.00"]
    assert points(silent, "1.6") == ["1.00"] * 5
    assert "1.6" not in silent.final.given


def test_sums_and_bands_are_the_sets_own() -> None:
    """15,49 of 19 less half a point and one point: worked out by hand."""
    after = table(FIRST)

    assert points(after, "1") == ["6.75", "5.25", "5.75", "5.25"]
    assert [str(column.scores.total.points) for column in after.columns] == ["15.49", "13.99", "14.49", "13.99"]
    assert [column.scores.band.title for column in after.columns] == ["Tốt", "Khá", "Khá", "Khá"]
    assert str(after.total_change) == "-1.50"


def test_the_reason_is_the_remark_by_which_the_points_stand() -> None:
    """The latest remark up to the round that gave the points."""
    again = table(FIRST, {"ket_qua": {"1.5": {"diem": "0"}, "1.1.3": {"diem": "1", "y_kien": "Chấp nhận"}}})

    assert again.reason("1.5") == "Chưa có"
    assert again.reason("1.1.3") == "Chấp nhận"
    assert again.changed == ("1.5",)


def test_points_for_what_does_not_apply_bring_its_maximum_back() -> None:
    """The office finds that the criterion does apply: it counts again, above and below the line."""
    after = table({"ket_qua": {"1.3": {"diem": "0,5"}}})

    assert (str(after.own.scores.total.maximum), str(after.final.scores.total.maximum)) == ("19", "20")
    assert str(after.final.scores.total.points) == "15.99"


def test_survey_points_may_come_with_the_appraisal() -> None:
    """Where the office holds the survey itself, its points settle what was still awaited."""
    waiting = replace(WORKSPACE, survey=None)
    told = {"1": {"ngay": "20/01/2025", "co_quan": "Sở", "ket_qua": {"3.1": {"diem": "1,5"}, "3.2": {"diem": "2"}}}}
    after = appraised(Appraisal.model_validate({"nam": "2024", "vong": told}), rescoring(waiting))
    states = [leaf.state for leaf in after.own.scores.leaves if leaf.criterion.code in ("3.1", "3.2")]

    assert states == [State.AWAITING_SURVEY] * 2
    assert after.final.scores.total.missing == 0
    assert points(after, "3") == ["0.00", "3.50", "3.50"]


def test_points_are_rounded_as_the_set_says() -> None:
    """More decimals than the set knows are rounded half up, like those of a rule."""
    assert points(table({"ket_qua": {"1.1.3": {"diem": "0,1250"}}}), "1.1.3")[1] == "0.13"


LEAVES = [leaf.criterion.code for leaf in RESCORE({}).leaves]


@given(st.dictionaries(st.sampled_from(LEAVES), st.decimals(0, 1, places=2)))
def test_totals_are_the_sums_of_their_leaves(given_points: dict[str, Decimal]) -> None:
    """For any verdicts: each area is the sum of its leaves, the total that of the areas."""
    final = table({"ket_qua": {code: {"diem": f"{each:f}"} for code, each in given_points.items()}}).final

    for area in final.scores.areas:
        leaves = [leaf.criterion.code for leaf in area.leaves]
        expected = sum((given_points.get(code, final.points(code) or Decimal(0)) for code in leaves), Decimal(0))
        assert area.tally.points == expected
    assert final.scores.total.points == sum(area.tally.points for area in final.scores.areas)
