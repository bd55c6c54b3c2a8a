"""What a manifest says of the dossier as a whole, held against what the figures and the register give."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dossier import Dossier
from pipeline.model.evidence import EvidenceClass
from pipeline.model.finding import Finding
from pipeline.package.contents import manifest_of
from pipeline.package.differences import differs
from pipeline.package.manifest import Manifest, Totals
from pipeline.package.names import MANIFEST

_WORDS = {
    "body": "đơn vị",
    "criteria_set": "bộ tiêu chí",
    "state": "mã băm của số liệu",
    "scope": "phạm vi bản chụp gửi kèm",
}
_TOTALS = {
    "points": "tổng điểm",
    "maximum": "điểm tối đa",
    "percent": "tỷ lệ điểm",
    "missing": "số tiêu chí chưa chấm",
    "band": "xếp loại",
}


def claims_differ(manifest: Manifest, dossier: Dossier) -> Iterator[Finding]:
    """Everything that it says otherwise."""
    right = manifest_of(dossier, manifest.covers, manifest.files, manifest.left_out)
    for key, title in _WORDS.items():
        if getattr(manifest, key) != getattr(right, key):
            yield differs(MANIFEST, title, getattr(manifest, key), getattr(right, key))
    yield from _totals(manifest.total, right.total)
    if right.illustrative and not manifest.illustrative:
        yield differs(MANIFEST, "số liệu minh họa", "không", "có")
    yield from _documents(manifest, dossier)


def _totals(told: Totals, right: Totals) -> Iterator[Finding]:
    for key, title in _TOTALS.items():
        if getattr(told, key) != getattr(right, key):
            yield differs(MANIFEST, title, getattr(told, key), getattr(right, key))


def _documents(manifest: Manifest, dossier: Dossier) -> Iterator[Finding]:
    """Documents whose class is another than in the register, and those that only one of the two knows."""
    sent = {file.document: file.evidence_class for file in manifest.files if file.document}
    told = {**{each.document: each.evidence_class for each in manifest.left_out}, **sent}
    known = {each.id: each.document.evidence_class for each in dossier.evidence}
    for name in sorted(told.keys() | known.keys()):
        if told.get(name) is not known.get(name):
            yield differs(MANIFEST, f"mức công bố của tài liệu {name}", _shown(told.get(name)), _shown(known.get(name)))


def _shown(evidence_class: EvidenceClass | None) -> str:
    return evidence_class.value if evidence_class else "không có tài liệu này"
