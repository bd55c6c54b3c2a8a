"""Wrong usage and help as a newcomer meets them: Vietnamese, whole, and in the order of the year's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS, cchc, run

ENGLISH = re.compile(
    r"\b(does not exist|is a directory|is not in the range|is not a valid|the|Usage|Options|Commands)\b"
)


def every(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that call each command and each group."""
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from every(child, (*path, name))


@pytest.mark.parametrize("words", list(every(cchc)), ids=" ".join)
def test_help_is_vietnamese_and_nothing_in_it_is_cut(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """No sentence ends in three dots, no heading or bound of a number is click's own."""
    assert run([*words, "--help"]) == 0
    told = capsys.readouterr().out

    assert told.startswith("Cách dùng: cchc")
    assert "..." not in told
    assert not ENGLISH.search(told)
    assert not re.search(r"<=x|x>=|x<=", told)


def test_commands_stand_in_the_order_of_the_year(capsys: pytest.CaptureFixture[str]) -> None:
    """Checking comes first; the list is the one of the source."""
    run(["--help"])
    told = capsys.readouterr().out.partition("Lệnh:")[2]

    assert re.findall(r"^  (\S+)", told, re.MULTILINE) == [command.name for command in COMMANDS]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["verify", "khong.zip"], "không tìm thấy “khong.zip”"),
        (["verify", "."], "cần một tệp, không phải thư mục “.”"),
        (["verify", "--trust", "khong", "khong.zip"], "“--trust” không dùng được: không tìm thấy “khong”"),
        (["serve", "--port", "0"], "cần một số nguyên từ 1 đến 65535"),
        (["sign", "--seal-size", "5"], "cần một số từ 10 đến 100"),
        (["sign", "--page", "0"], "cần một số nguyên từ 1 trở lên"),
        (["--year", "nay", "check"], "cần một số nguyên"),
        (["sign", "--pkcs12", "khong.p12"], "không có tệp khóa “khong.p12”"),
        (["sign", "--pkcs12", "khong.p12", "--timestamp", "tsa.vn"], "ghi cả http:// hoặc https://"),
        (["package", "--pkcs12", "khong.p12"], "không có tệp khóa “khong.p12”"),
        (["schema", "zzz"], "các lược đồ: criteria-set"),
        (["check", "--format", "xml"], "chọn một trong: text, json, sarif, github"),
    ],
)
def test_what_is_wrong_is_told_in_vietnamese(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit 2, with what is expected, and no word of the library's."""
    monkeypatch.chdir(tmp_path)

    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert told in said
    assert not ENGLISH.search(said)


def test_an_option_without_its_value_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Not that of the whole program."""
    assert run(["whatif", "--cheapest"]) == 2
    assert "Xem trợ giúp: cchc whatif --help" in capsys.readouterr().err
