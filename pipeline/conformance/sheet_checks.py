"""What holds for every sheet: paper, margins, typeface, colour, encoding, page numbers, and what was left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.conformance.document import Align, PageNumber, Paragraph, Run, Sheet
from pipeline.conformance.examined import Check, Examined, Remark, about, millimetres, points
from pipeline.conformance.lists import lists

_A4 = (210, 297)
_PAPER_OFF, _MARGIN_OFF = 1.5, 0.6
"""Millimetres that rounding, and letters that lean over their edge, may cost."""
_UPRIGHT = (("trên", "top", 20, 25), ("dưới", "bottom", 20, 25), ("trái", "left", 30, 35), ("phải", "right", 15, 20))
_TURNED = (
    _UPRIGHT,
    (("trên", "top", 30, 35), ("dưới", "bottom", 15, 20), ("trái", "left", 20, 25), ("phải", "right", 20, 25)),
    (("trên", "top", 15, 20), ("dưới", "bottom", 30, 35), ("trái", "left", 20, 25), ("phải", "right", 20, 25)),
)
"""A sheet on its side may keep the margins as they read, or turn them along with the paper."""
_SHORT = 2_500
"""Characters that surely fit on one page, which needs no number."""
_OWN_FACE = "timesnewroman"
_PUNCTUATION = re.compile(r"[\s\-_,.]|mt$|ps$")


def doubts(examined: Examined) -> Iterator[Remark]:
    """What the reader had to leave out."""
    for doubt in examined.document.doubts:
        yield Remark("W104", doubt, "xem lại phần này bằng mắt")


def paper(examined: Examined) -> Iterator[Remark]:
    """A4, upright unless there is a table to hold."""
    for sheet in examined.document.sheets:
        sides = sorted((sheet.width, sheet.height))
        if any(abs(side - want) > _PAPER_OFF for side, want in zip(sides, _A4, strict=True)):
            message = f"khổ giấy {millimetres(sheet.width)} × {millimetres(sheet.height)}, cần A4 (210 mm × 297 mm)"
            yield Remark("W105", message, "đặt khổ giấy A4", sheet.place)
        if sheet.landscape and not sheet.tables:
            mend = "trình bày theo chiều dài của khổ A4; chỉ để ngang khi có bảng, biểu không chia được"
            yield Remark("W105", "trang để ngang mà không có bảng, biểu", mend, sheet.place)


def margins(examined: Examined) -> Iterator[Remark]:
    """Each within its limits."""
    unknown = [sheet for sheet in examined.document.sheets if sheet.left is None]
    if len(unknown) == len(examined.document.sheets):
        yield Remark("W104", "chưa đo được lề trang vì có quá ít chữ ngoài bảng", "đo lại lề trang trong tệp gốc")
    for sheet in examined.document.sheets:
        kept = _TURNED if sheet.landscape else (_UPRIGHT,)
        yield from min((list(_margins(sheet, limits)) for limits in kept), key=len)


def _margins(sheet: Sheet, limits: tuple[tuple[str, str, int, int], ...]) -> Iterator[Remark]:
    for name, side, least, most in limits:
        measured = getattr(sheet, side)
        if measured is not None and not least - _MARGIN_OFF <= measured <= most + _MARGIN_OFF:
            message = f"lề {name} {millimetres(measured)}, cần {least}–{most} mm"
            yield Remark("W106", message, f"đặt lề {name} từ {least} đến {most} mm", sheet.place)


def typeface(examined: Examined) -> Iterator[Remark]:
    """Times New Roman; in a PDF also a face with the same widths."""
    own_only = examined.document.unit == "đoạn"
    for paragraph in examined.document.paragraphs:
        for font in sorted({run.font for run in paragraph.runs if _is_read(run) and not _is_legacy(run)}):
            bare = _PUNCTUATION.sub("", font.casefold())
            if not (bare == _OWN_FACE if own_only else bare.startswith(lists().faces)):
                yield about("W107", paragraph, f"phông chữ {font or 'không rõ tên'}", "dùng phông Times New Roman")


def _is_read(run: Run) -> bool:
    """Bullets may come from a typeface of signs."""
    return any(char.isalnum() for char in run.text)


def _is_legacy(run: Run) -> bool:
    return run.font.casefold().startswith(lists().legacy)


def colour(examined: Examined) -> Iterator[Remark]:
    """Black."""
    for paragraph in examined.document.paragraphs:
        if any(_is_read(run) and run.colour != "000000" for run in paragraph.runs):
            yield about("W108", paragraph, "chữ không phải màu đen", "đặt màu chữ đen (tự động)")


def encoding(examined: Examined) -> Iterator[Remark]:
    """Unicode with composed accents; the old typefaces show Vietnamese with other letters underneath."""
    for paragraph in examined.document.paragraphs:
        for font in sorted({run.font for run in paragraph.runs if _is_legacy(run)}):
            message = f"phông {font} dùng bảng mã cũ (TCVN3, VNI), không phải Unicode"
            yield about("W109", paragraph, message, "chuyển mã cả văn bản sang Unicode rồi đặt phông Times New Roman")
        if not all(unicodedata.is_normalized("NFC", run.text) for run in paragraph.runs):
            mend = "chuyển sang Unicode dựng sẵn bằng bộ gõ (công cụ chuyển mã) rồi lưu lại"
            yield about("W109", paragraph, "chữ có dấu ở dạng Unicode tổ hợp", mend)


def page_numbers(examined: Examined) -> Iterator[Remark]:
    """On all pages but the first: Arabic, by itself, in the middle of the top margin, 13–14, upright."""
    document = examined.document
    paged = document.unit == "trang"
    starts = {1, *(annex.label.place for annex in examined.parts.annexes)}
    for number in document.numbers:
        first = number.place in starts if paged else number.first
        if first and number.text is not None:
            mend = "chọn “Different First Page” trong đầu trang và để trống đầu trang thứ nhất"
            yield Remark("W110", "trang thứ nhất hiện số trang", mend, number.place)
        elif not first and number.text is None and (paged or _is_long(document.paragraphs)):
            yield Remark("W110", "không có số trang", "chèn số trang tự động, giữa lề trên", number.place)
        elif number.text is not None:
            yield from _numbered(number)


def _is_long(paragraphs: tuple[Paragraph, ...]) -> bool:
    return sum(len(paragraph.text) for paragraph in paragraphs) > _SHORT


def _numbered(number: PageNumber) -> Iterator[Remark]:
    sizes = {run.size for run in number.runs if not 12.7 <= run.size <= 14.3}
    faults = (
        (not number.automatic, "số trang gõ bằng tay", "xóa đi, chèn số trang tự động"),
        (not number.arabic, "số trang không phải chữ số Ả Rập", "chọn kiểu đánh số 1, 2, 3"),
        (not number.at_top, "số trang không ở lề trên", "đưa số trang lên đầu trang"),
        (number.align is not Align.CENTRE, "số trang không canh giữa", "canh giữa số trang"),
        (any(run.italic for run in number.runs), "số trang in nghiêng", "bỏ in nghiêng"),
        (bool(sizes), f"số trang cỡ {', '.join(map(points, sorted(sizes)))}, cần 13–14", "đặt cỡ chữ 13 hoặc 14"),
        (
            bool(number.expected) and number.arabic and number.text != number.expected,
            f"số trang ghi {number.text}, đúng ra là {number.expected}",
            "đánh số liên tục từ 1, riêng từng phụ lục",
        ),
    )
    for wrong, message, mend in faults:
        if wrong:
            yield Remark("W110", message, mend, number.place)


SHEET_CHECKS: tuple[Check, ...] = (doubts, paper, margins, typeface, colour, encoding, page_numbers)
