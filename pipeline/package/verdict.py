"""What came of verifying a file: one of three levels, what was looked at, every signature and every finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pipeline.model.finding import Finding, Severity
from pipeline.signing.verdict import SignatureVerdict

if TYPE_CHECKING:
    from pipeline.package.manifest import Manifest


class Level(Enum):
    """How far a file may be relied on."""

    VALID = "HỢP LỆ"
    """Signed by somebody trusted, unchanged, and the scores follow from the figures."""
    REMARKS = "HỢP LỆ, NHƯNG CÓ ĐIỀU CẦN LƯU Ý"
    """Nothing is wrong; something that would make it certain is missing."""
    INVALID = "KHÔNG HỢP LỆ"
    """Changed, damaged, or contradicting itself."""


@dataclass(frozen=True)
class Signed:
    """A signature and the file that carries it."""

    path: str
    verdict: SignatureVerdict


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    title: str
    detail: str
    level: Level


@dataclass(frozen=True)
class Verdict:
    """Everything about a verified file."""

    file: str
    manifest: Manifest | None
    signatures: tuple[Signed, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The verdict in one word."""
        return level_of(self.findings)


def level_of(findings: Iterable[Finding]) -> Level:
    """How far one may rely on something against which this was found; notes take nothing from it."""
    weights = {finding.severity for finding in findings}
    if Severity.ERROR in weights:
        return Level.INVALID
    return Level.REMARKS if Severity.WARNING in weights else Level.VALID
