"""`cchc import criteria` and `cchc export criteria` as people meet them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import run

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sound workspace."""
    return shutil.copytree(SOUND, tmp_path / "w")


@pytest.fixture
def annex(tmp_path: Path, word: Callable[..., bytes], printed: list[list[str]]) -> Path:
    """An annex on disk."""
    path = tmp_path / "Phụ lục 01.docx"
    path.write_bytes(word(printed))
    return path


def cchc(root: Path, *arguments: object) -> int:
    """Run one command on a workspace."""
    return run(["-C", str(root), *map(str, arguments)])


def test_a_set_is_written_and_told(workspace: Path, annex: Path, capsys: Captured) -> None:
    """Doubts that are only warnings do not stand in the way; the file is named after the annex."""
    assert cchc(workspace, "import", "criteria", annex) == 0
    out = capsys.readouterr().out

    assert (workspace / "scores" / "sets" / "phu-luc-01.yml").is_file()
    assert "Đã ghi" in out
    assert "2 lĩnh vực, 5 tiêu chí" in out
    assert "cảnh báo N812" in out


def test_an_existing_set_is_not_overwritten(workspace: Path, annex: Path, capsys: Captured) -> None:
    """Only `--force` replaces a set; a refusal leaves it as it was."""
    path = workspace / "scores" / "sets" / "xa-mau.yml"
    before = path.read_bytes()

    assert cchc(workspace, "import", "criteria", annex, "--code", "xa-mau") == 1
    assert "N814" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert cchc(workspace, "import", "criteria", annex, "--code", "xa-mau", "--force") == 0
    assert path.read_bytes() != before


def test_dry_run_prints_what_would_be_written(workspace: Path, annex: Path, capsys: Captured) -> None:
    """Standard output is the set alone, so that it can be kept or compared; nothing is written."""
    assert cchc(workspace, "import", "criteria", annex, "--dry-run", "--code", "moi") == 0
    printed = capsys.readouterr()

    assert sorted(path.name for path in (workspace / "scores" / "sets").iterdir()) == ["xa-mau.yml"]
    assert printed.out.startswith("ma: moi\n")
    assert "N812" in printed.err
    assert cchc(workspace, "import", "criteria", annex, "--code", "moi") == 0
    assert (workspace / "scores" / "sets" / "moi.yml").read_text("utf-8") == printed.out


def test_a_set_with_printed_mistakes_is_written_and_ends_with_one(
    workspace: Path, tmp_path: Path, word: Callable[..., bytes], printed: list[list[str]], capsys: Captured
) -> None:
    """A total that does not add up is kept as printed; the checks of the set say what must be settled."""
    printed = [row[:] for row in printed]
    printed[2][2] = "9"
    (tmp_path / "sai.docx").write_bytes(word(printed))

    assert cchc(workspace, "import", "criteria", tmp_path / "sai.docx") == 1
    out = capsys.readouterr().out

    assert re.search(r"sai\.docx:3: cảnh báo N809: bảng 1, dòng 3: ", out)
    assert re.search(r"scores/sets/sai\.yml:\d+:\d+: lỗi S201", out)
    assert (workspace / "scores" / "sets" / "sai.yml").is_file()


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7"])
def test_files_that_cannot_be_read_write_nothing(
    content: bytes | None, workspace: Path, tmp_path: Path, capsys: Captured
) -> None:
    """A missing, an empty and a foreign file are findings with exit code 1."""
    if content is not None:
        (tmp_path / "x.docx").write_bytes(content)

    assert cchc(workspace, "import", "criteria", tmp_path / "x.docx") == 1
    printed = capsys.readouterr()

    assert "lỗi N801" in printed.out
    assert "Chưa ghi bộ tiêu chí nào" in printed.err
    assert sorted(path.name for path in (workspace / "scores" / "sets").iterdir()) == ["xa-mau.yml"]


def test_a_folder_is_no_annex(workspace: Path, tmp_path: Path, capsys: Captured) -> None:
    """A folder in place of the file is told like any file that cannot be opened."""
    assert cchc(workspace, "import", "criteria", tmp_path) == 1
    assert "N801" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["../ra-ngoai", "Bộ mới", "a/b", "."])
def test_an_id_is_a_bare_name(code: str, workspace: Path, annex: Path, capsys: Captured) -> None:
    """An id cannot lead out of the folder of sets."""
    assert cchc(workspace, "import", "criteria", annex, "--code", code) == 2
    assert "viết liền không dấu" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_what_is_exported_can_be_imported(form: str, workspace: Path, capsys: Captured) -> None:
    """The year's set goes out and comes back without a finding."""
    assert cchc(workspace, "export", "criteria", "--format", form) == 0
    file = workspace / "build" / "export" / f"xa-mau.{form}"
    capsys.readouterr()

    assert cchc(workspace, "import", "criteria", file, "--force") == 0
    assert "Không có lỗi nào" in capsys.readouterr().out
    assert cchc(workspace, "check") == 0


def test_an_id_inside_the_file_cannot_lead_out(
    workspace: Path, tmp_path: Path, word: Callable[..., bytes], printed: list[list[str]]
) -> None:
    """A table of keys that names a path as its id gets a name made of it."""
    keys = [["Khóa", "Giá trị"], ["ma", "../../ra-ngoai"]]
    (tmp_path / "a.docx").write_bytes(word(printed, keys))
    cchc(workspace, "import", "criteria", tmp_path / "a.docx")

    assert not list(tmp_path.glob("ra-ngoai*"))
    assert (workspace / "scores" / "sets" / "ra-ngoai.yml").is_file()
