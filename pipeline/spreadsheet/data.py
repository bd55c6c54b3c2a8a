"""The table as data for programs: a typed model, its JSON, and the JSON Schema that documents it."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.dossier import Dossier
from pipeline.model.survey import SurveyDetail
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, Row, State
from pipeline.spreadsheet.appraisal import (
    Amount,
    ColumnData,
    Exported,
    OpinionData,
    columns_data,
    opinion_data,
    points_data,
)
from pipeline.spreadsheet.state import state_of

STATES = {state.name.lower(): state.value for state in State}
"""What a leaf's state is called here, with its Vietnamese name."""


class FigureData(Exported):
    """A raw figure that an officer entered."""

    name: str = Field(description="The name of the figure in the criteria set.")
    label: str = Field(description="What it means, in Vietnamese.")
    value: str = Field(description="As entered: “118”, “có”, “29/10/2022”, or the name of a level.")
    shown: str = Field(description="As a reader sees it; a level by its title.")


class CitationData(Exported):
    """A document that proves a point, and where in it."""

    document: str = Field(description="Its id in `documents`.")
    section: str | None = None
    page: str | None = None


class LevelData(Exported):
    """How many answers fell on a level of the survey's scale."""

    title: str = Field(description="The level; levels that few chose are told together.")
    answers: int


class GroupData(Exported):
    """A group of respondents; nulls where it is too small to be told apart."""

    title: str
    answers: int | None = None
    percent: Amount | None = None


class SurveyData(Exported):
    """What the survey's answers gave for one criterion."""

    answers: int = Field(description="People whose answers count.")
    measure: str = Field(description="trung_binh: mean by the highest level; ty_le_hai_long: share of the satisfied.")
    percent: Amount = Field(description="The measure, 0–100.")
    low: Amount = Field(description="Lower limit of its 95 % confidence interval, 0–100.")
    high: Amount = Field(description="Upper limit of its 95 % confidence interval, 0–100.")
    method: str = Field(description="student, wilson or ghep_nhom (groups' intervals combined).")
    levels: tuple[LevelData, ...] = ()
    groups: tuple[GroupData, ...] = ()


class LeafData(Exported):
    """What only scored criteria have."""

    state: Annotated[str, Field(description=f"One of: {', '.join(STATES)}.")]
    source: Annotated[str, Field(description="Where the points come from, in Vietnamese.")]
    rule: str = Field(description="How points are given, one Vietnamese sentence.")
    derivation: str = Field(description="How these points came about, in Vietnamese.")
    figures: tuple[FigureData, ...] = ()
    rule_points: Amount | None = Field(None, description="What the rule gives; null without complete figures.")
    self_points: Amount | None = Field(None, description="The officer's own points, where they were entered.")
    evidence: tuple[CitationData, ...] = ()
    explanation: str | None = None
    not_applicable: str | None = Field(None, description="Why the criterion does not apply.")
    leads: tuple[str, ...] = Field((), description="The units that score it.")
    survey: SurveyData | None = Field(None, description="Only where the points come from the survey's answers.")
    appraisal: OpinionData | None = Field(None, description="Only in a year that was appraised.")


class RowData(Exported):
    """One row of the table: an area, a criterion, or a scored criterion (with `leaf`)."""

    code: str = Field(description="`1.10` is not `1.1`.")
    level: int = Field(ge=0, description="0 for an area.")
    title: str
    set_maximum: Amount = Field(description="The maximum that the set prints.")
    maximum: Amount = Field(description="The maximum that counts: less what does not apply.")
    points: Amount | None = Field(
        description="The points that count; null while a leaf is unscored, which is not zero."
    )
    percent: Amount = Field(description="Points by maximum, 0–100, two decimals.")
    missing: int = Field(ge=0, description="Leaves at or below this row without a score.")
    leaf: LeafData | None = None
    columns: dict[str, Amount | None] | None = Field(
        None, description="Only in a year that was appraised: points by the name of the column."
    )


class TotalData(Exported):
    """The whole."""

    maximum: Amount
    points: Amount
    percent: Amount = Field(description="Points by maximum, 0–100, two decimals.")
    missing: int = Field(ge=0)
    band: str
    provisional: bool = Field(description="Whether the band may still change because leaves are unscored.")


class DocumentData(Exported):
    """A document of the register, as far as it may leave the commune."""

    id: str
    number: str = Field(description="Number and symbol: “05/BC-UBND”.")
    issued: date | None = None
    issuer: str | None = None
    abstract: str
    evidence_class: str = Field(description="cong_khai, chi_dan or noi_bo.")
    criteria: tuple[str, ...] = Field(description="The codes that it proves.")


class DossierData(Exported):
    """A year of one commune: every criterion with its figures, points, proof and reasons."""

    format: Literal["cchc-json/1"] = "cchc-json/1"
    year: int
    body: str = Field(description="The commune's People's Committee.")
    criteria_set: str = Field(description="The id of the criteria set.")
    criteria_set_title: str
    illustrative: bool = Field(description="Whether anything in it is an example rather than a fact.")
    day: date = Field(description="The day of the data.")
    state: str = Field(description="A sha256 over year, criteria set and area files.")
    total: TotalData
    rows: tuple[RowData, ...] = Field(description="In the order of the set, parents before children.")
    columns: tuple[ColumnData, ...] | None = Field(
        None, description="Only in a year that was appraised, in the order in which they came into being."
    )
    documents: tuple[DocumentData, ...] = Field(description="In the order of the register.")


def schema() -> str:
    """The JSON Schema of the export."""
    DossierData.model_rebuild()
    told: dict[str, Any] = DossierData.model_json_schema(mode="serialization")
    told["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_json(dossier: Dossier) -> str:
    """The dossier as JSON text; the same dossier gives the same bytes."""
    left_out: Any = None if dossier.appraised else _APPRAISED
    told = data_of(dossier).model_dump(mode="json", exclude=left_out)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


_APPRAISED = {"columns": True, "rows": {"__all__": {"columns": True, "leaf": {"appraisal": True}}}}
"""The keys that only a year that was appraised has."""


def data_of(dossier: Dossier) -> DossierData:
    """The dossier as data."""
    total, criteria = dossier.scores.total, dossier.criteria_set
    return DossierData(
        year=dossier.year,
        body=dossier.settings.body.full_title,
        criteria_set=criteria.code,
        criteria_set_title=criteria.title,
        illustrative=dossier.illustrative,
        day=dossier.date,
        state=state_of(dossier.root, dossier.year, criteria.code, (a.document.file.path for a in dossier.areas)),
        total=TotalData(
            maximum=total.maximum,
            points=total.points,
            percent=total.percent,
            missing=total.missing,
            band=dossier.scores.band.title,
            provisional=dossier.scores.provisional,
        ),
        columns=columns_data(dossier.appraised) if dossier.appraised else None,
        rows=tuple(_row(dossier, row) for area in dossier.scores.areas for row in area.rows),
        documents=tuple(_documents(dossier)),
    )


def _row(dossier: Dossier, row: Row) -> RowData:
    return RowData(
        code=row.code,
        level=row.depth,
        title=row.criterion.title,
        set_maximum=row.criterion.maximum,
        maximum=row.tally.maximum,
        points=row.leaf.points if row.leaf else row.tally.points,
        percent=row.tally.percent,
        missing=row.tally.missing,
        leaf=_leaf(dossier, row.leaf) if row.leaf else None,
        columns=points_data(dossier.appraised, row) if dossier.appraised else None,
    )


def _leaf(dossier: Dossier, leaf: LeafScore) -> LeafData:
    rule, entry = leaf.criterion.rule, leaf.entry
    assert rule is not None
    assignment = dossier.assignments.get(leaf.criterion.code)
    return LeafData(
        state=leaf.state.name.lower(),
        source=(rule.source or Source.FIGURES).value,
        rule=leaf.criterion.rule_text,
        derivation=leaf.derivation,
        figures=_figures(leaf),
        rule_points=leaf.rule_points,
        self_points=entry.self_points if entry else None,
        evidence=tuple(
            CitationData(document=cited.document, section=cited.section, page=cited.page)
            for cited in (entry.evidence if entry else ())
        ),
        explanation=entry.explanation if entry else None,
        not_applicable=entry.not_applicable if entry else None,
        leads=tuple(unit.title for unit in assignment.leads) if assignment else (),
        survey=_survey(dossier.surveyed.get(leaf.criterion.code)),
        appraisal=opinion_data(dossier.appraised, leaf.criterion.code) if dossier.appraised else None,
    )


def _survey(detail: SurveyDetail | None) -> SurveyData | None:
    if detail is None:
        return None
    return SurveyData(
        answers=detail.answers,
        measure=detail.measure.value,
        percent=detail.percent,
        low=detail.interval.low,
        high=detail.interval.high,
        method=detail.interval.method.value,
        levels=tuple(LevelData(title=level.title, answers=level.answers) for level in detail.levels),
        groups=tuple(
            GroupData(title=group.title, answers=group.answers, percent=group.percent) for group in detail.groups
        ),
    )


def _figures(leaf: LeafScore) -> tuple[FigureData, ...]:
    shown = {figure.label: figure.text for figure in leaf.figures}
    labels = leaf.criterion.labels
    return tuple(
        FigureData(
            name=name,
            label=labels.get(name, name),
            value=value,
            shown=shown.get(labels.get(name, name), value),
        )
        for name, value in (leaf.entry.figures if leaf.entry else {}).items()
    )


def _documents(dossier: Dossier) -> list[DocumentData]:
    return [
        DocumentData(
            id=evidence.id,
            number=evidence.document.number,
            issued=evidence.document.issued,
            issuer=evidence.document.issuer,
            abstract=evidence.document.public_abstract,
            evidence_class=evidence.document.evidence_class.value,
            criteria=evidence.criteria,
        )
        for evidence in dossier.evidence
    ]
