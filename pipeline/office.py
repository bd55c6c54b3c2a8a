"""Opening an office file (DOCX, XLSX) without trust, before a library parses it.

Its size, what it unpacks to and its XML are looked at; no part of an office file has a reason to declare a document
type, which is where entities come from.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any
from xml.parsers import expat

LARGEST_FILE = 20_000_000
"""Bytes; a province's whole decision with its scanned seal stays below."""
LARGEST_PART = 8_000_000
"""Bytes of one XML part unpacked; the table of a large annex needs a tenth of it."""
LARGEST_SUM = 60_000_000
"""Bytes of all parts unpacked."""
MOST_PARTS = 2_000

DOCX_PART, XLSX_PART = "word/document.xml", "xl/workbook.xml"
"""What each kind of file cannot do without."""

_XML = (".xml", ".rels", ".vml")
_PIECE = 1 << 16
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises for spoilt, encrypted and unknown archives; an unknown compression is a RuntimeError too."""


class Reason(Enum):
    """Why a file is not opened."""

    BROKEN = "broken"
    """No archive of its kind, spoilt, or behind a password."""
    LARGE = "large"
    DECLARES = "declares"
    """A document type, or XML that is none."""


class OfficeFileError(Exception):
    """A file that is not opened."""

    def __init__(self, *, reason: Reason, part: str = "") -> None:
        super().__init__(f"{reason.value} {part}".strip())
        self.reason = reason
        self.part = part
        """The part that it is about."""


def open_office(content: bytes, required: str) -> zipfile.ZipFile:
    """The archive, once it is known to be harmless and to hold the `required` part.

    Raises:
        OfficeFileError: it is not.
    """
    if len(content) > LARGEST_FILE:
        raise OfficeFileError(reason=Reason.LARGE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _measure(archive)
        if required not in archive.namelist():
            raise OfficeFileError(reason=Reason.BROKEN, part=required)
        for part in archive.infolist():
            if part.filename.lower().endswith(_XML) and not _begins_plainly(archive, part):
                raise OfficeFileError(reason=Reason.DECLARES, part=part.filename)
    except _BROKEN as error:
        raise OfficeFileError(reason=Reason.BROKEN) from error
    return archive


def _measure(archive: zipfile.ZipFile) -> None:
    """Sizes as declared; the zip reader never unpacks more of a part than it declares."""
    parts = archive.infolist()
    largest = max((part.file_size for part in parts if part.filename.lower().endswith(_XML)), default=0)
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > LARGEST_SUM or largest > LARGEST_PART:
        raise OfficeFileError(reason=Reason.LARGE)


@contextmanager
def workbook(archive: zipfile.ZipFile, *, values: bool) -> Iterator[Any]:
    """Lend the workbook in an archive that `open_office` gave: cell by cell, formulas or the values stored with them.

    Raises:
        Exception: whatever a spoilt file makes the library stumble over, then and while its cells are read.
    """
    import openpyxl

    assert archive.fp is not None
    archive.fp.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(archive.fp, read_only=True, data_only=values, keep_links=False)
        yield book
        book.close()


class _SeenEnoughError(Exception):
    pass


def _begins_plainly(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the XML comes to its first element without a document type; the parser says so, whatever the encoding."""
    parser = expat.ParserCreate()
    plain = True

    def declared(*_: object) -> None:
        nonlocal plain
        plain = False
        raise _SeenEnoughError

    def begun(*_: object) -> None:
        raise _SeenEnoughError

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    with archive.open(part) as stream, suppress(_SeenEnoughError):
        while piece := stream.read(_PIECE):
            try:
                parser.Parse(piece)
            except (expat.ExpatError, ValueError, LookupError):
                return False
    return plain


def column_letters(column: int) -> str:
    """A column as spreadsheets name it, counted from 1: `A`, `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell as people name it; row and column count from 1."""
    return f"{column_letters(column)}{row}"
