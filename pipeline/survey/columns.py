"""Which column of a table holds which question of the mapping, and which one tells the groups apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Finding, Place
from pipeline.model.survey_mapping import SurveyMapping
from pipeline.survey.table import Table
from pipeline.workspace.exports import Exporter, plain

Asked = tuple[str, int]
"""A question: the code of its criterion and its position there."""


@dataclass(frozen=True)
class Columns:
    """What a table's columns are."""

    questions: dict[Asked, int]
    """Column of each question that the table has, counted from 0."""
    group: int | None
    identity: int | None
    submitted: int | None
    unused: int
    """Columns that nothing asks for; what they hold is never looked at."""


class Headings:
    """The columns of a table by every form of their headings."""

    def __init__(self, table: Table, exporter: Exporter) -> None:
        self._table = table
        self._forms = [exporter.forms(heading) for heading in table.headings]
        self.used: set[int] = set()
        self.findings: list[Finding] = []

    def find(self, spellings: Sequence[str], what: str) -> int | None:
        """The one column with such a heading: the whole heading counts before a part of it."""
        wanted = {plain(spelling) for spelling in spellings}
        for whole in (True, False):
            found = [at for at, forms in enumerate(self._forms) if wanted & set(forms[:1] if whole else forms)]
            if len(found) > 1:
                self._doubled(found, what)
            if found:
                self.used.update(found)
                return found[0]
        return None

    def _doubled(self, found: list[int], what: str) -> None:
        first, second = (self._table.where(self._table.head.number, at) for at in found[:2])
        message = f"{what} có hai cột cùng tiêu đề: {first} và {second}"
        mend = "ghi tiêu đề đầy đủ hơn trong survey-mapping.yml, hoặc xóa bớt một cột trong bản sao của tệp"
        self.findings.append(Finding(self._table.place(self._table.head.number, found[1]), "K105", message, mend))


def columns_of(table: Table, exporter: Exporter, mapping: SurveyMapping) -> tuple[Columns, list[Finding]]:
    """Match the headings; a question that is not there is no matter of a single table."""
    headings = Headings(table, exporter)
    questions: dict[Asked, int] = {}
    for code, position, spellings in asked_of(mapping):
        at = headings.find(spellings, f"câu hỏi {position + 1} của tiêu chí {code}")
        if at is not None:
            questions[code, position] = at
    respondents = mapping.respondents
    group = headings.find(respondents.column, "cột nhóm") if respondents and respondents.column else None
    identities = (headings.find(sorted(forms), "cột mã phiếu") for forms in exporter.identity)
    identity = next((at for at in identities if at is not None), None)
    submitted = headings.find(sorted(exporter.submitted), "cột thời điểm nộp") if exporter.submitted else None
    unused = sum(bool(text.strip()) for text in table.headings) - len(headings.used)
    return Columns(questions, group, identity, submitted, unused), headings.findings


def asked_of(mapping: SurveyMapping) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Every question of the mapping with the headings that it may have."""
    for code, criterion in mapping.criteria.items():
        for position, question in enumerate(criterion.questions):
            yield code, position, question.headings


def missing(mapping: SurveyMapping, tables: Sequence[tuple[str, Columns]], where: Place) -> Iterator[Finding]:
    """Questions that no table has, and those that only some tables have."""
    for code, position, spellings in asked_of(mapping):
        without = [name for name, columns in tables if (code, position) not in columns.questions]
        told = f"câu hỏi {position + 1} của tiêu chí {code} (“{spellings[0]}”)"
        mend = f"thêm tiêu đề đúng như trong tệp vào “cot” của câu hỏi, ở {where.path}"
        if len(without) == len(tables):
            yield Finding(where, "K104", f"không tệp phiếu nào có {told}", mend)
        elif without:
            yield Finding(Place(without[0]), "K113", f"{', '.join(without)} không có {told}", mend)
