"""The machine-readable scores of a package, held against those that its figures give."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from pipeline.dossier import Dossier
from pipeline.model.finding import Finding
from pipeline.package.differences import MOST, dangerous, differs
from pipeline.package.json_guard import read_json

_WORDS = {
    "points": "điểm",
    "maximum": "điểm tối đa",
    "set_maximum": "điểm tối đa của bộ tiêu chí",
    "percent": "tỷ lệ",
    "missing": "số tiêu chí chưa chấm",
    "self_points": "điểm tự chấm",
    "rule_points": "điểm theo cách chấm",
    "value": "số liệu",
    "band": "xếp loại",
    "derivation": "cách ra điểm",
    "explanation": "giải trình",
    "evidence": "tài liệu kiểm chứng",
}
_NUMBERS = frozenset(
    ("points", "maximum", "set_maximum", "percent", "missing", "self_points", "rule_points", "value", "band")
)


class _Unequal(NamedTuple):
    where: str
    key: str
    stored: Any
    right: Any


def json_differences(path: str, content: bytes, dossier: Dossier, numbers_only: bool) -> Iterator[Finding]:
    """Every value that the figures do not give."""
    from pipeline.spreadsheet.data import as_json, data_of

    if content == as_json(dossier).encode():
        return
    right = data_of(dossier).model_dump(mode="json")
    try:
        stored = read_json(content)
    except ValueError:
        stored = None
    if not isinstance(stored, dict) or stored.get("format") != right["format"]:
        yield dangerous(path, "không phải là bảng điểm JSON của chương trình, hoặc lồng quá sâu")
        return
    found = _unequal(stored, right, "", "")
    told = (each for each in found if not numbers_only or each.key in _NUMBERS)
    for each in islice(told, MOST):
        yield differs(path, f"{each.where}{_WORDS.get(each.key, each.key)}", each.stored, each.right)


def _unequal(stored: Any, right: Any, where: str, key: str) -> Iterator[_Unequal]:
    """The places at which two trees of values differ, named by criterion and by what stands there."""
    if isinstance(stored, dict) and isinstance(right, dict):
        for name in sorted(stored.keys() | right.keys()):
            inside = "tổng cộng, " if name == "total" else where
            yield from _unequal(stored.get(name), right.get(name), inside, name)
    elif isinstance(stored, list) and isinstance(right, list):
        for index in range(max(len(stored), len(right))):
            one, other = (values[index] if index < len(values) else None for values in (stored, right))
            yield from _unequal(one, other, _inside(where, one or other), key)
    elif stored != right:
        yield _Unequal(where, key, stored, right)


def _inside(where: str, item: Any) -> str:
    """The place of an item of a list: a criterion, a figure of it, a document."""
    match item:
        case {"code": code}:
            return f"tiêu chí {code}, "
        case {"label": label}:
            return f"{where}“{label}”, "
        case {"id": name}:
            return f"tài liệu {name}, "
    return where
