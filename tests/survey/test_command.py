"""`cchc import survey` as people meet it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.cli import run

Captured = pytest.CaptureFixture[str]
ANSWERS = [("Hài lòng", "Rất hài lòng")] * 8


@pytest.fixture
def cchc(poll: Any) -> Callable[..., int]:
    """Run the command on a file of eight answers."""
    file = poll.file(poll.csv(poll.form(*ANSWERS)))
    return lambda *options: run(["-C", str(poll.root), "import", "survey", str(file), *options])


def test_it_shows_before_it_asks(poll: Any, cchc: Callable[..., int], capsys: Captured) -> None:
    """Points before and after, answers, interval and distribution; without a yes nothing is written."""
    before = poll.results.read_bytes()

    assert cchc("--dry-run") == 0
    out = capsys.readouterr().out
    assert "tệp phiếu 1 (Google Forms): 8 dòng, 8 phiếu được đọc, 1 cột không dùng đến" in out
    assert "3.1: 1,60 điểm (đang ghi: 1,75)" in out
    assert re.search(r"Khoảng tin cậy 95 %: \d\d,\d\d–\d\d\d?,\d\d\s%", out)
    assert re.search(r"█{24} Hài lòng: 8 \(100\s%\)", out)
    assert "chưa ghi gì" in out
    assert poll.results.read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "written"), [("có\n", True), ("không\n", False), ("\n", False), ("gì?\ncó\n", True)]
)
def test_it_asks(
    poll: Any, cchc: Callable[..., int], monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    """Only a yes writes; what is neither yes nor no is asked again."""
    import io

    before = poll.results.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))

    assert cchc() == 0
    assert (poll.results.read_bytes() != before) is written


def test_it_has_nothing_to_write_twice(cchc: Callable[..., int], capsys: Captured) -> None:
    """A second import says that all is there."""
    assert cchc("--yes") == 0
    assert "Đã ghi: scores/2024/survey.yml" in capsys.readouterr().out
    assert cchc("--yes") == 0
    assert "không có gì để ghi" in capsys.readouterr().out


def test_too_few_answers_show_what_goes(poll: Any, capsys: Captured) -> None:
    """Points that are not backed by answers any more are named before they go."""
    file = poll.file(poll.csv(poll.form(*[("Hài lòng", "")] * 8)))

    assert run(["-C", str(poll.root), "import", "survey", str(file), "--dry-run"]) == 0
    assert "3.2: bỏ 1,60 điểm, vì chưa đủ phiếu" in capsys.readouterr().out


def test_errors_write_nothing(poll: Any, capsys: Captured) -> None:
    """The findings are told, and that nothing was written."""
    before = poll.results.read_bytes()
    file = poll.file(b"\xff")

    assert run(["-C", str(poll.root), "import", "survey", str(file), "--yes"]) == 1
    assert "Chưa ghi gì" in capsys.readouterr().err
    assert poll.results.read_bytes() == before


def test_groups_are_named_once_or_for_each_file(cchc: Callable[..., int], capsys: Captured) -> None:
    """Two groups for one file are wrong usage."""
    assert cchc("--group", "a", "--group", "b") == 2
    assert "--group" in capsys.readouterr().err


def test_one_group_for_all_files(poll: Any, capsys: Captured) -> None:
    """Named once it holds for every file."""
    groups = {"cac_nhom": {"dan": {"ten": "Người dân"}, "to-chuc": {"ten": "Tổ chức"}}}
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")}, nhom_tra_loi=groups)
    files = [str(poll.file(poll.csv(poll.form(*[("Hài lòng", "")] * count)))) for count in (8, 9)]

    assert run(["-C", str(poll.root), "import", "survey", *files, "--group", "dan", "--dry-run"]) == 0
    assert "Người dân: 17 phiếu" in capsys.readouterr().out


def test_explain_tells_formula_answers_and_interval(cchc: Callable[..., int], poll: Any, capsys: Captured) -> None:
    """How the points came about, without reading any file of answers again."""
    cchc("--yes")
    capsys.readouterr()

    assert run(["-C", str(poll.root), "score", "explain", "3.1"]) == 0
    out = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "8 phiếu, điểm trung bình so với mức cao nhất: 80,00 % × 2 → 1,60 điểm" in out
    assert "Công thức: Điểm trung bình so với mức cao nhất × 2 điểm" in out
    assert "Số phiếu: 8" in out
    assert "Khoảng tin cậy 95 %: " in out
    assert "Hài lòng: 8 (100 %)" in out
