"""What reading a spreadsheet back would change: the area files as they would be, or everything that stands against it.

Nothing is written here. What would be written is read, scored and checked first, as if it were there already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.dossier import Progress
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet, Criterion
from pipeline.model.finding import Finding, Place
from pipeline.spreadsheet.layout import Slot
from pipeline.spreadsheet.opened import open_sheets
from pipeline.spreadsheet.rehearsal import rehearse
from pipeline.spreadsheet.state import state_of
from pipeline.spreadsheet.submitted import Input, Origin, Submitted, read_origin, read_submitted
from pipeline.spreadsheet.values import cell_text, cell_value, field_value
from pipeline.workspace.frontmatter import ORDER, remove_value, set_value
from pipeline.workspace.load import AreaDocument, Workspace
from pipeline.workspace.source import SourceFile, read_source
from pipeline.workspace.yaml_text import New

_AGAIN = "xuất lại bằng cchc export xlsx rồi nhập số liệu vào tệp mới"


@dataclass(frozen=True)
class Proposal:
    """The files that would change; none when there are findings."""

    changes: tuple[SourceFile, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Edit:
    """One cell whose content is not what the area file holds."""

    criterion: Criterion
    slot: Slot
    value: New | None
    """None takes the value away."""
    cell: Input


@dataclass
class _Edits:
    made: list[_Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def propose(progress: Progress, path: Path, *, force: bool = False) -> Proposal:
    """Read a spreadsheet against the workspace; `force` accepts one that was made from another state of it."""
    workspace = progress.workspace
    if workspace.criteria_set is None:
        return Proposal(findings=progress.findings)
    sheets, faults = open_sheets(path)
    if sheets is None:
        return Proposal(findings=tuple(faults))
    criteria = workspace.criteria_set.value
    origin = read_origin(sheets, path.name)
    if isinstance(origin, Finding):
        return Proposal(findings=(origin,))
    if (foreign := _foreign(origin, workspace, criteria, path.name)) is not None:
        return Proposal(findings=(foreign,))
    submitted = read_submitted(sheets, criteria, path.name)
    edits = _edits(submitted, workspace, criteria)
    findings = [*submitted.findings, *edits.findings]
    if (findings or edits.made) and not force and (stale := _stale(origin, workspace, criteria, path.name)):
        return Proposal(findings=(stale,))
    if findings:
        return Proposal(findings=tuple(sorted(set(findings))))
    changes = tuple(_changed(edits.made, workspace, criteria))
    faults = rehearse(progress, changes, submitted, path.name)
    return Proposal(findings=tuple(faults)) if faults else Proposal(changes)


def _foreign(origin: Origin, workspace: Workspace, criteria: CriteriaSet, file: str) -> Finding | None:
    """Whether the spreadsheet belongs to another year or another set, whose rows mean something else."""
    if (origin.year, origin.criteria_set) == (str(workspace.year), criteria.code):
        return None
    message = (
        f"bảng tính của năm {origin.year}, bộ tiêu chí {origin.criteria_set}; "
        f"hồ sơ đang mở là năm {workspace.year}, bộ tiêu chí {criteria.code}"
    )
    return Finding(Place(file), "X104", message, "chọn đúng tệp, hoặc đúng năm bằng --year")


def _stale(origin: Origin, workspace: Workspace, criteria: CriteriaSet, file: str) -> Finding | None:
    """Whether the workspace has changed since the spreadsheet was made from it."""
    files = [*(area.file.path for area in workspace.areas), *workspace.unreadable_areas]
    if origin.state == state_of(workspace.root, workspace.year, criteria.code, files):
        return None
    message = "hồ sơ đã được sửa sau khi xuất bảng tính này, nhập vào có thể ghi đè chỗ sửa đó"
    return Finding(Place(file), "X104", message, f"{_AGAIN}; hoặc thêm --force và xem kỹ các chỗ khác nhau")


def _edits(submitted: Submitted, workspace: Workspace, criteria: CriteriaSet) -> _Edits:
    """What was edited, cell by cell."""
    edits = _Edits()
    leaves = {leaf.code: leaf for area in criteria.areas for leaf in area.leaves()}
    entries = entries_of(workspace)
    known = workspace.register.value.documents if workspace.register else {}
    for (code, slot), cell in submitted.inputs.items():
        criterion = leaves[code]
        given, held = cell_text(cell.value), cell_text(cell_value(entries.get(code), criterion, slot))
        if given == held:
            continue
        try:
            value = field_value(criterion, slot, given, known)
        except ValueError as error:
            edits.findings.append(cell.spot.finding("X106", str(error), _mend(criterion, slot)))
            continue
        if value != _held(criterion, slot, held, known):
            edits.made.append(_Edit(criterion, slot, value, cell))
    edits.findings += _homeless(edits.made, workspace)
    return edits


def entries_of(workspace: Workspace) -> Mapping[str, Entry]:
    """What is entered now, by criterion."""
    return {code: entry for area in workspace.areas for code, entry in area.file.head.value.entries.items()}


def _held(criterion: Criterion, slot: Slot, text: str, known: Mapping[str, object]) -> New | None:
    """What the file holds, in the form of what is entered; text that cannot be read stays as it is."""
    try:
        return field_value(criterion, slot, text, known)
    except ValueError:
        return text


def _mend(criterion: Criterion, slot: Slot) -> str:
    if slot.figure and criterion.rule:
        return f"nhập {criterion.rule.figures()[slot.figure].kind.value}"
    return {
        "diem_tu_cham": "nhập số điểm như 0,5",
        "minh_chung": "mỗi dòng một tài liệu, như TL02, mục II.3, trang 4",
    }.get(slot.key, "nhập lại ô này")


def _homeless(edits: list[_Edit], workspace: Workspace) -> Iterator[Finding]:
    """Edits for which there is no file, told once an area, or whose place in it cannot be read."""
    told = set()
    for edit in edits:
        code = edit.criterion.code
        area = code.partition(".")[0]
        document = _document(workspace, code)
        if document is None and area not in told:
            told.add(area)
            message = f"không có tệp đọc được của lĩnh vực {area} để ghi vào"
            yield edit.cell.spot.finding("X108", message, "chạy cchc check và sửa tệp của lĩnh vực trước")
        elif document is not None and code in document.file.head.broken:
            message = f"tiêu chí {code} trong {document.file.path} đang có lỗi nên không ghi vào được"
            yield edit.cell.spot.finding("X108", message, "chạy cchc check và sửa tiêu chí đó trước")


def _document(workspace: Workspace, code: str) -> AreaDocument | None:
    """The file that holds a criterion, or would."""
    heads = [area for area in workspace.areas if area.file.head.value.area == code.partition(".")[0]]
    holding = (area for area in heads if code in area.file.head.value.entries)
    return next(holding, heads[0] if heads else None)


def _changed(edits: list[_Edit], workspace: Workspace, criteria: CriteriaSet) -> Iterator[SourceFile]:
    """The area files with the edits in them."""
    codes = [node.criterion.code for node in criteria.walk()]
    by_file: dict[str, list[_Edit]] = {}
    for edit in edits:
        document = _document(workspace, edit.criterion.code)
        assert document is not None
        by_file.setdefault(document.file.path, []).append(edit)
    for path, made in sorted(by_file.items()):
        source = read_source(workspace.root, path)
        text = source.before
        for edit in made:
            text = _edited(text, edit, codes)
        yield source.changed(text)


def _edited(text: str, edit: _Edit, codes: list[str]) -> str:
    path = ("tieu_chi", edit.criterion.code, *edit.slot.path)
    if edit.value is None:
        return remove_value(text, path)
    figures = edit.criterion.rule.figures() if edit.criterion.rule else {}
    return set_value(text, path, edit.value, (*codes, *ORDER, *figures))
