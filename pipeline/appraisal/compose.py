"""The text of `appraisal.yml` with the verdicts of a round in it; comments, order and explanations stay."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.appraisal.read import Submitted
from pipeline.model.criteria_set import CriteriaSet
from pipeline.workspace.frontmatter import remove_value, set_value
from pipeline.workspace.tree import parse
from pipeline.workspace.yaml_text import New

if TYPE_CHECKING:
    from pipeline.appraisal.proposal import Head

_FENCE = "---\n"
_BLOCKS = 5
"""Rounds, criteria and what is said of them stand on lines of their own."""

_HEAD = ("ten", "ngay", "co_quan", "van_ban", "chot", "ket_qua", "giai_trinh")
_VERDICT = ("diem", "y_kien", "can_giai_trinh")

_OPENING = """\
# Kết quả thẩm định năm {year}, từng vòng một. Giải trình của đơn vị ghi dưới “giai_trinh” của vòng:
#   giai_trinh:
#     MÃ:
#       ngay: ngày/tháng/năm
#       noi_dung: …
#       minh_chung: [MÃ_VĂN_BẢN]
#       diem_de_nghi: …
# Khi vòng kết thúc, ghi “chot: ngày/tháng/năm”.
nam: {year}
vong:
"""


def composed(before: str, head: Head, verdicts: Mapping[str, Submitted], criteria: CriteriaSet, year: int) -> str:
    """The file with this round's verdicts in place of those that it had; `before` is empty when there is no file.

    Raises:
        ValueError: the file is not one that can be changed piece by piece.
    """
    fenced = before.startswith(_FENCE)
    text = ("" if fenced else _FENCE) + (before or _OPENING.format(year=year))
    codes = [leaf.code for area in criteria.areas for leaf in area.leaves()]
    order = ("nam", "minh_hoa", "vong", *_HEAD, *codes, *_VERDICT)
    told = {code: _told(verdicts[code]) for code in codes if code in verdicts and not verdicts[code].empty}
    path = ("vong", str(head.number))
    if _old(text, head.number) is None:
        text = set_value(text, path, {**_head(head), "ket_qua": told}, order, _BLOCKS)
    else:
        text = _changed(text, path, head, told, order)
    return text if fenced else text.removeprefix(_FENCE)


def _head(head: Head) -> dict[str, New]:
    told: dict[str, New] = {"ngay": wording.day(head.day), "co_quan": head.office}
    return told | ({"van_ban": head.document} if head.document else {})


def _told(submitted: Submitted) -> dict[str, New]:
    told: dict[str, New] = {}
    if submitted.points is not None:
        told["diem"] = _points(submitted.points)
    if submitted.remark:
        told["y_kien"] = submitted.remark
    return told | ({"can_giai_trinh": "có"} if submitted.wanted else {})


def _points(points: Decimal) -> str:
    """Points as a file holds them; three decimals would look like thousands."""
    text = wording.typed(points)
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text


def _old(text: str, number: int) -> Mapping[str, Mapping[str, str]] | None:
    """The verdicts that the round holds, as text; None when there is no such round."""
    tree, _ = parse(text, "")
    rounds = (tree.data.get("vong") if tree and isinstance(tree.data, dict) else None) or {}
    if str(number) not in rounds:
        return None
    return {code: each or {} for code, each in (rounds[str(number)].get("ket_qua") or {}).items()}


def _changed(
    text: str,
    path: tuple[str, ...],
    head: Head,
    told: Mapping[str, Mapping[str, New]],
    order: tuple[str, ...],
) -> str:
    """Only what differs is touched, so that comments beside all else stay."""
    old = _old(text, head.number) or {}
    for key, value in _head(head).items():
        text = set_value(text, (*path, key), value, order, _BLOCKS)
    for code, each in told.items():
        for key, value in each.items():
            if old.get(code, {}).get(key) != value:
                text = set_value(text, (*path, "ket_qua", code, key), value, order, _BLOCKS)
    for code, each in old.items():
        gone = [key for key in _VERDICT if key in each and key not in told.get(code, {})]
        for key in gone:
            text = remove_value(text, (*path, "ket_qua", code, key))
    return text
