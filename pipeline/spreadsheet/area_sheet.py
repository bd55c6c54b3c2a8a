"""One area's sheet: the table of its criteria with input cells for what its officer enters."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.dossier import Area, Dossier
from pipeline.model.criteria_set import Group
from pipeline.rules.rule import Figure
from pipeline.scoring import LeafScore, Row
from pipeline.spreadsheet import formulas
from pipeline.spreadsheet.area_lines import FIRST, BranchLine, FigureLine, LeafLine, area_lines
from pipeline.spreadsheet.formulas import Sums
from pipeline.spreadsheet.frame import PASSWORDLESS, frame
from pipeline.spreadsheet.layout import (
    COLUMNS,
    EVIDENCE,
    EXPLANATION,
    INPUTS,
    NOT_APPLICABLE,
    OWN,
    Column,
    Slot,
    figure_key,
    slots,
)
from pipeline.spreadsheet.styles import Pen, Result, height
from pipeline.spreadsheet.validation import figure_style, figure_validation, slot_validation
from pipeline.spreadsheet.values import CellValue, cell_value, cleaned, titles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_STYLES = {OWN: "input_points", EVIDENCE: "input", EXPLANATION: "input", NOT_APPLICABLE: "input"}
_NOTE = (
    "Nhập vào các ô màu vàng rồi chạy: cchc import scores TỆP. “Điểm theo cách chấm” là điểm lúc xuất tệp; "
    "sửa số liệu thì điểm này chỉ đổi sau khi nhập và xuất lại."
)


class AreaSheet:
    """Fills one sheet."""

    def __init__(self, pen: Pen, sheet: Worksheet, dossier: Dossier, sums: Sums) -> None:
        self.pen = pen
        self.sheet = sheet
        self.dossier = dossier
        self.sums = sums
        self.texts: dict[int, list[tuple[str, int]]] = {}
        """The texts of each row with the widths of their columns, for its height."""

    def write(self, area: Area, lists: Mapping[tuple[str, ...], str]) -> None:
        """Write everything; `lists` says where the hidden sheet holds the titles to choose from."""
        criterion = area.score.criterion
        frame(self.pen, self.sheet, self.dossier, f"Lĩnh vực {criterion.code}: {cleaned(criterion.title)}", _NOTE)
        self._columns()
        lines = area_lines(area.score)
        for line in lines:
            match line:
                case BranchLine():
                    self._branch(line)
                case LeafLine():
                    self._leaf(line)
                case FigureLine():
                    self._figure(line, lists)
        self._close(lines[-1].row)

    def _columns(self) -> None:
        for column in COLUMNS:
            hidden = {} if column.width else {"hidden": True}
            self.sheet.set_column(column.index, column.index, column.width or 10, None, hidden)
            self._put(FIRST - 1, column, column.heading, "heading")
        self.sheet.freeze_panes(FIRST - 1, Column.FIGURE.index)
        self.sheet.repeat_rows(FIRST - 2)

    def _close(self, last: int) -> None:
        for row, texts in self.texts.items():
            self.sheet.set_row(row - 1, height(texts))
        self.sheet.print_area(0, 0, last - 1, Column.NOT_APPLICABLE.index)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{Column.KEY.letter}{last}"})
        self.sheet.protect("", PASSWORDLESS)

    def _branch(self, line: BranchLine) -> None:
        row, score, children = line.row, line.score, line.children
        exact = self.sums.exact[score.code]
        adjustment = Fraction(score.tally.points) - Fraction(wording.round_half_up(exact, self.sums.places))
        for column in COLUMNS[: Column.NOT_APPLICABLE.index + 1]:
            self._put(row, column, None, "branch")
        self._put(row, Column.CODE, score.code, "branch_centre")
        self._put(row, Column.TITLE, cleaned(score.criterion.title), "branch")
        self._put(row, Column.RULE, _noted(score, adjustment), "branch")
        self._formula(row, Column.MAXIMUM, formulas.at(Column.COUNTED, row), score.tally.maximum, "branch_centre")
        points = formulas.rounded(formulas.at(Column.EXACT, row), self.sums.places, adjustment)
        self._formula(row, Column.POINTS, points, score.tally.points, "branch_points")
        kept = self.sums.bounds(score).formula(formulas.total_of(Column.EXACT, children))
        beside = formulas.at(Column.EXACT, row) if score.group else formulas.total_of(Column.BESIDE, children)
        self._hidden(
            row,
            {
                Column.COUNTED: (formulas.total_of(Column.COUNTED, children), score.tally.maximum),
                Column.WAITING: (formulas.total_of(Column.WAITING, children), score.tally.missing),
                Column.SETTLED: (formulas.total_of(Column.SETTLED, children), score.tally.scored_maximum),
                Column.EXACT: (kept, exact),
                Column.BESIDE: (beside, self.sums.beside[score.code]),
            },
        )

    def _leaf(self, line: LeafLine) -> None:
        leaf, row, tally = line.leaf, line.row, line.score.tally
        points, ruled = self.sums.leaf(leaf), self.sums.rule_points(leaf)
        self._put(row, Column.CODE, leaf.criterion.code, "centre")
        self._put(row, Column.TITLE, cleaned(leaf.criterion.title), "text")
        self._put(row, Column.MAXIMUM, leaf.criterion.maximum, "maximum")
        self._put(row, Column.FIGURE, None, "text")
        self._put(row, Column.RULE, _rule(leaf), "text")
        self._put(row, Column.RULE_POINTS, None if ruled is None else float(ruled), "points")
        self._formula(row, Column.POINTS, formulas.leaf_points(leaf, row, points), points, "points")
        self._hidden(
            row,
            {
                Column.COUNTED: (formulas.leaf_counted(leaf, row), tally.maximum),
                Column.WAITING: (formulas.leaf_waiting(leaf, row), tally.missing),
                Column.SETTLED: (formulas.leaf_settled(row), tally.scored_maximum),
                Column.EXACT: (formulas.leaf_exact(row), self.sums.exact[line.score.code]),
                Column.BESIDE: (
                    formulas.at(Column.EXACT, row) if leaf.group else "0",
                    self.sums.beside[line.score.code],
                ),
            },
        )
        self._put(row, Column.KEY, leaf.criterion.code, "plain")
        self._inputs(line)

    def _hidden(self, row: int, columns: Mapping[Column, tuple[str, Result]]) -> None:
        for column, (formula, result) in columns.items():
            self._formula(row, column, formula, result, "plain")

    def _inputs(self, line: LeafLine) -> None:
        leaf, open_slots = line.leaf, slots(line.leaf.criterion)
        for slot, column in INPUTS.items():
            if slot not in open_slots:
                self._put(line.row, column, None, "text")
                continue
            self._put(line.row, column, cell_value(leaf.entry, leaf.criterion, slot), _STYLES[slot])
            self._validate(line.row, column, slot_validation(slot, leaf.criterion))

    def _figure(self, line: FigureLine, lists: Mapping[tuple[str, ...], str]) -> None:
        for column in COLUMNS[: Column.NOT_APPLICABLE.index + 1]:
            self._put(line.row, column, None, "text")
        self._put(line.row, Column.TITLE, cleaned(line.label), "label")
        value = cell_value(line.leaf.entry, line.criterion, Slot("so_lieu", line.name))
        self._put(line.row, Column.FIGURE, value, figure_style(line.figure))
        self._put(line.row, Column.RULE, _asked(line.figure), "label")
        self._put(line.row, Column.KEY, figure_key(line.criterion.code, line.name), "plain")
        source = lists.get(tuple(titles(line.figure).values()), "")
        self._validate(line.row, Column.FIGURE, figure_validation(line.figure, cleaned(line.label), source))

    def _put(self, row: int, column: Column, value: CellValue, style: str) -> None:
        if isinstance(value, str) and column.width:
            self.texts.setdefault(row, []).append((value, column.width))
        self.pen.put(self.sheet, row - 1, column.index, value, style)

    def _formula(self, row: int, column: Column, formula: str, result: Result, style: str) -> None:
        self.pen.formula(self.sheet, row - 1, column.index, formula, result=result, style=style)

    def _validate(self, row: int, column: Column, options: dict[str, object] | None) -> None:
        if options:
            self.sheet.data_validation(row - 1, column.index, row - 1, column.index, options)


def _rule(leaf: LeafScore) -> str:
    parts = [
        leaf.criterion.rule_text,
        f"Hướng dẫn: {leaf.criterion.guidance}" if leaf.criterion.guidance else "",
        f"Lúc xuất tệp: {leaf.derivation}",
    ]
    return cleaned("\n".join(part for part in parts if part))


def _asked(figure: Figure) -> str:
    return f"Nhập {figure.kind.value}"


def _noted(row: Row, adjustment: Fraction) -> str:
    """Which group a branch is, and what the dossier adds to the plain sum."""
    names = {Group.BONUS: "Nhóm điểm thưởng", Group.DEDUCTION: "Nhóm điểm trừ"}
    least = f", không dưới {wording.number(row.criterion.minimum)}" if row.criterion.minimum.is_finite() else ""
    parts = [
        f"{names[row.group]}: không quá {wording.maximum(row.criterion.maximum)} điểm{least}" if row.group else "",
        f"Có điều chỉnh lúc xuất tệp: {wording.number(adjustment)} điểm" if adjustment else "",
    ]
    return "; ".join(part for part in parts if part)
