"""Looking at a PDF from a stranger before a library parses it: what it would unpack to, and by which filters.

A stream may unpack to a thousand times its size, filters may be stacked or named in roundabout ways, and a megabyte of
syntax becomes a hundred of objects in memory. Reports need one filter at a time, written plainly.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

LARGEST_PDF = 32_000_000
"""Bytes; a report with two signature pictures is a hundredth of it."""
MOST_WORDS = 450_000
"""Words outside of compressed streams, each an object of its own; a report with eighty criteria has a fourth of it."""
LARGEST_STREAMS = 8_000_000
"""Bytes of all streams but pictures, unpacked; a report has a tenth of it."""
LARGEST_PICTURES = 64_000_000
"""Bytes of all pictures, unpacked."""

_ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_FILTER = re.compile(rb"/Filter(?![A-Za-z])")
_PLAIN_FILTER = re.compile(
    rb"/Filter\s*(?:/(?:FlateDecode|DCTDecode|Adobe\.PPKLite)|\[\s*/(?:FlateDecode|DCTDecode)\s*\])(?![\w#])"
)
"""One filter, or the handler of a signature."""
_ESCAPED = re.compile(rb"/[\w.]*#[0-9A-Fa-f]{2}[\w.#]*")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_PICTURE = re.compile(rb"\bobj\s*<<[^()%]*/Subtype\s*/Image\b[^()%]*>>\s*\Z")
_NO_PICTURE = re.compile(rb"/(?:ObjStm|XRef)\b")
_WORD_STARTS = b" \n\r\t\f\0[</("
_DICTIONARY = 4_000
"""Bytes before a stream in which a picture says that it is one."""
_PIECE = 1 << 16


def fault_of(pdf: bytes) -> str | None:
    """Why a PDF must not be parsed, in Vietnamese; None when it is harmless."""
    if len(pdf) > LARGEST_PDF:
        return f"lớn hơn {LARGEST_PDF // 1_000_000} MB"
    if b"%PDF-" not in pdf[:1024]:
        return "không phải là PDF, cũng không phải là ZIP"
    if _ENCRYPTED.search(pdf):
        return "đặt mật khẩu"
    if len(_FILTER.findall(pdf)) != len(_PLAIN_FILTER.findall(pdf)) or any(_disguised(pdf)):
        return "có luồng nén nhiều lớp hoặc nén bằng cách lạ"
    left, words, at = {False: LARGEST_STREAMS, True: LARGEST_PICTURES}, 0, 0
    for start, picture in _streams(pdf):
        packed, unpacked = _sizes(pdf, start, left[picture])
        left[picture] -= unpacked
        if left[picture] <= 0:
            return "bung ra quá lớn: tệp nén kiểu bom"
        words += _words(pdf[at:start])
        at = max(at, start + packed)
    return "có quá nhiều đối tượng" if words + _words(pdf[at:]) > MOST_WORDS else None


def _words(syntax: bytes) -> int:
    """How many objects a piece of a PDF may tell of, at most."""
    return len(syntax) - len(syntax.translate(None, _WORD_STARTS))


def _disguised(pdf: bytes) -> Iterator[bool]:
    """Whether a name of a filter is spelled with escapes, so that no search finds it."""
    for found in _ESCAPED.finditer(pdf):
        name = _ESCAPE.sub(lambda sign: bytes((int(sign[1], 16),)), found[0])
        yield name == b"/Filter" or name.endswith(b"Decode")


def _streams(pdf: bytes) -> Iterator[tuple[int, bool]]:
    """Where each stream begins, and whether it is a picture."""
    for found in _STREAM.finditer(pdf):
        before = pdf[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = before[max(before.rfind(b"obj"), 0) :]
        yield found.end(), bool(_PICTURE.search(dictionary)) and not _NO_PICTURE.search(dictionary)


def _sizes(pdf: bytes, start: int, most: int) -> tuple[int, int]:
    """How long a compressed stream is, packed and unpacked; nothing where there is none, whatever it calls itself."""
    engine, at, size = zlib.decompressobj(), start, 0
    try:
        while size < most and not engine.eof and (packed := engine.unconsumed_tail or pdf[at : at + _PIECE]):
            at += 0 if engine.unconsumed_tail else len(packed)
            size += len(engine.decompress(packed, 1 << 20))
    except zlib.error:
        return 0, size
    return at - start - len(engine.unused_data), size
