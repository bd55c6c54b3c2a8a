"""Files that are damaged, locked, huge or meant to harm: a finding each, in bounded memory, never a traceback."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, strategies

from pipeline.conformance import lint
from pipeline.decree import PaperFiles
from pipeline.model.finding import Finding

BOUND = 80_000_000
"""Bytes that looking at a hostile file may take."""


def refused(content: bytes) -> Finding:
    """The one finding about a file that is not read, come to within bounded memory and time."""
    tracemalloc.start()
    started = time.perf_counter()
    try:
        findings = lint("la.pdf", content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < BOUND
    assert time.perf_counter() - started < 20
    (finding,) = findings
    assert finding.place == ("la.pdf", 0, 0)
    return finding


def pdf(*objects: bytes) -> bytes:
    """A PDF of hand-made objects, the first its catalogue; readers mend the missing table of places."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R /Size %d>>\n%%%%EOF" % (len(objects) + 1)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """An object with packed content."""
    packed = zlib.compress(content, 9)
    head = b"<</Filter/FlateDecode/Length %d %s>>" % (len(packed), extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page with some content."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"khong phai van ban" * 100, b"PK\x03\x04" + b"\0" * 500, bytes(range(256)) * 40, b"%PDF-1.7\n" * 50],
)
def test_what_is_neither(content: bytes) -> None:
    """What is no document is told as such."""
    assert refused(content).code == "W101"


def test_what_a_file_is_its_bytes_say(small_files: PaperFiles) -> None:
    """A PDF under the name of a Word file is read as a PDF."""
    assert lint("bao-cao.docx", small_files.pdf) == ()
    assert lint("bao-cao.pdf", small_files.docx) == ()


def test_a_word_file_with_a_document_type(small_files: PaperFiles) -> None:
    """Entities have no place in a Word file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_files.docx)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            evil = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            new.writestr(name, part.replace(b"<w:document", evil + b"<w:document", 1))

    assert refused(packed.getvalue()).code == "W102"


def test_a_word_file_that_unpacks_without_end() -> None:
    """A gigabyte of nothing is not unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 200_000_000)

    assert refused(packed.getvalue()).code == "W102"


@pytest.mark.parametrize("password", ["", "bí mật"])
def test_a_locked_pdf(small_files: PaperFiles, password: str) -> None:
    """With a password, or only with restricted rights: both are refused, since papers of the office have neither."""
    import pikepdf

    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_files.pdf)) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="chủ", user=password))

    finding = refused(locked.getvalue())

    assert finding.code == "W101"
    assert "mật khẩu" in finding.message


def test_a_pdf_that_unpacks_without_end() -> None:
    """A stream of zeros is measured in pieces and given up."""
    assert refused(one_page(stream(b" " * 70_000_000))).code == "W102"


def test_a_pdf_packed_twice() -> None:
    """What is packed inside what is packed shows its size only when it is too late."""
    inner = zlib.compress(b" " * 50_000_000, 9)
    twice = stream(inner).replace(b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]")

    assert refused(one_page(twice)).code == "W102"


def test_a_page_with_too_many_instructions() -> None:
    """A page that would take minutes to draw is not drawn."""
    assert refused(one_page(stream(b"0 0 1 1 re f\n" * 300_000))).code == "W102"


def test_forms_that_call_each_other() -> None:
    """Ten forms, each drawing the next ten times, would draw ten thousand millions."""
    forms = [
        stream(
            b"/F Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (number + 1),
        )
        for number in range(5, 15)
    ]
    last = stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")

    assert refused(one_page(stream(b"/F Do"), *forms, last, resources=b"/XObject<</F 5 0 R>>")).code == "W102"


def test_a_form_that_calls_itself() -> None:
    """It never ends, so it does not begin."""
    itself = stream(b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")

    assert refused(one_page(stream(b"/F Do"), itself, resources=b"/XObject<</F 5 0 R>>")).code == "W102"


def test_thousands_of_loose_letters(codes: Callable[[str, bytes], set[str]]) -> None:
    """A page full of single letters far from each other is read in bounded time."""
    letters = b"".join(b"1 0 0 1 %d %d Tm (x) Tj " % (x, y) for y in range(10, 840, 8) for x in range(5, 590, 12))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
    content = one_page(stream(b"BT /T 4 Tf " + letters + b"ET"), font, resources=b"/Font<</T 5 0 R>>")
    started = time.perf_counter()

    assert "W103" in codes("la.pdf", content)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_damage_anywhere_is_a_finding(small_files: PaperFiles, kind: str, seed: int) -> None:
    """Bytes changed, cut out or doubled: the answer is findings, whatever they are, with a text in Vietnamese."""
    chance = random.Random(seed)
    content = bytearray(getattr(small_files, kind))
    for _ in range(chance.choice([1, 5, 200])):
        at = chance.randrange(len(content) or 1)
        match chance.randrange(3):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[at : at + chance.choice([1, 100, 5000])]
            case _:
                content[at:at] = content[at : at + 300]

    assert all(finding.message and finding.mend for finding in lint(f"a.{kind}", bytes(content)))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_part_inside_a_sound_archive(small_files: PaperFiles, seed: int) -> None:
    """XML whose values are nonsense: numbers that are none, elements in the wrong place, missing parts."""
    chance = random.Random(seed)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_files.docx)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for _ in range(chance.randrange(6)):
                pieces = part.split(b'"')
                at = chance.randrange(len(pieces))
                pieces[at] = chance.choice([b"", b"-1", b"99999999999999999999", b"\xc2\xb2", b"x" * 50, b"none"])
                part = b'"'.join(pieces)
            if chance.random() > 0.05 or name == "word/document.xml":
                new.writestr(name, part)

    assert all(finding.message for finding in lint("a.docx", packed.getvalue()))


@given(strategies.binary(max_size=400), strategies.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b""]))
def test_any_bytes_have_an_answer(rest: bytes, start: bytes) -> None:
    """No bytes make a traceback."""
    assert lint("a", start + rest)
