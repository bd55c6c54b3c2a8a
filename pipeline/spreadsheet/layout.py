"""Where everything stands in the spreadsheet: sheets, columns and keys of rows, for writing and reading back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from pipeline.model.criteria_set import CriteriaSet, Criterion
from pipeline.rules.rule import Source

FORMAT = "cchc-xlsx/1"
"""Changes when a reader of today could no longer read the file."""

SUMMARY = "Tổng hợp"
DOCUMENTS = "Tài liệu"
APPRAISAL = "Thẩm định"
"""Only there in a year that was appraised."""
HIDDEN = "_cchc"
"""The hidden sheet: what the program needs to recognise its own file, and the lists to choose from."""

STATE_KEYS = ("dinh_dang", "nam", "bo_tieu_chi", "trang_thai")
"""The rows of the hidden sheet, key in column A, value in column B."""

LONGEST = 32_767
"""Characters that a cell can hold."""

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class Slot(NamedTuple):
    """What an input cell stands for: a key of the entry, or a figure below `so_lieu`."""

    key: str
    figure: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the value from its entry in the area file."""
        return (self.key, self.figure) if self.figure else (self.key,)


OWN = Slot("diem_tu_cham")
EVIDENCE = Slot("minh_chung")
EXPLANATION = Slot("giai_trinh")
NOT_APPLICABLE = Slot("khong_ap_dung")


class Column(Enum):
    """The columns of an area's sheet, in order, with heading and width in characters; without width it is hidden."""

    CODE = ("Mã", 9)
    TITLE = ("Lĩnh vực, tiêu chí, tiêu chí thành phần", 38)
    MAXIMUM = ("Điểm tối đa", 8)
    FIGURE = ("Số liệu", 15)
    RULE = ("Cách tính", 36)
    RULE_POINTS = ("Điểm theo cách chấm", 9)
    OWN = ("Điểm tự chấm", 9)
    POINTS = ("Điểm được tính", 9)
    EVIDENCE = ("Tài liệu kiểm chứng", 24)
    EXPLANATION = ("Giải trình", 38)
    NOT_APPLICABLE = ("Không áp dụng (lý do)", 24)
    COUNTED = ("Tối đa được tính", 0)
    WAITING = ("Số tiêu chí chưa chấm", 0)
    SETTLED = ("Tối đa đã chấm", 0)
    EXACT = ("Điểm chưa làm tròn", 0)
    BESIDE = ("Trong đó thưởng và trừ", 0)
    KEY = ("Khóa", 0)

    @property
    def heading(self) -> str:
        return self.value[0]

    @property
    def width(self) -> int:
        return self.value[1]

    @property
    def index(self) -> int:
        """Counted from 0."""
        return COLUMNS.index(self)

    @property
    def letter(self) -> str:
        """As formulas name it; there are fewer than 26."""
        return chr(ord("A") + self.index)


COLUMNS = tuple(Column)

INPUTS: Mapping[Slot, Column] = {
    OWN: Column.OWN,
    EVIDENCE: Column.EVIDENCE,
    EXPLANATION: Column.EXPLANATION,
    NOT_APPLICABLE: Column.NOT_APPLICABLE,
}
"""The input cells on a leaf's own row; its figures have rows of their own below it."""

NEEDED = (Column.KEY, Column.FIGURE, *INPUTS.values())
"""The columns without which a sheet cannot be read back."""


def figure_key(code: str, name: str) -> str:
    """The key of a figure's row; a leaf's is its code."""
    return f"{code}/{name}"


def sheet_names(criteria: CriteriaSet) -> dict[str, str]:
    """The name of each area's sheet: its code, unless a spreadsheet could not take it."""
    taken = {SUMMARY.casefold(), DOCUMENTS.casefold(), APPRAISAL.casefold(), HIDDEN, "history"}
    names = {}
    for position, area in enumerate(criteria.areas, start=1):
        name = area.code
        if name.casefold() in taken or len(name) > _LONGEST_NAME or _FORBIDDEN.search(name):
            name = f"Lĩnh vực thứ {position}"
        taken.add(name.casefold())
        names[area.code] = name
    return names


def slots(criterion: Criterion) -> list[Slot]:
    """What an officer may enter for a leaf; nothing where the points come from elsewhere, such as the survey."""
    rule = criterion.rule
    if rule is None or rule.source not in (Source.FIGURES, Source.HAND):
        return []
    closed = [] if criterion.not_applicable is not None else [NOT_APPLICABLE]
    return [*(Slot("so_lieu", name) for name in rule.figures()), *(slot for slot in INPUTS if slot not in closed)]
