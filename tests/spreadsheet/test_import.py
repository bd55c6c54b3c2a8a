"""Reading a spreadsheet back: what was edited reaches the area files, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.dossier import examine
from pipeline.model.finding import CATALOGUE, Finding, Severity
from pipeline.spreadsheet import write_xlsx
from pipeline.spreadsheet.layout import HIDDEN, Column
from pipeline.spreadsheet.proposal import propose
from pipeline.workspace.source import ChangedMeanwhileError, write_sources

YEAR = 2024
TODAY = date(2025, 1, 15)
HARMLESS = sorted(path for path in (Path(__file__).parents[1] / "harmless").iterdir() if path.is_dir())


def written(desk: Any) -> dict[str, str]:
    """Accept what the edits would change; returns the lines of the area files that are new, by file."""
    proposal = desk.propose()
    assert proposal.findings == ()
    write_sources(desk.root, proposal.changes)
    return {
        change.path: "\n".join(line for line in change.after.splitlines() if line not in change.before.splitlines())
        for change in proposal.changes
    }


def found(desk: Any, code: str) -> list[Finding]:
    """The findings of the edits, which all have this code."""
    proposal = desk.propose()
    assert proposal.changes == ()
    assert {finding.code for finding in proposal.findings} == {code}
    return list(proposal.findings)


def test_an_unedited_spreadsheet_changes_nothing(desk: Any) -> None:
    """Export and import are each other's inverse, also after another program has saved the file."""
    assert desk.propose() == propose(examine(desk.root, YEAR, TODAY), desk.file)
    assert desk.propose().changes == ()
    assert desk.propose().findings == ()


@pytest.mark.parametrize("folder", HARMLESS, ids=lambda path: path.name)
def test_every_harmless_form_of_a_workspace_comes_back_unchanged(lay: Any, make_desk: Any, folder: Path) -> None:
    """Line ends, quotes, date forms and the like are no edits."""
    desk = make_desk(lay(folder))

    assert (desk.propose().changes, desk.propose().findings) == ((), ())


def test_edits_of_every_kind_reach_the_files(desk: Any) -> None:
    """A date, a number, a level, an answer, own points, proof and reasons, each in the file's own form."""
    desk.type("1.1.1/ngay_ban_hanh", Column.FIGURE, datetime(2024, 1, 20))  # noqa: DTZ001 -- as spreadsheets hold days
    desk.type("1.1.3/hoan_thanh", Column.FIGURE, 20)
    desk.type("1.2.1/so_bao_cao", Column.FIGURE, 3)
    desk.type("1.4/muc_gan_ket", Column.FIGURE, "Thường xuyên")
    desk.type("1.6/da_tu_kiem_tra", Column.FIGURE, "Không")
    desk.type("1.2.2", Column.EVIDENCE, 'TL02, mục "I, II", trang 4; TL03\nTL01, trang 2')
    desk.type("2.2", Column.OWN, 0.5)
    desk.type("2.2", Column.EXPLANATION, "Một: hai # ba")
    lines = written(desk)

    assert lines["docs/2024/1-chi-dao-dieu-hanh.md"].splitlines() == [
        "    so_lieu: {ngay_ban_hanh: 20/01/2024}",
        "    so_lieu: {hoan_thanh: 20, nhiem_vu: 20}",
        "      so_bao_cao: 3",
        '    minh_chung: [{ma: TL02, muc: "I, II", trang: 4}, TL03, {ma: TL01, trang: 2}]',
        "    so_lieu: {muc_gan_ket: thuong_xuyen}",
        "    so_lieu: {da_tu_kiem_tra: không}",
    ]
    assert lines["docs/2024/2-thu-tuc-hanh-chinh.md"].splitlines() == [
        "    diem_tu_cham: 0,5",
        '    giai_trinh: "Một: hai # ba"',
    ]


def test_after_an_import_the_workspace_is_as_sound_as_before(desk: Any) -> None:
    """No finding comes in, the house's form is kept, and the next export equals the edited spreadsheet."""
    desk.type("1.5/so_sang_kien", Column.FIGURE, 1)
    desk.type("2.4", Column.OWN, None)
    desk.type("2.4", Column.EXPLANATION, "Dòng một\nDòng hai")
    written(desk)
    again = propose(examine(desk.root, YEAR, TODAY), write_xlsx(desk.dossier(), desk.root / "build"))

    assert examine(desk.root, YEAR, TODAY).findings == ()
    assert (again.changes, again.findings) == ((), ())
    assert propose(examine(desk.root, YEAR, TODAY), desk.root / "edited.xlsx").changes == ()


def test_a_criterion_changes_between_applying_and_not(desk: Any) -> None:
    """The reason goes and figures come, or the other way round."""
    desk.type("1.3", Column.NOT_APPLICABLE, None)
    desk.type("1.3/da_xu_ly", Column.FIGURE, "có")
    desk.type("1.3", Column.EVIDENCE, "TL02")
    desk.type("2.3", Column.NOT_APPLICABLE, "Không có hồ sơ nào trễ hẹn trong năm.")
    lines = written(desk)

    assert lines["docs/2024/1-chi-dao-dieu-hanh.md"] == "    so_lieu: {da_xu_ly: có}"
    assert "khong_ap_dung: Trong năm" not in (desk.root / "docs/2024/1-chi-dao-dieu-hanh.md").read_text("utf-8")
    assert lines["docs/2024/2-thu-tuc-hanh-chinh.md"].strip().startswith("khong_ap_dung: Không có hồ sơ nào")


def test_a_new_criterion_takes_its_place_in_the_order_of_the_set(desk: Any, make_desk: Any) -> None:
    """What was not scored yet is written between its neighbours."""
    path = desk.root / "docs/2024/1-chi-dao-dieu-hanh.md"
    text = path.read_text("utf-8")
    begin, end = text.index("  1.1.3:"), text.index("  1.2.1:")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")
    desk = make_desk(desk.root)
    desk.type("1.1.3/hoan_thanh", Column.FIGURE, 19)
    desk.type("1.1.3/nhiem_vu", Column.FIGURE, 20)
    desk.type("1.1.3", Column.EVIDENCE, "TL02, mục I.1, trang 1")
    written(desk)

    assert path.read_text("utf-8") == text


def test_comments_order_and_line_ends_stay(desk: Any, make_desk: Any) -> None:
    """Only the lines of edited values differ, byte for byte."""
    path = desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md"
    text = path.read_text("utf-8").replace("  2.1.2:", "  # ghi chú của cán bộ\n  2.1.2:   # một ghi chú nữa")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    desk = make_desk(desk.root)
    desk.type("2.1.1/dung_han", Column.FIGURE, 190)
    written(desk)

    assert path.read_bytes() == before.replace(b"dung_han: 180", b"dung_han: 190")


def test_text_that_looks_like_a_formula_is_text(desk: Any) -> None:
    """An explanation may begin with an equals sign; a formula may not stand in an input cell."""
    desk.type("2.2", Column.EXPLANATION, "==1+1")
    lines = written(desk)

    assert lines["docs/2024/2-thu-tuc-hanh-chinh.md"] == "    giai_trinh: =1+1"


def test_a_formula_in_an_input_cell_is_a_finding(desk: Any) -> None:
    """X105: its result may differ from machine to machine."""
    where = desk.type("1.1.3/hoan_thanh", Column.FIGURE, "=1+18")
    (finding,) = found(desk, "X105")
    cell = desk.cell("1.1.3/hoan_thanh", Column.FIGURE)

    assert finding.message.startswith(f"{where}: ")
    assert finding.place == ("edited.xlsx", cell.row, cell.column)


@pytest.mark.parametrize(
    ("key", "column", "value", "words"),
    [
        ("1.1.3/hoan_thanh", Column.FIGURE, "khoảng 20", "không phải là số nguyên"),
        ("1.1.3/hoan_thanh", Column.FIGURE, 19.5, "không phải là số nguyên"),
        ("1.1.1/ngay_ban_hanh", Column.FIGURE, "31/02/2024", "không có trong lịch"),
        ("1.1.2/du_noi_dung", Column.FIGURE, "chắc là có", "không phải là “có” hoặc “không”"),
        ("1.4/muc_gan_ket", Column.FIGURE, "thỉnh thoảng", "không phải là một trong các mức: Thường xuyên"),
        ("2.2", Column.OWN, "1.200", "phần nghìn hay phần thập phân"),
        ("1.1.1", Column.EVIDENCE, "xem sổ", "không phải là mã tài liệu"),
        ("1.1.1", Column.EVIDENCE, "TL01, phần hai", "không rõ là mục, trang hay mã"),
        ("1.1.1", Column.EVIDENCE, 'TL01, mục "hai', "ngoặc kép chưa đóng"),
        ("1.1.1", Column.EVIDENCE, "TL01, trang 1, trang 2", "hai lần"),
        ("1.1.3/hoan_thanh", Column.FIGURE, "#REF!", "ô có lỗi #REF!"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_finding_at_the_cell(
    desk: Any, key: str, column: Column, value: object, words: str
) -> None:
    """X106: sheet and cell, what is wrong, how to mend it."""
    where = desk.type(key, column, value)
    (finding,) = found(desk, "X106")

    assert finding.message.startswith(f"{where}: ")
    assert words in finding.message
    assert finding.mend


def test_all_bad_cells_are_told_at_once(desk: Any) -> None:
    """An officer mends them in one go; nothing is written meanwhile."""
    before = {path: path.read_bytes() for path in (desk.root / "docs").rglob("*.md")}
    wheres = {
        desk.type("1.1.3/hoan_thanh", Column.FIGURE, "x"),
        desk.type("2.2", Column.OWN, "nhiều"),
        desk.type("2.4/da_tra_loi", Column.FIGURE, "-1"),
    }
    findings = found(desk, "X106")

    assert {finding.message.partition(": ")[0] for finding in findings} == wheres
    assert before == {path: path.read_bytes() for path in (desk.root / "docs").rglob("*.md")}


@pytest.mark.parametrize(
    ("key", "column", "value", "code"),
    [
        ("2.2", Column.OWN, 3, "D301"),
        ("1.1.3/hoan_thanh", Column.FIGURE, 21, "D306"),
        ("1.1.3/hoan_thanh", Column.FIGURE, None, "D304"),
        ("1.1.1", Column.EVIDENCE, "TL99", "E401"),
        ("1.1.1", Column.EVIDENCE, "TL01; TL01", "E417"),
        ("2.4", Column.EXPLANATION, None, "D303"),
        ("2.2", Column.EXPLANATION, None, "D314"),
        ("1.3/da_xu_ly", Column.FIGURE, "có", "D315"),
    ],
)
def test_a_value_that_spoils_the_workspace_is_told_at_its_criterion(
    desk: Any, key: str, column: Column, value: object, code: str
) -> None:
    """X108: what `check` would find afterwards is found before, with the sheet and cell that it comes from."""
    where = desk.type(key, column, value)
    findings = [finding for finding in found(desk, "X108") if f"({code})" in finding.message]
    rows = {finding.place.line for finding in findings}
    leaf = desk.cell(key.split("/", maxsplit=1)[0], Column.CODE).row

    assert findings
    assert all(finding.message.startswith(f"{where.split('!')[0]}!") for finding in findings)
    assert rows <= set(range(leaf, leaf + 3))


def test_errors_of_before_do_not_stand_in_the_way(desk: Any) -> None:
    """A workspace with an error elsewhere can still take in what was edited."""
    register = desk.root / "evidence/2024/register.yml"
    register.write_text(register.read_text("utf-8").replace("    so: ", "    # so: ", 1), encoding="utf-8")
    desk.type("2.1.1/dung_han", Column.FIGURE, 190)
    errors = [each for each in examine(desk.root, YEAR, TODAY).findings if each.severity is Severity.ERROR]

    assert errors
    assert "dung_han: 190" in written(desk)["docs/2024/2-thu-tuc-hanh-chinh.md"]


def test_a_file_made_from_another_state_is_refused_unless_told(desk: Any) -> None:
    """X104: an edit made in the files meanwhile is not overwritten without a word."""
    path = desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md"
    path.write_text(path.read_text("utf-8").replace("dung_han: 180", "dung_han: 185"), encoding="utf-8")
    (finding,) = found(desk, "X104")
    forced = desk.propose(force=True)

    assert "--force" in finding.mend
    assert [change.path for change in forced.changes] == ["docs/2024/2-thu-tuc-hanh-chinh.md"]


@pytest.mark.parametrize("row", [2, 3])
def test_a_file_of_another_year_or_set_is_refused_even_when_forced(desk: Any, row: int) -> None:
    """X104: its rows mean something else."""
    desk.book[HIDDEN].cell(row, 2).value = "1999"
    (finding,) = desk.propose(force=True).findings

    assert finding.code == "X104"


def test_what_changes_while_the_officer_reads_is_not_overwritten(desk: Any) -> None:
    """Between the question and the answer somebody may have saved the file."""
    desk.type("2.1.1/dung_han", Column.FIGURE, 190)
    proposal = desk.propose()
    path = desk.root / proposal.changes[0].path
    path.write_bytes(path.read_bytes() + b"\nx\n")

    with pytest.raises(ChangedMeanwhileError):
        write_sources(desk.root, proposal.changes)
    assert b"dung_han: 180" in path.read_bytes()


@pytest.mark.parametrize("trouble", [OSError(28, "đĩa đầy"), KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize("name", ["1-", "2-"])
def test_files_are_written_all_or_none(
    name: str, trouble: BaseException, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When one file is not put in its place, those before it are put back."""
    from pipeline.workspace import source

    desk.type("1.1.3/hoan_thanh", Column.FIGURE, 20)
    desk.type("2.1.1/dung_han", Column.FIGURE, 190)
    proposal = desk.propose()
    real = source.whole_file

    @contextmanager
    def failing(path: Path) -> Iterator[Path]:
        with real(path) as fresh:
            yield fresh
            if path.name.startswith(name):
                raise trouble

    monkeypatch.setattr(source, "whole_file", failing)
    with pytest.raises(type(trouble)):
        write_sources(desk.root, proposal.changes)

    assert all((desk.root / change.path).read_bytes() == change.raw for change in proposal.changes)


def test_a_missing_sheet_is_a_finding(desk: Any) -> None:
    """X103."""
    del desk.book["2"]
    (finding,) = found(desk, "X103")

    assert "“2”" in finding.message


def test_missing_columns_are_findings(desk: Any) -> None:
    """X103: each by its heading, on the sheet where it is missing."""
    for sheet in ("1", "2"):
        desk.book[sheet].cell(5, Column.EVIDENCE.index + 1).value = "Khác"
    findings = found(desk, "X103")

    assert [("“1”" in each.message, "“2”" in each.message) for each in findings] == [(True, False), (False, True)]
    assert all("Tài liệu kiểm chứng" in each.message for each in findings)


def test_a_missing_row_is_a_finding(desk: Any) -> None:
    """X103: its values are not taken for deleted."""
    desk.book["1"].delete_rows(desk.cell("1.1.3/hoan_thanh", Column.FIGURE).row)
    (finding,) = found(desk, "X103")

    assert "1.1.3/hoan_thanh" in finding.message


def test_moved_columns_and_rows_are_found_by_their_headings_and_keys(desk: Any) -> None:
    """An officer who took off the protection may sort and move."""
    desk.type("1.1.3/hoan_thanh", Column.FIGURE, 20)
    sheet = desk.book["1"]
    sheet.move_range(f"A1:{Column.KEY.letter}{sheet.max_row}", rows=3, cols=2)

    assert written(desk) == {"docs/2024/1-chi-dao-dieu-hanh.md": "    so_lieu: {hoan_thanh: 20, nhiem_vu: 20}"}


@pytest.mark.parametrize("key", ["9.9.9", "1.1.1", "=1+1"])
def test_a_strange_or_doubled_row_is_a_finding(desk: Any, key: str) -> None:
    """X107: a row is never taken for another one."""
    sheet = desk.book["1"]
    sheet.cell(sheet.max_row + 1, Column.KEY.index + 1).value = key

    assert found(desk, "X107")


def test_what_the_survey_scores_takes_no_input(desk: Any) -> None:
    """X107: points typed beside a surveyed criterion are not dropped in silence."""
    where = desk.type("3.1", Column.OWN, 2)
    (finding,) = found(desk, "X107")

    assert finding.message.startswith(f"{where}: ")


def test_a_broken_area_file_takes_no_input(desk: Any) -> None:
    """X108: what cannot be read is not written into."""
    path = desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md"
    path.write_text(path.read_text("utf-8").replace("  2.1.1:", "\t2.1.1:"), encoding="utf-8")
    desk.type("2.1.2/ma_qr", Column.FIGURE, "có")
    (finding,) = desk.propose(force=True).findings

    assert finding.code == "X108"


def test_every_finding_can_be_explained(desk: Any) -> None:
    """The codes that imports give are in the catalogue."""
    assert {"X101", "X102", "X103", "X104", "X105", "X106", "X107", "X108"} <= set(CATALOGUE)
