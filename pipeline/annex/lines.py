"""A criteria set as the rows of an annex: what people read, and beside it the declaration that a machine reads.

Code, title and maximum are taken from their columns when the table is read again. Everything else a row declares
(rule, figures' names and labels, proof, exemption, groups) is also in the last column as JSON. It counts only while
the words that it would print are the words that stand beside it: edited words win.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline import wording
from pipeline.annex.cells import one_line, plain
from pipeline.model.criteria_set import CriteriaSet, Criterion, Node
from pipeline.rules.additive import Additive

HEADINGS = (
    "Mã",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    "Điểm tối đa",
    "Cách chấm",
    "Tài liệu kiểm chứng",
    "Ghi chú",
    "Khai báo (máy đọc)",
)

DETAILS = ("Khóa", "Giá trị")

_LOST = re.compile(r"(?<= ) |[\x7f-\xa0\u2000-\u200b\u2028\u2029\u202f\u3000\ufeff]")
"""What reading a cell unifies: inside JSON it is escaped, so that it comes back."""

IN_COLUMNS = frozenset({"ma", "ten", "diem_toi_da", "tieu_chi"})
"""Keys that the other columns and the order of the rows tell."""


class Line(NamedTuple):
    """One row of the printed table."""

    code: str
    title: str
    maximum: str
    scoring: str
    proof: str
    note: str
    machine: str
    depth: int


def lines(criteria: CriteriaSet, data: Mapping[str, Any]) -> Iterator[Line]:
    """The rows of all criteria; `data` are the values of the set's own file, as typed by its author."""
    for node in criteria.walk():
        yield _line(node, _declared(data, node))


def details(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything above the areas, key by key."""
    return [(key, _machine(value)) for key, value in _filled(data).items() if key != "linh_vuc"]


def _declared(data: Mapping[str, Any], node: Node) -> Mapping[str, Any]:
    value: Any = data
    for part in node.path:
        value = value[part]
    declared: Mapping[str, Any] = value
    return declared


def _line(node: Node, declared: Mapping[str, Any]) -> Line:
    criterion = node.criterion
    kept = {key: value for key, value in _filled(declared).items() if key not in IN_COLUMNS}
    title = one_line(criterion.title)
    if title != criterion.title:
        kept["ten"] = str(declared["ten"])
    return Line(criterion.code, title, wording.typed(criterion.maximum), *words(criterion), _json(kept), node.depth)


def words(criterion: Criterion) -> tuple[str, str, str]:
    """What is printed about a criterion: how it is scored, the documents asked for, the note."""
    proof = "\n".join(one_line(each) for each in criterion.proof)
    return plain(_scoring(criterion)), plain(proof), plain(criterion.guidance or "")


def _scoring(criterion: Criterion) -> str:
    """The decision's own words where they are known, else the rule in words."""
    if criterion.original:
        return criterion.original
    if isinstance(criterion.rule, Additive):
        ticks = criterion.rule.ticks.items()
        named = ((criterion.labels.get(name, name), wording.typed(points)) for name, points in ticks)
        return "\n".join(f"- {label}: {points} điểm" for label, points in named)
    return criterion.rule_text


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without the keys that were left empty, which mean nothing."""
    return {key: value for key, value in values.items() if value is not None}


def _machine(value: Any) -> str:
    """A text as it is; groups, lists and texts that a cell would not keep as JSON."""
    if isinstance(value, str) and one_line(value) == value and value[:1] not in ("{", "[", '"'):
        return value
    return _json(value)


def _json(value: Any) -> str:
    """JSON from which reading a cell takes nothing away."""
    return _LOST.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
