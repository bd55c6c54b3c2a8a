"""Everything that is checked, one file a family, and the one list of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pipeline.checks.appraisal import appraisal
from pipeline.checks.check import Check, Examined, unscored
from pipeline.checks.criteria import criteria
from pipeline.checks.duties import duties
from pipeline.checks.entries import entries
from pipeline.checks.evidence import evidence
from pipeline.checks.files import files
from pipeline.checks.papers import papers
from pipeline.checks.private import private
from pipeline.checks.rules import rules
from pipeline.checks.scans import scans
from pipeline.checks.supplied import closing, supplied
from pipeline.checks.survey import survey
from pipeline.checks.text import text
from pipeline.checks.years import years
from pipeline.model.finding import Finding
from pipeline.scoring import Scores
from pipeline.workspace.load import Workspace

if TYPE_CHECKING:
    from pipeline.years.sets import Rescore

CHECKS: tuple[Check, ...] = (
    files,
    criteria,
    rules,
    entries,
    supplied,
    closing,
    evidence,
    scans,
    duties,
    text,
    survey,
    private,
    years,
    appraisal,
    papers,
)


def check(workspace: Workspace, scores: Scores | None, today: date, rescore: Rescore = unscored) -> Iterator[Finding]:
    """The findings of every check, in no particular order."""
    examined = Examined(workspace, scores, today, rescore)
    for each in CHECKS:
        yield from each(examined)
