"""The dossier: one year of one unit, read, checked and scored. It is all that any renderer receives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pipeline.checks import check
from pipeline.model.assessment import AreaFile, Entry, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Document, Register
from pipeline.model.finding import Finding, has_errors
from pipeline.model.locked import LockedYear
from pipeline.model.supplied import SuppliedResults
from pipeline.model.year import Settings, Unit
from pipeline.scoring import AreaScore, Scores, score
from pipeline.workspace.load import AreaDocument, StaticPage, Workspace, load
from pipeline.workspace.scans import Scan


@dataclass(frozen=True)
class Area:
    """One area with everything about it."""

    score: AreaScore
    document: AreaDocument

    @property
    def file(self) -> AreaFile:
        return self.document.file.head.value

    @property
    def slug(self) -> str:
        """The bare name of its page."""
        return self.document.slug


@dataclass(frozen=True)
class Evidence:
    """A document of the register, its place in the list and the criteria that it proves."""

    id: str
    position: int
    """Counted from 1, in the register's order."""
    document: Document
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """Who leads and who supports one criterion; more than one lead is shown as it is."""

    leads: tuple[Unit, ...]
    supports: tuple[Unit, ...]


@dataclass(frozen=True)
class Dossier:
    """A year that can be rendered: no error stands against it."""

    root: Path
    year: int
    settings: Settings
    criteria_set: CriteriaSet
    scores: Scores
    areas: tuple[Area, ...]
    evidence: tuple[Evidence, ...]
    scans: Mapping[str, Scan]
    """By the name that the register gives."""
    survey: SurveyResults | None
    assignments: Mapping[str, Assignment]
    """By the code of the leaf."""
    pages: tuple[StaticPage, ...]
    findings: tuple[Finding, ...]
    supplied: SuppliedResults | None = None
    """What other authorities supplied."""
    last_year: LockedYear | None = None
    """The locked result of the year before."""
    sources: Mapping[str, bytes] = field(default_factory=dict)
    """What each file that it was read from held, byte by byte, by its path."""

    @property
    def illustrative(self) -> bool:
        """Whether anything in it is an example rather than a fact."""
        return (
            self.settings.illustrative
            or self.criteria_set.illustrative
            or any(area.file.illustrative for area in self.areas)
            or any(evidence.document.illustrative for evidence in self.evidence)
            or bool(self.survey and self.survey.illustrative)
            or bool(self.supplied and self.supplied.illustrative)
        )

    @cached_property
    def evidence_by_id(self) -> Mapping[str, Evidence]:
        return {evidence.id: evidence for evidence in self.evidence}

    @property
    def date(self) -> date:
        """The day that the outputs carry as theirs, so that the same dossier gives the same bytes."""
        dates = [area.file.updated for area in self.areas if area.file.updated]
        return self.settings.report.issued or max(dates, default=date(self.year, 12, 31))


@dataclass(frozen=True)
class Progress:
    """What the steps hand on to each other."""

    workspace: Workspace
    today: date
    scores: Scores | None = None
    findings: tuple[Finding, ...] = ()


Step = Callable[[Progress], Progress]


def scored(progress: Progress) -> Progress:
    """Score what could be read."""
    return replace(progress, scores=scores_of(progress.workspace))


def scores_of(workspace: Workspace, entries: Mapping[str, Entry] | None = None) -> Scores | None:
    """The scores of a year, or what they would be with other entries; None without a criteria set."""
    if workspace.criteria_set is None:
        return None
    survey: Mapping[str, Decimal] = workspace.survey.value.points if workspace.survey else {}
    return score(
        workspace.criteria_set.value,
        entries_of(workspace) if entries is None else entries,
        survey,
        year=workspace.year,
        supplied=workspace.supplied.value.items if workspace.supplied else None,
        last_year=workspace.last_year.value.remembered() if workspace.last_year else None,
    )


def entries_of(workspace: Workspace) -> dict[str, Entry]:
    """What officers entered, by the code of the criterion."""
    return {code: entry for area in workspace.areas for code, entry in area.file.head.value.entries.items()}


def checked(progress: Progress) -> Progress:
    """Add the findings of every check to those of reading, sorted by file and line."""
    found = check(progress.workspace, progress.scores, progress.today)
    return replace(progress, findings=tuple(sorted({*progress.workspace.findings, *found})))


STEPS: tuple[Step, ...] = (scored, checked)
"""The order of work between reading and rendering."""


def examine(root: Path, year: int, today: date) -> Progress:
    """Read, score and check a year; never raises for what its files hold."""
    progress = Progress(load(root, year), today)
    for step in STEPS:
        progress = step(progress)
    return progress


def dossier_of(progress: Progress) -> Dossier | None:
    """The dossier, when no error stands in the way."""
    workspace = progress.workspace
    if (
        has_errors(progress.findings)
        or progress.scores is None
        or workspace.settings is None
        or workspace.criteria_set is None
        or workspace.register is None
    ):
        return None
    documents = {area.file.head.value.area: area for area in workspace.areas}
    settings = workspace.settings.value
    return Dossier(
        root=workspace.root,
        year=workspace.year,
        settings=settings,
        criteria_set=workspace.criteria_set.value,
        scores=progress.scores,
        areas=tuple(Area(area, documents[area.criterion.code]) for area in progress.scores.areas),
        evidence=_evidence(workspace.register.value, workspace),
        scans=workspace.scans,
        survey=workspace.survey.value if workspace.survey else None,
        assignments={
            leaf.criterion.code: _assignment(settings, leaf.criterion.code) for leaf in progress.scores.leaves
        },
        pages=workspace.pages,
        findings=progress.findings,
        supplied=workspace.supplied.value if workspace.supplied else None,
        last_year=workspace.last_year.value if workspace.last_year else None,
        sources=workspace.sources,
    )


def _evidence(register: Register, workspace: Workspace) -> tuple[Evidence, ...]:
    uses: dict[str, list[str]] = {}
    for area in workspace.areas:
        for code, entry in area.file.head.value.entries.items():
            for citation in entry.evidence:
                uses.setdefault(citation.document, []).append(code)
    if workspace.survey and workspace.survey.value.source:
        uses.setdefault(workspace.survey.value.source, []).extend(workspace.survey.value.points)
    for code, item in workspace.supplied.value.items.items() if workspace.supplied else ():
        uses.setdefault(item.source, []).append(code)
    return tuple(
        Evidence(name, position, document, tuple(uses.get(name, ())))
        for position, (name, document) in enumerate(register.documents.items(), start=1)
    )


def _assignment(settings: Settings, code: str) -> Assignment:
    return Assignment(
        tuple(settings.units[name] for name in settings.leads(code)),
        tuple(settings.units[name] for name in settings.supports(code)),
    )
