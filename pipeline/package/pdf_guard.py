"""Looking at a PDF from a stranger before a library parses it: what it would unpack to, and by which filters.

A stream may unpack to a thousand times its size, filters may be stacked or named in roundabout ways, and a megabyte of
syntax becomes a hundred of objects in memory. Reports need one filter at a time, written plainly.
"""

from __future__ import annotations

import re

from pipeline.pdf_streams import disguises_filters, sizes, streams

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
_WORD_STARTS = b" \n\r\t\f\0[</("


def fault_of(pdf: bytes) -> str | None:
    """Why a PDF must not be parsed, in Vietnamese; None when it is harmless."""
    if len(pdf) > LARGEST_PDF:
        return f"lớn hơn {LARGEST_PDF // 1_000_000} MB"
    if b"%PDF-" not in pdf[:1024]:
        return "không phải là PDF, cũng không phải là ZIP"
    if _ENCRYPTED.search(pdf):
        return "đặt mật khẩu"
    if len(_FILTER.findall(pdf)) != len(_PLAIN_FILTER.findall(pdf)) or disguises_filters(pdf):
        return "có luồng nén nhiều lớp hoặc nén bằng cách lạ"
    left, words, at = {False: LARGEST_STREAMS, True: LARGEST_PICTURES}, 0, 0
    for start, picture in streams(pdf):
        packed, unpacked = sizes(pdf, start, left[picture])
        left[picture] -= unpacked
        if left[picture] <= 0:
            return "bung ra quá lớn: tệp nén kiểu bom"
        words += _words(pdf[at:start])
        at = max(at, start + packed)
    return "có quá nhiều đối tượng" if words + _words(pdf[at:]) > MOST_WORDS else None


def _words(syntax: bytes) -> int:
    """How many objects a piece of a PDF may tell of, at most."""
    return len(syntax) - len(syntax.translate(None, _WORD_STARTS))
