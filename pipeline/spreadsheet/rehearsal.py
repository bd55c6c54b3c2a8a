"""Reading, scoring and checking the workspace as it would be after an import, before anything is written."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.dossier import STEPS, Progress
from pipeline.markup import read_markup
from pipeline.model.assessment import AreaFile
from pipeline.model.criteria_set import Criterion
from pipeline.model.finding import Finding, Place, Severity
from pipeline.output import write_file
from pipeline.spreadsheet.layout import Slot
from pipeline.spreadsheet.submitted import Spot, Submitted
from pipeline.spreadsheet.values import cell_text, cell_value, field_value
from pipeline.workspace.load import AreaDocument, Workspace
from pipeline.workspace.reader import Reader
from pipeline.workspace.source import SourceFile


def rehearse(progress: Progress, changes: Sequence[SourceFile], submitted: Submitted, file: str) -> list[Finding]:
    """Every error that the changes would bring, at the cell that it comes from; errors of before do not count."""
    if not changes:
        return []
    workspace = _changed(progress.workspace, changes)
    after = replace(progress, workspace=workspace, scores=None, findings=())
    for step in STEPS:
        after = step(after)
    known = {(each.place.path, each.code, each.message) for each in progress.findings}
    fresh = [
        each
        for each in after.findings
        if each.severity is Severity.ERROR and (each.place.path, each.code, each.message) not in known
    ]
    told = [_at_cell(each, workspace, submitted, file) for each in fresh]
    return sorted({*told, *([] if fresh else _unfaithful(workspace, submitted))})


def _changed(workspace: Workspace, changes: Sequence[SourceFile]) -> Workspace:
    """The workspace with other area files."""
    paths = {change.path for change in changes}
    with tempfile.TemporaryDirectory() as folder:
        for change in changes:
            write_file(Path(folder) / change.path, change.content)
        reader = Reader(Path(folder))
        pages = {path: reader.page(path, AreaFile, items="tieu_chi") for path in sorted(paths)}
    areas = [
        AreaDocument(page, read_markup(page.body, page.body_line)) if (page := pages.get(area.file.path)) else area
        for area in workspace.areas
    ]
    findings = [each for each in workspace.findings if each.place.path not in paths]
    return replace(workspace, areas=tuple(areas), findings=(*findings, *reader.findings))


def _at_cell(finding: Finding, workspace: Workspace, submitted: Submitted, file: str) -> Finding:
    """The same finding, told of the cell whose content it is about."""
    message = f"{finding.message} ({finding.code})"
    spot = _spot(finding.place, workspace, submitted)
    if spot is None:
        return Finding(Place(file), "X108", f"{finding.place.path}: {message}", finding.mend)
    return spot.finding("X108", message, finding.mend)


def _spot(place: Place, workspace: Workspace, submitted: Submitted) -> Spot | None:
    """The cell behind a place in an area file: the value's own, else the first of its criterion."""
    head = next((area.file.head for area in workspace.areas if area.file.path == place.path), None)
    if head is None:
        return None
    at = (place.line, place.column)
    paths = [path for path, where in head.tree.lines.items() if where == at and path[:1] == ("tieu_chi",)]
    path = max(paths, key=len, default=())
    if len(path) < 2:
        return None
    code, slot = str(path[1]), _slot(path[2:])
    spots = {each: cell.spot for (leaf, each), cell in submitted.inputs.items() if leaf == code}
    return (
        spots.get(slot)
        or next((spot for each, spot in spots.items() if each.key == slot.key), None)
        or next(iter(spots.values()), None)
    )


def _slot(path: tuple[str | int, ...]) -> Slot:
    key = str(path[0]) if path else ""
    return Slot(key, str(path[1])) if key == "so_lieu" and len(path) > 1 else Slot(key)


def _unfaithful(workspace: Workspace, submitted: Submitted) -> Iterator[Finding]:
    """Cells whose content would not come out of the files again as it went in."""
    assert workspace.criteria_set is not None
    leaves = {leaf.code: leaf for area in workspace.criteria_set.value.areas for leaf in area.leaves()}
    known = workspace.register.value.documents if workspace.register else {}
    entries = {code: entry for area in workspace.areas for code, entry in area.file.head.value.entries.items()}
    for (code, slot), cell in submitted.inputs.items():
        held = cell_text(cell_value(entries.get(code), leaves[code], slot))
        if not _same(leaves[code], slot, held, cell_text(cell.value), known):
            mend = f"sửa thẳng tiêu chí {code} trong tệp của lĩnh vực"
            yield cell.spot.finding("X108", "giá trị này không ghi được vào tệp mà giữ nguyên nghĩa", mend)


def _same(criterion: Criterion, slot: Slot, held: str, given: str, known: Collection[str]) -> bool:
    if held == given:
        return True
    try:
        return field_value(criterion, slot, held, known) == field_value(criterion, slot, given, known)
    except ValueError:
        return False
