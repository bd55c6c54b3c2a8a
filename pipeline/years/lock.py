"""Freezing a year: everything that it ended with, as a value that stands in `locked.yml`."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal

from pipeline import wording
from pipeline.model.locked import LockedCriterion, LockedYear
from pipeline.scoring import Row, Scores, Tally
from pipeline.workspace.load import Workspace
from pipeline.years.inputs import inputs_of, source_of
from pipeline.years.weaknesses import area_of


def locked_year(workspace: Workspace, scores: Scores, day: date, *, illustrative: bool) -> LockedYear:
    """A year as it stands, frozen on a day; the same files give the same value."""
    files = inputs_of(workspace)
    year = LockedYear.model_validate(
        {
            "nam": str(workspace.year),
            "ngay_khoa": wording.day(day),
            "bo_tieu_chi": workspace.criteria_set.value.code if workspace.criteria_set else None,
            "minh_hoa": "có" if illustrative else "không",
            "tam_tinh": "có" if scores.provisional else "không",
            "nguon": source_of(files),
            "tong": _ended("Tổng cộng", scores.total),
            "xep_loai": scores.band.title,
            "tep": files,
            "linh_vuc": {area.file.head.value.area: area_of(area.text) for area in workspace.areas},
            "tieu_chi": {row.code: _criterion(row, workspace) for area in scores.areas for row in area.rows},
        }
    )
    return year.model_copy(update={"seal": seal_of(year)})


def seal_of(year: LockedYear) -> str:
    """The sha256 over everything that a locked file says but its own seal; what says nothing leaves no trace."""
    data = year.model_dump(mode="json", by_alias=True, exclude={"seal"}, exclude_defaults=True)
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def disagreements(year: LockedYear, scores: Scores) -> tuple[str, ...]:
    """The codes whose locked points are not what the year's files give now; an empty code stands for the total."""
    rows = {row.code: row for area in scores.areas for row in area.rows}
    codes = [code for code, row in rows.items() if code in year.criteria and _points(row) != year.criteria[code].points]
    codes += [code for code in year.criteria if code not in rows]
    total = year.total is not None and year.total.points != scores.total.points
    return (*codes, *([""] if total else []))


def _criterion(row: Row, workspace: Workspace) -> LockedCriterion:
    return _ended(row.criterion.title, row.tally).model_copy(
        update={"points": _points(row), "beside": row.group is not None, "figures": _figures(row, workspace)}
    )


def _points(row: Row) -> Decimal | None:
    return row.tally.points if row.leaf is None else row.leaf.points


def _figures(row: Row, workspace: Workspace) -> dict[str, str]:
    """What was entered or supplied, as it was typed."""
    if row.leaf is None:
        return {}
    supplied = workspace.supplied.value.items.get(row.code) if workspace.supplied else None
    if supplied is not None:
        return {name: str(text) for name, text in supplied.figures.items()}
    return {name: str(text) for name, text in row.leaf.entry.figures.items()} if row.leaf.entry else {}


def _ended(title: str, tally: Tally) -> LockedCriterion:
    percent = tally.percent if tally.maximum else None
    return LockedCriterion.model_construct(
        title=title, points=tally.points, maximum=tally.maximum, percent=percent, missing=tally.missing, figures={}
    )
