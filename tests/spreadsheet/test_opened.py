"""Files that are no spreadsheet, or one made to do harm, are refused before anything is read from them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import office
from pipeline.spreadsheet import opened
from pipeline.spreadsheet.opened import open_sheets

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SHEET = "xl/worksheets/sheet2.xml"

Change = Callable[[str, bytes], bytes]


def rebuilt(path: Path, change: Change, **more: bytes) -> Path:
    """The same archive with changed and additional members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path


def only(name: str, change: Callable[[bytes], bytes]) -> Change:
    """A change of one member."""
    return lambda member, content: change(content) if member == name else content


def refused(path: Path) -> str:
    """The code with which a file is refused."""
    sheets, findings = open_sheets(path)
    assert sheets is None
    (finding,) = findings
    assert finding.place.path == path.name
    return finding.code


@pytest.mark.parametrize(
    "content",
    [b"", b"a;b;c", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, b"%PDF-1.7"],
    ids=["empty", "csv", "cut", "xls-or-encrypted", "pdf"],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    """X101, whatever its name says."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    assert refused(path) == "X101"


def test_missing_files_folders_and_other_archives_are_refused(tmp_path: Path) -> None:
    """X101: nothing there, a folder, or a zip of something else."""
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert refused(tmp_path / "none.xlsx") == refused(tmp_path) == refused(other) == "X101"


def test_a_file_that_unpacks_to_too_much_is_refused_unread(desk: Any) -> None:
    """X102: by what the archive says of itself, before a byte is unpacked."""
    path = rebuilt(desk.file, lambda _, content: content, **{"xl/more.xml": b" " * (office.LARGEST_PART + 1)})

    assert path.stat().st_size < 1_000_000
    assert refused(path) == "X102"


def test_a_large_file_and_one_of_many_parts_are_refused(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """X102."""
    parts = {f"xl/x{number}.bin": b"" for number in range(office.MOST_PARTS)}
    many = rebuilt(desk.file, lambda _, content: content, **parts)
    code = refused(many)
    monkeypatch.setattr(opened, "LARGEST_FILE", 10)

    assert code == refused(many) == "X102"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "cp037"])
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"])
def test_a_document_type_is_refused_in_every_part_and_encoding(desk: Any, member: str, encoding: str) -> None:
    """X102: no entity is ever expanded, however its declaration is written down."""

    def declared(content: bytes) -> bytes:
        body = re.sub(r"<\?xml.*?\?>\s*", "", content.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}{body}'.encode(encoding, "xmlcharrefreplace")

    assert refused(rebuilt(desk.file, only(member, declared))) == "X102"


def test_macros_are_ignored(desk: Any) -> None:
    """A file with macros is read for its values; the macros are not looked at."""
    path = rebuilt(desk.file, lambda _, content: content, **{"xl/vbaProject.bin": b"\xd0\xcf" * 100})
    sheets, findings = open_sheets(path)

    assert findings == []
    assert sheets is not None
    assert set(sheets) >= {"1", "2", "3"}


def test_merged_and_far_away_cells_cost_nothing(desk: Any) -> None:
    """Three letters and a number in a file cannot make a million cells in memory."""

    def spoilt(content: bytes) -> bytes:
        merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        text = content.replace(b"</sheetData>", far)
        text = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', text)
        return re.sub(rb"(<sheetProtection[^>]*/>)", rb"\1" + merged, text)

    sheets, findings = open_sheets(rebuilt(desk.file, only(SHEET, spoilt)))

    assert findings == []
    assert sheets is not None
    assert max(row[0].row for row in sheets["1"]) < opened.MOST_ROWS


def test_spoilt_bytes_never_raise(desk: Any) -> None:
    """Any byte of any part may be wrong: the file is read or refused, and that is all."""
    original = desk.file.read_bytes()
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        names = archive.namelist()
    for _ in range(60):
        desk.file.write_bytes(original)
        name = chance.choice(names)

        def spoilt(content: bytes) -> bytes:
            at = chance.randrange(len(content))
            return content[:at] + bytes([chance.randrange(256)]) + content[at + chance.randrange(3) :]

        sheets, findings = open_sheets(rebuilt(desk.file, only(name, spoilt)))

        assert (sheets is None) == bool(findings)


def test_cells_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    """Formula, error, text and number; escaped characters are read as themselves."""
    book = openpyxl.Workbook()
    book.active.append([1, "=1+1", "#N/A", "_x0041_", None, True])
    book.active["G1"], book.active["G1"].data_type = "=1", "s"
    book.save(tmp_path / "x.xlsx")
    sheets, _ = open_sheets(tmp_path / "x.xlsx")
    assert sheets is not None
    (row,) = sheets["Sheet"]

    assert [(cell.column, cell.value, cell.formula, cell.error) for cell in row] == [
        (1, 1, False, False),
        (2, "=1+1", True, False),
        (3, "#N/A", False, True),
        (4, "A", False, False),
        (6, True, False, False),
        (7, "=1", False, False),
    ]
