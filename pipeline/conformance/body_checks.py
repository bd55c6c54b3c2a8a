"""From “Kính gửi” to the last sentence: addressees, bases, and how the text itself is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.conformance.document import Align, Paragraph, Side
from pipeline.conformance.examined import Check, Examined, Remark, Wanted, about, looks, millimetres, points

_FIRST_LINES = (10.0, 12.7)
_OFF = 0.7
"""Millimetres."""
_GAP, _GAP_OFF = 6, 0.4
"""Points."""
_LEAST_LEADING, _MOST_LEADING = 0.9, 1.53
"""Of single lines; faces differ in what they call single."""
_LISTED = re.compile(r"(?:[-–+•*]|[\dIVXLC]+[.)]|[\d.]+\.?\s|[a-zđ]\))", re.IGNORECASE)


def addressees(examined: Examined) -> Iterator[Remark]:
    """“Kính gửi:” 13–14 upright; several addressees one a line, ending “;” and the last “.”."""
    paragraphs = examined.parts.addressees
    yield from looks("W122", paragraphs, Wanted("nơi kính gửi", (13, 14), False, False))
    if paragraphs and not paragraphs[0].text.startswith("Kính gửi:"):
        yield about("W122", paragraphs[0], "sau “Kính gửi” không có dấu hai chấm", "ghi “Kính gửi:”")
    yield from _closed("W122", paragraphs[1:], "dòng nơi kính gửi")


def bases(examined: Examined) -> Iterator[Remark]:
    """Italic, one a line, ending “;” and the last “.”."""
    yield from looks("W123", examined.parts.bases, Wanted("căn cứ", (13, 14), False, True))
    yield from _closed("W123", examined.parts.bases, "căn cứ")


def _closed(code: str, lines: Sequence[Paragraph], name: str) -> Iterator[Remark]:
    for line in lines[:-1]:
        if not line.text.endswith(";"):
            yield about(code, line, f"{name} không kết thúc bằng dấu chấm phẩy", "thêm dấu ; cuối dòng")
    if lines and not lines[-1].text.endswith("."):
        yield about(code, lines[-1], f"{name} cuối cùng không kết thúc bằng dấu chấm", "thêm dấu . cuối dòng")


def letters(examined: Examined) -> Iterator[Remark]:
    """13–14."""
    yield from looks("W124", _text(examined), Wanted("nội dung", (13, 14)))


def justified(examined: Examined) -> Iterator[Remark]:
    """Flush on both sides, first line 1 or 1.27 cm further in."""
    for paragraph in _text(examined):
        if _is_heading(paragraph) or paragraph.align is Align.CENTRE:
            continue
        # Of a single line in half a sheet, a PDF does not show whether it would be flush.
        alone = paragraph.side is not Side.WHOLE and len(paragraph.lines) == 1
        if paragraph.align in (Align.LEFT, Align.RIGHT) and not alone:
            message = f"nội dung {paragraph.align.value}, cần canh đều hai lề"
            yield about("W125", paragraph, message, "chọn canh đều (Ctrl+J)")
        if paragraph.first_line is not None and not _is_listed(paragraph) and not paragraph.inset:
            yield from _indented(paragraph, paragraph.first_line)


def _indented(paragraph: Paragraph, first_line: float) -> Iterator[Remark]:
    if all(abs(first_line - want) > _OFF for want in _FIRST_LINES):
        message = f"dòng đầu lùi vào {millimetres(max(0.0, first_line))}, cần 10 mm hoặc 12,7 mm"
        yield about("W125", paragraph, message, "đặt thụt dòng đầu (First line) 1 cm hoặc 1,27 cm")


def spaced(examined: Examined) -> Iterator[Remark]:
    """At least 6 pt between paragraphs, lines single to one and a half."""
    above: Paragraph | None = None
    for paragraph in _text(examined):
        if paragraph.gap is not None and above is not None and paragraph.gap < _GAP - _GAP_OFF:
            message = f"cách đoạn trên {points(round(max(0.0, paragraph.gap), 1))} pt, cần ít nhất 6 pt"
            yield about("W126", paragraph, message, "đặt khoảng cách đoạn (Spacing) từ 6 pt trở lên")
        leading = paragraph.leading
        if leading is not None and not _LEAST_LEADING <= leading <= _MOST_LEADING:
            message = f"cách dòng {points(round(leading, 2))} dòng đơn, cần từ 1 đến 1,5"
            yield about("W126", paragraph, message, "đặt cách dòng (Line spacing) từ Single đến 1.5 lines")
        above = paragraph


def _text(examined: Examined) -> list[Paragraph]:
    """The text without tables and what is written above a table as its name."""
    return [
        each
        for each, following in pairwise((*examined.parts.body, None))
        if each and not each.table and not (following and following.table and each.align is Align.CENTRE)
    ]


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.bold or paragraph.italic


def _is_listed(paragraph: Paragraph) -> bool:
    return paragraph.item or bool(_LISTED.match(paragraph.text))


BODY_CHECKS: tuple[Check, ...] = (addressees, bases, letters, justified, spaced)
