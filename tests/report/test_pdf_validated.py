"""The PDF before judges that are not ours: pdfua for PDF/UA, qpdf's library for the syntax, poppler for the text.

No validator of PDF/A proper installs from PyPI or Debian; what of ISO 19005-2 can be read off the file is read here.
"""

from __future__ import annotations

import io
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def pdf(files: tuple[Path, Path]) -> Iterator[Any]:
    """The report, opened by qpdf's library."""
    import pikepdf

    with pikepdf.open(files[1]) as opened:
        yield opened


def certain(content: bytes) -> list[str]:
    """What pdfua is certain is wrong."""
    import pdfua

    report = pdfua.validate(io.BytesIO(content))
    return [finding.rule_id for finding in report.findings if finding.confidence is pdfua.Confidence.CERTAIN]


def dictionaries(pdf: Any) -> list[Any]:
    """Every dictionary of the file, those of streams too."""
    import pikepdf

    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]


def test_pdfua_finds_nothing(files: tuple[Path, Path]) -> None:
    """The rules of PDF/UA-1 that pdfua implements hold."""
    assert certain(files[1].read_bytes()) == []


@pytest.mark.parametrize("part", ["/StructTreeRoot", "/Lang", "/Metadata", "/MarkInfo"])
def test_pdfua_finds_what_is_taken_away(pdf: Any, part: str) -> None:
    """The twin: without tags, language, metadata or marking, the same judge complains."""
    import pikepdf

    stream = io.BytesIO()
    pdf.save(stream)
    spoiled = pikepdf.open(io.BytesIO(stream.getvalue()))
    del spoiled.Root[part]
    stream = io.BytesIO()
    spoiled.save(stream)

    assert certain(stream.getvalue())


def test_qpdf_finds_no_fault(pdf: Any) -> None:
    """Syntax, streams and the table of places are sound."""
    assert pdf.check_pdf_syntax() == []


def test_colours_are_those_of_a_profile(pdf: Any) -> None:
    """ISO 19005-2, 6.2.3: one output intent for PDF/A, with its profile inside."""
    (intent,) = pdf.Root.OutputIntents

    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_nothing_in_it_acts_or_hides(pdf: Any) -> None:
    """ISO 19005-2, 6.1 and 6.5: not encrypted, an identity, no script, no launching, no attached or outside file."""
    assert "/ID" in pdf.trailer
    assert "/Encrypt" not in pdf.trailer
    assert not {"/AA", "/OpenAction", "/AF"} & set(pdf.Root)
    acts = {"/JavaScript", "/Launch", "/ImportData", "/ResetForm", "/SubmitForm", "/Movie", "/Sound"}
    for each in dictionaries(pdf):
        assert each.get("/S") not in acts
        assert not {"/EF", "/F"} & set(each) or "/Rect" in each


def test_streams_are_packed_as_archives_allow(pdf: Any) -> None:
    """ISO 19005-2, 6.1.7: no LZW, no stream outside the file."""
    import pikepdf

    for each in dictionaries(pdf):
        if isinstance(each, pikepdf.Stream):
            assert "LZW" not in str(each.get("/Filter", ""))


def test_every_letter_can_be_drawn_and_copied(pdf: Any) -> None:
    """ISO 19005-2, 6.2.11: each typeface is inside, and says which characters its signs are."""
    fonts = [each for each in dictionaries(pdf) if each.get("/Type") == "/Font" and "/DescendantFonts" in each]

    assert len(fonts) >= 3
    for font in fonts:
        (descendant,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor)
        assert "/ToUnicode" in font


def test_links_are_printed_as_they_are_shown(pdf: Any) -> None:
    """ISO 19005-2, 6.3: every annotation is printed and none is hidden."""
    annotations = [each for each in dictionaries(pdf) if "/Rect" in each and each.get("/Subtype") == "/Link"]

    assert all(int(each.get("/F", 0)) & 0b100110 == 0b100 for each in annotations)


def test_tables_name_their_columns(pdf: Any) -> None:
    """ISO 14289-1, 7.5: every table has header cells, every picture says what it shows."""
    elements = [each for each in dictionaries(pdf) if each.get("/Type") == "/StructElem"]
    heads = [each for each in elements if each.S == "/TH"]
    tables = [each for each in elements if each.S == "/Table"]

    assert len(tables) >= 4
    assert len(heads) >= 4 * len(tables)
    assert all("/Alt" in each for each in elements if each.S == "/Figure")


@pytest.mark.system
def test_poppler_reads_the_same_letters(files: tuple[Path, Path]) -> None:
    """Text copied by another reader is Vietnamese with composed accents, all of it."""
    done = subprocess.run(["pdftotext", str(files[1]), "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "\ufffd" not in text
    assert not [char for char in text if 0xE000 <= ord(char) <= 0xF8FF]


@pytest.mark.system
def test_poppler_finds_every_typeface_inside(files: tuple[Path, Path]) -> None:
    """Another reader agrees that all faces are embedded and map to Unicode."""
    done = subprocess.run(["pdffonts", str(files[1])], capture_output=True, check=True)
    rows = [line.split() for line in done.stdout.decode().splitlines()[2:]]

    assert len(rows) >= 3
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
