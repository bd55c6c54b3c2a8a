"""Files that are broken, huge or meant to harm: a finding each, never a traceback, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.appraisal.opened import LARGEST_TEXT, open_submission

TABLE = "Mã;Điểm thẩm định\n1.1.3;1\n"


def repacked(path: Path, name: str, part: bytes) -> bytes:
    """A workbook with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return stream.getvalue()


FILES = [
    ("a.pdf", b"%PDF-1.7", "A101"),
    ("a.xls", b"\xd0\xcf\x11\xe0", "A101"),
    ("a.xlsx", b"", "A101"),
    ("a.xlsx", b"PK\x03\x04 khong phai", "A101"),
    ("a.csv", "Mã;Điểm thẩm định\n1.1.3;một".encode("cp1258", "replace") + b"\xff", "A101"),
    ("a.csv", b"Ma;Diem\x00", "A101"),
    ("a.json", b"{", "A101"),
    ("a.json", b'[{"ma": "1", "ma": "2"}]', "A101"),
    ("a.json", b"\xff\xfe\x00", "A101"),
    ("a.json", b"[" * 100_000, "A102"),
    ("a.json", b"[]", "A103"),
    ("a.json", b'{"ket_qua": {}}', "A103"),
    ("a.json", b"12", "A103"),
    ("a.csv", b"x" * (LARGEST_TEXT + 1), "A102"),
    ("a.csv", b"a;b\n" * 6_000, "A102"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), FILES, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(FILES)]
)
def test_what_is_no_table_is_told(desk: Any, name: str, content: bytes, code: str) -> None:
    """One finding that names the file."""
    proposal = desk.propose(desk.write(name, content))

    assert [(each.code, each.place.path) for each in proposal.findings] == [(code, name)]
    assert not (desk.root / "scores/2024/appraisal.yml").exists()


@pytest.mark.parametrize("number", ["1e999999999", "-1e-999999999", "NaN", "Infinity", "0." + "1" * 4_000])
def test_numbers_beyond_all_measure_are_told(desk: Any, number: str) -> None:
    """They are never computed with."""
    proposal = desk.propose(desk.write("a.json", f'[{{"ma": "1.1.3", "diem": {number}}}]'))

    assert [each.code for each in proposal.findings] == ["A106"]
    assert len(proposal.findings[0].message) < 200


def test_a_file_that_is_not_there_is_told(desk: Any) -> None:
    """A mistyped path is no traceback."""
    assert [each.code for each in desk.propose(desk.root / "khong-co.xlsx").findings] == ["A101"]


def test_an_empty_table_is_told(desk: Any) -> None:
    """Headings alone, or nothing at all."""
    assert [each.code for each in desk.propose(desk.write("a.csv", "")).findings] == ["A103"]
    assert desk.propose(desk.write("b.csv", "Mã;Điểm thẩm định\n")).findings[0].code == "A110"


def test_a_workbook_with_entities_or_a_bomb_is_not_opened(desk: Any) -> None:
    """A document type declares entities; a part that unpacks to hundreds of megabytes is meant to harm."""
    book = desk.excel([["Mã", "Điểm thẩm định"], ["1.1.3", 1]])
    sheet = "xl/worksheets/sheet1.xml"
    entities = desk.write("a.xlsx", repacked(book, sheet, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'))
    bomb = desk.write("b.xlsx", repacked(book, sheet, b"<worksheet>" + b" " * 50_000_000))
    spoilt = desk.write("c.xlsx", repacked(book, sheet, b"<worksheet><sheetData><row"))

    assert [each.code for each in open_submission(entities).findings] == ["A102"]
    assert [each.code for each in open_submission(bomb).findings] == ["A102"]
    assert [each.code for each in open_submission(spoilt).findings] == ["A101"]


def test_an_appraisal_that_cannot_be_read_stops_the_import(desk: Any) -> None:
    """The officer's own file is never written over because it is broken."""
    desk.write("scores/2024/appraisal.yml", "nam: 2024\nvong: [1\n")

    proposal = desk.propose(desk.write("a.csv", TABLE))

    assert proposal.refused
    assert [(each.code, each.place.path) for each in proposal.findings] == [("F108", "scores/2024/appraisal.yml")]


def test_a_file_with_its_own_document_mark_is_changed_or_refused(desk: Any) -> None:
    """`---` at the top is fine; one below a comment cannot be changed piece by piece, and that is told."""
    old = "nam: 2024\nvong:\n  1: {ngay: 19/01/2025, co_quan: Sở Nội vụ}\n"
    file = desk.write("a.csv", TABLE)

    desk.write("scores/2024/appraisal.yml", f"---\n{old}")
    assert desk.take(file, replace=True).source.after.startswith("---\nnam: 2024\n")

    desk.write("scores/2024/appraisal.yml", f"# ghi chú\n---\n{old}")
    assert [each.code for each in desk.propose(file, replace=True).findings if each.code != "A110"] == ["A112"]
