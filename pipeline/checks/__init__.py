"""Everything that is checked, one file a family, and the one list of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.checks.check import Check, Examined
from pipeline.checks.criteria import criteria
from pipeline.checks.duties import duties
from pipeline.checks.entries import entries
from pipeline.checks.evidence import evidence
from pipeline.checks.files import files
from pipeline.checks.rules import rules
from pipeline.checks.scans import scans
from pipeline.checks.supplied import closing, supplied
from pipeline.checks.text import text
from pipeline.model.finding import Finding
from pipeline.scoring import Scores
from pipeline.workspace.load import Workspace

CHECKS: tuple[Check, ...] = (files, criteria, rules, entries, supplied, closing, evidence, scans, duties, text)


def check(workspace: Workspace, scores: Scores | None, today: date) -> Iterator[Finding]:
    """The findings of every check, in no particular order."""
    examined = Examined(workspace, scores, today)
    for each in CHECKS:
        yield from each(examined)
