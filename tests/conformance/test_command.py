"""`cchc lint-document`: four forms of the same findings, and an exit code that a script can go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.decree import PaperFiles


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A file that is no document."""
    path = tmp_path / "văn bản.docx"
    path.write_bytes(b"PK nothing")
    return path


def test_our_own_files_are_right(small_files: PaperFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both at once, exit code 0, one calm sentence."""
    files = [str(path) for path in small_files.write(tmp_path)]

    assert run(["lint-document", *files]) == 0
    assert capsys.readouterr().out == "Không có lỗi nào.\n"


def test_findings_come_as_text(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file first, then code, fault and mend, and at the end the point of the decree; exit code 1."""
    assert run(["lint-document", str(wrong)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{wrong}: lỗi W101: ")
    assert "    → " in out
    assert out.endswith("Căn cứ:\n  W101: Nghị định 30/2020/NĐ-CP, Điều 8 và Phụ lục I\n")


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_findings_come_for_programs(wrong: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same finding for programs and forges."""
    assert run(["lint-document", "--format", form, str(wrong)]) == 1
    out = capsys.readouterr().out
    if form == "github":
        assert out.startswith("::error file=")
        return
    data = json.loads(out)
    found = data[0] if form == "json" else data["runs"][0]["results"][0]
    assert found.get("code", found.get("ruleId")) == "W101"


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, a folder, and no file at all."""
    assert run(["lint-document", str(tmp_path / "none.pdf"), str(tmp_path)]) == 1
    assert capsys.readouterr().out.count("không mở được tệp") == 2
    assert run(["lint-document"]) == 2
    assert "thiếu tham số" in capsys.readouterr().err
