"""Writing a file or a folder whole or not at all: beside its place first, then renamed into it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"
LONGEST_EPOCH = 10
"""Digits: up to the year 2286, which every file format can hold."""


def source_date_epoch() -> int | None:
    """The moment that a reproducible build prescribes, in seconds since 1970; None without a usable one.

    Source: the SOURCE_DATE_EPOCH specification of reproducible-builds.org.
    """
    text = os.environ.get(EPOCH, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST_EPOCH else None


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, so that a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the folder cannot be written; the old file is then untouched.
    """
    with whole_file(path) as fresh:
        fresh.write_bytes(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Lend the path of a file that takes the place of `path` when the block ends well; for what no memory should hold.

    Raises:
        OSError: the folder cannot be written; the old file is then untouched.
    """
    had_folder = path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        if not had_folder:
            with suppress(OSError):
                path.parent.rmdir()
        raise


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Lend an empty folder that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises:
        OSError: the parent folder cannot be written; the old folder is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    fresh.chmod(0o755)
    try:
        yield fresh
        _replace_folder(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace_folder(fresh: Path, path: Path) -> None:
    """Swap by two renames; if the second fails, the old folder comes back."""
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}-old-", dir=path.parent))
    had_one = path.exists()
    if had_one:
        os.replace(path, old / path.name)
    try:
        os.replace(fresh, path)
    except BaseException:
        if had_one and not path.exists():
            os.replace(old / path.name, path)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
