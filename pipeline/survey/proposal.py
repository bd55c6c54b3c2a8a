"""What files of answers would change in `survey.yml`; nothing is written here, and no answer is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.dossier import Progress
from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.survey import FEWEST, SurveyDetail
from pipeline.model.survey_mapping import SurveyMapping
from pipeline.office import LARGEST_FILE
from pipeline.survey.answers import Reader, Reading, Respondent
from pipeline.survey.columns import Columns, columns_of, missing
from pipeline.survey.csv_file import read_csv
from pipeline.survey.results import Results, Where, results_of
from pipeline.survey.table import Table, UnreadableError
from pipeline.survey.written import with_results
from pipeline.survey.xlsx_file import read_xlsx
from pipeline.workspace.exports import KOBO, Exporter, exporter_of
from pipeline.workspace.load import Workspace, survey_mapping_path, survey_path
from pipeline.workspace.reader import Located
from pipeline.workspace.source import SourceFile, read_source

_ARCHIVE = b"PK\x03\x04"
_MENDED_BY_IMPORT = ("D317", "D338")
"""Errors of old results that new ones take the place of."""


@dataclass(frozen=True)
class Given:
    """One file as it was named on the command line."""

    path: Path
    group: str = ""
    """The group that all its answers belong to; empty where a column says it, or nobody asks."""


@dataclass(frozen=True)
class FileTold:
    """What is told about one file: numbers only."""

    name: str
    exporter: str
    rows: int
    counted: int
    unfinished: int
    doubled: int
    outside: int
    unused: int
    """Columns that the mapping does not ask for."""


@dataclass(frozen=True)
class Proposal:
    """What would be written, or why nothing can be."""

    findings: tuple[Finding, ...]
    files: tuple[FileTold, ...] = ()
    results: Results | None = None
    points_before: Mapping[str, Decimal] | None = None
    gone: tuple[str, ...] = ()
    """Criteria whose points would go, because there are too few answers for them now."""
    source: SourceFile | None = None
    """`survey.yml`, as it is and as it would be; None where there is nothing to write."""

    @property
    def refused(self) -> bool:
        """Whether an error stands against writing."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def details(self) -> Mapping[str, SurveyDetail]:
        return self.results.details if self.results else {}


def propose(progress: Progress, given: Sequence[Given]) -> Proposal:
    """Read the files and work out every criterion; never raises for what they hold."""
    workspace = progress.workspace
    mapping = workspace.survey_mapping
    in_the_way = _in_the_way(progress)
    if in_the_way or mapping is None or workspace.criteria_set is None:
        return Proposal(tuple(in_the_way))
    intake = _Intake(mapping)
    for number, each in enumerate(given, start=1):
        intake.take(f"tệp phiếu {number}", each)
    findings = [*intake.findings, *intake.missing()]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Proposal(tuple(findings), tuple(intake.files))

    def where(code: str) -> Place:
        return mapping.place("tieu_chi", code)

    results = results_of(intake.people, mapping.value, workspace.criteria_set.value, where)
    found = (*findings, *results.findings, *_few_more(workspace, results, where))
    return _proposed(workspace, mapping.value, intake, results, found)


def _few_more(workspace: Workspace, results: Results, where: Where) -> Iterator[Finding]:
    """That whoever kept the old results could tell what the few people answered who make the new ones."""
    before = workspace.survey.value.details if workspace.survey else {}
    for code, detail in results.details.items():
        more = abs(detail.answers - before[code].answers) if code in before else 0
        if 0 < more < FEWEST:
            message = f"{code}: số phiếu chỉ khác kết quả đang ghi {more} phiếu; so hai bản thì đoán được câu trả lời"
            mend = f"nếu kết quả cũ đã công bố, chờ đủ {FEWEST} phiếu mới rồi nhập một lần"
            yield Finding(where(code), "K115", message, mend)


def _in_the_way(progress: Progress) -> list[Finding]:
    """What must be mended in the workspace first."""
    workspace = progress.workspace
    path = survey_mapping_path(workspace.year)
    paths = {path, survey_path(workspace.year)}
    errors = [finding for finding in progress.findings if finding.severity is Severity.ERROR]
    found = [finding for finding in errors if finding.place.path in paths and finding.code not in _MENDED_BY_IMPORT]
    if workspace.survey_mapping is None and not found:
        mend = f"tạo {path}; xem mẫu bằng `cchc schema --reference`, mục Bảng ánh xạ phiếu điều tra"
        found.append(Finding(Place(path), "K111", "chưa có bảng ánh xạ phiếu điều tra", mend))
    if workspace.criteria_set is None:
        found += [finding for finding in errors if finding not in found]
    return found


class _Intake:
    """Takes in file after file."""

    def __init__(self, mapping: Located[SurveyMapping]) -> None:
        self._mapping = mapping
        self.people: list[Respondent] = []
        self.findings: list[Finding] = []
        self.files: list[FileTold] = []
        self.hashes: list[str] = []
        self._columns: list[tuple[str, Columns]] = []

    def take(self, name: str, given: Given) -> None:
        """One file."""
        try:
            content = _content(name, given.path)
            self._new(name, content)
            table, exporter = _table(name, content)
            self._grouped(name, given.group)
        except UnreadableError as refused:
            self.findings.append(refused.finding)
            return
        columns, found = columns_of(table, exporter, self._mapping.value)
        self.findings += found
        self._columns.append((name, columns))
        if self._untold(name, given.group, columns):
            return
        reading = Reader(table, columns, self._mapping.value, given.group).read(exporter)
        self.people += reading.respondents
        self.findings += [*reading.findings, *_left_out(name, exporter, reading)]
        self.files.append(_told(name, exporter, table, columns, reading))

    def missing(self) -> Iterator[Finding]:
        """Questions without a column, once every file could be read."""
        if self._columns and not any(finding.code in ("K101", "K102", "K103") for finding in self.findings):
            yield from missing(self._mapping.value, self._columns, self._mapping.place("tieu_chi"))

    def _new(self, name: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        if digest in self.hashes:
            raise UnreadableError(name, "K112", "tệp giống hệt một tệp đã nêu trước", "nêu mỗi tệp một lần")
        self.hashes.append(digest)

    def _grouped(self, name: str, group: str) -> None:
        groups = self._mapping.value.groups
        if group and group not in groups:
            known = ", ".join(groups) or "chưa khai nhóm nào"
            mend = f"chọn một trong: {known}; hoặc khai thêm trong survey-mapping.yml"
            raise UnreadableError(name, "K108", f"bảng ánh xạ không có nhóm “{group}”", mend)

    def _untold(self, name: str, group: str, columns: Columns) -> bool:
        """Whether nothing says which group the answers of a file belong to."""
        untold = bool(self._mapping.value.groups) and not group and columns.group is None
        if untold:
            message = "không thấy cột nêu nhóm người trả lời"
            mend = "thêm --group TÊN cho tệp này, hoặc sửa “cot” của nhom_tra_loi trong survey-mapping.yml"
            self.findings.append(Finding(Place(name), "K108", message, mend))
        return untold


def _content(name: str, path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(name, "K101", "không mở được tệp", "kiểm tra đường dẫn và quyền đọc của tệp") from error
    if len(content) > LARGEST_FILE:
        message = f"tệp lớn hơn {LARGEST_FILE // 1_000_000} MB"
        raise UnreadableError(name, "K102", message, "xuất riêng các câu hỏi cần tính, hoặc chia thành nhiều tệp")
    return content


def _table(name: str, content: bytes) -> tuple[Table, Exporter]:
    """The table of the answers: the first that a survey program wrote, without sheets of repeated groups."""
    tables = read_xlsx(name, content) if content.startswith(_ARCHIVE) else read_csv(name, content)
    if not tables:
        mend = "xuất lại: dòng đầu là tiêu đề cột, mỗi phiếu một dòng"
        raise UnreadableError(name, "K103", "tệp không có bảng phiếu nào", mend)
    known = [(table, exporter) for table in tables if (exporter := exporter_of(table.headings)).marks]
    whole = [each for each in known if each[1] is not KOBO or "_parent_index" not in each[0].headings]
    table, exporter = (whole or known or [(tables[0], exporter_of(tables[0].headings))])[0]
    return table, exporter


def _left_out(name: str, exporter: Exporter, reading: Reading) -> Iterator[Finding]:
    counts = (
        (reading.unfinished, "phiếu chưa nộp"),
        (reading.doubled, "phiếu trùng mã"),
        (reading.outside, "phiếu không thuộc nhóm nào"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    if told:
        mend = "không cần làm gì nếu đúng như vậy"
        yield Finding(Place(name), "K109", f"bỏ ra {told} ({exporter.title})", mend)


def _told(name: str, exporter: Exporter, table: Table, columns: Columns, reading: Reading) -> FileTold:
    return FileTold(
        name,
        exporter.title,
        len(table.lines),
        len(reading.respondents),
        reading.unfinished,
        reading.doubled,
        reading.outside,
        columns.unused,
    )


def _proposed(
    workspace: Workspace, mapping: SurveyMapping, intake: _Intake, results: Results, findings: tuple[Finding, ...]
) -> Proposal:
    path = survey_path(workspace.year)
    before = workspace.survey.value.points if workspace.survey else {}
    gone = tuple(code for code in mapping.criteria if code in before and code not in results.details)
    source = read_source(workspace.root, path)
    origin = {"tep": sorted(intake.hashes), "anh_xa": mapping.fingerprint}
    fresh = source.before if source.before.strip() else f"nam: {workspace.year}\n"
    after = with_results(fresh, path, results, origin=origin, gone=gone, illustrative=mapping.illustrative)
    return Proposal(tuple(findings), tuple(intake.files), results, before, gone, source.changed(after))
