"""`cchc fmt` changes the form of files, never their meaning, comments or order."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from pipeline.workspace.load import load
from pipeline.workspace.tidy import tidy

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"
YEAR = 2024


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sound workspace."""
    return shutil.copytree(SOUND, tmp_path / "w")


def after(root: Path) -> dict[str, str]:
    """What would be written, by path."""
    changed, findings = tidy(load(root, YEAR))

    assert findings == ()
    return {file.path: file.after for file in changed}


def test_sound_files_stay(workspace: Path) -> None:
    """Files in the house's form are left alone."""
    assert after(workspace) == {}


def test_characters_and_line_ends(workspace: Path) -> None:
    """Windows line ends, a byte order mark and decomposed accents go."""
    path = workspace / "scores" / str(YEAR) / "settings.yml"
    original = path.read_text("utf-8")
    path.write_bytes(("\ufeff" + unicodedata.normalize("NFD", original).replace("\n", "\r\n")).encode())

    assert after(workspace) == {f"scores/{YEAR}/settings.yml": original}


def test_values_take_the_house_form_and_comments_stay(workspace: Path) -> None:
    """Points get a comma (quoted inside braces), dates a slash; the comment beside them stays."""
    path = workspace / "scores" / str(YEAR) / "survey.yml"
    path.write_text(f"# ghi chú\nnam: {YEAR}\nminh_hoa: yes # vì sao\nket_qua: {{3.1: 0.5}}\n", "utf-8")

    expected = f'# ghi chú\nnam: {YEAR}\nminh_hoa: có # vì sao\nket_qua: {{3.1: "0,5"}}\n'
    assert after(workspace)[f"scores/{YEAR}/survey.yml"] == expected


def test_missing_hashes_are_filled_in(workspace: Path) -> None:
    """A scan without sha256 gets the one of its file, right below its name."""
    path = workspace / "evidence" / str(YEAR) / "register.yml"
    original = path.read_text("utf-8")
    path.write_text("".join(line for line in original.splitlines(keepends=True) if "sha256" not in line), "utf-8")
    text = after(workspace)[f"evidence/{YEAR}/register.yml"]

    scans = [scan for scan in (path.parent / "scans").iterdir() if scan.name in original]
    assert scans
    for scan in scans:
        assert f"ban_chup: {scan.name}\n    sha256: {hashlib.sha256(scan.read_bytes()).hexdigest()}\n" in text


def test_missing_pages_are_counted(workspace: Path) -> None:
    """Below the sha256 of each scan, as many as the file has."""
    path = workspace / "evidence" / str(YEAR) / "register.yml"
    original = path.read_text("utf-8")
    path.write_text("".join(line for line in original.splitlines(keepends=True) if "so_trang" not in line), "utf-8")

    assert after(workspace)[f"evidence/{YEAR}/register.yml"] == original


def test_a_new_sha256_brings_new_pages(workspace: Path) -> None:
    """Pages belong to a file: where the sha256 is taken anew, they are counted anew."""
    path = workspace / "evidence" / str(YEAR) / "register.yml"
    original = path.read_text("utf-8")
    spoilt = re.sub(r"    sha256: \w+\n    so_trang: 1\n", "    so_trang: 9\n", original)
    assert spoilt != original
    path.write_text(spoilt, "utf-8")

    assert after(workspace)[f"evidence/{YEAR}/register.yml"] == original


def test_a_scan_that_changed_or_does_not_open_gets_no_pages(workspace: Path) -> None:
    """The one is for a person to look at; of the other nobody knows how many it has."""
    path = workspace / "evidence" / str(YEAR) / "register.yml"
    text = re.sub(r"    so_trang: 1\n", "", path.read_text("utf-8"))
    text = re.sub(r"(ban_chup: TL04.png\n)    sha256: \w+\n", r"\1", text)
    path.write_text(text, "utf-8")
    (path.parent / "scans" / "TL01.pdf").write_bytes(b"%PDF-1.4 another")
    (path.parent / "scans" / "TL04.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    lines = after(workspace)[f"evidence/{YEAR}/register.yml"].splitlines()

    followers = {line.strip(): lines[number + 2].strip() for number, line in enumerate(lines) if "ban_chup" in line}
    assert {name: line.partition(":")[0] for name, line in followers.items()} == {
        "ban_chup: TL01.pdf": "minh_hoa",
        "ban_chup: TL02.pdf": "so_trang",
        "ban_chup: TL04.png": "minh_hoa",
    }


def test_tidying_twice_changes_nothing_more(workspace: Path) -> None:
    """The house's form is its own house's form."""
    path = workspace / "scores" / str(YEAR) / "survey.yml"
    path.write_text(f"nam: {YEAR}\r\nket_qua: {{3.1: 0.5}}\r\n\r\n", "utf-8")
    path.write_text(after(workspace)[f"scores/{YEAR}/survey.yml"], "utf-8")

    assert after(workspace) == {}
