"""Checks of how the set's leaves are scored: rules, bounds, groups, and what rules say of other criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import CriteriaSet, Criterion, Group, Node
from pipeline.model.finding import Finding, Place
from pipeline.rules.against_last_year import AgainstLastYear
from pipeline.rules.dependent import Condition, Dependent
from pipeline.rules.rule import Kind, Rule, Source, canonical
from pipeline.rules.supplied import Supplied
from pipeline.scoring.order import order_of
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

Path = tuple[str | int, ...]

_MEND_FAULT = {
    "S213": "xóa bậc hoặc nhánh thừa, hoặc sửa cận của nó",
    "S218": "khai báo mỗi biến một lần trong “bien” và dùng đúng tên đó trong công thức",
}


def rules(examined: Examined) -> Iterator[Finding]:
    """Every leaf and every group of the set."""
    located = examined.workspace.criteria_set
    if located is None:
        return
    nodes = {node.criterion.code: node for node in located.value.walk()}
    for node in located.value.walk():
        yield from _group(located, node)
        if node.criterion.rule is not None:
            yield from _leaf(located, node, node.criterion.rule)
            for rule, path in _inner(node.criterion.rule, (*node.path, "cach_cham")):
                yield from _names(located, node.criterion.code, rule, path, nodes)
    yield from _cycles(located, nodes)


def _leaf(located: Located[CriteriaSet], node: Node, rule: Rule) -> Iterator[Finding]:
    criterion = node.criterion
    place = located.place(*node.path, "cach_cham")
    faults = list(rule.faults())
    for code, message in faults:
        mend = _MEND_FAULT.get(code, "sửa các mức trong cach_cham cho liền nhau và hợp lý")
        yield Finding(place, code, f"{criterion.code}: {message}", mend)
    if not faults:
        yield from _reach(criterion, rule, place)
    yield from _labels(located, criterion, node.path)


def _reach(criterion: Criterion, rule: Rule, place: Place) -> Iterator[Finding]:
    """Whether the best and the worst case are what the leaf declares."""
    reach, code = rule.reach(criterion.maximum, criterion.minimum), criterion.code
    if reach.highest != criterion.maximum:
        most, declared = wording.number(reach.highest, 4), wording.number(criterion.maximum, 4)
        message = f"{code}: cách chấm cho cao nhất {most} điểm, khác điểm tối đa {declared}"
        yield Finding(place, "S205", message, "sửa điểm trong cach_cham hoặc diem_toi_da")
    least = wording.number(reach.lowest, 4)
    if reach.lowest < min(criterion.minimum, criterion.maximum):
        message = f"{code}: cách chấm cho thấp nhất {least} điểm, dưới điểm tối thiểu"
        yield Finding(
            place, "S217", message, f"thêm “diem_toi_thieu: {least.replace(wording.MINUS, '-')}” vào tiêu chí"
        )
    elif criterion.minimum.is_finite() and reach.lowest > criterion.minimum and criterion.minimum < 0:
        message = f"{code}: không trường hợp nào xuống tới điểm tối thiểu {wording.number(criterion.minimum, 4)}"
        yield Finding(place, "S217", message, f"sửa “diem_toi_thieu” thành {least.replace(wording.MINUS, '-')}")
    if rule.source is Source.FIGURES and reach.lowest == reach.highest:
        message = f"{code}: mọi trường hợp đều cho {least} điểm"
        yield Finding(place, "S213", message, "sửa điểm của các mức cho khác nhau; điểm trừ cần “diem_toi_thieu”")


def _labels(located: Located[CriteriaSet], criterion: Criterion, path: Path) -> Iterator[Finding]:
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


def _group(located: Located[CriteriaSet], node: Node) -> Iterator[Finding]:
    """Bonus and deduction: what their bounds must be, and whether the caps of a group can be reached."""
    criterion, group = node.criterion, node.group
    place = located.place(*node.path, "diem_toi_da")
    if group is Group.DEDUCTION and criterion.maximum:
        message = f"{criterion.code}: điểm trừ không có điểm tối đa"
        yield Finding(place, "S219", message, "ghi “diem_toi_da: 0” và mức trừ nhiều nhất ở “diem_toi_thieu”")
    if group is Group.DEDUCTION and criterion.minimum >= 0:
        message = f"{criterion.code}: điểm trừ mà điểm tối thiểu không âm thì không trừ được gì"
        yield Finding(place, "S219", message, "thêm “diem_toi_thieu: -5”, hoặc “diem_toi_thieu: khong_gioi_han”")
    if group is Group.BONUS and not criterion.maximum:
        yield Finding(place, "S219", f"{criterion.code}: điểm thưởng tối đa bằng 0", "ghi mức thưởng nhiều nhất")
    if group and criterion.children:
        yield from _caps(located, node)


def _caps(located: Located[CriteriaSet], node: Node) -> Iterator[Finding]:
    criterion = node.criterion
    most = sum((child.maximum for child in criterion.children), Decimal(0))
    least = sum((child.minimum for child in criterion.children), Decimal(0))
    if node.group is Group.BONUS and most < criterion.maximum:
        message = f"{criterion.code}: các mục cộng lại chỉ {wording.number(most)} điểm, không tới mức thưởng tối đa"
        place = located.place(*node.path, "diem_toi_da")
        yield Finding(
            place, "S205", message, f"ghi “diem_toi_da: {wording.typed(most)}” cho nhóm, hoặc sửa điểm từng mục"
        )
    if node.group is Group.DEDUCTION and criterion.minimum < least:
        message = f"{criterion.code}: các mục chỉ trừ tới {wording.number(least)} điểm, không tới điểm tối thiểu"
        place = located.place(*node.path, "diem_toi_thieu")
        yield Finding(
            place, "S217", message, f"ghi “diem_toi_thieu: {wording.typed(least)}” cho nhóm, hoặc sửa từng mục"
        )


def _inner(rule: Rule, path: Path) -> Iterator[tuple[Rule, Path]]:
    """A rule and the rules within it, with their places."""
    yield rule, path
    if isinstance(rule, Dependent):
        yield from _inner(rule.then, (*path, "thi"))
        yield from _inner(rule.otherwise, (*path, "neu_khong"))
    elif isinstance(rule, Supplied) and rule.rule is not None:
        yield from _inner(rule.rule, (*path, "theo"))


def _names(
    located: Located[CriteriaSet], code: str, rule: Rule, path: Path, nodes: Mapping[str, Node]
) -> Iterator[Finding]:
    """Whether what a rule says of other criteria can be."""
    if isinstance(rule, AgainstLastYear) and rule.points_of is not None and rule.points_of not in nodes:
        yield _unknown(located.place(*path, "diem_cua"), code, rule.points_of, nodes)
    if not isinstance(rule, Dependent):
        return
    condition, path = rule.when, (*path, "khi")
    if condition.criterion not in nodes:
        yield _unknown(located.place(*path, "tieu_chi"), code, condition.criterion, nodes)
    elif condition.figure is not None:
        yield from _answer(located, code, condition, path, nodes[condition.criterion].criterion)
    elif condition.points_from is not None:
        yield from _threshold(located.place(*path, "diem_tu"), code, condition, nodes[condition.criterion].criterion)


def _unknown(place: Place, code: str, named: str, nodes: Mapping[str, Node]) -> Finding:
    mend = did_you_mean(named, list(nodes)) or "tra lại mã trong bộ tiêu chí"
    return Finding(place, "S215", f"{code}: cách chấm nhắc tới tiêu chí {named}, bộ tiêu chí không có", mend)


def _answer(
    located: Located[CriteriaSet], code: str, condition: Condition, path: Path, other: Criterion
) -> Iterator[Finding]:
    asked = other.rule.figures() if other.rule else {}
    name, answer = condition.figure or "", condition.answer or ""
    if name not in asked:
        mend = (
            did_you_mean(name, list(asked)) or f"chọn một trong: {', '.join(asked) or 'tiêu chí này không có số liệu'}"
        )
        message = f"{code}: tiêu chí {other.code} không có số liệu “{name}”"
        yield Finding(located.place(*path, "so_lieu"), "S215", message, mend)
        return
    allowed = {Kind.YES_NO: ["có", "không"], Kind.CHOICE: list(asked[name].choices)}.get(asked[name].kind)
    if allowed is not None and canonical(answer) not in allowed:
        message = f"{code}: “{name}” của tiêu chí {other.code} không bao giờ là “{answer}”"
        yield Finding(located.place(*path, "la"), "S213", message, f"chọn một trong: {', '.join(allowed)}")


def _threshold(place: Place, code: str, condition: Condition, other: Criterion) -> Iterator[Finding]:
    """A condition that is always or never true leaves one branch without a use."""
    assert condition.points_from is not None
    least, most = Fraction(0), Fraction(other.maximum)
    if other.rule is not None:
        reach = other.rule.reach(other.maximum, other.minimum)
        least, most = reach.lowest, reach.highest
    if condition.points_from > most or condition.points_from <= least:
        always = "luôn" if condition.points_from <= least else "không bao giờ"
        message = f"{code}: tiêu chí {other.code} {always} đạt từ {wording.number(condition.points_from)} điểm"
        mend = f"đặt “diem_tu” trên {wording.number(least)} và không quá {wording.number(most)}"
        yield Finding(place, "S213", message, mend)


def _cycles(located: Located[CriteriaSet], nodes: Mapping[str, Node]) -> Iterator[Finding]:
    for cycle in order_of(located.value).cycles:
        place = located.place(*nodes[cycle[0]].path, "cach_cham")
        message = f"các tiêu chí chờ nhau thành vòng: {' → '.join(cycle)}"
        yield Finding(place, "S216", message, "bỏ điều kiện của một trong các tiêu chí này")
