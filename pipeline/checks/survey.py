"""Checks of the survey: its mapping makes sense, its results belong to it, and raw answers stay private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.finding import Finding
from pipeline.model.survey import FEWEST, Measure, SurveyDetail
from pipeline.rules.rule import Source
from pipeline.workspace.exports import plain
from pipeline.workspace.load import survey_mapping_path
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

if TYPE_CHECKING:
    from pipeline.model.survey_mapping import MappedCriterion, Scale, SurveyMapping


def survey(examined: Examined) -> Iterator[Finding]:
    """The mapping by itself and against the set; the results against both."""
    mapping, criteria = examined.workspace.survey_mapping, examined.workspace.criteria_set
    if mapping is not None:
        yield from _scales(mapping)
        yield from _groups(mapping)
        for code, mapped in mapping.value.criteria.items():
            yield from _criterion(mapping, code, mapped)
        if criteria is not None:
            yield from _against_set(mapping, criteria.value)
    yield from _results(examined)


def _scales(mapping: Located[SurveyMapping]) -> Iterator[Finding]:
    for name, scale in mapping.value.scales.items():
        place = mapping.place("thang", name)
        labels = [*scale.skipped, *(label for level in scale.levels for label in level.labels)]
        for label in _twice(labels):
            message = f"thang “{name}”: “{label}” ghi hai lần"
            yield Finding(place, "D332", message, "mỗi cách ghi chỉ thuộc một mức, hoặc chỉ nằm trong bo_qua")
        values = [level.value for level in scale.levels]
        if len(values) < 2 or not max(values):
            message = f"thang “{name}” cần ít nhất hai mức và một giá trị lớn hơn 0"
            yield Finding(place, "D333", message, "khai đủ các mức, mức cao nhất có giá trị lớn nhất")
        elif values not in (sorted(values), sorted(values, reverse=True)) or len(set(values)) < len(values):
            message = f"thang “{name}”: giá trị các mức không tăng dần hoặc giảm dần"
            yield Finding(place, "D333", message, "xếp các mức theo thứ tự, mỗi mức một giá trị")


def _twice(labels: Sequence[str]) -> list[str]:
    """Labels that read the same as one before them."""
    counts = Counter(map(plain, labels))
    return sorted(read for read, count in counts.items() if count > 1)


def _groups(mapping: Located[SurveyMapping]) -> Iterator[Finding]:
    respondents = mapping.value.respondents
    if respondents is None:
        return
    place = mapping.place("nhom_tra_loi", "cac_nhom")
    labels = [label for group in respondents.groups.values() for label in group.labels]
    for label in _twice([*respondents.skipped, *labels]):
        yield Finding(place, "D332", f"nhóm: “{label}” ghi hai lần", "mỗi cách ghi chỉ thuộc một nhóm")
    without = [name for name, group in respondents.groups.items() if group.weight is None]
    if without and len(without) < len(respondents.groups):
        message = f"nhóm {', '.join(without)} không có trọng số trong khi nhóm khác có"
        yield Finding(place, "D334", message, "ghi “trong_so” cho mọi nhóm, hoặc bỏ ở mọi nhóm")


def _criterion(mapping: Located[SurveyMapping], code: str, mapped: MappedCriterion) -> Iterator[Finding]:
    scales, groups = mapping.value.scales, mapping.value.groups
    place = mapping.place("tieu_chi", code)
    if mapped.scale not in scales:
        mend = did_you_mean(mapped.scale, list(scales)) or f"chọn một trong: {', '.join(scales)}"
        yield Finding(mapping.place("tieu_chi", code, "thang"), "D331", f"không có thang “{mapped.scale}”", mend)
    else:
        yield from _satisfied(mapping, code, mapped, scales[mapped.scale])
    for name in mapped.groups:
        if name not in groups:
            known = ", ".join(groups) or "chưa nhóm nào"
            mend = did_you_mean(name, list(groups)) or f"khai nhóm này ở nhom_tra_loi; đang có: {known}"
            yield Finding(mapping.place("tieu_chi", code, "nhom"), "D331", f"không có nhóm “{name}”", mend)
    for heading in _twice([heading for question in mapped.questions for heading in question.headings]):
        message = f"{code}: tiêu đề câu hỏi “{heading}” ghi hai lần"
        yield Finding(mapping.place("tieu_chi", code, "cau_hoi"), "D332", message, "xóa một lần")
    if len(mapped.groups) > len(set(mapped.groups)):
        yield Finding(place, "D332", f"{code}: một nhóm ghi hai lần", "xóa một lần")


def _satisfied(mapping: Located[SurveyMapping], code: str, mapped: MappedCriterion, scale: Scale) -> Iterator[Finding]:
    """A share of satisfied answers needs levels that count as such, and others that do not."""
    marked = {level.satisfied for level in scale.levels}
    if mapped.formula.measure is Measure.SATISFIED and len(marked) < 2:
        message = f"{code}: thang “{mapped.scale}” không nói mức nào là hài lòng, hoặc mức nào cũng là hài lòng"
        mend = "ghi “hai_long: có” ở các mức hài lòng; thang số thì ghi hai_long_tu"
        yield Finding(mapping.place("thang", mapped.scale), "D333", message, mend)


def _against_set(mapping: Located[SurveyMapping], criteria: CriteriaSet) -> Iterator[Finding]:
    maxima = {
        node.criterion.code: node.criterion.maximum
        for node in criteria.walk()
        if node.criterion.source is Source.SURVEY
    }
    for code, mapped in mapping.value.criteria.items():
        if code in maxima:
            yield from _formula(mapping, code, mapped, maxima[code])
            continue
        known = ", ".join(maxima) or "không có"
        mend = did_you_mean(code, list(maxima)) or f"chỉ khai các tiêu chí loai: dieu_tra ({known})"
        yield Finding(mapping.place("tieu_chi", code), "D330", f"{code} không phải tiêu chí điều tra xã hội học", mend)
    absent = [code for code in maxima if code not in mapping.value.criteria and code not in mapping.broken]
    if absent:
        message = f"bảng ánh xạ chưa nói cách tính của {', '.join(absent)}"
        mend = "thêm tiêu chí này vào tieu_chi; nếu điểm do nơi khác tính thì ghi thẳng vào survey.yml"
        yield Finding(mapping.place("tieu_chi"), "D336", message, mend)


def _formula(
    mapping: Located[SurveyMapping], code: str, mapped: MappedCriterion, maximum: Decimal
) -> Iterator[Finding]:
    for fault in mapped.formula.faults(maximum):
        place = mapping.place("tieu_chi", code, "cach_tinh")
        yield Finding(place, "D335", f"{code}: {fault}", "sửa cach_tinh theo công thức đã được duyệt")


def _results(examined: Examined) -> Iterator[Finding]:
    located, mapping = examined.workspace.survey, examined.workspace.survey_mapping
    if located is None:
        return
    for code, detail in located.value.details.items():
        for fault in _contradictions(detail, located.value.points.get(code)):
            mend = "nhập lại bằng `cchc import survey`; không sửa tay phần chi_tiet"
            yield Finding(located.place("chi_tiet", code), "D338", f"{code}: {fault}", mend)
    origin = located.value.origin
    if origin and mapping and not mapping.broken and origin.mapping != mapping.value.fingerprint:
        message = f"{survey_mapping_path(examined.workspace.year)} đã đổi sau khi tính các kết quả này"
        yield Finding(
            located.place("nguon_phieu", "anh_xa"), "D337", message, "nhập lại phiếu bằng `cchc import survey`"
        )


def _contradictions(detail: SurveyDetail, points: Decimal | None) -> Iterator[str]:
    """What cannot be true of one criterion's results, or must not be told."""
    if points != detail.points:
        told = "không có" if points is None else f"là {wording.points(points)}"
        yield f"điểm tính từ phiếu là {wording.points(detail.points)} nhưng trong ket_qua {told}"
    if not detail.interval.low <= detail.percent <= detail.interval.high:
        yield "giá trị của chỉ số nằm ngoài khoảng tin cậy"
    if detail.levels and sum(level.answers for level in detail.levels) < detail.answers:
        yield "phân bố có ít câu trả lời hơn số phiếu"
    small = [level.title for level in detail.levels if 0 < level.answers < FEWEST]
    small += [group.title for group in detail.groups if group.answers is not None and group.answers < FEWEST]
    if small:
        yield f"“{small[0]}” có dưới {FEWEST} phiếu nên không được nêu riêng"
