"""Points follow from answers as declared: formulas at their boundaries, weights, minimum numbers, intervals."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.survey import FEWEST, IntervalMethod
from pipeline.model.survey_mapping import MappedCriterion, Scale, SurveyFormula, SurveyMapping
from pipeline.survey import Given, propose
from pipeline.survey.answers import Respondent
from pipeline.survey.measures import measure
from pipeline.survey.results import results_of
from pipeline.workspace.load import load
from pipeline.workspace.reference import survey_example

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"
GOOD, FAIR, BAD = "Rất hài lòng", "Hài lòng", "Không hài lòng"


def answers(**counts: int) -> list[tuple[str, str]]:
    """So many people who answer both questions alike."""
    labels = {"good": GOOD, "fair": FAIR, "bad": BAD, "blank": ""}
    return [(labels[name], labels[name]) for name, count in counts.items() for _ in range(count)]


STEPS = {"bac": [{"tu": "90", "diem": "2"}, {"tu": "70", "duoi": "90", "diem": "1"}, {"duoi": "70", "diem": "0"}]}
FORMULAS = [
    # formula, satisfied of 20, points of 2
    ({}, 20, "2"),
    ({}, 15, "1.5"),
    ({}, 1, "0.1"),
    ({}, 0, "0"),
    ({"muc_tieu": "85"}, 17, "2"),
    ({"muc_tieu": "85"}, 18, "2"),
    ({"muc_tieu": "85"}, 16, "1.88"),
    ({"san": "60"}, 12, "1.2"),
    ({"san": "60"}, 11, "0"),
    ({"muc_tieu": "90", "san": "50"}, 10, "1.11"),
    (
        STEPS,
        18,
        "2",
    ),
    (
        STEPS,
        17,
        "1",
    ),
    (
        STEPS,
        14,
        "1",
    ),
    (
        STEPS,
        13,
        "0",
    ),
]


@pytest.mark.parametrize(("formula", "satisfied", "points"), FORMULAS)
def test_a_share_of_satisfied_answers(poll: Any, formula: dict[str, Any], satisfied: int, points: str) -> None:
    """In proportion, with target and floor, or by steps: at each boundary, just above and just below."""
    question = "Kết quả giải quyết"
    poll.declare({"3.2": poll.criterion(question, by="ty_le_hai_long", cach_tinh=formula)})
    detail = poll.details(poll.csv(poll.form(*answers(fair=satisfied, bad=20 - satisfied))))["3.2"]

    assert detail.points == Decimal(points)
    assert detail.percent == satisfied * 5


def test_points_are_rounded_half_up_once(poll: Any) -> None:
    """(5 × 3 + 4 × 13) ÷ (16 × 5) × 2 = 1,675 gives 1,68, not the 1,67 of a binary fraction."""
    detail = poll.details(poll.csv(poll.form(*answers(good=3, fair=13))))["3.1"]

    assert detail.points == Decimal("1.68")
    assert detail.percent == Decimal("83.75")


def test_questions_have_weights(poll: Any) -> None:
    """(1 × 100 % + 3 × 40 %) ÷ 4 = 55 %."""
    poll.declare(
        {"3.1": poll.criterion("Thái độ phục vụ của công chức", {"cot": "Kết quả giải quyết", "trong_so": "3"})}
    )
    detail = poll.details(poll.csv(poll.form(*[(GOOD, BAD)] * 6)))["3.1"]

    assert (detail.percent, detail.points) == (55, Decimal("1.1"))


def test_a_question_counts_by_those_who_answered_it(poll: Any) -> None:
    """Two blanks in the second question leave its mean at 80 %, and everybody counts as a respondent."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức", "Kết quả giải quyết")})
    detail = poll.details(poll.csv(poll.form(*[(GOOD, FAIR)] * 4, (GOOD, ""), (GOOD, "Không biết"))))["3.1"]

    assert (detail.answers, detail.percent) == (6, 90)
    assert sum(level.answers for level in detail.levels) == 10


GROUPS = {
    "cot": "Ông/Bà là",
    "cac_nhom": {
        "dan": {"ten": "Người dân", "trong_so": "75"},
        "to-chuc": {"ten": "Tổ chức", "ghi": ["Doanh nghiệp"], "trong_so": "25"},
    },
}


UNWEIGHTED = {
    "cot": "Ông/Bà là",
    "cac_nhom": {"dan": {"ten": "Người dân"}, "to-chuc": {"ten": "Tổ chức", "ghi": ["Doanh nghiệp"]}},
}


def grouped(poll: Any, citizens: list[tuple[str, str]], others: list[tuple[str, str]]) -> Any:
    """Citizens and businesses in one file, told apart by a column."""
    return poll.form(*citizens, *others, group=["Người dân"] * len(citizens) + ["doanh  NGHIỆP"] * len(others))


def test_groups_have_weights(poll: Any) -> None:
    """75 × 100 % + 25 × 40 % = 85 %, however many answered of each."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=GROUPS)
    detail = poll.details(poll.csv(grouped(poll, answers(good=30), answers(bad=5))))["3.1"]

    assert detail.percent == 85
    assert [(group.title, group.answers, group.percent) for group in detail.groups] == [
        ("Người dân", 30, 100),
        ("Tổ chức", 5, 40),
    ]


def test_groups_without_weights_only_divide_the_answers(poll: Any) -> None:
    """(30 × 100 % + 10 × 40 %) ÷ 40 = 85 %: each answer weighs the same."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=UNWEIGHTED)
    detail = poll.details(poll.csv(grouped(poll, answers(good=30), answers(bad=10))))["3.1"]

    assert (detail.answers, detail.percent) == (40, 85)


def test_the_option_names_the_group_of_a_file(poll: Any) -> None:
    """A file without a column of groups holds one group."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=GROUPS)
    files = poll.csv(poll.form(*answers(good=30))), poll.csv(poll.form(*answers(bad=5)))

    assert poll.details(*files, groups=["dan", "to-chuc"])["3.1"].percent == 85
    assert poll.codes(*files) == ["K108", "K108"]


def test_a_criterion_may_be_for_one_group(poll: Any) -> None:
    """What other groups answered to its questions does not count."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức", nhom=["to-chuc"])}, nhom_tra_loi=GROUPS)
    detail = poll.details(poll.csv(grouped(poll, answers(good=30), answers(bad=5))))["3.1"]

    assert (detail.answers, detail.percent, detail.groups) == (5, 40, ())


@pytest.mark.parametrize(
    ("needed", "people", "scored"), [(None, 4, False), (None, 5, True), ("8", 7, False), ("8", 8, True)]
)
def test_a_criterion_needs_enough_answers(poll: Any, needed: str | None, people: int, scored: bool) -> None:
    """Never under five; blanks and “không biết” are no answers."""
    more = {"toi_thieu": needed} if needed else {}
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức", **more)})
    proposal = poll.propose(poll.csv(poll.form(*answers(fair=people, blank=9), ("Không biết", ""))))

    assert ("3.1" in proposal.details) is scored
    assert ("K110" in [finding.code for finding in proposal.findings]) is not scored


@pytest.mark.parametrize(("leave_out", "percent"), [("không", None), ("có", Decimal(100))])
def test_a_group_that_is_too_small(poll: Any, leave_out: str, percent: Decimal | None) -> None:
    """The criterion waits, or does without the group, as declared; either way it is told."""
    groups = {**GROUPS, "bo_nhom_thieu": leave_out}
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=groups)
    proposal = poll.propose(poll.csv(grouped(poll, answers(good=30), answers(bad=4))))
    detail = proposal.details.get("3.1")

    assert "K110" in [finding.code for finding in proposal.findings]
    assert (detail and detail.percent) == percent
    assert (detail and detail.answers) == (percent and 30)


def test_the_points_of_a_criterion_that_has_too_few_answers_now_go(poll: Any) -> None:
    """Points that do not follow from the answers any more do not stay."""
    proposal = poll.keep(poll.csv(poll.form(*[(GOOD, "")] * 8)))
    survey = poll.progress().workspace.survey

    assert proposal.gone == ("3.2",)
    assert survey.value.points == {"3.1": Decimal(2)}


def test_the_example_of_the_reference_comes_out_as_it_says(poll: Any) -> None:
    """Mapping, answers and results are what the officer reads on the page."""
    example = survey_example()
    poll.mapping.write_text(example["anh_xa"], "utf-8")
    details = poll.details(example["phieu"].encode())

    for code, told in example["ket_qua"].items():
        assert details[code].points == Decimal(told["diem"].replace(",", "."))
        assert details[code].derivation.replace("\N{NO-BREAK SPACE}", " ") == told["dien_giai"]


def test_the_interval_of_a_mean_is_students(poll: Any) -> None:
    """Ten answers, 5 × 100 % and 5 × 80 %: 90 % ± 2,262157 × 10,5409 % ÷ √10."""
    detail = poll.details(poll.csv(poll.form(*answers(good=5, fair=5))))["3.1"]
    margin = 2.262157 * math.sqrt(10 * 0.1**2 / 9 / 10) * 100

    assert detail.interval.method is IntervalMethod.STUDENT
    assert float(detail.interval.low) == pytest.approx(90 - margin, abs=0.006)
    assert float(detail.interval.high) == pytest.approx(90 + margin, abs=0.006)


def test_the_interval_of_a_share_is_wilsons(poll: Any) -> None:
    """Eight of ten: Wilson (1927) by its own formula."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức", by="ty_le_hai_long")})
    detail = poll.details(poll.csv(poll.form(*answers(fair=8, bad=2))))["3.1"]
    p, n, z = 0.8, 10, 1.959964
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))

    assert detail.interval.method is IntervalMethod.WILSON
    assert float(detail.interval.low) == pytest.approx(100 * (centre - half), abs=0.006)
    assert float(detail.interval.high) == pytest.approx(100 * (centre + half), abs=0.006)


def test_one_voice_is_not_certainty(poll: Any) -> None:
    """Where all answer alike the interval still has a width: five people are five people."""
    interval = poll.details(poll.csv(poll.form(*answers(good=5))))["3.1"].interval

    assert interval.high == 100
    assert 50 < interval.low < 70


SCALES = st.sampled_from(["trung_binh", "ty_le_hai_long"])
LEVELS = st.integers(min_value=0, max_value=4)
PERSON = st.tuples(st.sampled_from(["dan", "to-chuc"]), st.dictionaries(st.integers(0, 1), LEVELS, max_size=2))
WEIGHTS = st.sampled_from([("", ""), ("75", "25"), ("0,3", "12")])
TARGETS = st.sampled_from(
    [{}, {"muc_tieu": "85", "san": "40"}, {"bac": ({"tu": "80", "diem": "2"}, {"duoi": "80", "diem": "0,5"})}]
)


def mapping_of(by: str, weights: tuple[str, str], formula: dict[str, Any]) -> SurveyMapping:
    """Two questions for one criterion, two groups."""
    levels = [{"ten": f"m{at}", "gia_tri": str(5 - at), "hai_long": "có" if at < 2 else "không"} for at in range(5)]
    groups = {
        name: {"ten": name, **({"trong_so": weight} if weight else {})}
        for name, weight in zip(("dan", "to-chuc"), weights, strict=True)
    }
    questions = ["a", {"cot": "b", "trong_so": "2"}]
    criterion = {"thang": "t", "cau_hoi": tuple(questions), "cach_tinh": {"theo": by, **formula}}
    return SurveyMapping.model_validate(
        {
            "nam": "2024",
            "nhom_tra_loi": {"cac_nhom": groups},
            "thang": {"t": {"muc": tuple(levels)}},
            "tieu_chi": {"3.1": criterion},
        }
    )


CRITERIA = load(SOUND, 2024).criteria_set


def people_of(drawn: list[tuple[str, dict[int, int]]]) -> list[Respondent]:
    """Respondents as they are read from rows."""
    return [Respondent(group, {("3.1", at): level for at, level in levels.items()}) for group, levels in drawn]


@settings(max_examples=300)
@given(st.lists(PERSON, min_size=5, max_size=60), SCALES, WEIGHTS, TARGETS, st.randoms(use_true_random=False))
def test_points_stay_in_bounds_and_the_order_of_rows_does_not_matter(
    drawn: list[tuple[str, dict[int, int]]], by: str, weights: tuple[str, str], formula: dict[str, Any], rng: Any
) -> None:
    """Within [0, maximum], within their interval, and the same for every permutation of the rows."""
    assert CRITERIA is not None
    mapping = mapping_of(by, weights, formula)
    shuffled = list(drawn)
    rng.shuffle(shuffled)
    where = load(SOUND, 2024).criteria_set
    assert where is not None
    results = results_of(people_of(drawn), mapping, CRITERIA.value, lambda _: where.place())

    assert results_of(people_of(shuffled), mapping, CRITERIA.value, lambda _: where.place()) == results
    for detail in results.details.values():
        assert 0 <= detail.points <= 2
        assert 0 <= detail.interval.low <= detail.percent <= detail.interval.high <= 100
        assert detail.answers >= FEWEST


@given(st.lists(st.dictionaries(st.integers(0, 1), LEVELS, min_size=1, max_size=2), min_size=1, max_size=40), SCALES)
def test_the_measure_agrees_with_a_naive_one(drawn: list[dict[int, int]], by: str) -> None:
    """A second evaluation, question by question, from the declaration alone."""
    mapping = mapping_of(by, ("", ""), {})
    weights, total, weight_of_all = {0: 1, 1: 2}, Fraction(0), 0
    for question, weight in weights.items():
        given_levels = [each[question] for each in drawn if question in each]
        if not given_levels:
            continue
        worth = [Fraction(5 - at, 5) if by == "trung_binh" else Fraction(at < 2) for at in given_levels]
        total += weight * sum(worth) / len(worth)
        weight_of_all += weight
    got = measure(mapping.criteria["3.1"], mapping.scales["t"], drawn)

    assert got.value == total / weight_of_all
    assert 0 <= got.low <= got.value <= got.high <= 1


@settings(max_examples=200)
@given(st.lists(LEVELS, min_size=5, max_size=30), st.data(), SCALES, TARGETS)
def test_a_better_answer_never_costs_points(
    levels: list[int], data: st.DataObject, by: str, formula: dict[str, Any]
) -> None:
    """Points are monotone in every answer."""
    mapping = mapping_of(by, ("", ""), formula)
    criterion, scale = mapping.criteria["3.1"], mapping.scales["t"]
    at = data.draw(st.integers(0, len(levels) - 1))
    better = [max(0, level - 1) if index == at else level for index, level in enumerate(levels)]

    assert scored(criterion, scale, better) >= scored(criterion, scale, levels)


def scored(criterion: MappedCriterion, scale: Scale, levels: list[int]) -> Fraction:
    """The points of 2 that these answers to the first question give."""
    value = measure(criterion, scale, [{0: level} for level in levels]).value
    return criterion.formula.points(value, Decimal(2))[0]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), TARGETS)
def test_the_formula_agrees_with_a_naive_one(parts: int, formula: dict[str, Any]) -> None:
    """Target, floor and steps, from their meaning."""
    ratio = Fraction(parts, 10_000)
    if "bac" in formula:
        expected = Fraction(2) if ratio >= Fraction(8, 10) else Fraction(1, 2)
    elif formula:
        expected = Fraction(0) if ratio < Fraction(4, 10) else min(ratio / Fraction(85, 100), Fraction(1)) * 2
    else:
        expected = ratio * 2

    assert SurveyFormula.model_validate({"theo": "trung_binh", **formula}).points(ratio, Decimal(2))[0] == expected


def test_nothing_is_read_twice_as_a_different_year(poll: Any) -> None:
    """The same files give the same bytes, and then there is nothing to write."""
    content = poll.csv(poll.form(*answers(good=7, fair=9)))
    first = poll.keep(content)
    again = propose(poll.progress(), [Given(poll.files[-1])])

    assert again.source.content == first.source.content == poll.results.read_bytes() == again.source.raw
