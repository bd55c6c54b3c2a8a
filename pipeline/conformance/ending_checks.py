"""The end of the text: who signs and as what, and who receives the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.conformance.document import Paragraph
from pipeline.conformance.examined import Check, Examined, Remark, Wanted, about, looks
from pipeline.conformance.lists import lists

_POWER = re.compile(r"(TM|KT|TL|TUQ|Q)\b(\.?)", re.IGNORECASE)


def signature(examined: Examined) -> Iterator[Remark]:
    """Powers and position in capitals, the name in small letters, all bold 13–14 and centred."""
    parts = examined.parts
    yield from looks("W127", parts.powers, Wanted("quyền hạn, chức vụ", (13, 14), True, False, True, True))
    for paragraph in parts.powers:
        found = _POWER.match(paragraph.text)
        if found and not found[2]:
            yield about("W127", paragraph, f"sau “{found[1]}” thiếu dấu chấm", f"ghi {found[1].upper()}.")
    if parts.signer:
        yield from looks("W127", (parts.signer,), Wanted("họ tên người ký", (13, 14), True, False, centred=True))
        if parts.signer.text == parts.signer.text.upper():
            yield about("W127", parts.signer, "họ tên người ký viết bằng chữ in hoa", "viết chữ thường, hoa đầu từ")


def titles(examined: Examined) -> Iterator[Remark]:
    """No academic degree or honour before the name."""
    signer = examined.parts.signer
    if signer is None:
        return
    found = next((title for title in lists().titles if re.match(rf"{re.escape(title)}[.\s]", signer.text)), None)
    if found:
        yield about("W128", signer, f"trước họ tên có “{found}”", "bỏ học hàm, học vị, danh hiệu trước họ tên")


def recipients_look(examined: Examined) -> Iterator[Remark]:
    """“Nơi nhận:” 12 bold italic, the list 11 upright."""
    parts = examined.parts
    if parts.label:
        yield from looks("W129", (parts.label,), Wanted("chữ “Nơi nhận”", (12, 12), True, True))
        if not parts.label.text.startswith("Nơi nhận:"):
            yield about("W129", parts.label, "sau “Nơi nhận” không có dấu hai chấm", "ghi “Nơi nhận:”")
    yield from looks("W129", parts.recipients, Wanted("danh sách nơi nhận", (11, 11), False, False))


def recipients_form(examined: Examined) -> Iterator[Remark]:
    """A dash before each, “;” after each, and last of all “Lưu: VT, … .”."""
    parts = examined.parts
    if parts.label and not parts.recipients:
        yield about(
            "W130", parts.label, "dưới “Nơi nhận” không có nơi nào", "ghi các nơi nhận, cuối cùng là “- Lưu: VT.”"
        )
    for above, paragraph in pairwise((None, *parts.recipients)):
        assert paragraph is not None
        # A line without a dash goes on from the one above, unless that one is closed.
        begins = _is_dashed(paragraph) or above is None or above.text.endswith((";", "."))
        if begins and not _is_dashed(paragraph):
            yield about("W130", paragraph, "dòng nơi nhận không có gạch đầu dòng", "thêm gạch đầu dòng")
        if begins and above and not above.text.endswith(";"):
            yield about("W130", above, "dòng nơi nhận không kết thúc bằng dấu chấm phẩy", "thêm dấu ; cuối dòng")
    if parts.recipients:
        yield from _kept(parts.recipients[-1])


def _is_dashed(paragraph: Paragraph) -> bool:
    return paragraph.item or paragraph.text.startswith(("-", "–"))


def _kept(last: Paragraph) -> Iterator[Remark]:
    bare = last.text.lstrip("-–• ")
    if not bare.startswith("Lưu:"):
        yield about("W130", last, "dòng cuối của nơi nhận không phải “Lưu: VT, …”", "thêm dòng cuối “- Lưu: VT.”")
    elif "VT" not in bare:
        yield about("W130", last, "dòng “Lưu” không ghi VT (Văn thư)", "ghi “- Lưu: VT, …”")
    if not last.text.endswith("."):
        yield about("W130", last, "dòng cuối của nơi nhận không kết thúc bằng dấu chấm", "thêm dấu . cuối dòng")


ENDING_CHECKS: tuple[Check, ...] = (signature, titles, recipients_look, recipients_form)
