"""Looking at a PDF from a stranger before a library parses it: what it would unpack to, and by which filters.

A stream of a PDF may unpack to a thousand times its size, and filters may be stacked. Reports need one filter at a time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

LARGEST_PDF = 32_000_000
"""Bytes; a report with two signature pictures is a hundredth of it."""
LARGEST_STREAMS = 100_000_000
"""Bytes of all streams unpacked."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(/\w+|\[[^\]]*\])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/(\w+)")
_HARMLESS = frozenset((b"FlateDecode", b"DCTDecode"))
_DICTIONARY = 4_000
"""Bytes before a stream in which its dictionary is looked for."""


def fault_of(pdf: bytes) -> str | None:
    """Why a PDF must not be parsed, in Vietnamese; None when it is harmless."""
    if len(pdf) > LARGEST_PDF:
        return f"lớn hơn {LARGEST_PDF // 1_000_000} MB"
    if b"%PDF-" not in pdf[:1024]:
        return "không phải là tệp PDF"
    total = 0
    for start, filters in _streams(pdf):
        if len(filters) > 1 or not _HARMLESS.issuperset(filters):
            return "có luồng nén nhiều lớp hoặc nén bằng cách lạ"
        if b"FlateDecode" in filters:
            total += _unpacked_size(pdf, start, LARGEST_STREAMS - total)
        if total >= LARGEST_STREAMS:
            return f"bung ra quá {LARGEST_STREAMS // 1_000_000} MB: tệp nén kiểu bom"
    return None


def _streams(pdf: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Where each stream begins, and the names of its filters."""
    for found in _STREAM.finditer(pdf):
        before = pdf[max(0, found.start() - _DICTIONARY) : found.start()]
        # A name may be spelled with escapes so that no search finds it.
        dictionary = _ESCAPE.sub(lambda sign: bytes((int(sign[1], 16),)), before[before.rfind(b"obj") + 1 :])
        yield found.end(), [name for filters in _FILTERS.findall(dictionary) for name in _NAME.findall(filters)]


def _unpacked_size(pdf: bytes, start: int, most: int) -> int:
    engine, size, rest = zlib.decompressobj(), 0, pdf[start : start + 65536]
    try:
        while rest and size < most and not engine.eof:
            size += len(engine.decompress(rest, 1 << 20))
            start += 65536 if not engine.unconsumed_tail else 0
            rest = engine.unconsumed_tail or pdf[start : start + 65536]
    except zlib.error:
        return size
    return size
