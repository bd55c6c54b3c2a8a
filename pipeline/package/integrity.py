"""Whether a package holds exactly what its manifest names, byte for byte. Nothing in it is parsed here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from pipeline.model.finding import Finding, Place
from pipeline.office import LARGEST_FILE
from pipeline.package.archive import Archive, ArchiveError, Member, content, open_archive, pieces
from pipeline.package.frame import STORED, UTF8, directory, header
from pipeline.package.manifest import LARGEST, SOURCES, FileEntry, Manifest, Role, checksums, read_manifest
from pipeline.package.names import MANIFEST, SIGNATURE
from pipeline.package.pdf_guard import LARGEST_PDF
from pipeline.package.shape import shape_faults
from pipeline.workspace.reader import LARGEST as LARGEST_INPUT

LARGEST_SIGNATURE = 1_000_000
LARGEST_READ: Mapping[Role, int] = {
    Role.REPORT: LARGEST_PDF,
    Role.REPORT_WORD: LARGEST_FILE,
    Role.TABLE: LARGEST_FILE,
    Role.SCORES: 4_000_000,
    Role.CHECKSUMS: 1_000_000,
    Role.GUIDE: 100_000,
    **dict.fromkeys(SOURCES, LARGEST_INPUT),
}
"""Bytes of a file that is looked into, by its role; others, such as scans, are only hashed."""
LARGEST_TOGETHER = 80_000_000
"""Bytes of all files that are looked into."""

_CHOOSE = "chọn đúng gói ho-so-NĂM.zip hoặc báo cáo PDF; nếu đây đúng là gói hồ sơ,"
_RESEND = "đề nghị nơi gửi gửi lại gói nguyên bản"


@dataclass(frozen=True)
class Contents:
    """What was in a package. Large files are still being hashed while others are looked into."""

    manifest: Manifest | None = None
    manifest_bytes: bytes = b""
    signature: bytes | None = None
    """The manifest's signature, where there is one."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What is looked into later, as far as it is what the manifest says."""
    seen: tuple[Finding, ...] = ()
    """What was found so far."""
    rest: Future[tuple[Finding, ...]] | None = None
    """What is being found of the files that are only hashed."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, once all is hashed.

        Raises:
            OSError: the package cannot be read any more.
        """
        return (*self.seen, *(self.rest.result() if self.rest else ()))

    @property
    def checked(self) -> int:
        """Files that are what the manifest says."""
        bad = {finding.place.path for finding in self.findings}
        return sum(file.path not in bad for file in self.manifest.files) if self.manifest else 0


def read_package(path: Path) -> Contents:
    """Open a package and hold every byte of it against its manifest; what is wrong are findings.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        try:
            archive = open_archive(stream, path.name)
            manifest, manifest_bytes, signature = _told(stream, archive)
        except ArchiveError as error:
            return Contents(seen=error.findings)
        except ValueError:
            message = "bảng kê không đúng mẫu: không phải JSON của chương trình, lồng quá sâu hoặc có mục lạ"
            return Contents(seen=(Finding(Place(MANIFEST), "Z107", message, _RESEND),))
        rest = _in_the_background(path, archive, manifest)
        findings = [*shape_faults(manifest), *_listing(archive, manifest), *_frame(archive, manifest)]
        files: dict[str, bytes] = {}
        for entry, member in _present(archive, manifest):
            if entry.role in LARGEST_READ:
                findings += _looked_into(stream, member, entry, files)
    findings += _checksums(manifest, files)
    return Contents(manifest, manifest_bytes, signature, files, tuple(findings), rest)


def _in_the_background(path: Path, archive: Archive, manifest: Manifest) -> Future[tuple[Finding, ...]]:
    """Hash what nobody looks into; hashing lets the rest of the program go on."""
    worker = ThreadPoolExecutor(max_workers=1)
    rest = worker.submit(_only_hashed, path, archive, manifest)
    worker.shutdown(wait=False)
    return rest


def _only_hashed(path: Path, archive: Archive, manifest: Manifest) -> tuple[Finding, ...]:
    with path.open("rb") as stream:
        return tuple(
            fault
            for entry, member in _present(archive, manifest)
            if entry.role not in LARGEST_READ
            for fault in _compared(stream, member, entry, lambda _: None)
        )


def _present(archive: Archive, manifest: Manifest) -> Iterator[tuple[FileEntry, Member]]:
    """The files that both know."""
    return ((file, archive.members[file.path]) for file in manifest.files if file.path in archive.members)


def _told(stream: BinaryIO, archive: Archive) -> tuple[Manifest, bytes, bytes | None]:
    """The manifest and its signature."""
    if MANIFEST not in archive.members:
        message = f"không có {MANIFEST}: đây không phải là gói hồ sơ của chương trình"
        raise ArchiveError(Finding(Place(MANIFEST), "Z107", message, f"{_CHOOSE} {_RESEND}"))
    raw = content(stream, archive.members[MANIFEST], LARGEST)
    signature = archive.members.get(SIGNATURE)
    return read_manifest(raw), raw, content(stream, signature, LARGEST_SIGNATURE) if signature else None


def _listing(archive: Archive, manifest: Manifest) -> Iterator[Finding]:
    """Files that only one of the two knows."""
    names = [file.path for file in manifest.files]
    for name in sorted(archive.members.keys() - {MANIFEST, SIGNATURE, *names}):
        mend = "không dùng tệp này; đề nghị nơi gửi giải thích hoặc gửi lại gói"
        yield Finding(Place(name), "Z108", "tệp nằm trong gói nhưng không có trong bảng kê", mend)
    for name in sorted(set(names) - archive.members.keys()):
        yield Finding(Place(name), "Z109", "tệp có trong bảng kê nhưng không có trong gói", _RESEND)


def _frame(archive: Archive, manifest: Manifest) -> Iterator[Finding]:
    """What stands around the files, byte by byte as the program writes it; anything else was done by another hand."""
    members, day = list(archive.members.values()), manifest.day
    if any((member.method, member.flags) != (STORED, UTF8) for member in members) or len(archive.headers) != len(
        members
    ):
        yield _other_frame(MANIFEST, "gói đã được nén lại bằng chương trình khác")
        return
    for member in members:
        if archive.headers[member.name] != header(member.entry, day):
            yield _other_frame(member.name, "phần đầu của tệp trong gói khác bản chương trình viết")
    if archive.tail != directory([member.entry for member in members], day):
        yield _other_frame(MANIFEST, "danh mục tệp của gói khác bản chương trình viết")
    order = [MANIFEST, SIGNATURE, *(file.path for file in manifest.files)]
    if [member.name for member in members] != [name for name in order if name in archive.members]:
        yield _other_frame(MANIFEST, "thứ tự tệp trong gói khác bảng kê")


def _other_frame(name: str, message: str) -> Finding:
    mend = "nội dung từng tệp vẫn được đối chiếu riêng; nếu cần chắc chắn, xin lại gói nguyên bản"
    return Finding(Place(name), "Z120", message, mend)


def _looked_into(stream: BinaryIO, member: Member, entry: FileEntry, files: dict[str, bytes]) -> Iterator[Finding]:
    """Keep a file that is what the manifest says, unless it is larger than its kind ever is."""
    if member.size > min(LARGEST_READ[entry.role], LARGEST_TOGETHER - sum(map(len, files.values()))):
        yield Finding(Place(entry.path), "Z105", "tệp lớn hơn mức mà một tệp loại này có thể cần", _RESEND)
        return
    kept: list[bytes] = []
    faults = list(_compared(stream, member, entry, kept.append))
    if not faults:
        files[entry.path] = b"".join(kept)
    yield from faults


def _compared(stream: BinaryIO, member: Member, entry: FileEntry, keep: Callable[[bytes], None]) -> Iterator[Finding]:
    """Hash a file, and hand on its pieces."""
    digest = hashlib.sha256()
    try:
        for piece in pieces(stream, member):
            digest.update(piece)
            keep(piece)
    except ArchiveError as error:
        yield from error.findings
        return
    if member.size != entry.size or digest.hexdigest() != entry.sha256:
        yield Finding(Place(entry.path), "Z110", "nội dung tệp khác mã băm ghi trong bảng kê", _RESEND)


def _checksums(manifest: Manifest, files: Mapping[str, bytes]) -> Iterable[Finding]:
    """The list for `sha256sum` must say the same as the manifest, or people and programs would verify two things."""
    for entry in manifest.of_role(Role.CHECKSUMS):
        others = [file for file in manifest.files if file.role is not Role.CHECKSUMS]
        if entry.path in files and files[entry.path] != checksums(others).encode():
            yield Finding(Place(entry.path), "Z110", "danh sách mã băm không khớp bảng kê", _RESEND)
