"""Every row of what the receiving office sent, as verdicts; whatever cannot be read is told with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline import wording
from pipeline.annex.cells import Cell, Row, Stored
from pipeline.annex.codes import split_title
from pipeline.appraisal.codes import Known, MangledError, known_codes
from pipeline.appraisal.headings import Column, Columns, find_columns
from pipeline.appraisal.sheet import Opened, Sheet, Spot
from pipeline.checks.appraisal import out_of_bounds
from pipeline.fields import LONGEST_TEXT
from pipeline.model.criteria_set import CriteriaSet, Criterion
from pipeline.model.finding import Finding, Place, has_errors
from pipeline.office import column_letters
from pipeline.workspace.tree import did_you_mean

_AGAIN = "ghi lại mã dạng chữ (ví dụ gõ '1.10), hoặc dùng mẫu của cchc export appraisal"
_LONGEST_NUMBER = 40
_VALUE = "chép giá trị của công thức vào ô (dán đặc biệt, chỉ giá trị)"


@dataclass(frozen=True)
class Submitted:
    """What the office says of one criterion."""

    points: Decimal | None = None
    remark: str = ""
    wanted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is said at all."""
        return self == Submitted()


@dataclass
class Submission:
    """Everything that the office sent."""

    verdicts: dict[str, Submitted] = field(default_factory=dict)
    """By the code of the leaf, in the order of the file."""
    sums: list[tuple[str, Decimal, Sheet, Spot]] = field(default_factory=list)
    """Points beside areas and criteria with children, and where they stand."""
    findings: list[Finding] = field(default_factory=list)


def read_submission(opened: Opened, criteria: CriteriaSet, number: int, file: str) -> Submission:
    """Read every table of a file for one round."""
    submission = Submission(findings=list(opened.findings))
    if opened.findings:
        return submission
    leaves = {leaf.code: leaf for area in criteria.areas for leaf in area.leaves()}
    tables = [(sheet, columns) for sheet in opened.sheets if (columns := find_columns(sheet.rows, number))]
    for sheet, columns in tables:
        if columns.doubled:
            submission.findings += _doubled(sheet, columns)
        else:
            _Table(sheet, columns, known_codes(criteria), leaves, submission).read()
    if not any(Column.POINTS in columns.places for _, columns in tables):
        message = f"không thấy bảng có cột mã tiêu chí và cột điểm thẩm định lần {number}"
        mend = "đặt tiêu đề cột là “Mã”, “Điểm thẩm định”, “Ý kiến”, “Đề nghị giải trình”; kiểm tra số vòng"
        submission.findings.append(Finding(Place(file), "A103", message, mend))
    elif not has_errors(tuple(submission.findings)):
        submission.findings += _missing(submission, leaves, file)
    return submission


def _doubled(sheet: Sheet, columns: Columns) -> Iterator[Finding]:
    for kind, places in columns.doubled.items():
        names = ", ".join(column_letters(at + 1) if sheet.name else str(at + 1) for at in places)
        message = f"{len(places)} cột ({names}) đều có thể là “{_NAMES[kind]}”"
        mend = "giữ một cột, hoặc ghi “lần …” vào tiêu đề từng cột"
        yield sheet.finding((sheet.rows[columns.body - 1].number, places[1] + 1), "A103", message, mend)


_NAMES = {Column.POINTS: "Điểm thẩm định", Column.REMARK: "Ý kiến", Column.WANTED: "Đề nghị giải trình"}


def _missing(submission: Submission, leaves: Mapping[str, Criterion], file: str) -> Iterator[Finding]:
    """Nothing is assumed about what the office did not say; it is told."""
    absent = [code for code in leaves if code not in submission.verdicts]
    blank = [code for code, told in submission.verdicts.items() if told.points is None]
    for codes, what in ((absent, "không có dòng trong tệp"), (blank, "để trống điểm")):
        if codes:
            message = f"{len(codes)} tiêu chí {what}: {wording.some_of(codes)}"
            mend = "không cần làm gì nếu vòng này giữ điểm trước đó của các tiêu chí này"
            yield Finding(Place(file), "A110", message, mend)


class _Table:
    """Reads one table."""

    def __init__(
        self, sheet: Sheet, columns: Columns, known: Known, leaves: Mapping[str, Criterion], submission: Submission
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.known = known
        self.leaves = leaves
        self.submission = submission
        self.rows: dict[str, int] = {}
        """The row in which each criterion was read first."""

    def read(self) -> None:
        """Read every row below the headings."""
        for row in self.sheet.rows[self.columns.body :]:
            if not row.blank and not self.columns.repeated(row):
                self._row(row)

    def _row(self, row: Row) -> None:
        cell, column = self._code_cell(row)
        spot = (row.number, column)
        if cell.above and not self._says(row):
            return
        try:
            code = self.known.read(cell)
        except MangledError as error:
            self._mangled(spot, cell, error)
            return
        if code is None:
            self._unknown(row, cell, spot)
        elif (other := self._titled(row)) not in (None, code):
            message = f"cột mã ghi {code}, tên tiêu chí bắt đầu bằng {other}"
            self._report(spot, "A104", message, "ghi đúng mã của bộ tiêu chí ở cột mã; số thứ tự để ở cột khác")
        elif code in self.known.branches:
            self._branch(row, code)
        else:
            self._leaf(row, code)

    def _code_cell(self, row: Row) -> tuple[Cell, int]:
        """The cell that names the criterion: in the column of codes, else the title that begins with one."""
        at = self.columns.places.get(Column.CODE)
        title = self.columns.places.get(Column.TITLE)
        if at is None or (not row.cell(at).text and title is not None):
            at = title
        return row.cell(at), (at or 0) + 1

    def _titled(self, row: Row) -> str | None:
        """The code of the set that begins the title, if any."""
        split = split_title(self._cell(row, Column.TITLE).text)
        known = self.known.leaves | self.known.branches
        return split[0].text if split and split[0].text in known else None

    def _mangled(self, spot: Spot, cell: Cell, error: MangledError) -> None:
        maybe = f"; có thể là {' hoặc '.join(error.candidates)}" if error.candidates else ""
        self._report(spot, "A105", f"bảng tính đã đổi mã tiêu chí thành {error.became} “{cell.text}”{maybe}", _AGAIN)

    def _unknown(self, row: Row, cell: Cell, spot: Spot) -> None:
        """A title or a total may stand without a code; something that is said of a criterion may not."""
        if not self._says(row) or wording.fold(cell.text).startswith(("tong", "cong")):
            return
        told = f"không có tiêu chí “{cell.text[:60]}”" if cell.text else "dòng có điểm hoặc ý kiến mà không có mã"
        near = did_you_mean(cell.text, sorted(self.leaves)) if cell.text else ""
        self._report(spot, "A104", told, near or "ghi đúng mã của bộ tiêu chí ở đầu dòng")

    def _says(self, row: Row) -> bool:
        kinds = (Column.POINTS, Column.REMARK, Column.WANTED)
        return any(row.cell(self.columns.places.get(kind)).own for kind in kinds)

    def _branch(self, row: Row, code: str) -> None:
        for kind in (Column.REMARK, Column.WANTED):
            if self._cell(row, kind).own:
                message = f"{code}: “{_NAMES[kind]}” của tiêu chí có tiêu chí con không được nhập"
                self._report(self._spot(row, kind), "A114", message, "ghi ý kiến ở dòng của từng tiêu chí con")
        spot, cell = self._spot(row, Column.POINTS), self._cell(row, Column.POINTS)
        if not cell.own:
            return
        try:
            self.submission.sums.append((code, _decimal(cell), self.sheet, spot))
        except ValueError as error:
            self._report(spot, "A106", f"{code}: {error}", "ghi một số, ví dụ 0,75, hoặc để trống")

    def _leaf(self, row: Row, code: str) -> None:
        before = len(self.submission.findings)
        told = Submitted(self._points(row, code), self._remark(row, code), self._wanted(row, code))
        if has_errors(tuple(self.submission.findings[before:])):
            self.submission.verdicts.setdefault(code, Submitted())
            return
        known, alike = self.submission.verdicts.get(code), self.known.looking_like(code)
        if code in self.rows and len(alike) > 1:
            self._mangled(
                (row.number, self._code_cell(row)[1]), Cell(code), MangledError(became="số", candidates=alike)
            )
        elif known is None or known.empty or told.empty or known == told:
            self.submission.verdicts[code] = known if known and told.empty else told
        else:
            message = f"{code} đã có ở dòng {self.rows.get(code, 0)} với điểm hoặc ý kiến khác"
            self._report((row.number, self._code_cell(row)[1]), "A108", message, "giữ một dòng cho mỗi tiêu chí")
        self.rows.setdefault(code, row.number)

    def _points(self, row: Row, code: str) -> Decimal | None:
        spot, cell = self._spot(row, Column.POINTS), self._cell(row, Column.POINTS)
        if cell.above and cell.text and not self._continues(row):
            self._report(spot, "A106", f"{code}: ô điểm gộp với dòng trên", "bỏ gộp ô, ghi điểm cho từng tiêu chí")
            return None
        if not self._computed(spot, cell, code) or not cell.own:
            return None
        try:
            points = _decimal(cell)
        except ValueError as error:
            self._report(spot, "A106", f"{code}: {error}", "ghi một số, ví dụ 0,75, hoặc để trống")
            return None
        if fault := out_of_bounds(self.leaves[code], points):
            message = f"{code}: thẩm định {wording.points(points)} điểm, {fault}"
            self._report(spot, "A107", message, "hỏi lại cơ quan thẩm định")
        return points

    def _continues(self, row: Row) -> bool:
        """Whether the row belongs to the criterion of the row above it."""
        return self._code_cell(row)[0].above

    def _remark(self, row: Row, code: str) -> str:
        spot, cell = self._spot(row, Column.REMARK), self._cell(row, Column.REMARK)
        self._computed(spot, cell, code)
        if len(cell.text) > LONGEST_TEXT:
            message = f"{code}: ý kiến dài {len(cell.text)} ký tự"
            self._report(spot, "A106", message, f"rút xuống dưới {LONGEST_TEXT} ký tự")
        return cell.text

    def _wanted(self, row: Row, code: str) -> bool:
        spot, cell = self._spot(row, Column.WANTED), self._cell(row, Column.WANTED)
        if spot in self.sheet.answers:
            return self.sheet.answers[spot]
        if not self._computed(spot, cell, code) or not cell.text:
            return False
        try:
            return wording.read_yes_no(cell.text)
        except ValueError as error:
            self._report(spot, "A106", f"{code}: đề nghị giải trình: {error}", "ghi có, không, x, hoặc để trống")
            return False

    def _computed(self, spot: Spot, cell: Cell, code: str) -> bool:
        """Tell of a formula; whether there is a value to go on with."""
        if spot not in self.sheet.formulas:
            return True
        if cell.text:
            self._report(spot, "A109", f"{code}: ô chứa công thức, lấy giá trị đang hiện “{cell.text[:40]}”", _VALUE)
        else:
            self._report(spot, "A106", f"{code}: công thức chưa có kết quả lưu trong tệp", _VALUE)
        return bool(cell.text)

    def _cell(self, row: Row, kind: Column) -> Cell:
        return row.cell(self.columns.places.get(kind))

    def _spot(self, row: Row, kind: Column) -> Spot:
        return row.number, self.columns.places.get(kind, -1) + 1

    def _report(self, spot: Spot, code: str, message: str, mend: str) -> None:
        self.submission.findings.append(self.sheet.finding(spot, code, message, mend))


def _decimal(cell: Cell) -> Decimal:
    """The number in a cell; one that was stored as such needs no reading of commas.

    Raises:
        ValueError: in Vietnamese.
    """
    if len(cell.text) > _LONGEST_NUMBER:
        raise ValueError(f"“{cell.text[:_LONGEST_NUMBER]}…” không phải là số")
    if cell.stored is Stored.DATE:
        raise ValueError(f"bảng tính đã đổi điểm thành ngày tháng “{cell.text}”")
    if cell.stored is Stored.NUMBER and not cell.text.endswith("%"):
        return Decimal(cell.text)
    return wording.read_decimal(cell.text.replace(wording.MINUS, "-"))
