"""What files and machines can hold against the reader: it tells, and never hangs or raises."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.dossier import examine

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"
YEAR, TODAY = 2024, date(2025, 1, 15)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sound workspace."""
    return shutil.copytree(SOUND, tmp_path / "w")


def codes(root: Path) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in examine(root, YEAR, TODAY).findings}


def test_a_pipe_among_the_scans_is_told(workspace: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(workspace / "evidence" / str(YEAR) / "scans" / "TL09.pdf")

    assert "F104" in codes(workspace)


def test_a_file_name_that_is_no_text_is_passed_over(workspace: Path) -> None:
    """Such a name can be neither shown nor linked."""
    (workspace / "docs" / os.fsdecode(b"\xff.md")).write_text("---\ntieu_de: x\n---\n", "utf-8")

    assert codes(workspace) == set()


@pytest.mark.parametrize("text", ["abc", "", "-1", "5" * 30, "٣"])
def test_an_unusable_epoch_is_no_epoch(workspace: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine's odd setting does not stop an officer."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)

    assert run(["-C", str(workspace), "check"]) == 0


@pytest.mark.parametrize("folder", ["0000", "9999", "２０２４"])
def test_only_sensible_folders_are_years(workspace: Path, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of another name is not taken for the latest year."""
    (workspace / "scores" / folder).mkdir()

    assert run(["-C", str(workspace), "check"]) == 0
    assert "F103" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trich_yeu: ", "trich_yeu: " + "rất dài " * 100),
        ("ten_day_du: ", "ten_day_du: " + "Ủy ban " * 60),
        (
            "to_chuc_cham_diem: |\n",
            "to_chuc_cham_diem: |\n    ###\n\n    ก ក ሀ ᚠ ހ\n\n" + "    > " + "> " * 18 + "sâu\n\n",
        ),
        ("kien_nghi: |\n", "kien_nghi: |\n    " + "chữ" * 9000 + "\n\n"),
    ],
)
def test_odd_but_allowed_texts_build_or_are_told(
    workspace: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the renderers think of a text, the officer gets files or a sentence, and no half of them."""
    path = workspace / "scores" / str(YEAR) / "settings.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    code = run(["-C", str(workspace), "report"])

    made = list((workspace / "build").rglob("*.*"))
    assert (code, len(made)) in {(0, 2), (1, 0)}
    assert code == 0 or "Lỗi: " in capsys.readouterr().err
