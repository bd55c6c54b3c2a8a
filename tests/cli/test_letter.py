"""`cchc letter`: every paper from the command line, also while the year has errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import run

ROOT = Path(__file__).parents[2]
AREA = "docs/2024/1-chi-dao-dieu-hanh.md"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the repository's own workspace."""
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def broken(lay: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound workspace with a figure larger than its whole and a survey that is not in yet."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1736900000")
    root = lay()
    path = root / AREA
    path.write_text(path.read_text("utf-8").replace("hoan_thanh: 19", "hoan_thanh: 21"), "utf-8")
    (root / "scores/2024/survey.yml").unlink()
    return root


def letter(root: Path, *arguments: str) -> int:
    """`cchc letter` on a workspace."""
    return run(["-C", str(root), "letter", *arguments])


def made(root: Path) -> list[str]:
    """The files in build/letters/."""
    return sorted(path.name for path in (root / "build" / "letters").glob("*"))


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("plan", "ke-hoach-2022"),
        ("invitation", "giay-moi-2022"),
        ("handout", "tai-lieu-hoi-nghi-2022"),
        ("appraisal", "de-nghi-tham-dinh-2022"),
    ],
)
def test_each_paper_is_written_and_told(
    workspace: Path, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both files appear, and the last lines say where."""
    assert letter(workspace, command) == 0
    told = capsys.readouterr().out.splitlines()[-2:]

    assert made(workspace) == [f"{name}.docx", f"{name}.pdf"]
    assert all(Path(line.split(": ", 1)[1].strip()).is_file() for line in told)


def test_reminders_work_while_the_year_has_errors(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One letter for each unit that owes something; the others are named as owing nothing."""
    assert letter(broken, "reminder", "--all") == 0
    out = capsys.readouterr().out

    assert made(broken) == ["don-doc-2024-van-phong.docx", "don-doc-2024-van-phong.pdf"]
    assert "Bộ phận Một cửa: không còn việc phải đôn đốc." in out


def test_one_unit_that_owes_nothing(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No letter is written, and that is said."""
    assert letter(broken, "reminder", "mot-cua") == 0
    assert capsys.readouterr().out == "Bộ phận Một cửa: không còn việc phải đôn đốc.\n"
    assert made(broken) == []


def test_the_request_needs_a_year_without_errors(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What goes out to the receiving office is finished; the errors are printed instead."""
    assert letter(broken, "appraisal") == 1
    assert "D306" in capsys.readouterr().err
    assert made(broken) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["reminder", "van-pong"], "có phải ý bạn là “van-phong”?"),
        (["reminder"], "nêu một bộ phận (van-phong, mot-cua), hoặc --all"),
        (["reminder", "mot-cua", "--all"], "hoặc --all"),
    ],
)
def test_wrong_usage(broken: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The units are named, or the one that was meant."""
    assert letter(broken, *arguments) == 2
    assert told in capsys.readouterr().err


def test_what_is_missing_is_told(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan without its page says which key to write."""
    assert letter(broken, "plan") == 1
    assert "scores/2024/settings.yml" in capsys.readouterr().err
    assert made(broken) == []


def test_unreadable_settings_are_told(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without settings there is nothing to write from; the finding says what is wrong with them."""
    (broken / "scores/2024/settings.yml").write_text("nam: [", "utf-8")

    assert letter(broken, "invitation") == 1
    err = capsys.readouterr().err
    assert "scores/2024/settings.yml" in err
    assert "Chưa ghi văn bản nào" in err
