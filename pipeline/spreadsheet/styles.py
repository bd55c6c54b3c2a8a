"""How cells look: one style a purpose; what may be typed into is coloured and unlocked, all else is locked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pipeline.spreadsheet.values import CellValue

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Result = str | int | Decimal | Fraction | None
"""What a formula gives; None shows as nothing."""

DEFAULTS = {"font_name": "Times New Roman", "font_scheme": "none", "font_size": 11, "valign": "top"}

_CELL = {"border": 1, "text_wrap": True}
_CENTRE = {**_CELL, "align": "center"}
_INPUT = {"bg_color": "#FFF8DC", "locked": False}
_POINTS = {"num_format": "0.00"}
_BRANCH = {"bold": True, "bg_color": "#EEF2F6"}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "font_color": "#B00020"},
    "note": {"italic": True},
    "heading": {**_CENTRE, "bold": True, "valign": "vcenter", "bg_color": "#D9E2EC"},
    "text": _CELL,
    "centre": _CENTRE,
    "maximum": _CENTRE,
    "points": {**_CENTRE, **_POINTS},
    "kept_points": {**_CENTRE, "num_format": "(0.00);(-0.00)", "font_color": "#5A6570"},
    "ratio": {**_CENTRE, "num_format": "0.00%"},
    "branch": {**_CELL, **_BRANCH},
    "branch_centre": {**_CENTRE, **_BRANCH},
    "branch_points": {**_CENTRE, **_BRANCH, **_POINTS},
    "branch_ratio": {**_CENTRE, **_BRANCH, "num_format": "0.00%"},
    "label": {**_CELL, "indent": 1, "italic": True},
    "input": {**_CELL, **_INPUT},
    "input_count": {**_CENTRE, **_INPUT, "num_format": "0"},
    "input_number": {**_CENTRE, **_INPUT},
    "input_points": {**_CENTRE, **_INPUT, **_POINTS},
    "input_date": {**_CENTRE, **_INPUT, "num_format": "dd/mm/yyyy"},
    "input_centre": {**_CENTRE, **_INPUT},
    "plain": {},
}

_RISKY = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula when the cell is typed again."""


_LINE = 15
_HIGHEST = 409
"""Points; a row cannot be higher."""


def height(texts: Iterable[tuple[str, int]]) -> int:
    """The height of a row in points, estimated from its texts and the widths of their columns in characters.

    Excel would work it out by itself, other programs would not.
    """
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, _LINE * lines + 1)


def _lines(text: str, width: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, max(4, width - 1)))) for line in text.split("\n"))


class Pen:
    """Writes values of any kind in the styles above; text is never taken for a formula or a link."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[str, bool], Format] = {}

    def style(self, name: str, *, quoted: bool = False) -> Format:
        """A style of the workbook, made when it is first asked for."""
        if (name, quoted) not in self._formats:
            extra = {"quote_prefix": True} if quoted else {}
            self._formats[name, quoted] = self._workbook.add_format({**DEFAULTS, **STYLES[name], **extra})
        return self._formats[name, quoted]

    def put(self, sheet: Worksheet, row: int, column: int, value: CellValue, style: str) -> None:
        """Write a value; row and column count from 0."""
        from datetime import date, datetime

        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.style(style))
            case str():
                sheet.write_string(row, column, value, self.style(style, quoted=value.startswith(_RISKY)))
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.style(style))  # noqa: DTZ001 -- a day has no zone
            case _:
                sheet.write_number(row, column, float(value), self.style(style))

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, *, result: Result, style: str) -> None:
        """Write a live formula with the result that it has now, for programs that show without computing."""
        shown = result or "" if result is None or isinstance(result, str) else float(result)
        sheet.write_formula(row, column, f"={formula}", self.style(style), shown)
