"""Checks of what officers entered: codes, figures, self-scores, reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import Criterion, Rounding
from pipeline.model.finding import Finding, Place
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, State
from pipeline.workspace.load import AreaDocument, supplied_path
from pipeline.workspace.tree import did_you_mean


class _Entered(NamedTuple):
    """An entry and the file that it stands in."""

    document: AreaDocument
    code: str
    entry: Entry

    def place(self, *path: str | int) -> Place:
        return self.document.file.head.place("tieu_chi", self.code, *path)


def entries(examined: Examined) -> Iterator[Finding]:
    """Every entry of every area file, then what is not entered at all."""
    criteria = examined.workspace.criteria_set
    if criteria is None or examined.scores is None:
        return
    nodes = {node.criterion.code: node.criterion for node in criteria.value.walk()}
    scored = {leaf.criterion.code: leaf for leaf in examined.scores.leaves}
    for document in examined.workspace.areas:
        for code, entry in document.file.head.value.entries.items():
            entered = _Entered(document, code, entry)
            if (fault := _code(entered, nodes)) is not None:
                yield fault
            else:
                yield from _entry(entered, scored[code], criteria.value.rounding)
    yield from _unscored(examined, scored)
    yield from _survey(examined, scored)


def _code(entered: _Entered, nodes: dict[str, Criterion]) -> Finding | None:
    """Whether the code is a leaf of the file's own area."""
    criterion = nodes.get(entered.code)
    if criterion is None:
        near = [code for code in nodes if code.split(".")[0] == entered.code.split(".")[0]]
        mend = did_you_mean(entered.code, near) or "tra lại mã trong bộ tiêu chí"
        return Finding(entered.place(), "D307", f"bộ tiêu chí không có tiêu chí {entered.code}", mend)
    if criterion.rule is None:
        mend = f"chấm từng tiêu chí con: {', '.join(child.code for child in criterion.children)}"
        return Finding(entered.place(), "D307", f"{entered.code} có tiêu chí con nên không chấm trực tiếp", mend)
    area = entered.document.file.head.value.area
    if entered.code.split(".")[0] != area:
        message = f"tiêu chí {entered.code} không thuộc lĩnh vực {area}"
        return Finding(entered.place(), "D308", message, "chuyển sang tệp của lĩnh vực đó")
    return None


def _entry(entered: _Entered, leaf: LeafScore, rounding: Rounding) -> Iterator[Finding]:
    rule = leaf.criterion.rule
    assert rule is not None
    if rule.source is Source.SURVEY:
        if entered.entry != Entry():
            message = f"{entered.code} do điều tra xã hội học chấm, không chấm tay"
            yield Finding(entered.place(), "D309", message, "xóa tiêu chí này khỏi tệp")
        return
    if entered.entry.not_applicable is not None and rule.source is not Source.SUPPLIED:
        yield from _not_applicable(entered, leaf.criterion)
        return
    if rule.source is Source.SUPPLIED:
        message = f"{entered.code} do cơ quan khác cung cấp, không chấm tay"
        mend = f"xóa khỏi tệp này; kết quả ghi trong {supplied_path(entered.document.file.head.value.year)}"
        yield Finding(entered.place(), "D319", message, mend)
        return
    yield from _figures(entered, leaf)
    yield from _self_points(entered, leaf, rounding)
    yield from _reasons(entered, leaf)


def _not_applicable(entered: _Entered, criterion: Criterion) -> Iterator[Finding]:
    place, entry = entered.place("khong_ap_dung"), entered.entry
    if not _is_reason(entry.not_applicable or ""):
        yield Finding(
            place, "D310", f"{entered.code}: không áp dụng mà chưa nêu lý do", "ghi lý do sau “khong_ap_dung:”"
        )
    if criterion.not_applicable is None:
        message = f"bộ tiêu chí không cho phép {entered.code} không áp dụng"
        yield Finding(place, "D311", message, "xóa khong_ap_dung và nhập so_lieu")
    if entry.figures or entry.self_points is not None:
        message = f"{entered.code}: đã ghi không áp dụng mà vẫn có số liệu hoặc điểm"
        yield Finding(place, "D315", message, "giữ khong_ap_dung hoặc giữ so_lieu, không giữ cả hai")


def _is_reason(text: str) -> bool:
    """Whether something is said; a bare yes or no is no reason."""
    try:
        wording.read_yes_no(text)
    except ValueError:
        return bool(text.strip())
    return False


def _figures(entered: _Entered, leaf: LeafScore) -> Iterator[Finding]:
    for fault in leaf.faults:
        place = entered.place("so_lieu", fault.figure) if fault.figure else entered.place("so_lieu")
        yield Finding(place, fault.code, f"{entered.code}: {fault.message}", fault.mend)
    assert leaf.criterion.rule is not None
    needed = leaf.criterion.rule.figures()
    for name in entered.entry.figures:
        if name not in needed:
            wanted = f"cần: {', '.join(needed)}" if needed else "tiêu chí này không cần số liệu"
            mend = did_you_mean(name, list(needed)) or f"xóa số liệu này; {wanted}"
            yield Finding(entered.place("so_lieu", name), "D305", f"{entered.code} không có số liệu “{name}”", mend)


def _self_points(entered: _Entered, leaf: LeafScore, rounding: Rounding) -> Iterator[Finding]:
    own, rule, maximum = entered.entry.self_points, leaf.criterion.rule, leaf.criterion.maximum
    assert rule is not None
    if own is None:
        return
    place = entered.place("diem_tu_cham")
    if own > maximum:
        message = f"{entered.code}: tự chấm {wording.points(own)} điểm, vượt tối đa {wording.number(maximum)}"
        yield Finding(place, "D301", message, f"chấm không quá {wording.number(maximum)} điểm")
        return
    minimum = leaf.criterion.minimum
    if own < minimum:
        least = wording.number(minimum)
        message = f"{entered.code}: tự chấm {wording.points(own)} điểm, dưới mức tối thiểu {least}"
        yield Finding(place, "D318", message, f"chấm không dưới {least} điểm")
        return
    if not rule.reach(maximum, minimum).contains(own, int(rounding.places)):
        message = f"{entered.code}: cách chấm không thể cho {wording.points(own)} điểm"
        yield Finding(place, "D302", message, f"cách chấm: {leaf.criterion.rule_text}")
    if leaf.overridden and not entered.entry.explanation:
        message = (
            f"{entered.code}: tự chấm {wording.points(own)} điểm, "
            f"cách chấm cho {wording.points(leaf.rule_points or 0)} ({leaf.derivation.split('; ')[0]})"
        )
        yield Finding(
            place, "D303", message, "xóa “diem_tu_cham” để lấy điểm theo cách chấm, hoặc thêm “giai_trinh: …”"
        )


def _reasons(entered: _Entered, leaf: LeafScore) -> Iterator[Finding]:
    assert leaf.criterion.rule is not None
    entry = entered.entry
    if leaf.criterion.source is Source.HAND and entry.self_points is not None and not entry.explanation:
        mend = "thêm “giai_trinh: …” nói rõ vì sao chấm như vậy"
        yield Finding(entered.place("diem_tu_cham"), "D314", f"{entered.code}: chấm tay mà không nêu lý do", mend)
    elif leaf.points and leaf.points > 0 and not entry.evidence and not entry.explanation:
        message = f"{entered.code}: có {wording.points(leaf.points)} điểm nhưng không có kiểm chứng và giải trình"
        wanted = "; ".join(leaf.criterion.proof) or "văn bản chứng minh"
        mend = f"thêm “minh_chung: [mã văn bản]” ({wanted}) hoặc “giai_trinh: …”"
        yield Finding(entered.place(), "D313", message, mend)


def _unscored(examined: Examined, scored: dict[str, LeafScore]) -> Iterator[Finding]:
    """Leaves without a score; those that are wrong, or whose file is, have a finding already."""
    heads = {document.file.head.value.area: document.file.head for document in examined.workspace.areas}
    for code, leaf in scored.items():
        head = heads.get(code.split(".")[0])
        if leaf.state is State.MISSING and head is not None and not leaf.faults and code not in head.broken:
            at = head.place("tieu_chi", code) if leaf.entry else head.place("tieu_chi")
            message = f"{code} ({leaf.criterion.title}) chưa chấm"
            needed = leaf.criterion.rule.figures() if leaf.criterion.rule else {}
            mend = f"nhập so_lieu: {', '.join(needed)}" if needed else "nhập diem_tu_cham và giai_trinh"
            if leaf.awaits:
                mend = f"chấm tiêu chí {leaf.awaits} trước; cách chấm của {code} dựa vào đó"
            yield Finding(at, "D312", message, mend)


def _survey(examined: Examined, scored: dict[str, LeafScore]) -> Iterator[Finding]:
    waiting = [code for code, leaf in scored.items() if leaf.state is State.AWAITING_SURVEY]
    survey, settings = examined.workspace.survey, examined.workspace.settings
    unread = examined.workspace.survey_unreadable or bool(survey and survey.broken)
    if waiting and settings is not None and not unread:
        place = survey.place("ket_qua") if survey else settings.place()
        yield Finding(
            place,
            "D316",
            f"chưa có kết quả điều tra xã hội học cho {len(waiting)} tiêu chí: {wording.some_of(waiting)}",
            f"khi có kết quả, ghi vào scores/{examined.workspace.year}/survey.yml; đến lúc đó các điểm này để trống",
        )
    if survey is None:
        return
    for code, points in survey.value.points.items():
        place, leaf = survey.place("ket_qua", code), scored.get(code)
        if leaf is None or leaf.criterion.source is not Source.SURVEY:
            yield Finding(
                place, "D317", f"{code} không phải tiêu chí điều tra xã hội học", "tra lại mã trong bộ tiêu chí"
            )
        elif points > leaf.criterion.maximum:
            message = f"{code}: {wording.points(points)} điểm, vượt tối đa {wording.number(leaf.criterion.maximum)}"
            yield Finding(place, "D317", message, f"ghi không quá {wording.number(leaf.criterion.maximum)} điểm")
