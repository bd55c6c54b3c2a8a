"""The form for the receiving office: what it shows, what it lets be typed, and that it comes back without loss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.appraisal import write_form

HARMLESS = Path(__file__).parents[1] / "harmless" / "appraised-in-two-rounds"
LEAVES = ("1.1.2", "1.1.3", "1.5", "2.2", "3.1")


def opened(desk: Any, number: int) -> Any:
    """The form of a round, as openpyxl reads it."""
    return openpyxl.load_workbook(write_form(desk.dossier(), number, desk.root / "out"))


def table(sheet: Any) -> dict[str, dict[str, Any]]:
    """The rows by code, their cells by heading."""
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "Mã")
    names = [cell.value for cell in head]
    below = rows[rows.index(head) + 1 :]
    return {row[0].value: dict(zip(names, row, strict=True)) for row in below}


def test_the_form_shows_points_and_proof_and_opens_only_its_inputs(desk: Any) -> None:
    """Codes are text, points numbers; internal documents stay without section and page; only inputs can be typed."""
    sheet = opened(desk, 1).worksheets[0]
    rows = table(sheet)
    inputs = ("Điểm thẩm định lần 1", "Ý kiến lần 1", "Đề nghị giải trình lần 1")

    assert rows["1.1.3"]["Điểm tự chấm"].value == 1
    assert rows["1.1.3"]["Mã"].data_type == "s"
    assert (
        "TL02: 45/BC-UBND ngày 02/12/2024, mục I.1" in rows["1.1.3"]["Tài liệu kiểm chứng, giải trình của đơn vị"].value
    )
    assert "Ba sáng kiến" in rows["1.5"]["Tài liệu kiểm chứng, giải trình của đơn vị"].value
    assert sheet.protection.sheet
    for cells in rows.values():
        for name, cell in cells.items():
            is_leaf = cells["Mã"].value not in ("1", "2", "3", "1.1", "1.2", "2.1")
            assert cell.protection.locked != (is_leaf and name in inputs), cell.coordinate
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "C9"


def test_a_later_form_carries_what_was_said_before(desk: Any, lay: Callable[..., Path]) -> None:
    """The office sees its remark, the explanation with its proof, and what the commune stands by."""
    desk.root = lay(HARMLESS)

    said = table(opened(desk, 3).worksheets[0])["1.1.3"]["Trao đổi ở các vòng trước"].value

    proof = "[TL02: 45/BC-UBND ngày 02/12/2024, mục I.1, trang 1]"
    assert said.split("\n") == [
        "20/01/2025, Sở Nội vụ tỉnh Mẫu: 0,50 điểm. Báo cáo chưa nêu rõ nhiệm vụ nào đã hoàn thành.",
        f"25/01/2025, UBND xã Mẫu: 1,00 điểm. Mục I.1 của báo cáo liệt kê 19 nhiệm vụ đã hoàn thành. {proof}",
        "10/02/2025, Hội đồng thẩm định tỉnh Mẫu: 1,00 điểm. Chấp nhận giải trình",
    ]


def test_a_filled_form_says_itself_which_round_it_is(desk: Any) -> None:
    """Neither round nor day nor office have to be told again."""
    book = opened(desk, 1)
    sheet = book.worksheets[0]
    sheet["C6"] = datetime.fromisoformat("2025-01-21")
    sheet["C5"] = "Hội đồng thẩm định"
    row = table(sheet)["1.1.3"]
    row["Điểm thẩm định lần 1"].value = 0.5
    row["Đề nghị giải trình lần 1"].value = True
    book.save(desk.root / "filled.xlsx")

    told = desk.take(desk.root / "filled.xlsx", number=None, day=None).appraised.appraisal.rounds[1]

    assert (told.day, told.office) == (date(2025, 1, 21), "Hội đồng thẩm định")
    assert told.verdicts["1.1.3"].points == Decimal("0.5")
    assert told.verdicts["1.1.3"].explanation_wanted


def test_a_form_is_not_taken_for_another_round_or_year(desk: Any) -> None:
    """What the form says and what the command says must agree."""
    book = opened(desk, 1)
    book["_cchc"]["B2"] = "2023"
    book.save(desk.root / "old.xlsx")

    assert "A112" in [each.code for each in desk.propose(write_form(desk.dossier(), 1, desk.root), number=2).findings]
    assert "A113" in [each.code for each in desk.propose(desk.root / "old.xlsx").findings]


def test_the_same_dossier_gives_the_same_form(desk: Any) -> None:
    """Byte for byte."""
    first = write_form(desk.dossier(), 1, desk.root / "a").read_bytes()

    assert write_form(desk.dossier(), 1, desk.root / "b").read_bytes() == first


@pytest.fixture
def returned(desk: Any) -> Callable[[dict[str, Any]], None]:
    """Put verdicts into the workspace, send them out as a form, and hold what comes back to what went out."""

    def check(verdicts: dict[str, Any]) -> None:
        (desk.root / "scores/2024/appraisal.yml").unlink(missing_ok=True)
        items = [{"ma": code, **told} for code, told in verdicts.items()]
        desk.take(desk.json({"ket_qua": items}))

        back = desk.propose(write_form(desk.dossier(), 1, desk.root / "out"), number=None, day=None, replace=True)

        assert not back.refused, back.findings
        assert back.source.after == back.source.before == desk.text

    return check


REMARKS = st.text("ab ạẩđ:#-'\"{}[],\n0=", min_size=1, max_size=30).filter(lambda text: text.strip(" \n"))
VERDICTS = st.dictionaries(
    st.sampled_from(LEAVES),
    st.fixed_dictionaries(
        {
            "diem": st.decimals(0, 1, places=2).map(str),
            "y_kien": st.none() | REMARKS,
            "can_giai_trinh": st.booleans(),
        }
    ),
    min_size=1,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verdicts=VERDICTS)
def test_a_form_comes_back_without_loss(returned: Callable[[dict[str, Any]], None], verdicts: dict[str, Any]) -> None:
    """Whatever the office wrote stands in the form and is read back as the very same file."""
    returned(verdicts)
