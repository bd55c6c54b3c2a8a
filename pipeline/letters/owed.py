"""What a unit still owes: scores, explanations that were asked for, faults in what it entered, deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pipeline import wording
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Progress
from pipeline.letters.frame import WORDING, settings_of
from pipeline.model.evidence import Register
from pipeline.model.finding import Finding, Severity
from pipeline.model.year import Deadline, Settings, Unit
from pipeline.scoring import LeafScore, State
from pipeline.workspace.load import AreaDocument
from pipeline.workspace.reader import Located

NEAR = timedelta(days=15)
"""How long before it a deadline is reminded of."""
_TOLD_BY_SCORES = frozenset({"D312"})
"""Findings that say of a criterion what its state says already."""
_STATES = {
    State.MISSING: "chua_cham",
    State.AWAITING_SURVEY: "cho_dieu_tra",
    State.AWAITING_SUPPLY: "cho_cung_cap",
}


@dataclass(frozen=True)
class Duty:
    """One thing to be done about a criterion, a document or the text of an area."""

    code: str
    title: str
    lack: str
    mend: str


@dataclass(frozen=True)
class Owed:
    """All that one unit owes."""

    unit: Unit
    duties: tuple[Duty, ...]
    deadlines: tuple[Deadline, ...]
    """Not done and passed or near, the earliest first."""

    @property
    def anything(self) -> bool:
        return bool(self.duties or self.deadlines)


def owed(progress: Progress, name: str) -> Owed:
    """What the unit of this name owes on the day of `progress`, errors of the year included.

    Raises:
        LetterError: the settings cannot be read.
    """
    settings = settings_of(progress)
    gathering = _Gathering(progress, settings, name, phrases(WORDING))
    return Owed(settings.units[name], gathering.duties(), gathering.deadlines())


@dataclass(frozen=True)
class _Gathering:
    """The way from the year as it stands to the duties of one unit."""

    progress: Progress
    settings: Settings
    name: str
    words: Phrases

    def duties(self) -> tuple[Duty, ...]:
        """In the order of the criteria set; a fault in an entry says more than that it has no score."""
        faults = tuple(dict.fromkeys(self._faults()))
        told = {duty.code for duty in faults}
        unscored = (duty for duty in self._unscored() if duty.code not in told)
        return tuple(sorted([*faults, *unscored, *self._unexplained()], key=self._order))

    def deadlines(self) -> tuple[Deadline, ...]:
        """Not done, and passed or near."""
        last = self.progress.today + NEAR
        found = (each for each in self.settings.deadlines if each.unit == self.name and not each.done)
        return tuple(sorted((each for each in found if each.due <= last), key=lambda each: each.due))

    def _leads(self, code: str) -> bool:
        return self.name in self.settings.leads(code)

    def _order(self, duty: Duty) -> tuple[int, str]:
        scores = self.progress.scores
        rows = [row.code for area in scores.areas for row in area.rows] if scores else []
        first = duty.code.split(",")[0]
        return (rows.index(first) if first in rows else len(rows), duty.code)

    def _unscored(self) -> Iterator[Duty]:
        for leaf in self.progress.scores.leaves if self.progress.scores else ():
            if leaf.state in _STATES and self._leads(leaf.criterion.code):
                lack = self.words(f"don_doc.{_STATES[leaf.state]}")
                yield Duty(leaf.criterion.code, leaf.criterion.title, lack, self._entering(leaf))

    def _entering(self, leaf: LeafScore) -> str:
        if leaf.state is State.AWAITING_SURVEY:
            return self.words("don_doc.nhap_dieu_tra")
        if leaf.state is State.AWAITING_SUPPLY:
            return self.words("don_doc.nhap_cung_cap")
        if leaf.awaits:
            return self.words("don_doc.cho_tieu_chi", ma=leaf.awaits)
        keys = leaf.criterion.rule.figures() if leaf.criterion.rule else ()
        figures = ", ".join(self._named(leaf.criterion.labels.get(key), key) for key in keys)
        return self.words("don_doc.nhap_so_lieu", so_lieu=figures) if figures else self.words("don_doc.nhap_diem")

    def _named(self, label: str | None, key: str) -> str:
        return self.words("don_doc.ten_so_lieu", ten=wording.lower_first(label), khoa=key) if label else key

    def _unexplained(self) -> Iterator[Duty]:
        """What the receiving office asks to be explained in its latest round."""
        appraisal = self.progress.workspace.appraisal
        if appraisal is None or self.progress.scores is None:
            return
        rounds = appraisal.value.rounds
        for number, code in appraisal.value.unanswered():
            row = self.progress.scores.find(code)
            if number == len(rounds) and row and self._leads(code):
                remark = rounds[number].verdict(code).remark
                asked = self.words("don_doc.can_giai_trinh", lan=str(number))
                lack = self.words("don_doc.y_kien", de_nghi=asked, y_kien=remark) if remark else f"{asked}."
                yield Duty(code, row.criterion.title, lack, self.words("don_doc.viet_giai_trinh"))

    def _faults(self) -> Iterator[Duty]:
        areas = {area.file.path: area for area in self.progress.workspace.areas}
        for finding in self.progress.findings:
            if finding.severity is Severity.NOTE or finding.code in _TOLD_BY_SCORES:
                continue
            if finding.place.path in areas:
                yield from self._in_area(finding, areas[finding.place.path])
            elif finding.place.path == self.progress.workspace.register_path:
                yield from self._in_register(finding)

    def _in_area(self, finding: Finding, area: AreaDocument) -> Iterator[Duty]:
        """What is wrong in an entry is of its lead, what is wrong in the rest of the file of who fills it in."""
        code, head = _criterion_at(area, finding.place.line), area.file.head.value
        if not code:
            if self.name == head.unit:
                yield Duty(head.area, self.words("don_doc.loi_van"), finding.message, finding.mend)
        elif self.name in (self.settings.leads(code) or (head.unit,)):
            row = self.progress.scores.find(code) if self.progress.scores else None
            message = finding.message.removeprefix(f"{code}: ").removeprefix(f"{code} ")
            yield Duty(code, row.criterion.title if row else "", message, finding.mend)

    def _in_register(self, finding: Finding) -> Iterator[Duty]:
        """A document's faults are of those who lead the criteria that cite it."""
        register = self.progress.workspace.register
        document = _document_at(register, finding.place.line) if register else ""
        codes = [
            code
            for area in self.progress.workspace.areas
            for code, entry in area.file.head.value.entries.items()
            if self._leads(code) and any(citation.document == document for citation in entry.evidence)
        ]
        if register and codes:
            title = self.words("don_doc.tai_lieu", so_ky_hieu=register.value.documents[document].number)
            yield Duty(", ".join(codes), title, finding.message, finding.mend)


def _criterion_at(area: AreaDocument, line: int) -> str:
    """The criterion whose entry holds this line; empty for the rest of the file."""
    head = area.file.head
    if line >= area.file.body_line:
        return ""
    return _last({code: head.place("tieu_chi", code).line for code in (*head.value.entries, *head.broken)}, line)


def _document_at(register: Located[Register], line: int) -> str:
    return _last({name: register.place("tai_lieu", name).line for name in register.value.documents}, line)


def _last(starts: Mapping[str, int], line: int) -> str:
    """The part that begins last before a line."""
    before = [(start, name) for name, start in starts.items() if start <= line]
    return max(before)[1] if before else ""
