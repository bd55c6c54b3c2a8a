"""The exports of a year that was appraised, and that a year without an appraisal shows nothing of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.spreadsheet import csv_table, data, write_csv, write_xlsx
from pipeline.spreadsheet.layout import APPRAISAL

HARMLESS = Path(__file__).parents[1] / "harmless" / "appraised-in-two-rounds"


@pytest.fixture
def appraised(lay: Callable[..., Path], make_desk: Callable[[Path], Any]) -> Any:
    """A desk over a workspace with two rounds."""
    return make_desk(lay(HARMLESS))


def test_json_tells_every_column_and_the_dialogue(appraised: Any) -> None:
    """The model reads its own export; rows carry a value for each column."""
    dossier = appraised.dossier()
    text = data.as_json(dossier)
    told = json.loads(text)
    leaf = next(row for row in told["rows"] if row["code"] == "1.1.3")

    assert data.DossierData.model_validate_json(text) == data.data_of(dossier)
    assert [column["name"] for column in told["columns"]] == list(leaf["columns"])
    assert leaf["columns"]["tham_dinh_1"] == "0.50"
    assert leaf["leaf"]["appraisal"]["given"] == ["tu_cham", "tham_dinh_1", "giai_trinh_1", "tham_dinh_2", "ket_qua"]
    assert [turn["office"] for turn in leaf["leaf"]["appraisal"]["dialogue"]] == [
        "Sở Nội vụ tỉnh Mẫu",
        None,
        "Hội đồng thẩm định tỉnh Mẫu",
    ]
    assert leaf["leaf"]["appraisal"]["dialogue"][1]["evidence"] == ["TL02"]


def test_csv_has_the_columns_that_its_schema_promises(appraised: Any) -> None:
    """All of them, in order."""
    text = write_csv(appraised.dossier(), appraised.root / "out").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    initiative = next(row for row in rows if row["Mã"] == "1.5")

    assert list(rows[0]) == [field["name"] for field in json.loads(csv_table.schema())["schema"]["fields"]]
    assert (initiative["Điểm thẩm định"], initiative["Chênh lệch"]) == ("0,00", "-1,00")
    assert initiative["Lý do chênh lệch"] == "Chưa có quyết định công nhận sáng kiến."
    assert "27/01/2025 đơn vị: Đơn vị nhất trí với điểm thẩm định." in initiative["Trao đổi"]


def test_the_workbook_has_a_sheet_to_read(appraised: Any) -> None:
    """Every column with its total and band; points that were kept stand in brackets; nothing can be typed there."""
    sheet = openpyxl.load_workbook(write_xlsx(appraised.dossier(), appraised.root / "out"))[APPRAISAL]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=6) if row[0].value}
    total = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "Tổng cộng")

    assert [cell.value for cell in rows["1.1.3"][3:8]] == [1, 0.5, 1, 1, 1]
    assert rows["1.6"][6].number_format.startswith("(")
    assert [round(cell.value, 2) for cell in total[3:9]] == [15.49, 13.99, 14.49, 14.49, 14.49, -1]
    assert sheet.protection.sheet
    assert all(cell.protection.locked for row in rows.values() for cell in row)


def test_the_edited_spreadsheet_still_comes_back(appraised: Any) -> None:
    """The further sheet is none of the import's business."""
    proposal = appraised.propose()

    assert proposal.findings == ()
    assert proposal.changes == ()


def test_a_year_without_an_appraisal_exports_nothing_of_it(desk: Any) -> None:
    """No sheet, no column, no key."""
    dossier = desk.dossier()
    book = openpyxl.load_workbook(write_xlsx(dossier, desk.root / "out"))

    assert APPRAISAL not in book.sheetnames
    assert "hẩm định" not in csv_table.as_csv(dossier).splitlines()[0]
    assert '"columns"' not in data.as_json(dossier)
    assert '"appraisal"' not in data.as_json(dossier)
