"""Files that are broken, huge or meant to harm: a finding each, in bounded memory, never a traceback."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from pipeline.annex import LARGEST, read_annex
from pipeline.model.finding import Severity

Build = Callable[..., bytes]

BOUND = 80_000_000
"""Bytes that reading a hostile file may take."""


def repacked(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """An archive with parts replaced, added or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def the_code(name: str, content: bytes) -> str:
    """The code of the one error, read within bounded memory."""
    tracemalloc.start()
    try:
        imported = read_annex(name, content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < BOUND
    assert imported.text == ""
    assert imported.findings[-1].place.path == name
    return imported.findings[-1].code


@pytest.fixture
def sheet(excel: Build) -> bytes:
    """A sound workbook."""
    return excel([["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"], ["1", "Chỉ đạo", "1", "Có: 1; không: 0"]])


@pytest.fixture
def page(word: Build) -> bytes:
    """A sound document."""
    return word([["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"], ["1", "Chỉ đạo", "1", "Có: 1; không: 0"]])


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize(
    "content", [b"", b"PK", b"khong phai zip" * 100, b"PK\x03\x04" + b"\0" * 500, bytes(range(256)) * 40]
)
def test_no_archive(name: str, content: bytes) -> None:
    """What is no zip archive is told as such."""
    assert the_code(name, content) == "N801"


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "docx", "a.docx.exe", "a."])
def test_wrong_endings(name: str, page: bytes) -> None:
    """The ending says how to read a file; another one is not tried."""
    assert the_code(name, page) == "N801"


def test_the_other_kind_under_a_wrong_name(sheet: bytes, page: bytes) -> None:
    """A workbook named as a document is told, and the other way round."""
    assert the_code("a.docx", sheet) == "N801"
    assert the_code("a.xlsx", page) == "N801"


def test_cut_off_at_any_length(sheet: bytes, page: bytes) -> None:
    """Half a download is no annex."""
    for name, content in (("a.xlsx", sheet), ("a.docx", page)):
        for length in range(0, len(content), max(len(content) // 25, 1)):
            assert the_code(name, content[:length]) == "N801"


def test_too_large() -> None:
    """The size is looked at before anything else."""
    assert the_code("a.xlsx", b"PK" + b"\0" * LARGEST) == "N802"


def test_a_small_file_that_unpacks_to_a_huge_one(sheet: bytes, page: bytes) -> None:
    """A part that unpacks to gigabytes is known by its declared size; many parts likewise."""
    bomb = b" " * 40_000_000
    many = {f"xl/media/{number}.bin": b"" for number in range(3_000)}

    assert the_code("a.xlsx", repacked(sheet, {"xl/worksheets/sheet1.xml": bomb})) == "N802"
    assert the_code("a.docx", repacked(page, {"word/document.xml": bomb})) == "N802"
    assert the_code("a.xlsx", repacked(sheet, {**many})) == "N802"


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
    "<a>&c;&d;</a>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels", "custom/x.xml"])
def test_doctype_and_entities_in_a_workbook(part: str, encoding: str, sheet: bytes) -> None:
    """No part may declare anything, in whatever encoding."""
    assert the_code("a.xlsx", repacked(sheet, {part: ENTITIES.encode(encoding)})) == "N803"


def test_doctype_and_entities_in_a_document(page: bytes) -> None:
    """Neither at the beginning of a part nor far behind a comment; nor under an encoding that hides it."""
    late = ENTITIES.replace("<!DOCTYPE", f"<!--{'x' * 200_000}--><!DOCTYPE").encode()
    odd = b'<?xml version="1.0" encoding="utf-7"?><a/>'

    assert the_code("a.docx", repacked(page, {"word/document.xml": ENTITIES.encode()})) == "N803"
    assert the_code("a.docx", repacked(page, {"word/document.xml": late})) == "N803"
    assert the_code("a.docx", repacked(page, {"word/styles.xml": odd})) == "N803"


@pytest.mark.parametrize("part", [b"", b"<a/>", b"<w:document", b"\xff\xfe\xfd", b"<a>" * 5_000, b"<x" + b" a='1'" * 9])
def test_parts_that_are_no_xml_or_another(part: bytes, sheet: bytes, page: bytes) -> None:
    """A malformed or foreign part is a finding, whatever the library makes of it."""
    for name, content, inside in (
        ("a.xlsx", sheet, "xl/workbook.xml"),
        ("a.xlsx", sheet, "xl/worksheets/sheet1.xml"),
        ("a.docx", page, "word/document.xml"),
    ):
        assert the_code(name, repacked(content, {inside: part})) in ("N801", "N804")


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_parts_that_are_missing(part: str, sheet: bytes) -> None:
    """A workbook without one of its parts is told, or read without it; never a traceback."""
    imported = read_annex("a.xlsx", repacked(sheet, {part: None}))

    assert imported.findings
    assert bool(imported.text) != any(finding.severity is Severity.ERROR for finding in imported.findings)


def test_a_stray_cell_and_a_merge_over_the_whole_sheet(sheet: bytes) -> None:
    """Seventeen thousand million places are not laid out; what stands on top is read."""
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks></worksheet>'
    )

    assert the_code("a.xlsx", repacked(sheet, {"xl/worksheets/sheet1.xml": xml.encode()})) == "N804"


def test_spans_wider_than_any_page(page: bytes) -> None:
    """A cell that claims to span a million columns spans as many as are read."""
    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        xml = archive.read("word/document.xml")
    for span in (b"1000000", b"99999", b"-5", b"x"):
        wide = xml.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="' + span + b'"/>', 1)
        read_annex("a.docx", repacked(page, {"word/document.xml": wide}))


def test_no_table_at_all(word: Build, excel: Build) -> None:
    """A letter and an empty sheet have no table of criteria."""
    assert the_code("a.docx", word(preface=["Kính gửi"])) == "N804"
    assert the_code("a.xlsx", excel([])) == "N804"
    assert the_code("a.xlsx", excel([["Họ tên", "Chức vụ"], ["Nguyễn Văn A", "Chủ tịch"]])) == "N804"
    assert the_code("a.docx", word([["STT", "Tiêu chí", "Điểm tối đa"], ["", "không mã nào", "1"]])) == "N804"


def test_thousands_of_rows(excel: Build) -> None:
    """A table longer than any annex is refused whole: a part of it is never taken for the whole."""
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"], ["1", "Chỉ đạo", "1", ""]]
    rows += [[f"1.{number}", "Tiêu chí", "1", "Có: 1; không: 0"] for number in range(1, 7_000)]

    assert the_code("a.xlsx", excel(rows)) == "N802"


def test_hundreds_of_rows_are_read_in_bounded_memory(excel: Build) -> None:
    """Ten times the largest annex seen is no burden."""
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"], ["1", "Chỉ đạo", "1", ""]]
    rows += [[f"1.{number}", "Tiêu chí", "1", "Có: 1; không: 0"] for number in range(1, 999)]
    content = excel(rows)
    tracemalloc.start()
    imported = read_annex("a.xlsx", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert imported.text.count("co_khong") == 998
    assert peak < BOUND
