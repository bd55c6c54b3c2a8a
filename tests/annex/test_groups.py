"""Bonus and deduction of an annex stand beside the maximum, and are told to be taken so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.annex import Imported
from pipeline.annex.deductions import group_of, read_deduction
from pipeline.annex.reading import Asked
from pipeline.model.criteria_set import CriteriaSet, Group
from pipeline.workspace.reader import Reader

Rows = list[list[str]]

GROUPS: Rows = [
    ["III", "Điểm thưởng (tối đa 3 điểm)", "3", "", ""],
    ["3.1", "Sáng kiến cấp tỉnh", "2", "Mỗi sáng kiến được cộng 1 điểm, tối đa 2 điểm", ""],
    ["3.2", "Mô hình mới", "2", "Có mô hình mới: 2; không có: 0", ""],
    ["IV", "Điểm trừ", "-5", "", ""],
    ["4.1", "Cán bộ bị kỷ luật", "-2", "Có cán bộ bị kỷ luật: trừ 2 điểm", ""],
    ["4.2", "Nhiệm vụ quá hạn", "", "Mỗi nhiệm vụ quá hạn trừ 0,5 điểm, tối đa trừ 3 điểm", ""],
    ["4.3", "Gửi báo cáo chậm", "", "Trừ 1 điểm cho mỗi ngày chậm", ""],
]


@pytest.fixture
def loaded(read_docx: Callable[..., Imported], printed: Rows, tmp_path: Path) -> tuple[Imported, CriteriaSet]:
    """The set of an annex with both groups below its areas."""
    imported = read_docx([*printed[:-1], *GROUPS, printed[-1]])
    (tmp_path / "bo.yml").write_text(imported.text, "utf-8")
    reader = Reader(tmp_path)
    located = reader.yaml("bo.yml", CriteriaSet)

    assert reader.findings == []
    assert located is not None
    return imported, located.value


def test_groups_stand_beside_the_maximum(loaded: tuple[Imported, CriteriaSet]) -> None:
    """The printed total is that of the areas; what bonus and deduction come to adds nothing to it."""
    imported, criteria = loaded

    assert [area.group for area in criteria.areas] == [None, None, Group.BONUS, Group.DEDUCTION]
    assert criteria.total == Decimal(6)
    assert not any(finding.code == "N809" for finding in imported.findings)


def test_bounds_and_rules_of_each_row(loaded: tuple[Imported, CriteriaSet]) -> None:
    """Caps per item and per group; deductions fixed, per occurrence with an end, and without one."""
    rows = {node.criterion.code: node.criterion for node in loaded[1].walk()}
    told = {code: (rows[code].maximum, rows[code].minimum) for code in ("3", "3.1", "4", "4.1", "4.2", "4.3")}

    assert told == {
        "3": (3, 0),
        "3.1": (2, 0),
        "4": (0, -5),
        "4.1": (0, -2),
        "4.2": (0, -3),
        "4.3": (0, Decimal("-Infinity")),
    }
    assert {code: row.rule.kind for code, row in rows.items() if row.rule and code > "3"} == {
        "3.1": "moi_don_vi",
        "3.2": "co_khong",
        "4.1": "co_khong",
        "4.2": "tru_diem",
        "4.3": "tru_diem",
    }


def test_groups_are_told(loaded: tuple[Imported, CriteriaSet]) -> None:
    """That a row is a group is read off its name, so a person is asked to look."""
    told = [each.message for each in loaded[0].findings if each.code == "N811" and "nhóm điểm" in each.message]

    assert len(told) == 2


@pytest.mark.parametrize("title", ["Điểm trung bình", "Cộng điểm khuyến khích cho đơn vị", "Thưởng Tết", "Trừ lùi"])
def test_other_titles_are_no_groups(title: str) -> None:
    """Only a row that is named after the points is taken for a group."""
    assert group_of(title) is None


@pytest.mark.parametrize(
    "text", ["Xem xét theo mức độ vi phạm", "Trừ điểm theo quyết định", "Trừ 1 điểm, trừ 2 điểm nếu tái phạm"]
)
def test_deductions_that_are_not_understood_are_left_to_a_person(text: str) -> None:
    """No rule is made of half a sentence."""
    assert read_deduction(Asked(text, Decimal(0), "Vi phạm")) is None
