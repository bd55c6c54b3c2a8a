"""Checks of the criteria set itself: sums, codes, rules, bands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import BandScale, CriteriaSet, Criterion, Node
from pipeline.model.finding import Finding
from pipeline.rules.rule import Source
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

_CHECK_SUM = "cộng lại điểm tối đa của các tiêu chí con, rồi sửa chỗ sai"


def criteria(examined: Examined) -> Iterator[Finding]:
    """Everything about the set."""
    located = examined.workspace.criteria_set
    if located is None:
        return
    yield from _name(located, examined)
    yield from _totals(located)
    yield from _codes(located)
    for node in located.value.walk():
        yield from _branch(located, node) if node.criterion.children else _leaf(located, node)
    yield from _bands(located)


def _name(located: Located[CriteriaSet], examined: Examined) -> Iterator[Finding]:
    settings = examined.workspace.settings
    if settings and settings.value.criteria_set != located.value.code:
        message = f"mã “{located.value.code}” khác tên tệp “{settings.value.criteria_set}”"
        yield Finding(located.place("ma"), "S212", message, "đặt mã giống tên tệp (không có .yml)")


def _totals(located: Located[CriteriaSet]) -> Iterator[Finding]:
    criteria = located.value
    total = _sum(criteria.areas)
    if total != criteria.total:
        message = f"các lĩnh vực cộng lại {_plain(total)} điểm, khác “tong_diem” {_plain(criteria.total)}"
        yield Finding(located.place("tong_diem"), "S201", message, _CHECK_SUM)
    leaves = [node.criterion for node in criteria.walk() if node.criterion.rule is not None]
    survey = _sum(leaf for leaf in leaves if leaf.rule is not None and leaf.rule.source is Source.SURVEY)
    if survey != criteria.survey_total:
        message = (
            f"tiêu chí điều tra cộng lại {_plain(survey)} điểm, khác “diem_dieu_tra” {_plain(criteria.survey_total)}"
        )
        yield Finding(
            located.place("diem_dieu_tra"),
            "S202",
            message,
            "sửa “diem_dieu_tra” hoặc điểm của các tiêu chí loai: dieu_tra",
        )


def _codes(located: Located[CriteriaSet]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for node in located.value.walk():
        place = located.place(*node.path, "ma")
        if (code := node.criterion.code) in seen:
            message = f"mã {code} đã dùng ở dòng {seen[code]}"
            yield Finding(place, "S206", message, "đánh lại mã, mỗi tiêu chí một mã")
        seen.setdefault(code, place.line)
        for index, child in enumerate(node.criterion.children):
            if child.code.rpartition(".")[0] != code:
                at = located.place(*node.path, "tieu_chi", index, "ma")
                message = f"mã {child.code} không nằm dưới mã {code}"
                yield Finding(at, "S207", message, f"đánh lại mã, ví dụ {code}.{index + 1}")


def _branch(located: Located[CriteriaSet], node: Node) -> Iterator[Finding]:
    criterion = node.criterion
    total = _sum(criterion.children)
    if total != criterion.maximum:
        declared = _plain(criterion.maximum)
        message = f"{criterion.code}: tiêu chí con cộng lại {_plain(total)} điểm, khác điểm tối đa {declared}"
        yield Finding(located.place(*node.path, "diem_toi_da"), "S201", message, _CHECK_SUM)


def _leaf(located: Located[CriteriaSet], node: Node) -> Iterator[Finding]:
    criterion, path = node.criterion, node.path
    rule = criterion.rule
    if rule is None:
        return
    place = located.place(*path, "cach_cham")
    faults = list(rule.faults())
    for code, message in faults:
        yield Finding(
            place, code, f"{criterion.code}: {message}", "sửa các mức trong cach_cham cho liền nhau và hợp lý"
        )
    highest = rule.reach(criterion.maximum).highest
    if not faults and highest != criterion.maximum:
        most, declared = wording.number(highest), _plain(criterion.maximum)
        message = f"{criterion.code}: cách chấm cho cao nhất {most} điểm, khác điểm tối đa {declared}"
        yield Finding(place, "S205", message, "sửa điểm trong cach_cham hoặc diem_toi_da")
    yield from _labels(located, criterion, path)


def _labels(located: Located[CriteriaSet], criterion: Criterion, path: tuple[str | int, ...]) -> Iterator[Finding]:
    assert criterion.rule is not None
    needed = criterion.rule.figures()
    for name in needed:
        if name not in criterion.labels:
            message = f"{criterion.code}: số liệu “{name}” chưa có tên gọi"
            yield Finding(
                located.place(*path, "cach_cham"), "S210", message, f"thêm “{name}: …” vào so_lieu của tiêu chí"
            )
    for name in criterion.labels:
        if name not in needed:
            message = f"{criterion.code}: cách chấm không dùng số liệu “{name}”"
            mend = did_you_mean(name, list(needed)) or "xóa dòng này"
            yield Finding(located.place(*path, "so_lieu", name), "S211", message, mend)


def _bands(located: Located[CriteriaSet]) -> Iterator[Finding]:
    bands = located.value.bands
    for index, (upper, lower) in enumerate(zip(bands.bands, bands.bands[1:], strict=False), start=1):
        if lower.at_least >= upper.at_least:
            message = f"“{lower.title}” không thấp hơn “{upper.title}” (từ {_plain(upper.at_least)})"
            yield Finding(located.place("xep_loai", "bac", index), "S208", message, "xếp các bậc từ cao xuống thấp")
    if bands.bands[-1].at_least != 0:
        message = f"dưới {_plain(bands.bands[-1].at_least)} chưa có xếp loại"
        place = located.place("xep_loai", "bac", len(bands.bands) - 1)
        yield Finding(place, "S208", message, "đặt “tu: 0” cho bậc cuối cùng")
    highest = Decimal(100) if bands.scale is BandScale.PERCENT else located.value.total
    if bands.bands[0].at_least > highest:
        message = f"“{bands.bands[0].title}” từ {_plain(bands.bands[0].at_least)}, không ai đạt được"
        yield Finding(located.place("xep_loai", "bac", 0), "S208", message, f"đặt mức không quá {_plain(highest)}")


def _sum(criteria: Iterator[Criterion] | tuple[Criterion, ...]) -> Decimal:
    return sum((criterion.maximum for criterion in criteria), Decimal(0))


def _plain(value: Decimal) -> str:
    return wording.number(value, 4)
