"""The neutral report: its parts, explanations and tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline import wording
from pipeline.binder import plan_binder
from pipeline.decree.lines import balanced
from pipeline.decree.paper import DataTable, Paper, Title
from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier
from pipeline.markup.blocks import plain_text
from pipeline.report.compose import WORDING, compose


@pytest.fixture(scope="module")
def report(dossier: Dossier) -> Paper:
    """The sample's report."""
    return compose(dossier)


def texts(table: DataTable, column: int) -> list[str]:
    """The cells of a column."""
    return ["\n".join(plain_text(line) for line in row.cells[column]) for row in table.rows]


def test_sections_come_in_order(report: Paper) -> None:
    """Organisation, results, weaknesses and remedies, explanations, proposals."""
    sections = [item.text for item in report.content if isinstance(item, Title) and item.level == 1]

    assert sections == [
        "I. TỔ CHỨC TỰ ĐÁNH GIÁ, CHẤM ĐIỂM",
        "II. KẾT QUẢ TỰ ĐÁNH GIÁ, CHẤM ĐIỂM",
        "III. TỒN TẠI, NGUYÊN NHÂN VÀ GIẢI PHÁP KHẮC PHỤC",
        "IV. GIẢI TRÌNH",
        "V. KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT, KIẾN NGHỊ",
    ]


def test_explanations_name_their_reason(report: Paper, dossier: Dossier) -> None:
    """Overridden, by hand, not applicable and unproved leaves are explained, each with its reason."""
    table = next(item for item in report.content if isinstance(item, DataTable) and "giải trình" in item.caption)
    reasons = dict(zip(texts(table, 0), texts(table, 3), strict=True))

    assert set(reasons) == {
        leaf.criterion.code
        for leaf in dossier.scores.leaves
        if leaf.explanation or leaf.overridden or (leaf.points and leaf.entry and not leaf.entry.evidence)
    }
    assert reasons["1.2.2"].startswith("Điểm tự chấm khác với cách chấm. Báo cáo quý III")
    assert reasons["2.1.1"].startswith("Không áp dụng. ")
    assert reasons["7.1.3"].startswith("Chưa có tài liệu kiểm chứng. ")


def test_column_shares_fill_the_table(report: Paper) -> None:
    """The shares of each table's columns make 100 percent."""
    tables = [item for item in report.content if isinstance(item, DataTable)]
    tables += [annex.table for annex in report.annexes]

    assert [sum(column.share for column in table.columns) for table in tables] == [100] * len(tables)


def test_unscored_column_only_where_needed(changed: Callable[..., Dossier], report: Paper) -> None:
    """The summary counts unscored criteria only while there are any, and its shares still make 100 percent."""
    partial = compose(changed({"scores/2022/survey.yml": ("", "")}))
    full_summary, partial_summary = (
        next(item for item in each.content if isinstance(item, DataTable)) for each in (report, partial)
    )

    assert len(full_summary.columns) == 5
    assert len(partial_summary.columns) == 6
    assert sum(column.share for column in partial_summary.columns) == 100
    assert texts(partial_summary, 5)[-1] == "6"


def test_the_list_of_evidence_names_the_pages_of_the_binder(report: Paper, dossier: Dossier) -> None:
    """Where the binder shows a document, its pages; where it does not, nothing."""
    plan = plan_binder(dossier)
    table = report.annexes[1].table
    named = dict(zip(texts(table, 0), texts(table, 6), strict=True))

    assert table.columns[6].title == "Trang quyển kiểm chứng"
    for evidence in dossier.evidence:
        pages = plan.pages_of(evidence.id)
        assert named[str(evidence.position)] == (wording.span(pages[0], pages[-1]) if pages else "")
    assert sum(bool(text) for text in named.values()) == len(plan.parts) > 0


def test_without_a_scan_in_the_binder_there_is_no_such_column(changed: Callable[..., Dossier]) -> None:
    """Nothing to name: the list is as wide as before, and its shares still make 100 percent."""
    table = compose(changed({})).annexes[1].table

    assert len(table.columns) == 6
    assert sum(column.share for column in table.columns) == 100


def test_internal_documents_hide_their_abstract(report: Paper, dossier: Dossier) -> None:
    """The abstract of an internal document stands nowhere in the list."""
    listed = "\n".join(texts(report.annexes[1].table, 4))
    hidden = [
        evidence.document
        for evidence in dossier.evidence
        if evidence.document.public_abstract.startswith("Tài liệu nội bộ")
    ]

    assert hidden
    assert not any(document.abstract and document.abstract in listed for document in hidden)
    assert report.annexes[1].notes


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ỦY BAN NHÂN DÂN XÃ AN", ("ỦY BAN NHÂN DÂN XÃ AN",)),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ AN BÌNH", ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ AN BÌNH")),
        ("Số\u00a0\u00a0\u00a0/BC", ("Số\u00a0\u00a0\u00a0/BC",)),
        ("một", ("một",)),
    ],
)
def test_long_names_break_evenly(text: str, lines: tuple[str, ...]) -> None:
    """A long name takes two lines of much the same length; blanks to fill in stay."""
    assert balanced(text, 27, {"thành", "xã"}) == lines


def test_wording_has_no_blank_that_nobody_fills(report: Paper) -> None:
    """A key or blank that is unknown is an error, not an empty place."""
    assert report.opening.endswith("như sau:")
    with pytest.raises(KeyError):
        phrases(WORDING)("khong_co")
    with pytest.raises(KeyError):
        phrases(WORDING)("so")
