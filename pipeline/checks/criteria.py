"""Checks of the criteria set itself: sums, codes, bands. Its rules have a file of their own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import BandScale, CriteriaSet, Criterion, Node
from pipeline.model.finding import Finding
from pipeline.rules.rule import Source
from pipeline.workspace.reader import Located

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
        yield from _branch(located, node)
    yield from _bands(located)


def _name(located: Located[CriteriaSet], examined: Examined) -> Iterator[Finding]:
    settings = examined.workspace.settings
    if settings and settings.value.criteria_set != located.value.code:
        message = f"mã “{located.value.code}” khác tên tệp “{settings.value.criteria_set}”"
        yield Finding(located.place("ma"), "S212", message, "đặt mã giống tên tệp (không có .yml)")


def _totals(located: Located[CriteriaSet]) -> Iterator[Finding]:
    criteria = located.value
    total = _sum(_counted(criteria.areas))
    if total != criteria.total:
        message = f"các lĩnh vực cộng lại {_plain(total)} điểm, khác “tong_diem” {_plain(criteria.total)}"
        yield Finding(located.place("tong_diem"), "S201", message, _CHECK_SUM)
    leaves = [node.criterion for node in criteria.walk() if node.criterion.rule is not None and not node.group]
    survey = _sum(leaf for leaf in leaves if leaf.source is Source.SURVEY)
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
    yield from _order(located, located.value.areas, ("linh_vuc",))
    seen: dict[str, int] = {}
    for node in located.value.walk():
        place = located.place(*node.path, "ma")
        if (code := node.criterion.code) in seen:
            message = f"mã {code} đã dùng ở dòng {seen[code]}"
            yield Finding(place, "S206", message, "đánh lại mã, mỗi tiêu chí một mã")
        seen.setdefault(code, place.line)
        yield from _order(located, node.criterion.children, (*node.path, "tieu_chi"))
        for index, child in enumerate(node.criterion.children):
            if child.code.rpartition(".")[0] != code:
                at = located.place(*node.path, "tieu_chi", index, "ma")
                message = f"mã {child.code} không nằm dưới mã {code}"
                yield Finding(at, "S207", message, f"đánh lại mã, ví dụ {code}.{index + 1}")


def _order(
    located: Located[CriteriaSet], siblings: tuple[Criterion, ...], path: tuple[str | int, ...]
) -> Iterator[Finding]:
    """Siblings that stand before one with a lower code; a doubled code has a finding of its own."""
    roman = all(wording.read_roman(each.code.rpartition(".")[2]) for each in siblings)
    for index, (before, after) in enumerate(pairwise(siblings), start=1):
        if _rank(after.code, roman=roman) < _rank(before.code, roman=roman):
            message = f"mã {after.code} đứng sau mã {before.code}"
            yield Finding(located.place(*path, index, "ma"), "S214", message, "xếp lại theo mã, hoặc sửa mã gõ nhầm")


def _rank(code: str, *, roman: bool) -> tuple[int, str]:
    """Where a code stands among its siblings: by number, then by letter as in the Vietnamese alphabet."""
    last = code.rpartition(".")[2]
    if roman:
        return wording.read_roman(last) or 0, ""
    if number := re.match(r"\d+", last):
        return int(number[0]), last[number.end() :]
    return sys.maxsize, last.casefold().replace("đ", "d\uffff")


def _branch(located: Located[CriteriaSet], node: Node) -> Iterator[Finding]:
    criterion = node.criterion
    if not criterion.children or node.group:
        return
    total = _sum(_counted(criterion.children))
    if total != criterion.maximum:
        declared = _plain(criterion.maximum)
        message = f"{criterion.code}: tiêu chí con cộng lại {_plain(total)} điểm, khác điểm tối đa {declared}"
        yield Finding(located.place(*node.path, "diem_toi_da"), "S201", message, _CHECK_SUM)


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


def _counted(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """Those whose maximum belongs to the sum: bonus and deduction stand beside it."""
    return (criterion for criterion in criteria if criterion.group is None)


def _sum(criteria: Iterator[Criterion] | tuple[Criterion, ...]) -> Decimal:
    return sum((criterion.maximum for criterion in criteria), Decimal(0))


def _plain(value: Decimal) -> str:
    return wording.number(value, 4)
