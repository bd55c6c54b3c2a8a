"""Looking at a PDF from a stranger before a library parses it: what it would unpack to, and by which filters.

A stream may unpack to a thousand times its size, and filters may be stacked. Reports need one filter at a time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

LARGEST_PDF = 32_000_000
"""Bytes; a report with two signature pictures is a hundredth of it."""
LARGEST_STREAMS = 8_000_000
"""Bytes of all streams but pictures, unpacked; a report with eighty criteria has a tenth of it."""
LARGEST_PICTURES = 64_000_000
"""Bytes of all pictures, unpacked."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(/\w+|\[[^\]]*\])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/(\w+)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_HARMLESS = frozenset((b"FlateDecode", b"DCTDecode"))
_DICTIONARY = 4_000
"""Bytes before a stream in which its dictionary is looked for."""


def fault_of(pdf: bytes) -> str | None:
    """Why a PDF must not be parsed, in Vietnamese; None when it is harmless."""
    if len(pdf) > LARGEST_PDF:
        return f"lớn hơn {LARGEST_PDF // 1_000_000} MB"
    if b"%PDF-" not in pdf[:1024]:
        return "không phải là PDF, cũng không phải là ZIP"
    left = {False: LARGEST_STREAMS, True: LARGEST_PICTURES}
    for start, filters, picture in _streams(pdf):
        if len(filters) > 1 or not _HARMLESS.issuperset(filters):
            return "có luồng nén nhiều lớp hoặc nén bằng cách lạ"
        if b"FlateDecode" in filters:
            left[picture] -= _unpacked_size(pdf, start, left[picture])
        if min(left.values()) <= 0:
            return "bung ra quá lớn: tệp nén kiểu bom"
    return None


def _streams(pdf: bytes) -> Iterator[tuple[int, list[bytes], bool]]:
    """Where each stream begins, the names of its filters, and whether it calls itself a picture."""
    for found in _STREAM.finditer(pdf):
        before = pdf[max(0, found.start() - _DICTIONARY) : found.start()]
        # A name may be spelled with escapes so that no search finds it.
        dictionary = _ESCAPE.sub(lambda sign: bytes((int(sign[1], 16),)), before[before.rfind(b"obj") + 1 :])
        names = [name for filters in _FILTERS.findall(dictionary) for name in _NAME.findall(filters)]
        yield found.end(), names, _PICTURE.search(dictionary) is not None


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
