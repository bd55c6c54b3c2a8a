"""The rows of an annex as a tree: areas, criteria, leaves, and the rows below a leaf that tell its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline import wording
from pipeline.annex.bands import read_bands
from pipeline.annex.cells import Cell, Doubts, Row, Source, Stored, Table, one_line
from pipeline.annex.codes import Code, Level, as_counted, read_code, split_title
from pipeline.annex.headings import Column, Columns, find_columns

_TOTAL = re.compile(r"(?:tổng(?: số)?(?: điểm)?|tổng cộng|cộng)(?: (?:toàn bộ|chung|các lĩnh vực).*)?\s*[:.]?(?:\(.*)?")
_SUBTOTAL = re.compile(r"(?:tổng(?: số)?(?: điểm)?|tổng cộng|cộng) (?:lĩnh vực|phần|mục|nhóm|tiêu chí)\b.*")
_POINTS = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,4})?)(?![\d.,]*\d)")
_EXACT = re.compile(r"[0-9A-Za-zĐđ]+(?:\.[0-9A-Za-zĐđ]+)*")
_NEGATIVE = re.compile(r"^[-–−]\s*(?=\d)")
_TOLD_POINTS = re.compile(r"[:=]\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;]?$|\d\s*điểm\b", re.IGNORECASE)


@dataclass
class Draft:
    """One row of the annex with a code, and all that stands in the rows below it."""

    code: str
    title: str
    table: str
    row: int
    maximum: Decimal | None = None
    least: Decimal | None = None
    """Points below zero, where they are printed in place of a maximum."""
    scoring: list[str] = field(default_factory=list)
    proof: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    survey: bool = False
    machine: str = ""
    children: list[Draft] = field(default_factory=list)

    def walk(self) -> Iterator[Draft]:
        """This row's criterion and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        """How it is scored, as printed."""
        return "\n".join(self.scoring)


@dataclass
class Outline:
    """What the tables of a file hold."""

    areas: list[Draft]
    total: Decimal | None
    total_at: tuple[str, int] | None
    preface: list[str]
    """Lines outside the table and above its headings, which name the set and its decision."""
    details: dict[str, str] = field(default_factory=dict)
    """Keys of the set that our own export prints in a table of its own."""
    remarks: list[str] = field(default_factory=list)
    """Paragraphs and rows that are no part of a criteria table, among which the bands may stand."""


def read_outline(source: Source, doubts: Doubts) -> Outline:
    """Put the rows of all criteria tables into one tree."""
    for name in source.hidden:
        mend = "nếu bảng tiêu chí nằm ở đó, bỏ ẩn trang tính rồi nhập lại"
        doubts.of_file("N805", f"trang tính ẩn “{name}” không được đọc", mend)
    builder = _Builder(doubts, Outline([], None, None, list(source.preface), remarks=list(source.preface)))
    columns: Columns | None = None
    for table in source.tables:
        if details := _details(table):
            builder.outline.details |= details
            continue
        found = find_columns(table)
        if found is None and columns is not None and table.rows and len(table.rows[0].cells) == columns.width:
            found = Columns(columns.places, 0, columns.headings, columns.width)
        if found is None:
            mend = "nếu đây là bảng tiêu chí, thêm dòng tiêu đề cột (STT, Tiêu chí, Điểm tối đa, Cách chấm)"
            told = [_told(row) for row in table.rows]
            builder.outline.remarks += told
            if any(told) and read_bands(told) is None:
                doubts.at(table.name, 1, "N805", "bảng này không có tiêu đề cột của bảng tiêu chí nên không đọc", mend)
            continue
        columns = found
        builder.outline.preface += [one_line(cell.own) for row in table.rows[: found.body] for cell in row.cells]
        builder.read(table, found)
    return builder.outline


def _told(row: Row) -> str:
    """A row of a table about something else: its first texts, as `Tốt: từ 80 đến dưới 90`."""
    texts = [one_line(cell.own) for cell in row.cells if cell.own]
    return ": ".join(texts[1:] if texts and texts[0].strip(".").isdecimal() else texts)


def _details(table: Table) -> dict[str, str]:
    """The table of our own export that tells the set's keys: `Khóa` and `Giá trị`."""
    if not table.rows or [text for text in table.rows[0].texts if text] != ["khoa", "gia tri"]:
        return {}
    return {row.cells[0].text: row.cells[1].text for row in table.rows[1:] if len(row.cells) > 1 and row.cells[0].text}


class _Builder:
    """Walks down the rows, keeping the way from the area to the last criterion."""

    def __init__(self, doubts: Doubts, outline: Outline) -> None:
        self.doubts = doubts
        self.outline = outline
        self.known: dict[str, Draft] = {}
        self.last: Draft | None = None
        self.roman = self.relative = self.lettered = False
        self.area = ""

    def read(self, table: Table, columns: Columns) -> None:
        """Take in the body of one table."""
        body = [row for row in table.rows[columns.body :] if not row.blank and not columns.repeated(row)]
        self._survey_codes(body, columns)
        for row in body:
            self._row(table, columns, row)
        self._counted(table, columns, body)

    def _counted(self, table: Table, columns: Columns, body: Sequence[Row]) -> None:
        """Say once which codes are not in the text but counted as Word would."""
        rows = [row for row in body if _is_counted(columns, row) and _code(columns, row)]
        if rows:
            message = f"mã của {len(rows)} dòng do Word tự đánh số; đã đếm lại theo cách Word hiển thị"
            mend = "đối chiếu mã đầu và mã cuối với bản in; nếu lệch, chuyển số tự động thành chữ rồi nhập lại"
            self.doubts.at(table.name, rows[0].number, "N807", message, mend)

    def _survey_codes(self, body: Sequence[Row], columns: Columns) -> None:
        """How areas are told: by Roman numbers if there are any; numbers then count within their area."""
        codes = [found[0] for row in body if (found := _code(columns, row)) is not None]
        levels = {code.level for code in codes}
        self.roman = self.roman or Level.ROMAN in levels
        if self.roman:
            self.relative = self.relative or Level.NUMBER in levels
        elif Level.PART in levels:
            numbers = [code.text for code in codes if code.level is Level.NUMBER]
            self.lettered = self.relative = self.lettered or len(numbers) > len(set(numbers))

    def _row(self, table: Table, columns: Columns, row: Row) -> None:
        code_text = columns.of(row, Column.CODE).own
        title_text = columns.of(row, Column.TITLE).own
        words = one_line(f"{code_text} {title_text}").casefold().strip(" -–:")
        if _code(columns, row) is None and _own_points(columns, row) and (_SUBTOTAL.match(words)):
            self._subtotal(table, columns, row)
        elif _code(columns, row) is None and _TOTAL.fullmatch(words):
            self._total(table, columns, row)
        elif (found := _code(columns, row)) is not None:
            self._criterion(table, columns, row, found)
        elif code_text and any(letter.isalnum() for letter in code_text) and not self._is_below(code_text, title_text):
            mend = "viết mã của dòng là số (1.2.3), số La Mã hoặc chữ cái, rồi nhập lại"
            self.doubts.at(table.name, row.number, "N806", f"không hiểu mã “{one_line(code_text)[:60]}”", mend)
        else:
            self._below(table, columns, row)

    @staticmethod
    def _is_below(code_text: str, title_text: str) -> bool:
        """A long text in the code's column of a row without a title is a remark that spans the table."""
        return not title_text and len(code_text) > 12

    def _total(self, table: Table, columns: Columns, row: Row) -> None:
        value = read_points(columns.of(row, Column.MAXIMUM).text)
        if value is not None:
            self.outline.total, self.outline.total_at = value, (table.name, row.number)

    def _subtotal(self, table: Table, columns: Columns, row: Row) -> None:
        """The sum of one area, printed below its rows: it must be what stands above them."""
        area = self.outline.areas[-1] if self.outline.areas else None
        value = read_points(columns.of(row, Column.MAXIMUM).text)
        if area is not None and value is not None and value != area.maximum:
            told = "không có" if area.maximum is None else wording.number(area.maximum, 4)
            message = f"dòng cộng in {wording.number(value, 4)} điểm, dòng lĩnh vực {area.code} in {told}; giữ số sau"
            self.doubts.at(table.name, row.number, "N809", message, "đối chiếu với bản gốc")

    def _criterion(self, table: Table, columns: Columns, row: Row, found: tuple[Code, str]) -> None:
        code, title = self._full(table, columns, row, found[0]), found[1]
        if code is None:
            return
        title, told = _split_steps(title) if not columns.of(row, Column.SCORING).own else (title, "")
        draft = Draft(code, one_line(title), table.name, row.number, scoring=[told] if told else [])
        draft.least = read_least(columns.of(row, Column.MAXIMUM).own)
        draft.maximum = self._maximum(draft, columns.of(row, Column.MAXIMUM))
        draft.survey = _marked(columns.of(row, Column.SURVEY))
        draft.machine = columns.of(row, Column.MACHINE).own
        self._take(draft, columns, row, shared=True)
        if not draft.title:
            mend = "ghi tên tiêu chí vào bảng rồi nhập lại, hoặc sửa “ten” trong bộ tiêu chí"
            self.doubts.at(table.name, row.number, "N806", f"tiêu chí {code} không có tên; tạm lấy mã làm tên", mend)
            draft.title = f"Tiêu chí {code}"
        self._hang(draft)

    def _full(self, table: Table, columns: Columns, row: Row, code: Code) -> str | None:
        """The code from the area down; a doubt wherever it is not simply what is printed."""
        match code.level:
            case Level.PART if not self.lettered:
                mend = "không phải làm gì nếu đây chỉ là tên phần; nếu là lĩnh vực, đánh mã bằng số"
                message = f"dòng “{code.text}” được coi là tên phần, không phải lĩnh vực"
                self.doubts.at(table.name, row.number, "N805", message, mend)
                return None
            case Level.EXACT:
                return code.text
            case Level.ROMAN | Level.PART:
                self.area = code.text
                return code.text
            case Level.LETTER:
                return self._letter(table, row, code)
        return self._numbered(table, row, code, columns.of(row, Column.CODE))

    def _numbered(self, table: Table, row: Row, code: Code, cell: Cell) -> str:
        previous = self.last.code.removeprefix(f"{self.area}." if self.relative else "") if self.last else ""
        counted = as_counted(cell, code, previous)
        if counted != code or cell.stored is Stored.DATE or (cell.stored is Stored.NUMBER and code.text in self.known):
            kind = "ngày tháng" if cell.stored is Stored.DATE else "số"
            message = f"bảng tính lưu mã này là {kind} {code.text}; đọc là “{counted.text}”, có đúng không?"
            mend = "định dạng cột mã là Văn bản (Text), gõ lại mã rồi nhập lại"
            self.doubts.at(table.name, row.number, "N807", message, mend)
        if self.relative and self.area:
            return f"{self.area}.{counted.text}"
        if self.roman and self.area and counted.text.split(".")[0] != self.area:
            message = (
                f"mã {counted.text} không bắt đầu bằng số của lĩnh vực {self.area}; đọc là {self.area}.{counted.text}"
            )
            self.doubts.at(table.name, row.number, "N807", message, "đối chiếu mã với bản in, sửa trong bộ tiêu chí")
            return f"{self.area}.{counted.text}"
        return counted.text

    def _letter(self, table: Table, row: Row, code: Code) -> str | None:
        last = self.last
        if last is None:
            message = f"mã “{code.text})” không nằm dưới tiêu chí nào"
            self.doubts.at(table.name, row.number, "N806", message, "thêm dòng tiêu chí cha phía trên")
            return None
        parent, _, end = last.code.rpartition(".")
        return f"{parent if re.fullmatch('[a-zđ]', end) else last.code}.{code.text}"

    def _maximum(self, draft: Draft, cell: Cell) -> Decimal | None:
        if cell.left or cell.above or not cell.text or cell.text in "-–":
            return None
        value = read_points(cell.text)
        if value is None and draft.least is None:
            message = f"không đọc được điểm tối đa “{one_line(cell.text)[:40]}”"
            mend = "ghi một số từ 0 trở lên, ví dụ 0,5"
            self.doubts.at(draft.table, draft.row, "N808", message, mend)
        return value

    def _hang(self, draft: Draft) -> None:
        """Hang a criterion below its parent; one that has none becomes, or makes, an area."""
        parent = self._parent(draft)
        (parent.children if parent else self.outline.areas).append(draft)
        self.known.setdefault(draft.code, draft)
        self.last = draft

    def _parent(self, draft: Draft) -> Draft | None:
        wanted = draft.code.rpartition(".")[0]
        if not wanted:
            return None
        nearest = wanted
        while nearest and nearest not in self.known:
            nearest = nearest.rpartition(".")[0]
        if nearest != wanted:
            message = f"mã {draft.code} không có dòng cha {wanted} ở phía trên"
            mend = "thêm dòng cha vào bảng rồi nhập lại, hoặc sửa cây tiêu chí trong bộ tiêu chí"
            self.doubts.at(draft.table, draft.row, "N806", message, mend)
        if nearest:
            return self.known[nearest]
        area = Draft(draft.code.partition(".")[0], f"Lĩnh vực {draft.code.partition('.')[0]}", draft.table, draft.row)
        self.outline.areas.append(area)
        self.known[area.code] = area
        return area

    def _below(self, table: Table, columns: Columns, row: Row) -> None:
        """A row without a code belongs to the criterion above it."""
        code = columns.of(row, Column.CODE)
        if code.stored is Stored.NUMBERED and not code.own and columns.of(row, Column.TITLE).own:
            message = "Word tự đánh số dòng này nhưng tệp không ghi cách đếm; dòng chưa được đọc là tiêu chí"
            mend = "chọn bảng trong Word, chuyển số tự động thành chữ, rồi nhập lại"
            self.doubts.at(table.name, row.number, "N807", message, mend)
        if self.last is None:
            mend = "nếu đây là lĩnh vực hoặc tiêu chí, thêm mã cho dòng"
            self.doubts.at(table.name, row.number, "N806", "dòng không có mã, đứng trước mọi tiêu chí; bỏ qua", mend)
            return
        self._take(self.last, columns, row, shared=False)

    def _take(self, draft: Draft, columns: Columns, row: Row, *, shared: bool) -> None:
        """Scoring, proof and notes of a row; a cell merged over several criteria speaks for each of them."""
        if not shared:
            draft.scoring += _step(columns, row)
        else:
            draft.scoring += _lines(columns.of(row, Column.SCORING), shared=True)
        draft.proof += _lines(columns.of(row, Column.PROOF), shared=shared)
        draft.notes += _lines(columns.of(row, Column.NOTE), shared=shared)


def _code(columns: Columns, row: Row) -> tuple[Code, str] | None:
    """Code and title of a row, from their own columns or from one text."""
    code_cell, title_cell = columns.of(row, Column.CODE), columns.of(row, Column.TITLE)
    if _EXACT.fullmatch(code_cell.own) and columns.of(row, Column.MACHINE).own.startswith("{"):
        return Code(Level.EXACT, code_cell.own), title_cell.own
    if code_cell.own:
        code = read_code(code_cell.own)
        return (code, title_cell.own) if code else split_title(code_cell.own)
    if Column.CODE in columns.places and not _own_points(columns, row):
        return None
    return split_title(f"{title_cell.number} {title_cell.own}".strip())


def _is_counted(columns: Columns, row: Row) -> bool:
    """Whether the code of a row is a number that Word counts."""
    code = columns.of(row, Column.CODE)
    return bool(code.number) if code.own else bool(columns.of(row, Column.TITLE).number)


def _split_steps(title: str) -> tuple[str, str]:
    """A title of several lines, the later of which tell steps: the title, and the steps."""
    lines = title.split("\n")
    first = next((index for index, line in enumerate(lines) if index and _TOLD_POINTS.search(line)), len(lines))
    return "\n".join(lines[:first]), "\n".join(lines[first:])


def _own_points(columns: Columns, row: Row) -> bool:
    """Whether a row has points of its own and a title that is not a step with its points."""
    points = columns.of(row, Column.MAXIMUM).own
    return bool(points) and not _TOLD_POINTS.search(columns.of(row, Column.TITLE).own)


def _step(columns: Columns, row: Row) -> list[str]:
    """The step that a row without a code tells: its words, with points from their own column if not in the words."""
    words = columns.of(row, Column.SCORING).own or columns.of(row, Column.TITLE).own
    points = columns.of(row, Column.MAXIMUM).own
    if not words and Column.CODE in columns.places:
        words = columns.of(row, Column.CODE).own
    words = words.strip("-–+•* ")
    if words and read_points(points) is not None and not _TOLD_POINTS.search(words):
        return [f"{words.rstrip(':;. ')}: {points.replace('.', ',')}"]
    return [words] if words else []


def _lines(cell: Cell, *, shared: bool) -> list[str]:
    text = cell.own or (cell.text if shared and cell.above and not cell.left else "")
    return [text] if text else []


def _marked(cell: Cell) -> bool:
    return not cell.left and cell.text.casefold() not in ("", "0", "-", "–", "không")


def read_least(text: str) -> Decimal | None:
    """The points below zero that a cell holds alone: `-2`, `–0,5 điểm`; None for anything else."""
    found = _NEGATIVE.match(text)
    points = read_points(text[found.end() :]) if found else None
    return -points if points else None


def read_points(text: str) -> Decimal | None:
    """The one number of a cell, from 0 up; None when there is none or more than one."""
    if _NEGATIVE.match(text) or "%" in text:
        return None
    numbers = _POINTS.findall(text)
    try:
        return wording.read_decimal(numbers[0]) if len(numbers) == 1 else None
    except ValueError:
        return None
