"""Small groups are told nowhere, and cannot be worked out from what is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.survey import FEWEST
from pipeline.survey.suppression import Told, given_away, hidden, merged

SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)
COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"dan": 60, "to-chuc": 20}, set()),
        ({"dan": 60, "to-chuc": 5}, set()),
        ({"dan": 60, "to-chuc": 4}, {"dan", "to-chuc"}),
        ({"dan": 60, "to-chuc": 20, "can-bo": 4}, {"to-chuc", "can-bo"}),
        ({"dan": 60, "to-chuc": 2, "can-bo": 3}, {"to-chuc", "can-bo"}),
        ({"dan": 60, "to-chuc": 1, "can-bo": 3}, {"dan", "to-chuc", "can-bo"}),
        ({"dan": 60, "to-chuc": 0, "can-bo": 9}, set()),
        ({"dan": 60, "to-chuc": 0, "can-bo": 1}, {"dan", "can-bo"}),
        ({"dan": 4}, {"dan"}),
        ({}, set()),
    ],
)
def test_what_is_hidden(sizes: dict[str, int], expected: set[str]) -> None:
    """The small groups, and with them the next smallest where the rest would give them away."""
    assert hidden(sizes) == expected


@given(SIZES)
def test_what_is_told_gives_no_small_group_away(sizes: dict[str, int]) -> None:
    """What is left of the whole is nothing, or at least two groups and five answers; or all there are."""
    kept = hidden(sizes)
    told = {name for name in sizes if sizes[name]} - kept
    rest = sum(sizes[name] for name in kept)

    assert all(sizes[name] >= FEWEST for name in told)
    assert not kept or not told or (len(kept) > 1 and rest >= FEWEST)


@given(COUNTS)
def test_no_level_is_told_with_one_to_four_answers(counts: list[int]) -> None:
    """Neighbours are told together; nothing is lost, and what was large enough alone stays so where it can."""
    told = merged([(f"m{at}", count) for at, count in enumerate(counts)])

    assert sum(count for _, count in told) == sum(counts)
    assert len(told) == 1 or all(count == 0 or count >= FEWEST for _, count in told)
    if all(count == 0 or count >= FEWEST for count in counts):
        assert told == [(f"m{at}", count) for at, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([9, 8, 7], [("a", 9), ("b", 8), ("c", 7)]),
        ([9, 8, 4], [("a", 9), ("b – c", 12)]),
        ([9, 0, 4], [("a", 9), ("b – c", 4)]),
        ([4, 8, 9], [("a – b", 12), ("c", 9)]),
        ([9, 3, 2], [("a", 9), ("b – c", 5)]),
    ],
)
def test_levels_that_few_chose(counts: list[int], expected: list[tuple[str, int]]) -> None:
    """A small level goes to its smaller neighbour, until what is told together is large enough."""
    if expected[-1][1] < FEWEST:
        expected = [("a – c", sum(counts))]

    assert merged(list(zip("abc", counts, strict=True))) == expected


GROUPS = {
    "cot": "Ông/Bà là",
    "cac_nhom": {"dan": {"ten": "Người dân"}, "to-chuc": {"ten": "Tổ chức"}, "can-bo": {"ten": "Cán bộ"}},
}


def test_a_small_group_is_counted_but_never_told(poll: Any) -> None:
    """Three officials are part of the whole; neither they nor the group next to them have a line of their own."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=GROUPS)
    people = ["Người dân"] * 30 + ["Tổ chức"] * 8 + ["Cán bộ"] * 3
    answers = [("Hài lòng", "")] * 38 + [("Rất không hài lòng", "")] * 3
    poll.keep(poll.csv(poll.form(*answers, group=people)))
    detail = poll.progress().workspace.survey.value.details["3.1"]

    assert detail.answers == 41
    assert [(group.title, group.answers, group.percent) for group in detail.groups] == [
        ("Người dân", 30, 80),
        ("Tổ chức", None, None),
        ("Cán bộ", None, None),
    ]
    assert [level.answers for level in detail.levels if level.answers] == [41]
    assert not [each for each in poll.progress().findings if each.code == "D338"]


def test_a_small_group_with_a_weight_is_left_out_altogether(poll: Any) -> None:
    """Three people with 40 % of the weight would show in the points, so there are none, or they do without."""
    groups = {
        "cot": "Ông/Bà là",
        "bo_nhom_thieu": "có",
        "cac_nhom": {"dan": {"ten": "Người dân", "trong_so": "60"}, "can-bo": {"ten": "Cán bộ", "trong_so": "40"}},
    }
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=groups)
    answers = [("Hài lòng", "")] * 30 + [("Rất không hài lòng", "")] * 3
    detail = poll.details(poll.csv(poll.form(*answers, group=["Người dân"] * 30 + ["Cán bộ"] * 3)))["3.1"]

    assert (detail.answers, detail.percent) == (30, 80)
    assert [group.answers for group in detail.groups] == [30, None]


def told(**published: str) -> list[Told]:
    """What is published, by criterion: the groups, each a letter, of one question."""
    return [
        Told(frozenset((code,)), frozenset(("hỏi", group) for group in groups)) for code, groups in published.items()
    ]


def people(**sizes: int) -> dict[tuple[str, str], frozenset[int]]:
    """So many people in each group, nobody in two."""
    starts = {group: 1000 * at for at, group in enumerate(sizes)}
    return {("hỏi", group): frozenset(range(starts[group], starts[group] + size)) for group, size in sizes.items()}


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ({"a": "xyz", "b": "xyz"}, None),
        ({"a": "xyz", "b": "xy"}, {"a", "b"}),
        ({"a": "xyz", "b": "yz"}, None),
        ({"a": "xyz", "b": "x", "c": "y"}, {"a", "b", "c"}),
        ({"a": "xyz", "b": "x"}, None),
        ({"a": "xy", "b": "yz"}, None),
    ],
)
def test_what_criteria_give_away_together(published: dict[str, str], expected: set[str] | None) -> None:
    """Three people of z follow from a whole without the others; with anybody else they do not."""
    found = given_away(told(**published), people(x=30, y=8, z=3))

    assert (set(found.about) if found else None) == expected


THREE = ["Người dân"] * 30 + ["Tổ chức"] * 8 + ["Cán bộ"] * 3
MANY = ["Người dân"] * 30 + ["Tổ chức"] * 8 + ["Cán bộ"] * 6
QUESTION = "Thái độ phục vụ của công chức"


def asked(poll: Any, *groups: str, question: str = QUESTION) -> None:
    """One criterion asks everybody, the other asks these groups."""
    criteria = {"3.1": poll.criterion(QUESTION), "3.2": poll.criterion(question, nhom=list(groups))}
    poll.declare(criteria, nhom_tra_loi=GROUPS)


def form(poll: Any, group: list[str], worst: int) -> bytes:
    """The last few are not satisfied, the others are."""
    answers = ["Hài lòng"] * (len(group) - worst) + ["Rất không hài lòng"] * worst
    content: bytes = poll.csv(poll.form(*((answer, answer) for answer in answers), group=group))
    return content


def test_two_criteria_do_not_give_a_small_group_away(poll: Any) -> None:
    """K114 where one asks everybody and the other everybody but three officials; nothing is written then."""
    asked(poll, "dan", "to-chuc")
    proposal = poll.propose(form(poll, THREE, 3))

    assert [(each.code, each.place.path) for each in proposal.findings] == [("K114", "scores/2024/survey-mapping.yml")]
    assert "Cán bộ" in proposal.findings[0].message
    assert proposal.refused


def test_another_question_gives_nobody_away(poll: Any) -> None:
    """The same groups are no part of each other when they were asked something else."""
    asked(poll, "dan", "to-chuc", question="Kết quả giải quyết")

    assert not poll.propose(form(poll, THREE, 3)).findings


def test_a_group_that_is_large_enough_may_follow(poll: Any) -> None:
    """Six officials may be told; how their answers spread may not, where fewer than five fell on a level."""
    asked(poll, "dan", "to-chuc")
    details = poll.details(form(poll, MANY, 2))

    assert details["3.1"].levels == ()
    assert details["3.2"].levels
    assert [group.answers for group in details["3.1"].groups] == [30, 8, 6]


def test_lines_of_groups_go_where_they_would_give_a_small_one_away(poll: Any) -> None:
    """Both criteria hide the officials; the line of a group in the one must not undo what the other hides."""
    asked(poll, "dan", "can-bo")
    details = poll.details(form(poll, THREE, 0))

    assert [group.answers for group in details["3.1"].groups] == [None, None, None]
    assert [group.answers for group in details["3.2"].groups] == [None, None]


def test_results_that_change_by_a_few_people_are_told(poll: Any) -> None:
    """K115: whoever kept the old results could subtract them."""
    poll.declare({"3.1": poll.criterion(QUESTION)})
    poll.keep(poll.csv(poll.form(*[("Hài lòng", "")] * 20)))

    assert "K115" in poll.codes(poll.csv(poll.form(*[("Hài lòng", "")] * 22)))
    assert "K115" not in poll.codes(poll.csv(poll.form(*[("Hài lòng", "")] * 25)))
