"""The rows of an area's sheet in order: criteria as in the set, and below each leaf a row for each of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.criteria_set import Criterion
from pipeline.rules.rule import Figure
from pipeline.scoring import AreaScore, LeafScore, Row
from pipeline.spreadsheet.layout import slots

FIRST = 6
"""The row of the area itself, counted from 1; the heading is right above it."""


@dataclass(frozen=True)
class BranchLine:
    """An area or a criterion with children."""

    row: int
    score: Row
    children: tuple[int, ...]
    """The rows right below it."""


@dataclass(frozen=True)
class LeafLine:
    """A scored criterion."""

    row: int
    score: Row
    leaf: LeafScore


@dataclass(frozen=True)
class FigureLine:
    """A figure of the leaf above it."""

    row: int
    leaf: LeafScore
    name: str
    figure: Figure

    @property
    def criterion(self) -> Criterion:
        return self.leaf.criterion

    @property
    def label(self) -> str:
        """What the figure means."""
        return self.criterion.labels.get(self.name, self.name)


Line = BranchLine | LeafLine | FigureLine


def area_lines(area: AreaScore) -> list[Line]:
    """Every row below the heading."""
    sizes = [1 + len(_figures(row)) for row in area.rows]
    starts = [FIRST + sum(sizes[:index]) for index in range(len(sizes))]
    rows = {row.code: start for row, start in zip(area.rows, starts, strict=True)}
    lines: list[Line] = []
    for row, start in zip(area.rows, starts, strict=True):
        if row.leaf is None:
            lines.append(BranchLine(start, row, tuple(rows[child.code] for child in row.criterion.children)))
        else:
            lines.append(LeafLine(start, row, row.leaf))
            lines += [
                FigureLine(start + offset, row.leaf, name, figure)
                for offset, (name, figure) in enumerate(_figures(row).items(), start=1)
            ]
    return lines


def _figures(row: Row) -> dict[str, Figure]:
    """The figures that an officer enters; those that come from elsewhere have no row."""
    rule, asked = row.criterion.rule, {slot.figure for slot in slots(row.criterion)}
    return {name: figure for name, figure in rule.figures().items() if name in asked} if rule else {}
