"""Checks of what other authorities supply, and of entries made after the set closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.finding import Finding
from pipeline.rules.days_late import deadline
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, State
from pipeline.workspace.load import supplied_path
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

if TYPE_CHECKING:
    from pipeline.model.supplied import SuppliedItem, SuppliedResults


def supplied(examined: Examined) -> Iterator[Finding]:
    """Points and figures of other authorities: there, allowed, and for this year."""
    if examined.scores is None:
        return
    scored = {leaf.criterion.code: leaf for leaf in examined.scores.leaves}
    located = examined.workspace.supplied
    yield from _awaited(examined, scored)
    if located is None:
        return
    for code, item in located.value.items.items():
        yield from _item(located, code, item, scored)


def _awaited(examined: Examined, scored: dict[str, LeafScore]) -> Iterator[Finding]:
    waiting = [code for code, leaf in scored.items() if leaf.state is State.AWAITING_SUPPLY]
    settings, located = examined.workspace.settings, examined.workspace.supplied
    if waiting and settings is not None and not examined.workspace.supplied_unreadable:
        message = f"chưa có kết quả do cơ quan khác cung cấp cho {len(waiting)} tiêu chí: {', '.join(waiting)}"
        mend = f"khi có kết quả, ghi vào {supplied_path(examined.workspace.year)}; điểm này chưa tính là 0"
        yield Finding(located.place("ket_qua") if located else settings.place(), "D320", message, mend)


def _item(
    located: Located[SuppliedResults], code: str, item: SuppliedItem, scored: dict[str, LeafScore]
) -> Iterator[Finding]:
    leaf = scored.get(code)
    rule = leaf.criterion.rule if leaf else None
    if leaf is None or rule is None or rule.source is not Source.SUPPLIED:
        known = [name for name, each in scored.items() if each.criterion.source is Source.SUPPLIED]
        mend = did_you_mean(code, known) or f"chỉ ghi các tiêu chí loai: cung_cap ({', '.join(known) or 'không có'})"
        message = f"{code} không phải tiêu chí do cơ quan khác cung cấp"
        yield Finding(located.place("ket_qua", code), "D321", message, mend)
        return
    asked = rule.figures()
    if item.points is not None and not leaf.criterion.minimum <= item.points <= leaf.criterion.maximum:
        most = wording.number(leaf.criterion.maximum)
        message = f"{code}: {wording.points(item.points)} điểm, ngoài mức tối đa {most} hoặc tối thiểu"
        yield Finding(located.place("ket_qua", code, "diem"), "D321", message, "tra lại văn bản của cơ quan cung cấp")
    for fault in leaf.faults:
        place = located.place("ket_qua", code, "so_lieu", *([fault.figure] if fault.figure else []))
        yield Finding(place, fault.code, f"{code}: {fault.message}", fault.mend)
    for name in item.figures:
        if name not in asked:
            place, wanted = located.place("ket_qua", code, "so_lieu", name), ", ".join(asked) or "ghi “diem”"
            mend = did_you_mean(name, list(asked)) or f"xóa số liệu này; cần: {wanted}"
            yield Finding(place, "D305", f"{code} không có số liệu “{name}”", mend)


def closing(examined: Examined) -> Iterator[Finding]:
    """Entries after the set's last day, and those of which nobody can tell."""
    criteria = examined.workspace.criteria_set
    if criteria is None or criteria.value.closing is None or examined.scores is None:
        return
    close = criteria.value.closing
    last = deadline(close.day, close.next_year, examined.workspace.year)
    refused = {leaf.criterion.code for leaf in examined.scores.leaves if not leaf.accepted}
    for document in examined.workspace.areas:
        head = document.file.head
        updated = head.value.updated
        for code, entry in head.value.entries.items():
            if code in refused:
                message = f"{code}: nhập sau hạn nhận {wording.day(last)} nên không được tính điểm"
                mend = "đề nghị cơ quan tiếp nhận gia hạn, hoặc sửa “ngay_nhap” nếu ghi nhầm"
                yield Finding(head.place("tieu_chi", code, "ngay_nhap"), "D322", message, mend)
            elif entry.entered is None and updated is not None and updated > last:
                message = f"{code}: tệp cập nhật sau hạn nhận {wording.day(last)} mà không rõ mục này nhập ngày nào"
                yield Finding(
                    head.place("tieu_chi", code), "D323", message, "thêm “ngay_nhap: ngày/tháng/năm” vào mục này"
                )
