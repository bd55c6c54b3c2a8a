"""`cchc binder` and `cchc build` at the terminal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import run

Workspace = Callable[..., Path]


def test_it_says_where_the_binder_lies(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """One file, below `build/binder/`."""
    root = workspace({})

    assert run(["-C", str(root), "binder"]) == 0
    assert "quyen-kiem-chung-2024.pdf" in capsys.readouterr().out
    assert [path.name for path in (root / "build" / "binder").iterdir()] == ["quyen-kiem-chung-2024.pdf"]


def test_pointers_stop_the_command(workspace: Workspace, sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where git LFS has fetched nothing, there is nothing to bind."""
    root = workspace({})
    for scan in (root / "evidence" / "2024" / "scans").iterdir():
        content = (sound / "evidence" / "2024" / "scans" / scan.name).read_bytes()
        oid = hashlib.sha256(content).hexdigest()
        scan.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n")

    assert run(["-C", str(root), "binder"]) == 1
    assert "E428" in capsys.readouterr().err
    assert not (root / "build").exists()


def test_a_scan_that_lies_about_its_pages_stops_the_command(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding is on the terminal, and there is no binder."""
    root = workspace({})
    register = root / "evidence" / "2024" / "register.yml"
    register.write_text(register.read_text("utf-8").replace("so_trang: 1", "so_trang: 2", 1), "utf-8")

    assert run(["-C", str(root), "binder"]) == 1
    assert "E427" in capsys.readouterr().err
    assert list((root / "build").glob("*")) == []
