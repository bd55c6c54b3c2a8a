"""Files and texts of strangers do no harm on a terminal: nothing waits for ever, nothing is obeyed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.cli.findings import FORMATS, json_text
from pipeline.model.finding import Finding, Place
from pipeline.wording import visible

HOSTILE = "a\x1b[31mđỏ\x1b]0;x\x07\x9b31m\u202e\n::error::giả\nLỗi: giả"
COMMANDS = (
    ("verify",),
    ("import", "appraisal"),
    ("import", "survey"),
    ("import", "criteria"),
    ("import", "scores"),
    ("lint-document",),
    ("report", "--diff"),
    ("sign", "--pkcs12"),
)
Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_has_no_end_is_not_read(
    command: tuple[str, ...], kind: str, sound: Path, tmp_path: Path, capsys: Captured
) -> None:
    """A pipe that nobody writes to, or an endless device, is wrong usage; of answers not even the file is named."""
    path = tmp_path / "Nguyễn Thị Kín.xlsx"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")

    assert run(["-C", str(sound), *command, str(path)]) == 2
    told = capsys.readouterr().err
    assert "cần một tệp, không phải thiết bị hoặc đường ống" in told
    assert "Nguyễn" not in told or command != ("import", "survey")


def test_a_pipe_among_trusted_certificates_is_passed_over(tmp_path: Path, capsys: Captured) -> None:
    """In a folder only what is a file is a certificate."""
    folder = tmp_path / "tin"
    folder.mkdir()
    os.mkfifo(folder / "goc.pem")
    file = tmp_path / "bao-cao.pdf"
    file.write_bytes(b"%PDF-")

    assert run(["verify", str(file), "--trust", str(folder)]) == 1
    assert "KHÔNG HỢP LỆ" in capsys.readouterr().out


def test_a_hostile_text_is_one_harmless_line() -> None:
    """Letters, signs and spaces of any kind stay; what moves the cursor or turns the reading round does not."""
    shown = visible(HOSTILE)

    assert shown == "a�[31mđỏ�]0;x��31m� ::error::giả Lỗi: giả"
    assert visible("15,49\u00a0% – “Tốt” 😀") == "15,49\u00a0% – “Tốt” 😀"


@pytest.mark.parametrize("name", FORMATS)
def test_findings_carry_no_command_for_the_terminal(name: str, capsys: Captured) -> None:
    """Nor a line of their own that a reader or a forge could take for another finding."""
    FORMATS[name]([Finding(Place(HOSTILE, 3, 1), "F101", HOSTILE, HOSTILE)])
    told = capsys.readouterr().out

    assert not set("\x1b\x07\x9b\u202e") & set(told)
    assert not [line for line in told.splitlines() if line.startswith(("::error::", "Lỗi"))]


def test_json_says_the_same_with_what_cannot_be_seen_as_numbers() -> None:
    """Programs read every character back."""
    assert json.loads(json_text({"a": HOSTILE})) == {"a": HOSTILE}
    assert "đỏ" in json_text({"a": HOSTILE})


def test_a_file_s_own_name_is_harmless(tmp_path: Path, capsys: Captured) -> None:
    """Verifying tells the name of what was verified."""
    path = tmp_path / "x\x1b]0;y\x07\nHỢP LỆ.pdf"
    shutil.copy(__file__, path)

    assert run(["verify", str(path)]) == 1
    told = "".join(capsys.readouterr())
    assert not set("\x1b\x07") & set(told)
    assert not [line for line in told.splitlines() if line.startswith("HỢP LỆ")]
