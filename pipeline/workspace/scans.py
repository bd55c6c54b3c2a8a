"""The scans beside the register: what is there, how large, and its sha256. LFS pointers answer for their file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_POINTER = re.compile(rb"version https://git-lfs\S+\n(?:\S+ .*\n)*?oid sha256:([0-9a-f]{64})\nsize (\d+)\n")
_MAGIC = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
}
TYPES = tuple(sorted(_MAGIC))
"""Endings of the file types that count as a scan."""


@dataclass(frozen=True)
class Scan:
    """One scan."""

    path: Path
    """Where it lies; a Mac may spell the name with its accents apart."""
    size: int
    """Bytes."""
    sha256: str
    genuine: bool
    """Whether its content is of the type that its name says."""
    pointer: bool
    """Whether only a git LFS pointer is here."""


def read_scan(path: Path) -> Scan:
    """Look at a scan, block by block.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(1024)
        if pointer := _POINTER.match(start):
            return Scan(path, int(pointer[2]), pointer[1].decode(), path.suffix.lower() in _MAGIC, pointer=True)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    genuine = start.startswith(_MAGIC.get(path.suffix.lower(), (b"\0" * 1024,)))
    return Scan(path, path.stat().st_size, digest, genuine, pointer=False)
