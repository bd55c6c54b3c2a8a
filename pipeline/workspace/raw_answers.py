"""Telling a file of raw survey answers by its first line, without reading what people answered."""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from pathlib import Path

from pipeline.workspace.exports import exporter_of

_TEXTS = (".csv", ".tsv", ".txt")
_BOOK = ".xlsx"
_BEGIN = 65_536
"""Bytes in which a heading row, or its part of a workbook's texts, begins."""
_TEXT = re.compile(r"<(?:\w+:)?t(?: [^>]*)?>([^<]*)</")
_DELIMITERS = ",;\t"


def looks_raw(path: Path) -> bool:
    """Whether a file has the fixed columns of a survey program's export."""
    ending = path.suffix.lower()
    with suppress(OSError, ValueError):
        if ending in _TEXTS:
            return _is_export(_first_line(path))
        if ending == _BOOK:
            return bool(exporter_of(_texts(path)).marks)
    return False


def _is_export(line: str) -> bool:
    import csv

    rows = (next(csv.reader(io.StringIO(line), delimiter=sign), []) for sign in _DELIMITERS)
    return any(exporter_of(row).marks for row in rows if len(row) > 1)


def _first_line(path: Path) -> str:
    with path.open("rb") as stream:
        begin = stream.read(_BEGIN)
    is_wide = begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = begin.decode("utf-16" if is_wide else "utf-8-sig", "ignore")
    return text.partition("\n")[0].rstrip("\r")


def _texts(path: Path) -> list[str]:
    """The first texts of a workbook, wherever it keeps them; what can be read of one that is damaged."""
    import zipfile
    import zlib

    found: list[str] = []
    with suppress(zipfile.BadZipFile, zlib.error, RuntimeError), zipfile.ZipFile(path) as archive:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            if name in archive.namelist():
                with archive.open(name) as stream:
                    found += _TEXT.findall(stream.read(_BEGIN).decode("utf-8", "ignore"))
    return found
