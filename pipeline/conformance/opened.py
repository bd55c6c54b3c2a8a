"""Opening a DOCX or PDF that may be anything: looked at first, then read; what cannot be read is a finding."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import TypeVar

from pipeline.conformance.document import Document
from pipeline.conformance.edits import Entry, entries
from pipeline.model.finding import Finding, Place
from pipeline.office import DOCX_PART, OfficeFileError, Reason, open_office

Read = TypeVar("Read")

LARGEST = 100_000_000
"""Bytes of a file that is looked at; a signed paper with scanned annexes stays below."""

_DOCX_MEND = "mở tệp bằng Word hoặc LibreOffice rồi lưu lại ở dạng .docx, không đặt mật khẩu"
_PDF_MEND = "xuất lại PDF từ tệp gốc, không đặt mật khẩu; kiểm tra tệp có mở được bằng trình đọc PDF không"
_STRANGE = "không dùng tệp này nếu không rõ nó từ đâu tới; lấy lại bản từ nơi ban hành"
_TOLD = {
    Reason.BROKEN: ("W101", "không phải tệp Word .docx đọc được, hoặc có mật khẩu", _DOCX_MEND),
    Reason.LARGE: ("W102", "tệp Word bung ra quá lớn", _STRANGE),
    Reason.DECLARES: ("W102", "tệp Word chứa khai báo DOCTYPE hoặc XML lạ, có thể gây hại", _STRANGE),
}


def opened(name: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """The document, or why it is not read. What a file is, its first bytes say, not its name."""
    if len(content) > LARGEST:
        return None, _refused(name, "W102", f"tệp lớn hơn {LARGEST // 1_000_000} MB", _STRANGE)
    if content.startswith(b"PK"):
        return _word(name, content)
    if b"%PDF-" in content[:1024]:
        return _pdf(name, content)
    return None, _refused(name, "W101", "không phải tệp .docx hoặc .pdf", f"{_DOCX_MEND}; hoặc xuất ra PDF")


def word_entries(name: str, content: bytes) -> tuple[tuple[Entry, ...] | None, tuple[Finding, ...]]:
    """The texts of a Word file with their bookmarks, or why it is not read."""
    return _read_word(name, content, entries)


def _word(name: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    from pipeline.conformance.docx_reading import read_docx

    return _read_word(name, content, lambda archive: read_docx(name, archive))


def _read_word(
    name: str, content: bytes, read: Callable[[zipfile.ZipFile], Read]
) -> tuple[Read | None, tuple[Finding, ...]]:
    try:
        with open_office(content, DOCX_PART) as archive:
            return read(archive), ()
    except OfficeFileError as error:
        return None, _refused(name, *_TOLD[error.reason])
    except Exception:  # noqa: BLE001 -- a spoilt file makes a reader stumble in ways nobody lists
        return None, _refused(name, "W101", "tệp Word bị hỏng nên không đọc được", _DOCX_MEND)


def _pdf(name: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    from pipeline.conformance.pdf_guard import PdfFileError, look_at
    from pipeline.conformance.pdf_reading import read_pdf

    try:
        look_at(content)
        return read_pdf(name, content), ()
    except PdfFileError as error:
        code, mend = ("W101", _PDF_MEND) if error.readable else ("W102", _STRANGE)
        return None, _refused(name, code, error.problem, mend)
    except Exception:  # noqa: BLE001 -- likewise
        return None, _refused(name, "W101", "tệp PDF bị hỏng nên không đọc được", _PDF_MEND)


def _refused(name: str, code: str, message: str, mend: str) -> tuple[Finding, ...]:
    return (Finding(Place(name), code, message, mend),)
