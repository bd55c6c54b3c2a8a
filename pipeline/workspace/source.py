"""A file of the workspace before and after: its text as the program reads it, its bytes in the file's own form."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.output import whole_file, write_file
from pipeline.workspace.reader import Reader

_MARK = b"\xef\xbb\xbf"


class ChangedMeanwhileError(Exception):
    """A file is not any more what the differences were shown from."""

    def __init__(self, *, path: str) -> None:
        super().__init__(f"{path} vừa bị sửa trong lúc chờ xác nhận; chưa ghi gì, hãy chạy lại lệnh")
        self.path = path


@dataclass(frozen=True)
class SourceFile:
    """One file."""

    path: str
    """Relative to the workspace."""
    raw: bytes | None
    """What is on disk; None where there is no file yet."""
    before: str
    after: str

    def changed(self, text: str) -> SourceFile:
        """The same file with another text to come."""
        return replace(self, after=text)

    @property
    def same(self) -> bool:
        """Whether the text to come is the text that is there."""
        return self.before == self.after

    @property
    def content(self) -> bytes:
        """What will be on disk: with the file's own line ends and byte order mark."""
        raw = self.raw or b""
        ends = "\r\n" if b"\r\n" in raw else "\r" if b"\r" in raw and b"\n" not in raw else "\n"
        mark = _MARK if raw.startswith(_MARK) else b""
        return mark + self.after.replace("\n", ends).encode("utf-8")


def read_source(root: Path, path: str) -> SourceFile:
    """A file as it is; without text where it is not there, or holds none that can be read.

    Raises:
        OSError: it cannot be read.
    """
    raw = _raw(root, path)
    text = "" if raw is None else Reader(root).text(path) or ""
    return SourceFile(path, raw, text, text)


def write_sources(root: Path, files: Sequence[SourceFile]) -> None:
    """Write all files or none.

    Raises:
        ChangedMeanwhileError: one of them is not any more what it was when it was read; nothing is written.
        BaseException: one could not be written, or somebody interrupts; the others are put back.
    """
    for file in files:
        if _raw(root, file.path) != file.raw:
            raise ChangedMeanwhileError(path=file.path)
    try:
        with ExitStack() as stack:  # all lie beside their places before the first is moved into its own
            for file in files:
                stack.enter_context(whole_file(root / file.path)).write_bytes(file.content)
    except BaseException:  # an interruption, too, comes between two files
        for file in files:
            if _raw(root, file.path) != file.raw:
                _put_back(root, file)
        raise


def _raw(root: Path, path: str) -> bytes | None:
    return (root / path).read_bytes() if (root / path).is_file() else None


def _put_back(root: Path, file: SourceFile) -> None:
    if file.raw is None:
        (root / file.path).unlink()
    else:
        write_file(root / file.path, file.raw)
