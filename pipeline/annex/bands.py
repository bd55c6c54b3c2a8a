"""The bands of a decision in words: `Loại tốt: từ 80 đến dưới 90 điểm`, line by line or as a small table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline import wording
from pipeline.annex.cells import one_line
from pipeline.annex.ranges import Range, read_range

_NUMBERED = re.compile(r"^\s*(?:[-–+•*·▪]|\d{1,2}[.)](?=\s)|[a-eđ]\))\s*")
_CALLED = re.compile(r"^(?:được\s+)?(?:xếp\s+|phân\s+)?(?:loại|hạng|mức)\s*(?=\S)", re.IGNORECASE)
_LINE = re.compile(r"^(?P<title>[^\d:;()]{1,40}?)\s*(?:[:(|–-]\s*)(?P<range>[^:]*\d[^:]*?)\)?\s*[.;]?$")
_PERCENT = re.compile(r"%|phần trăm|t[ỷỉ] lệ", re.IGNORECASE)
_POINTS = re.compile(r"điểm", re.IGNORECASE)
_TOGETHER = 2
"""Fewer lines that look like bands are no bands."""


class Printed(NamedTuple):
    """One band as it is printed."""

    title: str
    range: Range
    text: str


class Bands(NamedTuple):
    """Bands as a set declares them, and the words that they were read from."""

    declared: dict[str, Any]
    words: tuple[str, ...]
    sure_of_scale: bool
    """Whether the words say that they mean points, or percent."""


def read_bands(lines: Sequence[str]) -> Bands | None:
    """The bands among some lines; None when no run of lines is a whole ladder from the top down to nothing."""
    for run in _runs(lines):
        if len(run) >= _TOGETHER and (bounds := _bounds(run)) is not None:
            texts = tuple(band.text for band in run)
            percent = any(map(_PERCENT.search, texts))
            bands = [{"ten": band.title, "tu": wording.typed(bound)} for band, bound in zip(run, bounds, strict=True)]
            scale = "ty_le" if percent or not any(map(_POINTS.search, texts)) else "diem"
            return Bands({"theo": scale, "bac": bands}, texts, percent or scale == "diem")
    return None


def _runs(lines: Sequence[str]) -> Iterator[list[Printed]]:
    """Lines in a row that each look like a band."""
    run: list[Printed] = []
    for line in lines:
        band = _band(line)
        if band is not None:
            run.append(band)
        elif run:
            yield run
            run = []
    yield run


def _band(line: str) -> Printed | None:
    text = _NUMBERED.sub("", one_line(line))
    found = _LINE.match(text)
    if not found:
        return None
    title = _CALLED.sub("", found["title"]).strip(" “”\"'")
    bounds = read_range(re.sub(r"điểm(?: số)?", "", found["range"], flags=re.IGNORECASE))
    return Printed(title[:1].upper() + title[1:], bounds, text) if title and bounds and not bounds.exact else None


def _bounds(run: Sequence[Printed]) -> list[Decimal] | None:
    """Where each band begins; None unless they follow each other downwards without a hole."""
    if run[0].range.high is not None and run[0].range.high != Decimal(100):
        return None
    if run[-1].range.low not in (None, Decimal(0)) or any(band.range.above is not None for band in run):
        return None
    lows = [band.range.at_least or Decimal(0) for band in run]
    followed = all(_meets(below.range, above) for above, below in zip(lows, run[1:], strict=False))
    return lows if followed and lows == sorted(set(lows), reverse=True) else None


def _meets(below: Range, above: Decimal) -> bool:
    """Whether a band ends where the one above begins; `80 đến 89` under `90` leaves no whole number out."""
    if below.high is None:
        return False
    return below.high == above or (below.at_most is not None and Decimal(0) < above - below.at_most <= 1)
