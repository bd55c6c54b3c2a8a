"""What the survey gave stands in site, report and data, with the dossier's numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.decree.paper import DataTable
from pipeline.dossier import Dossier, dossier_of
from pipeline.markup.blocks import plain_text
from pipeline.report.compose import compose
from pipeline.site.pages import write_pages
from pipeline.spreadsheet.csv_table import as_csv
from pipeline.spreadsheet.data import DossierData, as_json, schema

GROUPS = {
    "cot": "Ông/Bà là",
    "cac_nhom": {"dan": {"ten": "Người dân"}, "to-chuc": {"ten": "Tổ chức"}, "can-bo": {"ten": "Cán bộ xã"}},
}
PEOPLE = ["Người dân"] * 30 + ["Tổ chức"] * 8 + ["Cán bộ xã"] * 3


@pytest.fixture
def dossier(poll: Any) -> Dossier:
    """A year with an imported survey, one group of which is small."""
    manner, result = "Thái độ phục vụ của công chức", "Kết quả giải quyết"
    criteria = {"3.1": poll.criterion(manner), "3.2": poll.criterion(result, by="ty_le_hai_long")}
    poll.declare(criteria, nhom_tra_loi=GROUPS)
    answers = [("Hài lòng", "Hài lòng")] * 30 + [("Bình thường", "Bình thường")] * 11
    poll.keep(poll.csv(poll.form(*answers, group=PEOPLE)))
    progress = poll.progress()
    found = dossier_of(progress)
    assert found is not None, progress.findings
    return found


def told(text: str) -> str:
    """A text with single, breakable blanks."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


EXPECTED = ("74,63 %", "73,17 %", "Hài lòng: 30 (73,17 %)", "Bình thường: 11 (26,83 %)", "Người dân: 30 phiếu, 80,00 %")
"""30 × 80 % and 11 × 60 %; 30 of 41."""
HIDDEN = ("Tổ chức: không nêu riêng", "Cán bộ xã: không nêu riêng")


def test_the_area_page_has_a_table(dossier: Dossier, tmp_path: Path) -> None:
    """Answers, measure, interval, distribution with bars, groups; small groups only by name."""
    write_pages(dossier, tmp_path)
    page = told((tmp_path / "2024" / "3-tac-dong.md").read_text("utf-8"))
    interval = dossier.surveyed["3.1"].interval.words.replace("\N{NO-BREAK SPACE}", " ")

    assert "## Kết quả điều tra" in page
    assert [words for words in (*EXPECTED, *HIDDEN, interval) if words not in page] == []
    assert page.count("<rect") == 2 * sum(len(detail.levels) for detail in dossier.surveyed.values())
    assert 'width="73.2"' in page


def test_the_method_page_has_formula_and_interval(dossier: Dossier, tmp_path: Path) -> None:
    """How points follow, how sure they are, and what is not told."""
    write_pages(dossier, tmp_path)
    page = told((tmp_path / "cach-tinh.md").read_text("utf-8"))

    assert "3.2: Tỷ lệ trả lời hài lòng × 2 điểm" in page
    assert "theo phân phối Student" in page
    assert "theo phương pháp Wilson" in page
    assert "Nhóm dưới 5 phiếu không nêu riêng" in page


def test_the_report_has_a_table(dossier: Dossier) -> None:
    """One row a surveyed criterion, in the part of its area."""
    tables = [item for item in compose(dossier).content if isinstance(item, DataTable)]
    table = next(item for item in tables if item.caption == "Kết quả điều tra")
    text = told(" ".join(plain_text(line) for row in table.rows for cell in row.cells for line in cell))

    assert len(table.rows) == 2
    assert sum(column.share for column in table.columns) == 100
    assert [words for words in (*EXPECTED, *HIDDEN) if words not in text] == []


def test_the_data_has_every_number(dossier: Dossier) -> None:
    """The JSON export carries them as numbers, nulls for small groups, and its schema knows them."""
    data = json.loads(as_json(dossier))
    leaf = next(row["leaf"] for row in data["rows"] if row["code"] == "3.1")

    assert leaf["survey"]["answers"] == 41
    assert leaf["survey"]["percent"] == "74.63"
    assert leaf["survey"]["groups"][1:] == [
        {"title": "Tổ chức", "answers": None, "percent": None},
        {"title": "Cán bộ xã", "answers": None, "percent": None},
    ]
    assert DossierData.model_validate_json(as_json(dossier)).rows
    assert "SurveyData" in schema()
    assert "41 phiếu" in as_csv(dossier)


def test_without_an_import_nothing_is_shown(sound_dossier: Dossier, tmp_path: Path) -> None:
    """A year that only knows its points has neither table nor heading."""
    write_pages(sound_dossier, tmp_path)

    assert "Kết quả điều tra" not in "".join(pages(tmp_path))
    assert "Điểm điều tra xã hội học" not in (tmp_path / "cach-tinh.md").read_text("utf-8")
    assert not [each for each in compose(sound_dossier).content if getattr(each, "caption", "") == "Kết quả điều tra"]


def pages(folder: Path) -> Iterator[str]:
    """The area pages."""
    return (path.read_text("utf-8") for path in (folder / "2024").glob("*.md"))
