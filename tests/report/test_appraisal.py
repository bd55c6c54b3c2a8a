"""The report of a year that was appraised: its sentence, its columns, and the answers of the commune."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.decree.paper import DataTable, Paper
from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.markup.blocks import Paragraph, plain_text
from pipeline.model.appraisal import Appraisal
from pipeline.report import write_explanation
from pipeline.report.compose import compose
from pipeline.report.explanation import compose_explanation

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def appraised(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The sound workspace with two rounds."""
    root = tmp_path_factory.mktemp("appraised") / "w"
    for layer in (TESTS / "workspaces" / "sound", TESTS / "harmless" / "appraised-in-two-rounds"):
        shutil.copytree(layer, root, dirs_exist_ok=True)
    dossier = dossier_of(replace(examine(root, 2024, date(2025, 1, 15)), findings=()))
    assert dossier is not None
    return dossier


@pytest.fixture(scope="module")
def report(appraised: Dossier) -> Paper:
    """Its report."""
    return compose(appraised)


def cells(table: DataTable) -> dict[str, list[str]]:
    """Rows by their first cell."""
    return {
        "".join(map(plain_text, row.cells[0])): ["\n".join(map(plain_text, cell)) for cell in row.cells]
        for row in table.rows
    }


def headings(table: DataTable) -> list[str]:
    """The columns of a table."""
    return [column.title.replace("\N{NO-BREAK SPACE}", " ") for column in table.columns]


def test_a_sentence_tells_what_the_appraisal_came_to(report: Paper) -> None:
    """The latest round, its office, the total, the difference and the band."""
    sentences = [plain_text(item.children) for item in report.content if isinstance(item, Paragraph)]
    told = next(text for text in sentences if text.startswith("Sau thẩm định"))

    assert "lần 2 ngày 10/02/2025 của Hội đồng thẩm định tỉnh Mẫu, tổng điểm là 14,49 trên 19" in told
    assert told.endswith("chênh lệch −1,00 điểm so với điểm tự chấm; xếp loại: Khá.")


def test_the_full_table_gains_points_and_remarks(report: Paper) -> None:
    """Two columns more, and the shares still make the whole width."""
    table = report.annexes[0].table
    rows = cells(table)

    assert headings(table)[6:] == ["Điểm thẩm định", "Tài liệu kiểm chứng, giải trình", "Ý kiến thẩm định"]
    assert sum(column.share for column in table.columns) == 100
    assert rows["1.5"][6] == "0,00"
    assert rows["1.1.3"][8] == (
        "Lần\N{NO-BREAK SPACE}1: Báo cáo chưa nêu rõ nhiệm vụ nào đã hoàn thành.\n"
        "Lần\N{NO-BREAK SPACE}2: Chấp nhận giải trình"
    )
    assert rows["1.3"][6] == "không áp dụng"
    assert rows[""][6] == "14,49"


def test_the_answers_are_told_in_the_order_of_time(report: Paper) -> None:
    """Remark, explanation with its proof, second remark."""
    table = next(item for item in report.content if isinstance(item, DataTable) and "ý kiến thẩm định" in item.caption)
    rows = {code: [text.replace("\N{NO-BREAK SPACE}", " ") for text in row] for code, row in cells(table).items()}

    assert sum(column.share for column in table.columns) == 100
    assert list(rows) == ["1.1.3", "1.5"]
    assert rows["1.1.3"][4].split("\n") == [
        "Thẩm định lần 1 (20/01/2025): 0,50 điểm. Báo cáo chưa nêu rõ nhiệm vụ nào đã hoàn thành. Đề nghị giải trình.",
        "Giải trình lần 1 (25/01/2025): đề nghị 1,00 điểm. Mục I.1 của báo cáo liệt kê 19 nhiệm vụ đã hoàn thành.",
        "Thẩm định lần 2 (10/02/2025): 1,00 điểm. Chấp nhận giải trình.",
        "[2] 45/BC-UBND ngày 02/12/2024, mục I.1, trang 1",
    ]


def test_a_year_without_an_appraisal_says_nothing_of_it(dossier: Dossier) -> None:
    """Neither sentence nor column nor table."""
    paper = compose(dossier)
    tables = [item for item in paper.content if isinstance(item, DataTable)] + [each.table for each in paper.annexes]

    assert not any("thẩm định" in heading.casefold() for table in tables for heading in headings(table))
    assert len(paper.annexes[0].notes) == 1


@pytest.fixture(scope="module")
def explanation(appraised: Dossier) -> Paper:
    """The commune's answer to the first round."""
    assert appraised.appraised is not None
    return compose_explanation(appraised, appraised.appraised, 1)


def test_the_explanation_is_a_paper_of_its_own(explanation: Paper) -> None:
    """To the office that asked, about its paper; number and day are still to be filled in."""
    assert explanation.addressees.names == ("Sở Nội vụ tỉnh Mẫu",)
    assert " ".join(explanation.subject).startswith("Giải trình ý kiến thẩm định lần 1")
    assert explanation.bases == (
        "Căn cứ Văn bản số 21/SNV-CCHC ngày 20 tháng 01 năm 2025 của Sở Nội vụ tỉnh Mẫu về kết quả thẩm định.",
    )
    assert explanation.letterhead.number.replace("\N{NO-BREAK SPACE}", "") == "Số: /BC-UBND"
    assert explanation.letterhead.place_and_date.endswith("năm 2025")
    assert explanation.annexes == ()


def test_the_explanation_answers_criterion_by_criterion(explanation: Paper) -> None:
    """What was asked, what is answered, with proof and the points that the commune stands by."""
    table = next(item for item in explanation.content if isinstance(item, DataTable))
    rows = {code: [text.replace("\N{NO-BREAK SPACE}", " ") for text in row] for code, row in cells(table).items()}
    sentences = [plain_text(item.children) for item in explanation.content if isinstance(item, Paragraph)]

    assert sum(column.share for column in table.columns) == 100
    assert list(rows) == ["1.1.3", "1.5"]
    assert rows["1.1.3"][2:4] == ["1,00", "0,50"]
    assert rows["1.1.3"][5].split("\n")[1:] == [
        "Kiểm chứng: 45/BC-UBND ngày 02/12/2024, mục I.1, trang 1",
        "Đề nghị 1,00 điểm.",
    ]
    assert sentences[-1].startswith("Đề nghị xem xét lại điểm của 1 tiêu chí thành phần: 1.1.3.")


def test_an_explanation_that_nobody_asked_for_is_not_lost(appraised: Dossier) -> None:
    """It is warned of, and stands in the report all the same."""
    told = {"ngay": "20/01/2025", "co_quan": "Sở", "giai_trinh": {"1.6": {"ngay": "25/01/2025", "noi_dung": "Xem lại"}}}
    assert appraised.appraised is not None
    table = replace(appraised.appraised, appraisal=Appraisal.model_validate({"nam": "2024", "vong": {"1": told}}))

    paper = compose_explanation(appraised, table, 1)

    assert list(cells(next(item for item in paper.content if isinstance(item, DataTable)))) == ["1.6"]


def test_a_round_without_questions_is_answered_shortly(appraised: Dossier) -> None:
    """No empty table."""
    assert appraised.appraised is not None
    paper = compose_explanation(appraised, appraised.appraised, 2)

    assert not [item for item in paper.content if isinstance(item, DataTable)]


def test_both_files_of_the_explanation_are_made(appraised: Dossier, tmp_path: Path) -> None:
    """A Word file and a PDF, the same bytes again."""
    first = write_explanation(appraised, 1, tmp_path / "a")
    second = write_explanation(appraised, 1, tmp_path / "b")

    assert [path.name for path in first] == ["giai-trinh-2024-lan-1.docx", "giai-trinh-2024-lan-1.pdf"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
