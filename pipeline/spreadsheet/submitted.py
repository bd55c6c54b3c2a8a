"""What the officers left in the input cells of a spreadsheet, by criterion; every cell knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.criteria_set import CriteriaSet, Criterion
from pipeline.model.finding import Finding, Place
from pipeline.office import address
from pipeline.spreadsheet.layout import (
    FORMAT,
    HIDDEN,
    INPUTS,
    NEEDED,
    STATE_KEYS,
    Column,
    Slot,
    figure_key,
    sheet_names,
    slots,
)
from pipeline.spreadsheet.opened import Cell, Sheets
from pipeline.spreadsheet.values import cell_text

_AGAIN = "xuất lại bằng cchc export xlsx rồi nhập số liệu vào tệp mới"


@dataclass(frozen=True)
class Spot:
    """A cell of the spreadsheet as findings name it."""

    file: str
    sheet: str
    row: int
    column: int

    def finding(self, code: str, message: str, mend: str) -> Finding:
        """A finding about this cell."""
        where = f"{self.sheet}!{address(self.row, self.column)}"
        return Finding(Place(self.file, self.row, self.column), code, f"{where}: {message}", mend)


@dataclass(frozen=True)
class Input:
    """An input cell."""

    spot: Spot
    value: object = None


@dataclass
class Submitted:
    """Everything that was entered."""

    inputs: dict[tuple[str, Slot], Input] = field(default_factory=dict)
    """By the leaf's code and what the cell stands for; empty cells have no value."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Origin:
    """What a spreadsheet says of the workspace that it was made from."""

    year: str
    criteria_set: str
    state: str


def read_origin(sheets: Sheets, file: str) -> Origin | Finding:
    """Where the spreadsheet comes from, or that it is none of ours."""
    cells = {cell.value: row[1].value for row in sheets.get(HIDDEN, []) if len(row) > 1 for cell in row[:1]}
    told = [cell_text(cells.get(key)) for key in STATE_KEYS]
    if told[0] != FORMAT:
        return Finding(Place(file), "X103", "tệp không phải do cchc export xlsx của phiên bản này xuất ra", _AGAIN)
    return Origin(*told[1:])


def read_submitted(sheets: Sheets, criteria: CriteriaSet, file: str) -> Submitted:
    """Read the input cells of every area's sheet; what is missing or does not belong there is a finding."""
    submitted = Submitted()
    for area in criteria.areas:
        name = sheet_names(criteria)[area.code]
        if name not in sheets:
            message = f"thiếu trang “{name}” của lĩnh vực {area.code}"
            submitted.findings.append(Finding(Place(file), "X103", message, _AGAIN))
            continue
        _Sheet(file, name, sheets[name], submitted).read(list(area.leaves()))
    return submitted


class _Sheet:
    """Reads one area's sheet."""

    def __init__(self, file: str, name: str, rows: list[list[Cell]], submitted: Submitted) -> None:
        self.file = file
        self.name = name
        self.rows = rows
        self.submitted = submitted
        self.columns: Mapping[Column, int] = {}

    def read(self, leaves: list[Criterion]) -> None:
        heading = self._heading()
        if heading is None:
            return
        keyed = self._keyed(heading)
        for leaf in leaves:
            self._leaf(leaf, keyed)
        for key, row in keyed.items():
            message = f"dòng có khóa “{key}” không có trong bộ tiêu chí"
            self._report(self._spot(row[0].row, Column.KEY).finding("X107", message, _AGAIN))

    def _heading(self) -> int | None:
        """The row of the headings; columns may have moved, but none that is read may be gone."""
        headings = {column.heading: column for column in Column}
        best: dict[Column, int] = {}
        number = 0
        for row in self.rows:
            found = {headings[text]: cell.column for cell in row if (text := cell_text(cell.value)) in headings}
            if len(found) > len(best):
                best, number = found, row[0].row
        lost = [column.heading for column in NEEDED if column not in best]
        for heading in lost:
            message = f"trang “{self.name}”: thiếu cột “{heading}”"
            self._report(Finding(Place(self.file, number), "X103", message, _AGAIN))
        self.columns = best
        return None if lost else number

    def _keyed(self, heading: int) -> dict[str, list[Cell]]:
        """The rows below the headings by their key."""
        keyed: dict[str, list[Cell]] = {}
        for row in self.rows:
            key = next((cell_text(cell.value) for cell in row if cell.column == self.columns[Column.KEY]), "")
            if row[0].row <= heading or not key:
                continue
            if key in keyed:
                message = f"khóa “{key}” đã có ở dòng {keyed[key][0].row}"
                self._report(self._spot(row[0].row, Column.KEY).finding("X107", message, "xóa dòng thừa"))
            keyed.setdefault(key, row)
        return keyed

    def _leaf(self, leaf: Criterion, keyed: dict[str, list[Cell]]) -> None:
        rows = {figure_key(leaf.code, slot.figure): slot for slot in slots(leaf) if slot.figure}
        for key in (leaf.code, *rows):
            row = keyed.pop(key, None)
            if row is None:
                message = f"trang “{self.name}”: thiếu dòng “{key}”"
                self._report(Finding(Place(self.file), "X103", message, _AGAIN))
            elif key == leaf.code:
                self._inputs(leaf, row, [slot for slot in slots(leaf) if not slot.figure])
            else:
                self._input(leaf, rows[key], row, Column.FIGURE)

    def _inputs(self, leaf: Criterion, row: list[Cell], allowed: list[Slot]) -> None:
        for slot, column in INPUTS.items():
            if slot in allowed:
                self._input(leaf, slot, row, column)
            elif self._cell(row, column) is not None:
                message = f"tiêu chí {leaf.code} không nhập mục “{column.heading}”"
                self._report(self._spot(row[0].row, column).finding("X107", message, "xóa nội dung ô này"))

    def _input(self, leaf: Criterion, slot: Slot, row: list[Cell], column: Column) -> None:
        spot, cell = self._spot(row[0].row, column), self._cell(row, column)
        if cell is not None and cell.formula:
            mend = "chép giá trị của công thức vào ô (dán đặc biệt, chỉ giá trị)"
            self._report(spot.finding("X105", "ô nhập chứa công thức", mend))
        elif cell is not None and cell.error:
            self._report(spot.finding("X106", f"ô có lỗi {cell_text(cell.value)}", "nhập lại giá trị"))
        else:
            self.submitted.inputs[leaf.code, slot] = Input(spot, cell.value if cell else None)

    def _cell(self, row: list[Cell], column: Column) -> Cell | None:
        """The cell of a row, when anything stands in it."""
        found = (cell for cell in row if cell.column == self.columns[column])
        return next((cell for cell in found if cell.formula or cell_text(cell.value)), None)

    def _spot(self, row: int, column: Column) -> Spot:
        return Spot(self.file, self.name, row, self.columns[column])

    def _report(self, finding: Finding) -> None:
        self.submitted.findings.append(finding)
