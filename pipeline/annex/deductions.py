"""Bonus and deduction in an annex: which rows they are by their names, and texts that take points off."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline import wording
from pipeline.annex.cells import one_line
from pipeline.annex.clauses import NUMBER
from pipeline.annex.reading import Asked, Labels, Reading, retyped
from pipeline.model.criteria_set import Group

_BONUS = re.compile(r"^(?:(?:nhóm|phần|các|tiêu chí)\s+)*điểm\s+(?:thưởng|cộng)\b", re.IGNORECASE)
_DEDUCTION = re.compile(r"^(?:(?:nhóm|phần|các|tiêu chí)\s+)*điểm\s+trừ\b", re.IGNORECASE)
_POINTS = rf"(?P<points>{NUMBER})\s*(?:điểm|đ)\b"
_CAP = re.compile(
    rf"[\s,;(]*(?:nhưng\s+)?(?:trừ\s+)?(?:tối đa|không quá|nhiều nhất)\s*(?:không quá\s*)?(?:trừ\s+)?(?P<cap>{NUMBER})"
    r"\s*(?:điểm|đ)\b\)?",
    re.IGNORECASE,
)
_EACH = (
    re.compile(
        rf"^(?:cứ\s+)?(?:mỗi|một|01)\s+(?P<what>[^.;:\d]+?)[\s:,]*(?:thì\s+)?(?:bị\s+)?trừ\s+{_POINTS}[.\s]*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^trừ\s+{_POINTS}\s*(?:cho\s+|đối với\s+|/)?\s*(?:mỗi|một|01)\s+(?P<what>[^.;:\d]+?)[.\s]*$", re.IGNORECASE
    ),
)
_FIXED = (
    re.compile(rf"^(?P<what>[^.;:\d]*?)[\s:,–-]*(?:thì\s+)?(?:bị\s+)?trừ\s+{_POINTS}[.\s]*$", re.IGNORECASE),
    re.compile(rf"^trừ\s+{_POINTS}\s*(?:nếu|khi)\s+(?P<what>[^.;:\d]+?)[.\s]*$", re.IGNORECASE),
)


def group_of(title: str) -> Group | None:
    """Whether a row names a group of bonus or of deduction."""
    if _BONUS.match(title.strip()):
        return Group.BONUS
    return Group.DEDUCTION if _DEDUCTION.match(title.strip()) else None


def read_deduction(asked: Asked) -> tuple[Reading, Decimal | None] | None:
    """The rule of a text that takes points off, and the least points that it names; None for any other text."""
    text = one_line(asked.text)
    cap = _CAP.search(text)
    least = -wording.read_decimal(cap["cap"]) if cap else None
    bare = f"{text[: cap.start()]}{text[cap.end() :]}".strip() if cap else text
    labels = Labels()
    if found := next((found for form in _EACH if (found := form.match(bare))), None):
        name = labels.name(f"Số {wording.lower_first(found['what'].strip())}")
        rule = {"loai": "tru_diem", "so_lieu": name, "tru": retyped(found["points"])}
        return Reading(rule, labels.labels), least
    if found := next((found for form in _FIXED if (found := form.match(bare))), None):
        points = wording.read_decimal(found["points"])
        name = labels.name(found["what"].strip() or asked.title)
        rule = {"loai": "co_khong", "so_lieu": name, "co": wording.typed(-points), "khong": "0"}
        return Reading(rule, labels.labels), -points
    return None
