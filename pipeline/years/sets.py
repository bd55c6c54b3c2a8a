"""Criteria sets that changed after a year was locked with them, and what that would do to the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.locked import LockedYear
from pipeline.scoring import Scores
from pipeline.workspace.load import Workspace, load, set_path
from pipeline.workspace.reader import Reader
from pipeline.years.inputs import sha256_of

Rescore = Callable[[Workspace], Scores | None]
"""Scores a workspace that was read."""


@dataclass(frozen=True)
class Effect:
    """What a changed set would make of a locked year."""

    year: int
    before: Decimal | None
    """The locked total."""
    after: Decimal | None
    """The total by the changed set; None where it cannot be scored any more."""
    criteria: tuple[str, ...] = ()
    """Codes of the criteria whose points would change."""


def changed_sets(root: Path, locked: Mapping[int, LockedYear], rescore: Rescore) -> Iterator[tuple[str, list[Effect]]]:
    """Each set that is not what a locked year used, with its effect on every such year, oldest first."""
    changed: dict[str, list[LockedYear]] = {}
    for year in sorted(locked):
        code = locked[year].criteria_set
        if code is not None and _is_changed(root, set_path(code), locked[year]):
            changed.setdefault(code, []).append(locked[year])
    for code, years in changed.items():
        located = Reader(root).yaml(set_path(code), CriteriaSet)
        workspaces = (replace(load(root, year.year), criteria_set=located) for year in years)
        yield code, [_effect(year, rescore(space)) for year, space in zip(years, workspaces, strict=True)]


def _is_changed(root: Path, path: str, year: LockedYear) -> bool:
    """A set that is gone is missing, not changed."""
    now = sha256_of(root / path, root)
    return path in year.files and now is not None and now != year.files[path]


def _effect(year: LockedYear, scores: Scores | None) -> Effect:
    before = year.total.points if year.total else None
    if scores is None:
        return Effect(year.year, before, None)
    points = {leaf.criterion.code: leaf.points for leaf in scores.leaves}
    other = (code for code in points if code not in year.criteria or year.criteria[code].points != points[code])
    return Effect(year.year, before, scores.total.points, tuple(other))
