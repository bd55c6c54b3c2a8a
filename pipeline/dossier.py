"""The dossier: one year of one unit, read, checked and scored. It is all that any renderer receives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checks import check
from pipeline.model.assessment import AreaFile, Entry, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Document, Register
from pipeline.model.finding import Finding, has_errors
from pipeline.model.year import Settings, Unit
from pipeline.scoring import Appraised, AreaScore, Decision, Scores, appraised, score
from pipeline.workspace.load import AreaDocument, StaticPage, Workspace, load
from pipeline.workspace.scans import Scan

if TYPE_CHECKING:
    from pipeline.model.locked import LockedYear
    from pipeline.model.supplied import SuppliedResults
    from pipeline.model.survey import SurveyDetail
    from pipeline.model.survey_mapping import SurveyMapping
    from pipeline.years.trend import Trend
    from pipeline.years.weaknesses import FollowUp


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
    survey_mapping: SurveyMapping | None = None
    """How the survey's answers become points."""
    history: tuple[LockedYear, ...] = ()
    """The locked results of all earlier years, oldest first."""
    locked: LockedYear | None = None
    """The locked result of this very year."""
    appraised: Appraised | None = None
    """The columns of self-score, appraisal and explanation; None before the first round."""
    sources: Mapping[str, bytes] = field(default_factory=dict)
    """What each file that it was read from held, byte by byte, by its path."""

    @property
    def illustrative(self) -> bool:
        """Whether anything that its outputs show is an example rather than a fact, earlier years included."""
        return self.itself_illustrative or any(year.illustrative for year in self.history)

    @property
    def itself_illustrative(self) -> bool:
        """Whether anything of this very year is an example rather than a fact."""
        return (
            self.settings.illustrative
            or self.criteria_set.illustrative
            or any(area.file.illustrative for area in self.areas)
            or any(evidence.document.illustrative for evidence in self.evidence)
            or bool(self.survey and self.survey.illustrative)
            or bool(self.supplied and self.supplied.illustrative)
            or bool(self.appraised and self.appraised.appraisal.illustrative)
        )

    @property
    def surveyed(self) -> Mapping[str, SurveyDetail]:
        """What the survey's answers gave, by the code of the leaf; empty where only points are known."""
        return self.survey.details if self.survey else {}

    @cached_property
    def evidence_by_id(self) -> Mapping[str, Evidence]:
        return {evidence.id: evidence for evidence in self.evidence}

    @cached_property
    def trend(self) -> Trend:
        """The earlier locked years and this one beside each other."""
        from pipeline.years.trend import this_year, trend

        own = this_year(
            self.year,
            self.criteria_set,
            self.scores,
            illustrative=self.itself_illustrative,
            locked=self.locked is not None,
        )
        return trend(self.history, own, self.scores)

    def followed(self, area: Area) -> tuple[FollowUp, ...]:
        """What has become of last year's weaknesses of an area."""
        from pipeline.years.weaknesses import follow_ups

        return follow_ups(area.file, self.last_year, self.scores)

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


def scores_of(
    workspace: Workspace,
    entries: Mapping[str, Entry] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Scores | None:
    """The scores of a year, or what they would be with other entries; None without a criteria set."""
    if workspace.criteria_set is None:
        return None
    survey: Mapping[str, Decimal] = workspace.survey.value.points if workspace.survey else {}
    details = workspace.survey.value.details if workspace.survey else {}
    return score(
        workspace.criteria_set.value,
        entries_of(workspace) if entries is None else entries,
        survey,
        year=workspace.year,
        supplied=workspace.supplied.value.items if workspace.supplied else None,
        last_year=workspace.last_year.value.remembered() if workspace.last_year else None,
        survey_words={code: detail.derivation for code, detail in details.items()},
        decisions=decisions,
    )


def appraised_of(workspace: Workspace) -> Appraised | None:
    """The columns of the appraisal, each added up by the set's own rules; None before the first round."""
    if workspace.criteria_set is None or workspace.appraisal is None or not workspace.appraisal.value.rounds:
        return None

    def rescore(decisions: Mapping[str, Decision]) -> Scores:
        scores = scores_of(workspace, decisions=decisions)
        assert scores is not None
        return scores

    return appraised(workspace.appraisal.value, rescore)


def entries_of(workspace: Workspace) -> dict[str, Entry]:
    """What officers entered, by the code of the criterion."""
    return {code: entry for area in workspace.areas for code, entry in area.file.head.value.entries.items()}


def checked(progress: Progress) -> Progress:
    """Add the findings of every check to those of reading, sorted by file and line."""
    found = check(progress.workspace, progress.scores, progress.today, scores_of)
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
        survey_mapping=workspace.survey_mapping.value if workspace.survey_mapping else None,
        history=tuple(each.value for year, each in workspace.locked.items() if year < workspace.year),
        locked=workspace.locked[workspace.year].value if workspace.year in workspace.locked else None,
        appraised=appraised_of(workspace),
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
    for code, answer in workspace.appraisal.value.answers() if workspace.appraisal else ():
        for citation in answer.evidence:
            uses.setdefault(citation.document, []).append(code)
    return tuple(
        Evidence(name, position, document, tuple(dict.fromkeys(uses.get(name, ()))))
        for position, (name, document) in enumerate(register.documents.items(), start=1)
    )


def _assignment(settings: Settings, code: str) -> Assignment:
    return Assignment(
        tuple(settings.units[name] for name in settings.leads(code)),
        tuple(settings.units[name] for name in settings.supports(code)),
    )
