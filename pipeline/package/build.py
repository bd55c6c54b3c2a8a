"""Making the package that the receiving office opens: the report in both forms, binder, tables, inputs and scans."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.binder import write_binder
from pipeline.binder.bind import Progress
from pipeline.dossier import Dossier
from pipeline.model.evidence import EvidenceClass
from pipeline.model.year import BinderScope
from pipeline.package.attached import report_attachment, report_manifest
from pipeline.package.contents import Item, evidenced, item, manifest_of
from pipeline.package.guide import guide
from pipeline.package.manifest import Covers, FileEntry, Manifest, Role, checksums
from pipeline.package.pdf import attached_manifest
from pipeline.package.write import write_archive
from pipeline.report import render_report

Sign = Callable[[bytes], bytes]
"""Makes the detached signature of some bytes."""


@dataclass(frozen=True)
class Package:
    """A package that was made."""

    path: Path
    manifest: Manifest
    signed: bool
    """Whether its manifest is."""
    report_signed: bool


def write_package(
    dossier: Dossier,
    folder: Path,
    *,
    signed_report: bytes | None,
    sign: Sign | None,
    progress: Progress | None = None,
) -> Package:
    """Make `ho-so-YEAR.zip` in `folder`.

    A signed report goes in only when it speaks of exactly this dossier, see `is_current`; else an unsigned one does.

    Raises:
        OSError: a file cannot be read, the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
        BinderError: a scan cannot be bound.
        PackingError: a file changed meanwhile, or all of them are too many or too large.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".quyen-", dir=folder) as working:
        binder = _binder(dossier, write_binder(dossier, Path(working), progress))
        found = evidenced(dossier)
        listed = [*_report(dossier, signed_report), *_tables(dossier), binder, *found.items]
        listed.insert(0, guide(dossier, signed=sign is not None, report_signed=signed_report is not None))
        sums = checksums(each.entry for each in listed)
        items = [*listed, item("sha256sums.txt", sums.encode(), Role.CHECKSUMS)]
        manifest = manifest_of(dossier, Covers.PACKAGE, tuple(each.entry for each in items), found.left_out)
        content = manifest.as_bytes()
        path = folder / f"ho-so-{dossier.year}.zip"
        write_archive(path, content, sign(content) if sign else None, items, dossier.date)
    return Package(path, manifest, sign is not None, signed_report is not None)


def is_current(dossier: Dossier, report: bytes) -> bool:
    """Whether a report's PDF speaks of exactly the inputs and documents of this dossier."""
    told, now = attached_manifest(report), report_manifest(dossier)
    return told is not None and (told.state, told.files, told.left_out) == (now.state, now.files, now.left_out)


def _report(dossier: Dossier, signed_report: bytes | None) -> Iterator[Item]:
    made = render_report(dossier, (report_attachment(dossier),))
    name = f"bao-cao/{made.name}"
    if signed_report is None:
        yield item(f"{name}.pdf", made.pdf, Role.REPORT)
    else:
        yield item(f"{name}.signed.pdf", signed_report, Role.REPORT)
    yield item(f"{name}.docx", made.docx, Role.REPORT_WORD)


def _tables(dossier: Dossier) -> Iterator[Item]:
    from pipeline.spreadsheet.data import as_json
    from pipeline.spreadsheet.workbook import workbook

    name = f"bang-diem/bang-diem-{dossier.year}"
    yield item(f"{name}.xlsx", workbook(dossier), Role.TABLE)
    yield item(f"{name}.json", as_json(dossier).encode(), Role.SCORES)


def _binder(dossier: Dossier, path: Path) -> Item:
    """The binder; it is as confidential as the scans that it may hold."""
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    classes = {
        BinderScope.PUBLIC: EvidenceClass.PUBLIC,
        BinderScope.REFERENCE: EvidenceClass.REFERENCE,
        BinderScope.INTERNAL: EvidenceClass.INTERNAL,
    }
    told = FileEntry(
        path=f"kiem-chung/{path.name}",
        size=path.stat().st_size,
        sha256=sha256,
        role=Role.BINDER,
        evidence_class=classes[dossier.settings.binder.scope],
    )
    return Item(told, path)
