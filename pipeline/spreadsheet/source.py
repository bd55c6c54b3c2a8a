"""An area file before and after: its text as the program reads it, its bytes in the file's own form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.output import write_file
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
    raw: bytes
    """What is on disk."""
    before: str
    after: str

    def changed(self, text: str) -> SourceFile:
        """The same file with another text to come."""
        return replace(self, after=text)

    @property
    def content(self) -> bytes:
        """What will be on disk: with the file's own line ends and byte order mark."""
        ends = "\r\n" if b"\r\n" in self.raw else "\n" if b"\n" in self.raw else "\r"
        mark = _MARK if self.raw.startswith(_MARK) else b""
        return mark + self.after.replace("\n", ends).encode("utf-8")


def read_source(root: Path, path: str) -> SourceFile:
    """Read a file that the workspace has read before.

    Raises:
        OSError: it is not there any more.
    """
    text = Reader(root).text(path) or ""
    return SourceFile(path, (root / path).read_bytes(), text, text)


def write_sources(root: Path, files: Sequence[SourceFile]) -> None:
    """Write all files or none.

    Raises:
        ChangedMeanwhileError: one of them is not any more what it was when it was read; nothing is written.
        OSError: one could not be written; the others are put back.
    """
    for file in files:
        if (root / file.path).read_bytes() != file.raw:
            raise ChangedMeanwhileError(path=file.path)
    written: list[SourceFile] = []
    try:
        for file in files:
            write_file(root / file.path, file.content)
            written.append(file)
    except OSError:
        for file in written:
            write_file(root / file.path, file.raw)
        raise
