"""The ZIP frame around the files of a package, byte by byte: what the writer puts there and the verifier looks for.

Nothing is compressed and nothing is optional, so every byte of a package is either content, which the manifest names,
or frame, which follows from the manifest. Source: PKWARE's APPNOTE 6.3, sections 4.3 and 4.4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
ENDING = struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, ENDING_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

STORED, DEFLATED = 0, 8
UTF8 = 0x0800
"""The flag that says that a name is UTF-8."""

LARGEST = 0xFFFF_FFFF
"""Bytes of a whole package; above it the format needs 64-bit fields, which no package uses."""
MOST_FILES = 4_000

_NEEDS, _MADE_ON_UNIX = 20, 0x0314
_PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Entry:
    """What the frame tells of a file."""

    name: str
    size: int
    """Bytes; stored and real size are the same."""
    crc: int
    offset: int
    """Where its header stands, from the start of the package."""

    @property
    def header_size(self) -> int:
        """Bytes of its header, before the content."""
        return LOCAL.size + len(self.name.encode())


def header(entry: Entry, day: date) -> bytes:
    """What stands before a file's content."""
    name = entry.name.encode()
    sizes = (entry.crc, entry.size, entry.size)
    return LOCAL.pack(LOCAL_MARK, _NEEDS, UTF8, STORED, 0, _dos(day), *sizes, len(name), 0) + name


def directory(entries: list[Entry], day: date) -> bytes:
    """What stands after the last file."""
    listed = b"".join(_listed(entry, day) for entry in entries)
    last = entries[-1]
    start = last.offset + last.header_size + last.size
    return listed + ENDING.pack(ENDING_MARK, 0, 0, len(entries), len(entries), len(listed), start, 0)


def _listed(entry: Entry, day: date) -> bytes:
    name = entry.name.encode()
    sizes = (entry.crc, entry.size, entry.size, len(name))
    rest = (0, 0, 0, 0, _PLAIN_FILE, entry.offset)
    return CENTRAL.pack(CENTRAL_MARK, _MADE_ON_UNIX, _NEEDS, UTF8, STORED, 0, _dos(day), *sizes, *rest) + name


def _dos(day: date) -> int:
    """A day as ZIP counts it, from 1980."""
    return (max(day.year, 1980) - 1980) << 9 | day.month << 5 | day.day
