"""From a file of the receiving office to the `appraisal.yml` that would be, with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pipeline import wording
from pipeline.appraisal.compose import composed
from pipeline.appraisal.opened import open_submission
from pipeline.appraisal.read import Submission, read_submission
from pipeline.appraisal.sheet import Origin
from pipeline.checks import check
from pipeline.dossier import Progress, appraised_of
from pipeline.model.appraisal import Appraisal
from pipeline.model.finding import Finding, Place, Severity, has_errors
from pipeline.scoring import Appraised, ColumnKind, ScoreColumn
from pipeline.workspace.load import Workspace, appraisal_path
from pipeline.workspace.reader import Located, Reader
from pipeline.workspace.source import SourceFile, read_source

_ROUND = "A112"


@dataclass(frozen=True)
class Wish:
    """What the person who imports says beyond the file."""

    number: int | None = None
    day: date | None = None
    office: str = ""
    document: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Head:
    """A round without its verdicts."""

    number: int
    day: date
    office: str
    document: str = ""


@dataclass(frozen=True)
class Proposal:
    """What an import would do."""

    path: str
    """The file of the workspace that would change."""
    findings: tuple[Finding, ...]
    source: SourceFile | None = None
    """That file, as it is and as it would be; None where there is nothing to write."""
    number: int = 0
    appraised: Appraised | None = None
    """The table as it would be."""
    waiting: tuple[str, ...] = field(default=())
    """Criteria for which the round wants an explanation."""

    @property
    def refused(self) -> bool:
        """Whether nothing may be written."""
        return self.appraised is None or has_errors(self.findings)

    @property
    def column(self) -> ScoreColumn:
        """The round's own column."""
        assert self.appraised is not None
        kind = ColumnKind.APPRAISED
        return next(each for each in self.appraised.columns if each.kind is kind and each.round == self.number)


def propose(progress: Progress, file: Path, wish: Wish) -> Proposal:
    """Read the file, put its verdicts into the year's appraisal, and examine what comes of it."""
    workspace = progress.workspace
    path = appraisal_path(workspace.year)
    if workspace.criteria_set is None or workspace.settings is None or workspace.appraisal_unreadable:
        return Proposal(path, workspace.findings)
    opened = open_submission(file)
    if has_errors(opened.findings):
        return Proposal(path, tuple(sorted(set(opened.findings))))
    head, found = _head(workspace, opened.origin, wish, file.name)
    number = head.number if head else wish.number or 1
    submission = read_submission(opened, workspace.criteria_set.value, number, file.name)
    findings = (*found, *_strange(workspace, opened.origin, file.name), *submission.findings)
    if head is None or has_errors(findings):
        return Proposal(path, tuple(sorted(set(findings))))
    return _rehearsed(progress, head, submission, findings)


def _strange(workspace: Workspace, origin: Origin, file: str) -> Iterator[Finding]:
    """A form or a file that says it is about something else."""
    assert workspace.criteria_set is not None
    for what, told, here in (
        ("năm", origin.year, str(workspace.year)),
        ("bộ tiêu chí", origin.criteria_set, workspace.criteria_set.value.code),
    ):
        if told and told != here:
            message, mend = f"tệp ghi {what} {told}, hồ sơ này là {here}", "chọn đúng tệp, hoặc đúng --year NĂM"
            yield Finding(Place(file), "A113", message, mend)


def _head(workspace: Workspace, origin: Origin, wish: Wish, file: str) -> tuple[Head | None, list[Finding]]:
    """Which round it is, by whom and of what day."""
    number = wish.number or (int(origin.round) if origin.round.isdecimal() else None)
    if number is None:
        return None, [Finding(Place(file), _ROUND, "chưa rõ tệp là của vòng thẩm định nào", "thêm --round SỐ_VÒNG")]
    rounds = workspace.appraisal.value.rounds if workspace.appraisal else {}
    findings = list(_not_open(workspace, number, wish, file))
    if wish.number and origin.round and origin.round != str(wish.number):
        message = f"tệp ghi vòng {origin.round}, lệnh nhập ghi vòng {wish.number}"
        findings.append(Finding(Place(file), _ROUND, message, "chọn đúng tệp, hoặc sửa --round"))
    old = rounds.get(number)
    day = wish.day or _read_day(origin, file, findings) or (old.day if old else None)
    if day is None:
        findings.append(Finding(Place(file), _ROUND, "chưa rõ ngày thẩm định", "thêm --date ngày/tháng/năm"))
    assert workspace.settings is not None
    office = wish.office or origin.office or (old.office if old else workspace.settings.value.report.addressees[0])
    document = wish.document or (old.document if old and old.document else "")
    return (None if day is None or has_errors(tuple(findings)) else Head(number, day, office, document)), findings


def _read_day(origin: Origin, file: str, findings: list[Finding]) -> date | None:
    if not origin.day:
        return None
    try:
        return wording.read_date(origin.day)
    except ValueError as error:
        findings.append(Finding(Place(file), "A106", f"ngày thẩm định: {error}", "ghi ngày/tháng/năm"))
        return None


def _not_open(workspace: Workspace, number: int, wish: Wish, file: str) -> Iterator[Finding]:
    """Rounds come one after the other; one that is there is only replaced when asked, a closed one never."""
    rounds = workspace.appraisal.value.rounds if workspace.appraisal else {}
    old = rounds.get(number)
    if old is None and number != len(rounds) + 1:
        message = f"chưa có vòng {len(rounds) + 1} nên chưa nhập được vòng {number}"
        yield Finding(Place(file), _ROUND, message, f"nhập vòng {len(rounds) + 1} trước")
    elif old is not None and old.closed:
        message = f"vòng {number} đã chốt ngày {wording.day(old.closed)}"
        mend = f"nếu cơ quan thẩm định mở lại vòng, xóa dòng “chot” trong {appraisal_path(workspace.year)}"
        yield Finding(Place(file), _ROUND, message, mend)
    elif old is not None and not wish.replace:
        message = f"vòng {number} đã có trong {appraisal_path(workspace.year)}"
        yield Finding(Place(file), _ROUND, message, "thêm --replace để thay kết quả của vòng này; giải trình được giữ")


def _rehearsed(progress: Progress, head: Head, submission: Submission, findings: Sequence[Finding]) -> Proposal:
    """The changed file as the program would read and check it."""
    workspace = progress.workspace
    path = appraisal_path(workspace.year)
    source = read_source(workspace.root, path)
    assert workspace.criteria_set is not None
    try:
        after = composed(source.before, head, submission.verdicts, workspace.criteria_set.value, workspace.year)
    except ValueError:
        message = "tệp không sửa được tự động"
        mend = "xóa các dòng “---” trong tệp rồi nhập lại"
        return Proposal(path, (*findings, Finding(Place(path), _ROUND, message, mend)))
    located, trouble = _located(workspace, path, after)
    if located is None:
        return Proposal(path, (*findings, *trouble))
    changed = replace(workspace, appraisal=located)
    trouble = [each for each in check(changed, progress.scores, progress.today) if _new_error(each, path)]
    table = appraised_of(changed)
    proposal = Proposal(
        path,
        (*findings, *trouble),
        source.changed(after),
        head.number,
        table,
        tuple(code for number, code in located.value.unanswered() if number == head.number),
    )
    sums = [] if table is None else _sums(submission, proposal.column)
    return replace(proposal, findings=tuple(sorted({*proposal.findings, *sums})))


def _located(workspace: Workspace, path: str, text: str) -> tuple[Located[Appraisal] | None, list[Finding]]:
    reader = Reader(workspace.root, contents={path: text.encode()})
    return reader.yaml(path, Appraisal), reader.findings


def _new_error(finding: Finding, path: str) -> bool:
    return finding.place.path == path and finding.severity is Severity.ERROR


def _sums(submission: Submission, column: ScoreColumn) -> list[Finding]:
    """The office's own sums against those that the set's rules give."""
    found = []
    for code, told, sheet, spot in submission.sums:
        points = column.points(code)
        if points is not None and told != points:
            message = f"{code}: tệp cộng được {wording.points(told)} điểm, theo bộ tiêu chí là {wording.points(points)}"
            mend = "điểm cộng trong tệp không được nhập; hỏi lại cơ quan thẩm định nếu họ cộng khác"
            found.append(sheet.finding(spot, "A111", message, mend))
    return found
