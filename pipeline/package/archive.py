"""Reading a ZIP file that may come from anyone, without trust and without writing anything.

The list of files is read once and held against the headers in front of the contents. Whatever two programs could
understand in two ways is refused: gaps, overlaps, doubled names, 64-bit fields, comments, encryption.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline import wording
from pipeline.model.finding import Finding, Place
from pipeline.package.frame import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    ENDING,
    ENDING_MARK,
    LARGEST,
    LOCAL,
    LOCAL_MARK,
    MOST_FILES,
    STORED,
    UTF8,
    Entry,
)
from pipeline.package.names import fault_of, same_place

LARGEST_DIRECTORY = 2_000_000
"""Bytes of the list of files."""
LARGEST_PACKED = 64_000_000
"""Bytes that a compressed file may unpack to; packages of ours compress nothing."""
HIGHEST_RATIO = 100
"""Times that a file may unpack to its packed size, once it is larger than `SMALL`."""
SMALL = 1_000_000
PIECE = 1 << 20

_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_LEVELS, _DESCRIPTOR = 0x0006, 0x0008
_DESCRIPTORS = (12, 16)
"""Bytes of what may follow a content whose size was not known before; with and without its mark."""
_ZIP64 = 0x0001
_LINK, _PLAIN, _FOLDER = 0o120000, 0o100000, 0o040000

_RESEND = "đề nghị nơi gửi gửi lại gói nguyên bản do lệnh cchc package tạo ra"
_AGAIN = "tải hoặc sao chép lại gói; nếu vẫn vậy, đề nghị nơi gửi gửi lại"


class ArchiveError(Exception):
    """An archive, or a file in it, that is not read."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    """Where its header stands."""
    start: int = 0
    """Where its content begins."""

    @property
    def entry(self) -> Entry:
        """It, as a frame of ours would tell it."""
        return Entry(self.name, self.size, self.crc, self.offset)


@dataclass(frozen=True)
class Archive:
    """The files of an archive, in the order in which they lie; folders are left out."""

    members: dict[str, Member]
    tail: bytes
    """The list of files as it stands at the end."""
    headers: dict[str, bytes]
    """What stands before each content."""


def open_archive(stream: BinaryIO, file: str) -> Archive:
    """Read the list of files and hold it against what is there; `file` is the name to tell findings by.

    Raises:
        ArchiveError: it is no ZIP, damaged, or built to be understood in two ways.
        OSError: it cannot be read.
    """
    tail, count, start = _tail(stream, file)
    listed = list(_listed(tail, count, file))
    _refuse(_bad_names(listed))
    members, headers = _located(stream, [member for member, _ in listed], start, file)
    _refuse(_too_large(members))
    kept = {member.name: member for member in members if not member.name.endswith("/")}
    return Archive(kept, tail, headers)


def pieces(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    """The content of a file, piece by piece, never more than it declares.

    Raises:
        ArchiveError: it is damaged, or unpacks to something else than it declares.
        OSError: it cannot be read.
    """
    crc = size = 0
    for piece in _unpacked(stream, member):
        size += len(piece)
        if size > member.size:
            raise ArchiveError(_finding(member.name, "Z105", "bung ra lớn hơn kích thước tự khai", _RESEND))
        crc = zlib.crc32(piece, crc)
        yield piece
    if (size, crc) != (member.size, member.crc):
        raise ArchiveError(_finding(member.name, "Z110", "nội dung hỏng: sai mã kiểm tra của tệp nén", _AGAIN))


def content(stream: BinaryIO, member: Member, largest: int) -> bytes:
    """The whole content of a small file.

    Raises:
        ArchiveError: it is larger than `largest` bytes, or damaged.
        OSError: it cannot be read.
    """
    if member.size > largest:
        limit = f"lớn hơn {largest // 1_000_000} MB nên không được đọc"
        raise ArchiveError(_finding(member.name, "Z105", limit, _RESEND))
    return b"".join(pieces(stream, member))


def _unpacked(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    stream.seek(member.start)
    if member.method == STORED:
        yield from _raw(stream, member.packed)
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _raw(stream, member.packed):
            rest = packed
            while rest and not engine.eof:
                yield engine.decompress(rest, PIECE)
                rest = engine.unconsumed_tail
        yield engine.flush()
    except zlib.error as error:
        raise ArchiveError(_finding(member.name, "Z110", "nội dung nén bị hỏng", _AGAIN)) from error


def _raw(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _tail(stream: BinaryIO, file: str) -> tuple[bytes, int, int]:
    """The list of files with its ending, how many there are, and where the list begins."""
    whole = stream.seek(0, 2)
    if whole < ENDING.size or whole > LARGEST:
        raise ArchiveError(_finding(file, "Z102", "không phải là tệp ZIP trọn vẹn, hoặc lớn hơn 4 GB", _AGAIN))
    stream.seek(whole - ENDING.size)
    mark, *disks, count, size, start, comment = ENDING.unpack(stream.read(ENDING.size))
    if mark != ENDING_MARK or comment:
        message = "không kết thúc như một tệp ZIP: bị cắt cụt, hoặc có phần thêm vào cuối"
        raise ArchiveError(_finding(file, "Z102", message, _AGAIN))
    if disks != [0, 0, count] or count == 0xFFFF or start == LARGEST:
        raise ArchiveError(_finding(file, "Z102", "dùng ZIP nhiều đĩa hoặc ZIP64, không gói nào cần tới", _RESEND))
    if count > MOST_FILES or size > LARGEST_DIRECTORY:
        raise ArchiveError(_finding(file, "Z105", f"có quá {MOST_FILES} tệp, hoặc danh mục tệp quá lớn", _RESEND))
    if start + size + ENDING.size != whole:
        message = "danh mục tệp không nằm ngay sau tệp cuối: bị cắt cụt, hoặc có phần chèn thêm"
        raise ArchiveError(_finding(file, "Z102", message, _AGAIN))
    stream.seek(start)
    return stream.read(size + ENDING.size), count, start


def _listed(tail: bytes, count: int, file: str) -> Iterator[tuple[Member, int]]:
    """The files as the list tells them, each with what it says of the kind of file."""
    at, end = 0, len(tail) - ENDING.size
    for _ in range(count):
        if at + CENTRAL.size > end or tail[at : at + 4] != CENTRAL_MARK:
            break
        _, _, _, flags, method, _, _, crc, packed, size, *rest = CENTRAL.unpack_from(tail, at)
        name_size, extra_size, comment_size, disk, _, kind, offset = rest
        named, extended = at + CENTRAL.size, at + CENTRAL.size + name_size
        name, extra = tail[named:extended], tail[extended : extended + extra_size]
        at = extended + extra_size + comment_size
        if comment_size or disk or _has_zip64(extra):
            break
        yield Member(_decoded(name, flags, file), flags, method, crc, packed, size, offset), kind >> 16
    else:
        if at == end:
            return
    raise ArchiveError(_finding(file, "Z102", "danh mục tệp của ZIP sai hoặc có phần lạ", _AGAIN))


def _has_zip64(extra: bytes) -> bool:
    at = 0
    while at + 4 <= len(extra):
        if int.from_bytes(extra[at : at + 2], "little") == _ZIP64:
            return True
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
    return at != len(extra)


def _decoded(raw: bytes, flags: int, file: str) -> str:
    """A name in the one encoding that all programs read alike."""
    try:
        return raw.decode("utf-8" if flags & UTF8 else "ascii")
    except UnicodeDecodeError as error:
        shown = raw.decode("ascii", "replace")
        raise ArchiveError(_finding(file, "Z103", f"tên tệp “{shown}” không phải là UTF-8", _RESEND)) from error


def _bad_names(listed: list[tuple[Member, int]]) -> Iterator[Finding]:
    for member, kind in listed:
        fault = fault_of(member.name)
        folder = member.name.endswith("/")
        if kind & 0o170000 not in (0, _FOLDER if folder else _PLAIN):
            fault = "là liên kết hoặc tệp đặc biệt" if kind & 0o170000 == _LINK else "không phải là tệp thường"
        if fault:
            yield _finding(_shown(member.name), "Z103", f"tên tệp {fault}", _RESEND)
        if member.flags & _ENCRYPTED:
            yield _finding(_shown(member.name), "Z106", "tệp bị đặt mật khẩu", "đề nghị nơi gửi bỏ mật khẩu")
        elif member.method not in (STORED, DEFLATED) or member.flags & ~(UTF8 | _LEVELS | _DESCRIPTOR):
            yield _finding(_shown(member.name), "Z106", "tệp nén bằng cách lạ", _RESEND)
    for group in same_place(member.name for member, _ in listed):
        names = " và ".join(f"“{_shown(name)}”" for name in group[:2])
        yield _finding(_shown(group[0]), "Z104", f"{names} trùng tên", _RESEND)


def _shown(name: str) -> str:
    """A hostile name, harmless for a terminal."""
    return wording.visible(name)[:200]


def _located(stream: BinaryIO, members: list[Member], end: int, file: str) -> tuple[list[Member], dict[str, bytes]]:
    """Files with their contents' places; they fill the archive from its start to the list without gap or overlap."""
    at = 0
    located: list[Member] = []
    headers: dict[str, bytes] = {}
    for member in sorted(members, key=lambda member: member.offset):
        if member.offset not in _after(at, located):
            raise _overlap(member.name)
        start, headers[member.name] = _header(stream, member, end)
        located.append(member._replace(start=start))
        at = start + member.packed
    if end not in _after(at, located):
        raise _overlap(located[-1].name if located else file)
    return located, headers


def _after(at: int, located: list[Member]) -> tuple[int, ...]:
    """Where the next thing may begin."""
    if located and located[-1].flags & _DESCRIPTOR:
        return tuple(at + size for size in _DESCRIPTORS)
    return (at,)


def _overlap(name: str) -> ArchiveError:
    message = "các tệp trong ZIP chồng lên nhau hoặc hở ra ở gần tệp này"
    return ArchiveError(_finding(_shown(name), "Z102", message, _RESEND))


def _header(stream: BinaryIO, member: Member, end: int) -> tuple[int, bytes]:
    """Where the content begins, once the header in front of it tells the same as the list."""
    stream.seek(member.offset)
    raw = stream.read(LOCAL.size)
    if len(raw) == LOCAL.size and raw[:4] == LOCAL_MARK:
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = LOCAL.unpack(raw)
        names = stream.read(name_size + extra_size)
        start = member.offset + LOCAL.size + name_size + extra_size
        sizes = (crc, packed, size)
        known = sizes == (member.crc, member.packed, member.size) or (flags & _DESCRIPTOR and not any(sizes))
        same = (flags, method, names[:name_size]) == (member.flags, member.method, member.name.encode())
        if known and same and not _has_zip64(names[name_size:]) and start + member.packed <= end:
            return start, raw + names
    raise ArchiveError(_finding(_shown(member.name), "Z102", "phần đầu của tệp khác danh mục của ZIP", _AGAIN))


def _too_large(members: list[Member]) -> Iterator[Finding]:
    for member in members:
        if member.method == STORED and member.size != member.packed:
            yield _finding(member.name, "Z102", "kích thước tự khai mâu thuẫn", _RESEND)
        elif member.name.endswith("/") and member.size:
            yield _finding(member.name, "Z102", "thư mục mà có nội dung", _RESEND)
        elif member.method == DEFLATED and _is_bomb(member):
            message = f"bung ra {member.size / 1_000_000:.0f} MB từ {member.packed} byte: tệp nén kiểu bom"
            yield _finding(member.name, "Z105", message, _RESEND)


def _is_bomb(member: Member) -> bool:
    steep = member.size > SMALL and member.size > HIGHEST_RATIO * member.packed
    return steep or member.size > LARGEST_PACKED


def _refuse(findings: Iterator[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise ArchiveError(*found)


def _finding(path: str, code: str, message: str, mend: str) -> Finding:
    return Finding(Place(path), code, message, mend)


def is_archive(path: Path) -> bool:
    """Whether a file begins like a ZIP.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return stream.read(4) in (LOCAL_MARK, ENDING_MARK)
