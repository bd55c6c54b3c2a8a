"""The appraisal of a year as data for programs: its columns, and per criterion the difference and the dialogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pipeline.scoring import Appraised, Row, ScoreColumn

Amount = Annotated[Decimal, Field(description="A decimal number as text, with a point: “0.50”.")]


class Exported(BaseModel):
    """What every part of the export is: fixed, and without keys that nobody documented."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ColumnData(Exported):
    """One column of the table: the self-score, a round's appraisal, its explanations, or the final points."""

    name: str = Field(description="`tu_cham`, `tham_dinh_1`, `giai_trinh_1`, …, `ket_qua`; keys of a row's `columns`.")
    round: int | None = Field(description="Counted from 1; null for the self-score and the final points.")
    title: str
    day: date | None = Field(description="The day of the appraisal, of the last explanation, or of the closing.")
    points: Amount
    maximum: Amount
    percent: Amount = Field(description="Points by maximum, 0–100, two decimals.")
    band: str


class TurnData(Exported):
    """One contribution to the dialogue about a criterion."""

    round: int
    day: date
    office: str | None = Field(description="Who speaks; null when the commune does.")
    points: Amount | None = Field(description="What the office gives, or what the commune stands by.")
    text: str
    explanation_wanted: bool
    evidence: tuple[str, ...] = Field(description="Ids in `documents`.")


class OpinionData(Exported):
    """What the appraisal made of one criterion."""

    given: tuple[str, ...] = Field(description="The columns that gave it points themselves; others kept earlier ones.")
    difference: Amount = Field(description="Final points less self-score; what has no points counts as nothing.")
    reason: str | None = Field(description="Why they differ, in the office's words; null where it gave no reason.")
    dialogue: tuple[TurnData, ...] = Field(description="Round by round, the office first.")


def columns_data(table: Appraised) -> tuple[ColumnData, ...]:
    """The columns with their totals."""
    return tuple(map(_column, table.columns))


def _column(column: ScoreColumn) -> ColumnData:
    total = column.scores.total
    return ColumnData(
        name=column.name,
        round=column.round or None,
        title=column.title,
        day=column.day,
        points=total.points,
        maximum=total.maximum,
        percent=total.percent,
        band=column.scores.band.title,
    )


def points_data(table: Appraised, row: Row) -> dict[str, Decimal | None]:
    """A row's points in every column; null for a leaf without any, which is not zero."""
    return {column.name: column.points(row.code) for column in table.columns}


def opinion_data(table: Appraised, code: str) -> OpinionData:
    """What the appraisal made of one leaf."""
    return OpinionData(
        given=tuple(column.name for column in table.columns if code in column.given),
        difference=table.change(code),
        reason=table.reason(code) or None,
        dialogue=tuple(
            TurnData(
                round=turn.round,
                day=turn.day,
                office=turn.office or None,
                points=turn.points,
                text=turn.text,
                explanation_wanted=turn.wanted,
                evidence=tuple(citation.document for citation in turn.evidence),
            )
            for turn in table.appraisal.dialogue(code)
        ),
    )
