"""What a unit still owes: criteria without a score, faults in what it entered, deadlines passed and near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from pipeline.decree.phrases import Phrases
from pipeline.dossier import Progress
from pipeline.letters.frame import phrases, settings_of
from pipeline.model.finding import Finding, Severity
from pipeline.model.year import Deadline, Settings, Unit
from pipeline.scoring import LeafScore, State
from pipeline.workspace.load import AreaDocument

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
    words, settings = phrases(), settings_of(progress)
    duties = (*_unscored(progress, settings, name, words), *_faults(progress, settings, name, words))
    return Owed(
        settings.units[name],
        tuple(sorted(dict.fromkeys(duties), key=lambda duty: _order(progress, duty.code))),
        tuple(sorted(_deadlines(progress, settings, name), key=lambda deadline: deadline.due)),
    )


def _order(progress: Progress, code: str) -> tuple[int, str]:
    """Criteria in the order of the set; what belongs to none comes last."""
    rows = [row.code for area in progress.scores.areas for row in area.rows] if progress.scores else []
    first = code.split(",")[0]
    return (rows.index(first) if first in rows else len(rows), code)


def _deadlines(progress: Progress, settings: Settings, name: str) -> Iterator[Deadline]:
    for deadline in settings.deadlines:
        if deadline.unit == name and deadline.done is None and deadline.due <= progress.today + NEAR:
            yield deadline


def _unscored(progress: Progress, settings: Settings, name: str, words: Phrases) -> Iterator[Duty]:
    for leaf in progress.scores.leaves if progress.scores else ():
        code = leaf.criterion.code
        if leaf.state in _STATES and name in settings.leads(code):
            lack = words(f"don_doc.{_STATES[leaf.state]}")
            yield Duty(code, leaf.criterion.title, lack, _entering(leaf, words))


def _entering(leaf: LeafScore, words: Phrases) -> str:
    if leaf.state is State.AWAITING_SURVEY:
        return words("don_doc.nhap_dieu_tra")
    if leaf.state is State.AWAITING_SUPPLY:
        return words("don_doc.nhap_cung_cap")
    if leaf.awaits:
        return words("don_doc.cho_tieu_chi", ma=leaf.awaits)
    figures = leaf.criterion.rule.figures() if leaf.criterion.rule else {}
    labels = ", ".join(figure.label for figure in figures.values())
    return words("don_doc.nhap_so_lieu", so_lieu=labels) if labels else words("don_doc.nhap_diem")


def _faults(progress: Progress, settings: Settings, name: str, words: Phrases) -> Iterator[Duty]:
    areas = {area.file.path: area for area in progress.workspace.areas}
    for finding in progress.findings:
        if finding.severity is Severity.NOTE or finding.code in _TOLD_BY_SCORES:
            continue
        if finding.place.path in areas:
            yield from _in_area(finding, areas[finding.place.path], progress, settings, name, words)
        elif finding.place.path == progress.workspace.register_path:
            yield from _in_register(finding, progress, settings, name, words)


def _in_area(
    finding: Finding, area: AreaDocument, progress: Progress, settings: Settings, name: str, words: Phrases
) -> Iterator[Duty]:
    code = _criterion_at(area, finding.place.line)
    row = progress.scores.find(code) if progress.scores and code else None
    if code and name in (settings.leads(code) or (area.file.head.value.unit,)):
        message = finding.message.removeprefix(f"{code}: ").removeprefix(f"{code} ")
        yield Duty(code, row.criterion.title if row else "", message, finding.mend)
    elif not code and name == area.file.head.value.unit:
        yield Duty(area.file.head.value.area, words("don_doc.loi_van"), finding.message, finding.mend)


def _criterion_at(area: AreaDocument, line: int) -> str:
    """The criterion whose entry holds this line; empty for the rest of the file."""
    head = area.file.head
    starts = [(head.place("tieu_chi", code).line, code) for code in (*head.value.entries, *head.broken)]
    before = [start for start in starts if start[0] <= line]
    return max(before)[1] if before and line < area.file.body_line else ""


def _in_register(
    finding: Finding, progress: Progress, settings: Settings, name: str, words: Phrases
) -> Iterator[Duty]:
    """A document's faults are of those who lead the criteria that cite it."""
    register = progress.workspace.register
    starts = [(register.place("tai_lieu", key).line, key) for key in register.value.documents] if register else []
    before = [start for start in starts if start[0] <= finding.place.line]
    if not register or not before:
        return
    document = max(before)[1]
    codes = [
        code
        for area in progress.workspace.areas
        for code, entry in area.file.head.value.entries.items()
        if name in settings.leads(code) and any(citation.document == document for citation in entry.evidence)
    ]
    if codes:
        number = register.value.documents[document].number
        yield Duty(", ".join(codes), words("don_doc.tai_lieu", so_ky_hieu=number), finding.message, finding.mend)
