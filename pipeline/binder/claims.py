"""Which documents stand behind which criterion, which scans go in, where, and what stays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.dossier import Dossier, Evidence
from pipeline.model.assessment import Citation
from pipeline.scoring import AreaScore, LeafScore
from pipeline.workspace.scans import Scan


@dataclass(frozen=True)
class Cited:
    """One document that a criterion names."""

    evidence: Evidence
    places: tuple[Citation, ...]
    """Where in it the proof stands."""


@dataclass(frozen=True)
class Part:
    """One scan of the binder; it stands behind the first criterion that names its document."""

    evidence: Evidence
    scan: Scan
    criterion: str


@dataclass(frozen=True)
class Claim:
    """One criterion that has a divider."""

    area: AreaScore
    leaf: LeafScore
    cited: tuple[Cited, ...]
    parts: tuple[Part, ...]
    """The scans that follow the divider."""

    @property
    def code(self) -> str:
        return self.leaf.criterion.code


@dataclass(frozen=True)
class LeftOut:
    """A document of the register that the binder does not hold."""

    evidence: Evidence
    reason: str
    """A key of the wording."""
    scan: Scan | None


def claims(dossier: Dossier) -> tuple[Claim, ...]:
    """Every criterion that is settled or names a document, in the order of the set."""
    placed: set[str] = set()
    return tuple(
        Claim(area, leaf, cited, tuple(_fresh(leaf, cited, dossier, placed)))
        for area in dossier.scores.areas
        for leaf in area.leaves
        if (cited := _cited(leaf, dossier)) or leaf.settled
    )


def left_out(dossier: Dossier) -> tuple[LeftOut, ...]:
    """What the binder does not hold, in the order of the register."""
    return tuple(
        LeftOut(evidence, reason, dossier.scans.get(evidence.document.scan or ""))
        for evidence in dossier.evidence
        if (reason := _reason(evidence, dossier))
    )


def _cited(leaf: LeafScore, dossier: Dossier) -> tuple[Cited, ...]:
    """What the officer named, in that order, then what a survey or another authority rests on."""
    places: dict[str, list[Citation]] = {}
    for citation in leaf.entry.evidence if leaf.entry else ():
        places.setdefault(citation.document, []).append(citation)
    for evidence in dossier.evidence:
        if leaf.criterion.code in evidence.criteria:
            places.setdefault(evidence.id, [])
    return tuple(Cited(dossier.evidence_by_id[name], tuple(found)) for name, found in places.items())


def _fresh(leaf: LeafScore, cited: tuple[Cited, ...], dossier: Dossier, placed: set[str]) -> Iterator[Part]:
    for each in cited:
        evidence = each.evidence
        scan = dossier.scans.get(evidence.document.scan or "")
        if scan is not None and evidence.id not in placed and not _reason(evidence, dossier):
            placed.add(evidence.id)
            yield Part(evidence, scan, leaf.criterion.code)


def _reason(evidence: Evidence, dossier: Dossier) -> str:
    """Why a document stays out; empty when it is in."""
    if evidence.document.scan not in dossier.scans:
        return "khong_ban_chup"
    if not dossier.settings.binder.holds(evidence.document):
        return evidence.document.evidence_class.value
    return "" if evidence.criteria else "khong_vien_dan"
