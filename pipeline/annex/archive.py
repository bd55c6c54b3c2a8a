"""Opening an office file without trust: what is inside is measured and looked through before a library parses it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pipeline.annex.cells import refuse

LARGEST = 20_000_000
"""Bytes of a file; a province's whole decision with its scanned seal stays below."""

LARGEST_PART = 8_000_000
"""Bytes of one unpacked XML part; the table of a large annex needs a tenth of it."""

LARGEST_ALL = 60_000_000
"""Bytes of all parts unpacked."""

MOST_PARTS = 2_000

KINDS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
"""The part that each kind of file must have."""

_CHUNK = 1 << 16
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_KNOWN = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

_SAVE_AGAIN = "mở tệp bằng Word hoặc Excel, chọn “Lưu thành” .docx hoặc .xlsx, rồi nhập lại"


def kind_of(name: str) -> str:
    """The ending that says how to read a file.

    Raises:
        AnnexError: it is neither .docx nor .xlsx.
    """
    ending = "." + name.rpartition(".")[2].casefold()
    if "." not in name or ending not in KINDS:
        raise refuse(name, "N801", "tệp không có đuôi .docx hoặc .xlsx", _SAVE_AGAIN)
    return ending


def inspect(name: str, content: bytes) -> zipfile.ZipFile:
    """The archive, once its size and its XML are known to be harmless.

    Raises:
        AnnexError: it is no archive of its kind, too large, or declares a DOCTYPE or entities.
    """
    ending = kind_of(name)
    if len(content) > LARGEST:
        raise refuse(name, "N802", f"tệp lớn hơn {LARGEST // 1_000_000} MB", "chỉ giữ phụ lục, bỏ ảnh và trang khác")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _measure(name, archive)
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                _look_through(name, archive, part)
        if KINDS[ending] not in archive.namelist():
            raise refuse(name, "N801", f"nội dung tệp không phải là {ending}", _SAVE_AGAIN)
    except _BROKEN as broken:
        raise refuse(name, "N801", f"tệp hỏng hoặc không phải là {ending}", _SAVE_AGAIN) from broken
    return archive


def _measure(name: str, archive: zipfile.ZipFile) -> None:
    """Sizes as declared; the zip reader never unpacks more of a part than it declares."""
    parts = archive.infolist()
    sizes = [part.file_size for part in parts]
    xml = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > MOST_PARTS or sum(sizes) > LARGEST_ALL or max(xml, default=0) > LARGEST_PART:
        mend = "chép riêng bảng tiêu chí sang một tệp mới rồi nhập lại"
        raise refuse(name, "N802", "nội dung của tệp sau khi giải nén quá lớn", mend)


def _look_through(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of an office file has a reason to declare a DOCTYPE; zero bytes fall out so that UTF-16 hides none."""
    tail, first = b"", True
    for chunk in _chunks(archive, part):
        text = tail + chunk.replace(b"\0", b"")
        encoding = _ENCODING.search(text[:200]) if first else None
        if _DECLARED.search(text) or (encoding and encoding[1].lower() not in _KNOWN):
            raise refuse(name, "N803", f"phần “{part.filename}” khai báo DOCTYPE, thực thể hoặc mã lạ", _SAVE_AGAIN)
        tail, first = text[-32:], False


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
