"""Writing a package: one file after the other, piece by piece, so that large scans never lie in memory."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pipeline.output import whole_file
from pipeline.package.contents import Item
from pipeline.package.frame import ENDING, LARGEST, MOST_FILES, Entry, directory, header
from pipeline.package.names import MANIFEST, SIGNATURE

_PIECE = 1 << 20


class PackingError(Exception):
    """A package that is not made, and why, in Vietnamese."""


def write_archive(path: Path, manifest: bytes, signature: bytes | None, items: Iterable[Item], day: date) -> None:
    """Write the ZIP file: the manifest, its signature, then the files in their order, all dated `day`.

    Raises:
        OSError: a file cannot be read, or the package not written; the old package is then untouched.
        PackingError: a file changed meanwhile, or all of them are too many or too large.
    """
    told = [(MANIFEST, manifest, None), *([(SIGNATURE, signature, None)] if signature else [])]
    wanted = [*told, *((item.entry.path, item.content, item.entry.sha256) for item in items)]
    if len(wanted) > MOST_FILES:
        raise PackingError(f"gói có quá {MOST_FILES} tệp; thu hẹp “pham_vi” trong settings.yml")
    with whole_file(path) as fresh, fresh.open("wb") as stream:
        entries = [_write(stream, name, content, sha256, day) for name, content, sha256 in wanted]
        stream.write(directory(entries, day))
        if stream.tell() > LARGEST:
            raise _too_large()


def _write(stream: BinaryIO, name: str, content: bytes | Path, sha256: str | None, day: date) -> Entry:
    """Write a file; its header, which tells the sum of its bytes, is put before it afterwards."""
    offset = stream.tell()
    stream.write(header(Entry(name, 0, 0, offset), day))
    digest, crc, size = hashlib.sha256(), 0, 0
    for piece in _pieces(content):
        digest.update(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        stream.write(piece)
    if sha256 is not None and digest.hexdigest() != sha256:
        raise PackingError(f"tệp “{name}” thay đổi trong lúc đóng gói; chạy lại lệnh này")
    entry = Entry(name, size, crc, offset)
    end = stream.tell()
    if end + ENDING.size > LARGEST:
        raise _too_large()
    stream.seek(offset)
    stream.write(header(entry, day))
    stream.seek(end)
    return entry


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def _too_large() -> PackingError:
    return PackingError("gói lớn hơn 4 GB; thu hẹp “pham_vi” trong settings.yml, hoặc quét lại ở độ phân giải thấp hơn")
