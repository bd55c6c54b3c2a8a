"""What goes into a dossier's package and what stays out: inputs as they were scored, the register, the scans.

Which classes of scans are handed on is the year's own choice (`quyen_kiem_chung: pham_vi`), the same as the binder's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.dossier import Dossier, Evidence
from pipeline.fields import Declared
from pipeline.model.evidence import Document, EvidenceClass
from pipeline.model.year import BinderScope
from pipeline.package.manifest import PROGRAM, Covers, FileEntry, LeftOut, Manifest, Role, Totals, state_of
from pipeline.workspace.load import register_path, set_path
from pipeline.workspace.scans import Scan

INPUTS, SCANS = "du-lieu", "kiem-chung/ban-chup"
"""The folders of a package; below the first one, files keep their places in the workspace."""

_LOCKED = re.compile(r"scores/(\d{4})/locked\.yml")
_KEPT_SECRET = "Tài liệu nội bộ, không công bố"  # noqa: S105 -- words for a reader, no password


@dataclass(frozen=True)
class Item:
    """A file of the package and where its content is."""

    entry: FileEntry
    content: bytes | Path


def item(
    path: str,
    content: bytes,
    role: Role,
    evidence_class: EvidenceClass = EvidenceClass.PUBLIC,
) -> Item:
    """A file that is made in memory."""
    sha256 = hashlib.sha256(content).hexdigest()
    told = FileEntry(path=path, size=len(content), sha256=sha256, role=role, evidence_class=evidence_class)
    return Item(told, content)


@dataclass(frozen=True)
class Evidenced:
    """What a report rests on: the files that are handed on, and the documents that are not."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


def evidenced(dossier: Dossier) -> Evidenced:
    """The inputs, the criteria set, the register and the scans of a dossier."""
    scans = tuple(filter(None, (_scan(dossier, evidence) for evidence in dossier.evidence)))
    sent = {scan.entry.document for scan in scans}
    staying = (evidence for evidence in dossier.evidence if evidence.id not in sent)
    return Evidenced((*_sources(dossier), *scans), tuple(_left_out(dossier, evidence) for evidence in staying))


def manifest_of(
    dossier: Dossier, covers: Covers, files: tuple[FileEntry, ...], left_out: tuple[LeftOut, ...]
) -> Manifest:
    """The manifest of these files."""
    total = dossier.scores.total
    return Manifest(
        covers=covers,
        program=PROGRAM,
        year=dossier.year,
        body=dossier.settings.body.full_title,
        criteria_set=dossier.criteria_set.code,
        illustrative=dossier.illustrative,
        day=dossier.date,
        scope=dossier.settings.binder.scope,
        state=state_of(files),
        total=Totals(
            maximum=total.maximum,
            points=total.points,
            percent=total.percent,
            missing=total.missing,
            band=dossier.scores.band.title,
        ),
        files=files,
        left_out=left_out,
    )


def scan_path(document: str, file: str) -> str:
    """Where the scan of a document lies in a package: named by its id, since officers' names may tell too much."""
    return f"{SCANS}/{document}{PurePosixPath(file).suffix.lower()}"


def _sources(dossier: Dossier) -> Iterator[Item]:
    """Every file that the scores follow from."""
    register, criteria = register_path(dossier.year), set_path(dossier.criteria_set.code)
    for path, content in dossier.sources.items():
        if _is_beside(path, dossier.year):
            continue
        role = {register: Role.REGISTER, criteria: Role.CRITERIA_SET}.get(path, Role.INPUT)
        yield item(f"{INPUTS}/{path}", _handed_on(dossier, content) if path == register else content, role)


def _is_beside(path: str, year: int) -> bool:
    """Whether a file says nothing about the scores: a page of the website, or the lock that is put on them later."""
    locked = _LOCKED.fullmatch(path)
    return PurePosixPath(path).parent == PurePosixPath("docs") or bool(locked and int(locked[1]) >= year)


def _handed_on(dossier: Dossier, content: bytes) -> bytes:
    """The register as it is, or without what is internal, when the year's choice keeps that inside."""
    hidden = [each.id for each in dossier.evidence if each.document.evidence_class is EvidenceClass.INTERNAL]
    if not hidden or dossier.settings.binder.scope is BinderScope.INTERNAL:
        return content
    documents = {each.id: _register_entry(each.document) for each in dossier.evidence}
    return _yaml({"nam": str(dossier.year), "tai_lieu": documents})


def _register_entry(document: Document) -> dict[str, str]:
    if document.evidence_class is not EvidenceClass.INTERNAL:
        return _plain(document)
    kept = {"serial", "symbol", "issued", "issuer", "evidence_class", "illustrative"}
    shown = _plain(document, kept) | {"trich_yeu": _KEPT_SECRET}
    return shown | ({"con_hieu_luc": _KEPT_SECRET} if document.valid_because else {})


def _plain(value: Declared, only: set[str] | None = None) -> dict[str, str]:
    """A declared value as the text that declares it."""
    told = value.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=only)
    return {key: ("có" if given else "không") if isinstance(given, bool) else str(given) for key, given in told.items()}


def _yaml(value: object) -> bytes:
    import yaml

    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return text.encode()


def _scan(dossier: Dossier, evidence: Evidence) -> Item | None:
    document = evidence.document
    scan = _kept(dossier, document)
    if scan is None or scan.pointer or not document.scan or not dossier.settings.binder.holds(document):
        return None
    told = FileEntry(
        path=scan_path(evidence.id, document.scan),
        size=scan.size,
        sha256=scan.sha256,
        role=Role.SCAN,
        evidence_class=document.evidence_class,
        document=evidence.id,
    )
    return Item(told, scan.path)


def _kept(dossier: Dossier, document: Document) -> Scan | None:
    return dossier.scans.get(document.scan) if document.scan else None


def _left_out(dossier: Dossier, evidence: Evidence) -> LeftOut:
    document, scan = evidence.document, _kept(dossier, evidence.document)
    return LeftOut(
        document=evidence.id,
        number=document.number,
        issued=document.issued,
        evidence_class=document.evidence_class,
        has_scan=scan is not None,
        size=scan.size if scan else None,
        sha256=scan.sha256 if scan else None,
    )
