"""The head of each annex: its number, its title, and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import wording
from pipeline.conformance.examined import Check, Examined, Remark, Wanted, about, looks

_NUMERAL = re.compile(r"phụ lục\s*(?:số\s*)?([\dIVXLC]*)", re.IGNORECASE)


def labels(examined: Examined) -> Iterator[Remark]:
    """“Phụ lục I” 14 bold centred, numbered with Roman numerals from two on, and named in the text."""
    annexes = examined.parts.annexes
    said = " ".join(paragraph.text for paragraph in examined.parts.body).casefold()
    for position, annex in enumerate(annexes, start=1):
        yield from looks("W131", (annex.label,), Wanted("chữ “Phụ lục”", (14, 14), True, False, centred=True))
        text = annex.label.text
        if not text.startswith("Phụ lục"):
            yield about("W131", annex.label, "chữ “Phụ lục” không viết bằng chữ thường", "ghi “Phụ lục I”")
        found = _NUMERAL.match(text)
        if len(annexes) > 1 and found and found[1] != wording.roman(position):
            message = f"phụ lục thứ {position} ghi số “{found[1]}”, đúng ra là {wording.roman(position)}"
            yield about("W131", annex.label, message, f"ghi “Phụ lục {wording.roman(position)}”")
        elif text.casefold().strip(" .:") not in said:
            yield about("W131", annex.label, "phần nội dung không nhắc tới phụ lục này", f"nêu “{text}” trong nội dung")


def titles(examined: Examined) -> Iterator[Remark]:
    """Capitals 13–14 bold, centred below the label."""
    for annex in examined.parts.annexes:
        yield from looks("W132", annex.title, Wanted("tên phụ lục", (13, 14), True, False, True, True))
        if not annex.title:
            yield about("W132", annex.label, "phụ lục không có tên", "ghi tên phụ lục bằng chữ in hoa, đậm")


def references(examined: Examined) -> Iterator[Remark]:
    """“(Kèm theo Báo cáo số … ngày … của …)”, italic."""
    for annex in examined.parts.annexes:
        text = " ".join(paragraph.text for paragraph in annex.reference)
        yield from looks("W133", annex.reference, Wanted("dòng “Kèm theo”", (13, 14), False, True, centred=True))
        if not text:
            mend = "ghi dưới tên phụ lục: (Kèm theo Báo cáo số … ngày … của …)"
            yield about("W133", annex.label, "phụ lục không có dòng “(Kèm theo …)”", mend)
        elif not (text.startswith("(Kèm theo ") and text.endswith(")") and all(f" {word} " in text for word in _SAID)):
            mend = "ghi đủ: (Kèm theo Báo cáo số … ngày … của …)"
            yield about("W133", annex.reference[0], "dòng “Kèm theo” không nêu đủ văn bản, số, ngày, cơ quan", mend)


_SAID = ("số", "ngày", "của")


def own_numbers(examined: Examined) -> Iterator[Remark]:
    """Pages that count from 1 again; in a PDF the page numbers themselves show it."""
    if examined.document.unit == "trang":
        return
    sections = sorted({number.place for number in examined.document.numbers})
    anew = {number.place for number in examined.document.numbers if number.first}
    for annex in examined.parts.annexes:
        section = max((place for place in sections if place <= annex.label.place), default=0)
        if section not in anew or section == 1:
            mend = "đặt phụ lục trong một phần (Section) riêng, đánh số trang lại từ 1"
            yield about("W110", annex.label, "số trang của phụ lục không đánh riêng từ 1", mend)


ANNEX_CHECKS: tuple[Check, ...] = (labels, titles, references, own_numbers)
