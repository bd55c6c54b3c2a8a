"""The scores once more, from the figures in a package and with the program's own rules.

The inputs are laid into a fresh folder that is gone afterwards, as are stand-ins for the scans: each tells the sha256
that the manifest gives, the way git LFS does, so that the same checks run as at the commune.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.model.evidence import Document, Register
from pipeline.model.finding import Finding, Place, Severity
from pipeline.package.contents import INPUTS
from pipeline.package.manifest import SOURCES, Manifest
from pipeline.workspace.load import register_path, scans_path
from pipeline.workspace.reader import Reader

_LAID = re.compile(
    r"docs/\d{4}/[^/]+\.md|scores/\d{4}/[^/]+\.ya?ml|scores/sets/[^/]+\.ya?ml|evidence/\d{4}/register\.yml"
)
"""The files of a workspace that scores are read from."""
_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n"
_ABOUT_THE_SITE = ("B", "V108", "Y706")
"""Findings about pages that are no part of a package."""
_ABOUT_EVIDENCE = ("E401", "E408", "E410")

MOST_WORDS = 100_000
"""Values in all inputs together; eight areas with seventy criteria have a fifteenth of it, and each costs half a KB."""
_WORD_STARTS = b",[{:\n-*_`<&|"

_ASK = "đề nghị đơn vị lập hồ sơ giải thích và gửi lại"


@dataclass(frozen=True)
class Recomputed:
    """What the figures give."""

    dossier: Dossier | None
    """None where they give nothing."""
    findings: tuple[Finding, ...]
    words: int = 0
    """Values in all inputs together."""


@contextmanager
def recomputed(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Recomputed]:
    """Lend the dossier that follows from a package's inputs, while its folder is there."""
    sources = {entry.path: files[entry.path] for entry in manifest.of_role(*SOURCES) if entry.path in files}
    counts = {path: _words(content) for path, content in sources.items()}
    if sum(counts.values()) > MOST_WORDS:
        largest = max(counts, key=lambda path: counts[path])
        yield Recomputed(None, (Finding(Place(largest), "Z105", "số liệu nhiều hơn mức mà một hồ sơ có thể có", _ASK),))
        return
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        root = Path(folder)
        strange = tuple(_lay(root, manifest, files))
        _stand_in_for_scans(root, manifest)
        progress = examine(root, manifest.year, manifest.day)
        relevant = tuple(each for each in progress.findings if not each.code.startswith(_ABOUT_THE_SITE))
        dossier = dossier_of(replace(progress, findings=relevant))
        errors = (each for each in relevant if each.severity is Severity.ERROR)
        yield Recomputed(dossier, (*strange, *map(_told, errors)), sum(counts.values()))


def _words(content: bytes) -> int:
    """How many values a file may hold, at most."""
    return len(content) - len(content.translate(None, _WORD_STARTS))


def _lay(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Lay the inputs; only files with the names that inputs have, and only those whose hash was right."""
    for entry in manifest.of_role(*SOURCES):
        path = entry.path.removeprefix(f"{INPUTS}/")
        if path == entry.path or not _LAID.fullmatch(path):
            message = "tệp đầu vào nằm ở chỗ lạ nên không được dùng để tính lại"
            yield Finding(Place(entry.path), "Z116", message, _ASK)
        elif entry.path in files:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[entry.path])


def _stand_in_for_scans(root: Path, manifest: Manifest) -> None:
    """Put a pointer in the place of each scan that the manifest tells the sha256 of, sent along or not."""
    register = Reader(root).yaml(register_path(manifest.year), Register, items="tai_lieu")
    if register is None:
        return
    sent = {file.document: (file.sha256, file.size) for file in manifest.files if file.document}
    kept = {each.document: (each.sha256, each.size or 0) for each in manifest.left_out if each.sha256}
    folder = root / scans_path(manifest.year)
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in register.value.documents.items():
        if _has_name(document) and name in (known := {**kept, **sent}):
            sha256, size = known[name]
            with suppress(OSError):  # a name that this disk does not take
                (folder / str(document.scan)).write_text(_POINTER.format(sha256=sha256, size=size))


def _has_name(document: Document) -> bool:
    """Whether the register gives a name that a file can have; the model lets no folder into it."""
    return document.scan is not None and document.scan not in (".", "..") and len(document.scan.encode()) < 200


def _told(finding: Finding) -> Finding:
    """A finding about the inputs, as one about the package."""
    place = finding.place._replace(path=f"{INPUTS}/{finding.place.path}")
    if finding.code in _ABOUT_EVIDENCE:
        return Finding(place, "Z118", finding.message, _ASK)
    return Finding(place, "Z116", f"số liệu có lỗi {finding.code}: {finding.message}", _ASK)
