"""A reminder tells one unit all that it owes, and nothing that others owe, however broken the year is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline import letters
from pipeline.conformance import lint
from pipeline.decree import render
from pipeline.decree.paper import DataTable, Paper
from pipeline.dossier import Progress, dossier_of, examine

Changed = Callable[..., Progress]
SETTINGS = "scores/2024/settings.yml"
FIRST, SECOND = "docs/2024/1-chi-dao-dieu-hanh.md", "docs/2024/2-thu-tuc-hanh-chinh.md"


def codes(progress: Progress, unit: str) -> list[str]:
    """The criteria that a unit is reminded of."""
    return [duty.code for duty in letters.owed(progress, unit).duties]


def test_nothing_owed_nothing_said(changed: Changed) -> None:
    """In a finished year no unit is reminded of anything."""
    progress = changed()

    assert not any(letters.owed(progress, unit).anything for unit in ("van-phong", "mot-cua"))


def test_unscored_criteria_go_to_their_leads(changed: Changed) -> None:
    """A criterion without entry is owed by the unit that leads it, and by no other."""
    entry = "  1.6:\n    so_lieu: {da_tu_kiem_tra: có}\n    minh_chung: [TL02]\n"
    progress = changed({FIRST: (entry, "")})
    [duty] = letters.owed(progress, "mot-cua").duties

    assert duty.code == "1.6"
    assert duty.lack == "Chưa chấm."
    assert duty.mend == (
        "Nhập số liệu: đã hoàn thành kế hoạch tự kiểm tra (da_tu_kiem_tra); ghi tài liệu kiểm chứng hoặc giải trình."
    )
    assert not letters.owed(progress, "van-phong").anything


def test_the_survey_is_owed_by_who_compiles_it(changed: Changed) -> None:
    """Nobody scores survey criteria by hand; the compiling unit brings the results."""
    progress = changed({"scores/2024/survey.yml": ("", "")})

    assert codes(progress, "van-phong") == ["3.1", "3.2"]
    assert codes(progress, "mot-cua") == []


def test_an_explanation_that_the_office_asks_for_is_owed_by_the_lead(lay: Callable[..., Path]) -> None:
    """With the office's remark, in the round that is still open."""
    root = lay(Path(__file__).parents[1] / "workspaces" / "explanation-wanted-and-missing")
    progress = examine(root, 2024, date(2025, 1, 25))
    [duty] = letters.owed(progress, "van-phong").duties

    assert duty.code == "1.1.3"
    assert duty.lack == (
        "Cơ quan thẩm định đề nghị giải trình (lần 1): Báo cáo chưa nêu rõ nhiệm vụ nào đã hoàn thành."
    )
    assert duty.mend == "Viết giải trình, kèm tài liệu kiểm chứng bổ sung nếu có."
    assert not letters.owed(progress, "mot-cua").anything


def test_errors_are_reminded_of_not_stumbled_over(changed: Changed, said: Callable[[Paper], list[str]]) -> None:
    """A wrong figure stops the report; the reminder is written all the same and says what is wrong."""
    progress = changed({FIRST: ("hoan_thanh: 19", "hoan_thanh: 21")})
    due = letters.owed(progress, "van-phong")
    text = "\n".join(said(letters.reminder(progress, due)))

    assert dossier_of(progress) is None
    assert [duty.code for duty in due.duties] == ["1.1.3"]
    assert "lớn hơn" in text
    assert "còn 01 việc phải hoàn thành, cụ thể như sau:" in text
    assert codes(progress, "mot-cua") == []


def test_points_without_proof_are_reminded_of(changed: Changed) -> None:
    """A score with neither evidence nor explanation is owed by its lead."""
    progress = changed(
        {FIRST: ("    so_lieu:\n      so_bao_cao: 4\n    minh_chung: [TL02]\n", "    so_lieu:\n      so_bao_cao: 4\n")}
    )

    assert codes(progress, "van-phong") == ["1.2.1"]


def test_faults_of_a_document_go_to_who_cites_it(changed: Changed) -> None:
    """A document of the register without issuer is owed by the leads of the criteria that it proves."""
    progress = changed({"evidence/2024/register.yml": ("    co_quan: UBND xã Mẫu\n", "")})
    [duty] = letters.owed(progress, "van-phong").duties

    assert duty.code == "1.1.1, 1.1.2"
    assert duty.title.startswith("Tài liệu ")
    assert codes(progress, "mot-cua") == []


def test_the_text_of_an_area_is_owed_by_who_fills_it_in(changed: Changed) -> None:
    """A missing section is a matter of the whole file."""
    progress = changed({SECOND: ("## Giải pháp khắc phục", "## Giải pháp")})
    duties = letters.owed(progress, "mot-cua").duties

    assert {duty.code for duty in duties} == {"2"}
    assert duties[0].title == "Phần lời văn và thông tin chung của lĩnh vực"
    assert codes(progress, "van-phong") == []


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2025, 1, 15), "Quá hạn 15 ngày"),
        (date(2024, 12, 31), "Hạn là hôm nay"),
        (date(2024, 12, 20), "Còn 11 ngày"),
    ],
)
def test_deadlines_passed_and_near(changed: Changed, today: date, standing: str, row: Callable[..., list[str]]) -> None:
    """What is not done is told with the days since or until."""
    progress = changed({SETTINGS: (", xong: 30/12/2024", "")}, today)
    due = letters.owed(progress, "van-phong")
    [table] = [item for item in letters.reminder(progress, due).content if isinstance(item, DataTable)]

    assert row(table, 0) == ["1", "Gửi báo cáo", "Văn phòng", "31/12/2024", standing]
    assert not letters.owed(progress, "mot-cua").anything


def test_deadlines_far_away_and_done_are_not_told(changed: Changed) -> None:
    """Nobody is reminded two months ahead, nor of what is done."""
    progress = changed({SETTINGS: (", xong: 30/12/2024", "")}, date(2024, 11, 1))

    assert not letters.owed(progress, "van-phong").anything


def test_the_letter_goes_to_the_unit(changed: Changed) -> None:
    """An official letter to the unit: blank number, today's year, the deadline of the settings."""
    reply = "van_ban:\n  don_doc: {han: 20/01/2025}\nbo_phan:\n"
    progress = changed({"scores/2024/survey.yml": ("", ""), SETTINGS: ("bo_phan:\n", reply)})
    paper = letters.reminder(progress, letters.owed(progress, "van-phong"))

    assert paper.kind == ""
    assert paper.addressees.names == ("Văn phòng",)
    assert paper.letterhead.number.endswith("/UBND-VP")
    assert paper.letterhead.place_and_date.endswith("năm 2025")
    assert "trước ngày 20/01/2025" in paper.closing
    assert paper.recipients.names == ("Như trên;", "Lưu: VT.")


def test_unreadable_area_files_leave_the_rest(changed: Changed) -> None:
    """When a whole file cannot be read, its criteria are unscored, and the letter is still made."""
    progress = changed({SECOND: ("tieu_chi:", "tieu_chi: [")})
    due = letters.owed(progress, "mot-cua")
    files = render(letters.reminder(progress, due), "x")

    assert {duty.code.split(".")[0] for duty in due.duties} == {"2"}
    assert files.pdf.startswith(b"%PDF")


def test_a_reminder_keeps_the_decree(changed: Changed) -> None:
    """The finished files, read back, deviate from Decree 30 nowhere."""
    progress = changed({"scores/2024/survey.yml": ("", "")})
    made = render(letters.reminder(progress, letters.owed(progress, "van-phong")), "van-ban")

    assert (lint("van-ban.docx", made.docx), lint("van-ban.pdf", made.pdf)) == ((), ())
