"""Checks of who does what by when: holes and overlaps in the assignment, deadlines passed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import Criterion
from pipeline.model.finding import Finding
from pipeline.model.year import Settings
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean


def duties(examined: Examined) -> Iterator[Finding]:
    """Units, leads and deadlines."""
    settings = examined.workspace.settings
    if settings is None:
        return
    yield from _units(examined, settings)
    yield from _deadlines(examined, settings)
    if examined.workspace.criteria_set is None:
        return
    areas = examined.workspace.criteria_set.value.areas
    yield from _codes(settings, areas)
    for area in areas:
        yield from _leads(settings, area)


def _units(examined: Examined, settings: Located[Settings]) -> Iterator[Finding]:
    units = settings.value.units
    named = [
        (document.file.head.place("bo_phan"), document.file.head.value.unit) for document in examined.workspace.areas
    ]
    named += [
        (settings.place("moc_thoi_gian", index, "bo_phan"), deadline.unit)
        for index, deadline in enumerate(settings.value.deadlines)
        if deadline.unit
    ]
    for place, unit in named:
        if unit not in units:
            mend = did_you_mean(unit, list(units)) or f"chọn một trong: {', '.join(units)}"
            yield Finding(place, "P503", f"không có bộ phận “{unit}”", mend)


def _codes(settings: Located[Settings], areas: tuple[Criterion, ...]) -> Iterator[Finding]:
    known = [node.criterion.code for area in areas for node in area.walk()]
    for name, unit in settings.value.units.items():
        for key, codes in (("chu_tri", unit.leads), ("phoi_hop", unit.supports), ("tong_hop", unit.compiles)):
            for index, code in enumerate(codes):
                if code not in known:
                    mend = did_you_mean(code, known) or "tra lại mã trong bộ tiêu chí"
                    message = f"bộ tiêu chí không có {code} để giao cho {unit.title}"
                    yield Finding(settings.place("bo_phan", name, key, index), "P504", message, mend)


def _leads(settings: Located[Settings], area: Criterion) -> Iterator[Finding]:
    """One finding for each group of units that share criteria, not one a criterion."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for leaf in area.leaves():
        shared.setdefault(settings.value.leads(leaf.code), []).append(leaf.code)
    place = settings.place("bo_phan")
    for units, codes in shared.items():
        if not units:
            message = f"lĩnh vực {area.code}: chưa ai chủ trì {', '.join(codes)}"
            yield Finding(place, "P501", message, "thêm mã vào chu_tri của một bộ phận")
        elif len(units) > 1:
            titles = ", ".join(settings.value.units[unit].title for unit in units)
            message = f"lĩnh vực {area.code}: {len(codes)} tiêu chí có {len(units)} bộ phận cùng chủ trì ({titles})"
            yield Finding(
                place,
                "P502",
                message,
                "giữ như kế hoạch đã giao, hoặc để một bộ phận chủ trì và chuyển bộ phận kia sang phoi_hop",
            )


def _deadlines(examined: Examined, settings: Located[Settings]) -> Iterator[Finding]:
    for index, deadline in enumerate(settings.value.deadlines):
        if deadline.done is None and deadline.due < examined.today:
            late = (examined.today - deadline.due).days
            message = f"“{deadline.title}” quá hạn {late} ngày (hạn {wording.day(deadline.due)})"
            mend = "làm ngay; khi xong, thêm “xong: ngày/tháng/năm”"
            yield Finding(settings.place("moc_thoi_gian", index, "han"), "P505", message, mend)
