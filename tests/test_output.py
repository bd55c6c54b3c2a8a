"""Files and folders appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.output import whole_file, whole_folder, write_file


def test_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """A second write takes the first one's place and keeps its mode."""
    target = tmp_path / "a" / "bang.txt"
    write_file(target, b"1")
    target.chmod(0o600)
    write_file(target, b"2")

    assert target.read_bytes() == b"2"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["bang.txt"]


def test_a_file_too_large_for_memory_is_replaced_when_the_block_ends_well(tmp_path: Path) -> None:
    """It is written beside its place, under another name."""
    with whole_file(tmp_path / "quyen.pdf") as fresh:
        fresh.write_bytes(b"1")
        assert not (tmp_path / "quyen.pdf").exists()

    assert (tmp_path / "quyen.pdf").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["quyen.pdf"]


def test_the_old_file_stays_when_the_block_fails(tmp_path: Path) -> None:
    """No litter either, not even a folder that was made for it."""
    write_file(tmp_path / "old" / "quyen.pdf", b"old")
    for folder in ("old", "new"):
        with pytest.raises(FileNotFoundError), whole_file(tmp_path / folder / "quyen.pdf") as fresh:
            fresh.with_name("missing").read_bytes()

    assert (tmp_path / "old" / "quyen.pdf").read_bytes() == b"old"
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["quyen.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_folder_is_swapped_when_the_block_ends_well(tmp_path: Path) -> None:
    """What the old folder held is gone, what the new one holds is there."""
    for name in ("old", "new"):
        with whole_folder(tmp_path / "site") as fresh:
            (fresh / name).write_text(name)

    assert [path.name for path in (tmp_path / "site").iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folder_stays_when_the_block_fails(tmp_path: Path) -> None:
    """A failure half-way leaves the old folder as it was and no litter."""
    with whole_folder(tmp_path / "site") as fresh:
        (fresh / "old").write_text("old")
    with pytest.raises(FileNotFoundError), whole_folder(tmp_path / "site") as fresh:
        (fresh / "new").rename(fresh / "newer")

    assert [path.name for path in (tmp_path / "site").iterdir()] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
