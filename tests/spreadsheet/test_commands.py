"""`cchc export` and `cchc import scores` as people meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.spreadsheet.layout import Column


def cchc(desk: Any, *arguments: str) -> int:
    """Run a command on the desk's workspace."""
    return run(["-C", str(desk.root), *arguments])


@pytest.fixture
def edited(desk: Any) -> str:
    """A desk with one edit that is in order."""
    desk.type("2.1.1/dung_han", Column.FIGURE, 190)
    return str(desk.save())


def figure(desk: Any) -> str:
    """What the area file holds for the edited figure."""
    text = (desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md").read_text("utf-8")
    return text.partition("dung_han: ")[2].partition(",")[0]


@pytest.mark.parametrize("form", ["xlsx", "json", "csv"])
def test_exports_lie_below_build_and_the_message_says_where(
    desk: Any, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line names the file."""
    assert cchc(desk, "export", form) == 0
    path = desk.root / "build" / "export" / f"bang-diem-2024.{form}"

    assert path.is_file()
    assert str(path) in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_schemas_are_printed_without_a_workspace(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A programmer reads the form before there is any data."""
    assert run(["-C", str(tmp_path), "export", form, "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_nothing_is_exported_from_a_workspace_with_errors(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors are printed, the old file stays."""
    before = desk.file.read_bytes()
    (desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md").write_bytes(b"x")

    assert cchc(desk, "export", "xlsx") == 1
    assert desk.file.read_bytes() == before


def test_differences_are_shown_and_written_with_a_yes(
    desk: Any, edited: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question comes after the differences; only a yes writes."""
    answers = iter(["chưa rõ", "có"])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))

    assert cchc(desk, "import", "scores", edited) == 0
    out = capsys.readouterr().out

    assert "-    so_lieu: {dung_han: 180" in out
    assert "+    so_lieu: {dung_han: 190" in out
    assert "Đã ghi: docs/2024/2-thu-tuc-hanh-chinh.md" in out
    assert figure(desk) == "190"


@pytest.mark.parametrize(("options", "answer"), [(["--dry-run"], "có"), ([], "không"), ([], "")])
def test_without_an_agreement_nothing_is_written(
    desk: Any, edited: str, monkeypatch: pytest.MonkeyPatch, options: list[str], answer: str
) -> None:
    """Looking costs nothing; the default is no."""
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)

    assert cchc(desk, "import", "scores", edited, *options) == 0
    assert figure(desk) == "180"


def test_findings_end_with_one_and_name_file_row_and_column(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """As in `check`: an officer sees where, what, and how to mend it."""
    where = desk.type("2.1.1/dung_han", Column.FIGURE, "x")
    cell = desk.cell("2.1.1/dung_han", Column.FIGURE)

    assert cchc(desk, "import", "scores", str(desk.save()), "--yes") == 1
    err = capsys.readouterr().err

    assert f"edited.xlsx:{cell.row}:{cell.column}: lỗi X106: {where}: " in err
    assert "Chưa ghi gì" in err
    assert figure(desk) == "180"


def test_a_second_import_of_the_same_file_has_nothing_to_do(
    desk: Any, edited: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is in the files already is no difference, whatever state it was made from."""
    assert cchc(desk, "import", "scores", edited, "--yes") == 0
    assert cchc(desk, "import", "scores", edited, "--yes") == 0
    assert "không có gì để nhập" in capsys.readouterr().out


def test_a_stale_file_is_refused_and_taken_with_force(
    desk: Any, edited: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way out is named."""
    path = desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md"
    path.write_text(path.read_text("utf-8").replace("dung_han: 180", "dung_han: 170"), encoding="utf-8")

    assert cchc(desk, "import", "scores", edited, "--yes") == 1
    assert "--force" in capsys.readouterr().err
    assert cchc(desk, "import", "scores", edited, "--yes", "--force") == 0
    assert figure(desk) == "190"


def test_what_is_no_spreadsheet_is_no_traceback(desk: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not there, a folder, or something else."""
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    for path in (tmp_path / "x.xlsx", tmp_path / "none.xlsx", tmp_path):
        assert cchc(desk, "import", "scores", str(path)) == 1
        assert "lỗi X101" in capsys.readouterr().err
