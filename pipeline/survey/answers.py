"""Rows of a table as answers on the mapping's scales. Only levels and groups leave this module, never a cell's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model.finding import Finding
from pipeline.model.survey_mapping import Scale, SurveyGroups, SurveyMapping
from pipeline.survey.columns import Asked, Columns
from pipeline.survey.table import Cell, Line, Table
from pipeline.workspace.exports import Exporter, plain

MOST_TOLD = 5
"""Cells of one column that are told one by one; the others are counted."""

_WHOLE = re.compile(r"^(\d+)[.,]0+$")
"""How some programs write a whole number."""
_SKIP = -1
_NOT_SHOWN = frozenset({"n/a"})
"""What LimeSurvey writes where a question was not shown."""


@dataclass(frozen=True)
class Respondent:
    """What one person answered, as far as it counts."""

    group: str
    """The name of the group; empty where respondents are not told apart."""
    levels: Mapping[Asked, int]
    """The position of the level on the scale, for every question that has an answer."""


@dataclass
class Reading:
    """What became of the rows of one table."""

    respondents: list[Respondent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfinished: int = 0
    doubled: int = 0
    outside: int = 0
    """Rows of people who belong to no group."""


@dataclass(frozen=True)
class Labels:
    """How answers on one scale read."""

    levels: Mapping[str, int]
    lenient: bool

    def level(self, text: str) -> int | None:
        """The position of the level, `_SKIP` for what does not count, None for what the mapping does not know."""
        read = _WHOLE.sub(r"\1", plain(text))
        if not read or read in _NOT_SHOWN:
            return _SKIP
        return self.levels.get(read, _SKIP if self.lenient else None)


def labels_of(scale: Scale) -> Labels:
    """Every spelling of a scale's levels, and of what does not count."""
    levels = {plain(label): _SKIP for label in scale.skipped}
    for position, level in enumerate(scale.levels):
        levels |= {plain(label): position for label in level.labels}
    return Labels(levels, scale.lenient)


class Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Columns, mapping: SurveyMapping, group: str) -> None:
        self._table = table
        self._columns = columns
        self._group = group
        self._groups = group_labels(mapping.respondents)
        scales = {name: labels_of(scale) for name, scale in mapping.scales.items()}
        self._labels = {asked: scales[mapping.criteria[asked[0]].scale] for asked in columns.questions}
        self._unknown: Counter[tuple[str, int]] = Counter()
        self.reading = Reading()

    def read(self, exporter: Exporter) -> Reading:
        """Every finished row once."""
        for line in self._once(self._finished(exporter)):
            self._width(line)
            if (group := self._group_of(line)) is not None:
                self.reading.respondents.append(Respondent(group, dict(self._answered(line))))
        self._rest()
        return self.reading

    def _finished(self, exporter: Exporter) -> Iterator[Line]:
        at = self._columns.submitted
        for line in self._table.lines:
            if exporter.partial and at is not None and plain(line.at(at).text) in ("", *_NOT_SHOWN):
                self.reading.unfinished += 1
            else:
                yield line

    def _once(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Of rows with one identity the one handed in last, whatever the order of the rows."""
        at = self._columns.identity
        kept: dict[str, Line] = {}
        for line in lines:
            key = line.at(at).text.strip() if at is not None else ""
            key = key or f"\0{line.number}"
            self.reading.doubled += key in kept
            kept[key] = max(kept.get(key, line), line, key=self._age)
        return iter(kept.values())

    def _age(self, line: Line) -> tuple[str, ...]:
        at = self._columns.submitted
        return (line.at(at).text if at is not None else "", *(cell.text for cell in line.cells))

    def _width(self, line: Line) -> None:
        """More cells than headings: a delimiter inside an answer has moved everything behind it."""
        outside = range(len(self._table.headings), len(line.cells))
        beyond = next((at for at in outside if line.at(at).text.strip()), None)
        if beyond is not None:
            message = f"{self._table.where(line.number, beyond)}: dòng có nhiều ô hơn dòng tiêu đề"
            mend = "xuất lại tệp; trong CSV, ô có dấu ngăn cột phải nằm trong ngoặc kép"
            self._report(line, beyond, "K103", message, mend)

    def _group_of(self, line: Line) -> str | None:
        """The row's group; None where it belongs to none or none that is known."""
        at = self._columns.group
        if self._group or at is None:
            return self._group
        cell = line.at(at)
        if self._computed(cell, line, at):
            return None
        name = self._groups.get(plain(cell.text))
        if name is None:
            self._unmatched(cell, line, at, "K108", "nhóm người trả lời")
        self.reading.outside += name == ""
        return name or None

    def _answered(self, line: Line) -> Iterator[tuple[Asked, int]]:
        for asked, at in self._columns.questions.items():
            cell = line.at(at)
            if self._computed(cell, line, at):
                continue
            level = self._labels[asked].level(cell.text)
            if level is None:
                self._unmatched(cell, line, at, "K107", f"thang trả lời của tiêu chí {asked[0]}")
            elif level != _SKIP:
                yield asked, level

    def _computed(self, cell: Cell, line: Line, at: int) -> bool:
        if cell.formula:
            message = f"{self._table.where(line.number, at)}: ô chứa công thức"
            self._report(line, at, "K106", message, "dán lại cột này chỉ lấy giá trị (Paste Special, Values)")
        return cell.formula

    def _unmatched(self, cell: Cell, line: Line, at: int, code: str, what: str) -> None:
        """An answer that nobody foresaw may be free text: only its place and length are told."""
        self._unknown[code, at] += 1
        if self._unknown[code, at] <= MOST_TOLD:
            length = f"dài {len(cell.text.strip())} ký tự" if cell.text.strip() else "để trống"
            message = f"{self._table.where(line.number, at)}: giá trị ({length}) không có trong {what}"
            mend = "mở tệp xem ô này, rồi thêm cách ghi vào “ghi” hoặc “bo_qua” trong survey-mapping.yml"
            self._report(line, at, code, message, mend)

    def _rest(self) -> None:
        for (code, at), count in sorted(self._unknown.items()):
            if count > MOST_TOLD:
                number = self._table.head.number
                message = f"{self._table.where(number, at)}: cột này còn {count - MOST_TOLD} ô không khớp nữa"
                mend = "lọc cột này trong Excel để xem mọi cách ghi"
                self.reading.findings.append(Finding(self._table.place(number, at), code, message, mend))

    def _report(self, line: Line, at: int, code: str, message: str, mend: str) -> None:
        self.reading.findings.append(Finding(self._table.place(line.number, at), code, message, mend))


def group_labels(respondents: SurveyGroups | None) -> dict[str, str]:
    """The name of the group by every spelling; empty for people who belong to none."""
    if respondents is None:
        return {}
    labels = {plain(label): "" for label in respondents.skipped}
    for name, group in respondents.groups.items():
        labels |= {plain(label): name for label in group.labels}
    return labels
