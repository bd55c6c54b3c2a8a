"""The streams of a PDF from a stranger, looked at before a library parses it: where they begin, what they unpack to.

A stream may unpack to a thousand times its size; it is unpacked in small pieces here, and nothing is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_PICTURE = re.compile(rb"\bobj\s*<<[^()%]*/Subtype\s*/Image\b[^()%]*>>\s*\Z")
_NO_PICTURE = re.compile(rb"/(?:ObjStm|XRef)\b")
_DICTIONARY = 4_000
"""Bytes before a stream in which a picture says that it is one."""
_ESCAPED = re.compile(rb"/[\w.]*#[0-9A-Fa-f]{2}[\w.#]*")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PIECE = 1 << 16


class Stream(NamedTuple):
    """One stream."""

    start: int
    picture: bool


def streams(pdf: bytes) -> Iterator[Stream]:
    """Whatever looks like the beginning of a stream."""
    for found in _STREAM.finditer(pdf):
        before = pdf[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = before[max(before.rfind(b"obj"), 0) :]
        yield Stream(found.end(), bool(_PICTURE.search(dictionary)) and not _NO_PICTURE.search(dictionary))


def sizes(pdf: bytes, start: int, most: int) -> tuple[int, int]:
    """How long a stream is, packed by zlib and unpacked, as far as `most`; nothing where it is not packed so."""
    engine, at, size = zlib.decompressobj(), start, 0
    try:
        while size < most and not engine.eof and (packed := engine.unconsumed_tail or pdf[at : at + _PIECE]):
            at += 0 if engine.unconsumed_tail else len(packed)
            size += len(engine.decompress(packed, 1 << 20))
    except zlib.error:
        return 0, size
    return at - start - len(engine.unused_data), size


def disguises_filters(pdf: bytes) -> bool:
    """Whether a name of a filter is spelled with escapes, so that no search finds it."""
    names = (_ESCAPE.sub(lambda sign: bytes((int(sign[1], 16),)), found[0]) for found in _ESCAPED.finditer(pdf))
    return any(name == b"/Filter" or name.endswith(b"Decode") for name in names)
