"""Raw answers are found wherever others would read them, and git is kept out of the private folder."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.dossier import examine

Lay = Callable[..., Path]
GOOGLE = '"Dấu thời gian","Họ và tên"\n"02/11/2024","x"\n'
LIME = '"id","submitdate","lastpage","startlanguage","G01Q01"\n'
LIME_TEXTS = '"id. Response ID";"submitdate. Date submitted";"lastpage. Last page"\n'
KOBO = "start;a/b;_id;_uuid;_submission_time\n"


def found(root: Path) -> list[str]:
    """Where the check finds something."""
    return [each.place.path for each in examine(root, 2024, date(2025, 1, 15)).findings if each.code == "D339"]


@pytest.mark.parametrize("text", [GOOGLE, LIME, LIME_TEXTS, KOBO, GOOGLE.replace(",", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_exports_are_known_by_their_columns(lay: Lay, text: str, encoding: str) -> None:
    """In any folder that is published, handed on or kept in git."""
    root = lay()
    for place in ("docs", "evidence/2024/scans", "scores/2024"):
        (root / place / "a.csv").write_bytes(text.encode(encoding))

    assert found(root) == ["docs", "evidence/2024/scans", "scores/2024"]


def test_a_workbook_is_known_too(lay: Lay) -> None:
    """By the first texts that it holds."""
    import openpyxl

    root, stream, book = lay(), io.BytesIO(), openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Timestamp", "Họ và tên"])
    book.save(stream)
    (root / "evidence" / "2024" / "a.xlsx").write_bytes(stream.getvalue())

    assert found(root) == ["evidence/2024"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("so-lieu.csv", b"STT,Timestamp\n1,2\n"),
        ("so-lieu.csv", b"id,ten\n1,2\n"),
        ("trong.csv", b""),
        ("hong.xlsx", b"PK\x03\x04"),
        ("ghi-chu.txt", "Dấu thời gian của văn bản, xem sổ\n".encode()),
        ("nhi-phan.csv", bytes(range(256))),
    ],
)
def test_other_tables_are_left_alone(lay: Lay, name: str, content: bytes) -> None:
    """A table of figures, an empty or spoilt file is no export."""
    root = lay()
    (root / "evidence" / "2024" / name).write_bytes(content)

    assert found(root) == []


def git(root: Path, *arguments: str) -> None:
    """Run git there."""
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def test_git_must_not_see_the_private_folder(lay: Lay) -> None:
    """An ignored folder is fine; one that git would take in, or has, is not."""
    root = lay()
    (root / "private").mkdir()
    (root / "private" / "phieu.csv").write_text(GOOGLE, "utf-8")
    assert found(root) == []

    git(root, "init", "-q")
    assert found(root) == ["private"]

    (root / ".gitignore").write_text("/private/\n", "utf-8")
    assert found(root) == []

    git(root, "add", "-f", "private/phieu.csv")
    assert found(root) == ["private"]
