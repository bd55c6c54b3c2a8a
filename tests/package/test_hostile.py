"""Contents made to do harm are not looked into, and memory stays small whatever a file unpacks to."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.package.manifest import LARGEST
from pipeline.package.names import MANIFEST
from pipeline.package.office_guard import MOST_TAGS
from pipeline.package.pdf_guard import LARGEST_STREAMS, MOST_WORDS, fault_of
from pipeline.package.recompute import MOST_WORDS as MOST_VALUES
from pipeline.package.verdict import Level, Verdict
from pipeline.package.verify import verify
from pipeline.signing import Trust

Forge = Callable[[Path], Any]

JSON, XLSX = "bang-diem/bang-diem-2024.json", "bang-diem/bang-diem-2024.xlsx"
PDF, DOCX = "bao-cao/bao-cao-2024.pdf", "bao-cao/bao-cao-2024.docx"
AREA = "du-lieu/docs/2024/1-chi-dao-dieu-hanh.md"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'

MOST_MEMORY = 300
"""Megabytes."""

# The kernel's own mark of the process: what getrusage tells would begin with the memory of the tests themselves.
MEASURED = """
import sys
from pathlib import Path
from pipeline.package.verify import verify
from pipeline.signing import Trust
verdict = verify(Path(sys.argv[1]), Trust())
print(verdict.level.name, *sorted({finding.code for finding in verdict.findings}))
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def told(verdict: Verdict) -> set[tuple[str, str]]:
    """What was found: code and file."""
    return {(finding.code, finding.place.path) for finding in verdict.findings}


def spoilt(office_file: bytes, part: str) -> bytes:
    """An office file with a document type in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"?>", b"?>" + DOCTYPE, 1) if name == part else content)
    return stream.getvalue()


@pytest.mark.parametrize(("path", "part"), [(DOCX, "word/document.xml"), (XLSX, "xl/worksheets/sheet2.xml")])
def test_entities_in_office_files_are_refused(
    path: str, part: str, unsigned: Path, forge: Forge, tmp_path: Path
) -> None:
    """Z119: the file is named and not parsed."""
    forgery = forge(unsigned)
    forgery.files[path] = spoilt(forgery.files[path], part)
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z119", path) in told(verdict)
    assert verdict.level is Level.INVALID


@pytest.mark.parametrize(("path", "part"), [(DOCX, "word/document.xml"), (XLSX, "xl/sharedStrings.xml")])
def test_office_files_that_would_fill_the_memory_are_refused(
    path: str, part: str, unsigned: Path, forge: Forge, tmp_path: Path
) -> None:
    """Z119: a few kilobytes of repeated tags become hundreds of megabytes as a tree."""
    forgery = forge(unsigned)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(forgery.files[path])) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            more = b"<!-- -->" * MOST_TAGS if name == part else b""
            new.writestr(name, old.read(name) + more)
    forgery.files[path] = stream.getvalue()
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z119", path) in told(verdict)


@pytest.mark.parametrize("path", [JSON, XLSX, DOCX, PDF])
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"[" * 100_000, b"PK\x03\x04", b"%PDF-1.7\n1 0 obj"])
def test_files_that_are_something_else_are_refused(
    path: str, content: bytes, unsigned: Path, forge: Forge, tmp_path: Path
) -> None:
    """Z119 or Z117, never a crash; JSON may not nest without end either."""
    forgery = forge(unsigned)
    forgery.files[path] = content
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert {code for code, place in told(verdict) if place == path} & {"Z117", "Z119"}
    assert verdict.level is Level.INVALID


@pytest.mark.parametrize(
    "front",
    [
        "---\na: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n---\n",
        "---\n" + "[" * 10_000 + "\n---\n",
        "---\na: !!python/object/apply:os.system [id]\n---\n",
    ],
    ids=["aliases", "deep", "object"],
)
def test_hostile_yaml_is_refused(front: str, unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z116 at the input file: aliases, depth and tags are no data of an officer."""
    forgery = forge(unsigned)
    forgery.files[AREA] = front.encode()
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z116", AREA) in told(verdict)
    assert verdict.level is Level.INVALID


def _manifest(forgery: Any, change: Callable[[dict[str, Any]], None]) -> bytes:
    manifest = json.loads(forgery.files[MANIFEST])
    change(manifest)
    return json.dumps(manifest).encode()


def test_inputs_of_too_many_values_are_refused(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z105: two megabytes of commas would be half a gigabyte of values."""
    forgery = forge(unsigned)
    forgery.files[AREA] = b"---\na: [" + b"1," * MOST_VALUES + b"]\n---\n"
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z105", AREA) in told(verdict)
    assert verdict.level is Level.INVALID


def test_prose_of_too_many_marks_is_refused(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z105: a megabyte of emphasised letters would be four hundred of paragraphs."""
    forgery = forge(unsigned)
    forgery.files[AREA] += b"**a** " * (MOST_VALUES // 4 + 1)
    says, memory = measured(forgery.save_consistently(tmp_path / "goi.zip"))

    assert "Z105" in says
    assert memory < MOST_MEMORY


def test_inputs_lie_only_where_inputs_lie(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z116: a file is not laid into the folder of the recalculation because a manifest calls it an input."""
    forgery = forge(unsigned)
    forgery.files["du-lieu/pipeline/__init__.py"] = b"raise SystemExit"
    entry = {"path": "du-lieu/pipeline/__init__.py", "size": 0, "sha256": "0" * 64}
    entry |= {"role": "du_lieu", "evidence_class": "cong_khai"}
    forgery.files[MANIFEST] = _manifest(forgery, lambda told: told["files"].append(entry))
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z116", "du-lieu/pipeline/__init__.py") in told(verdict)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"nul",
        b"\xff",
        b"[" * 1_000_000,
        b'{"a":' * 300_000,
        b'{"format": "cchc-manifest/2"}',
        b'{"format": "cchc-manifest/1", "format": "cchc-manifest/1"}',
        b'{"year": NaN}',
    ],
    ids=["empty", "nothing", "list", "cut", "no-text", "lists", "objects", "format", "twice", "constant"],
)
def test_a_manifest_that_is_none_is_refused(content: bytes, unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z107, whatever it is."""
    forgery = forge(unsigned)
    path = forgery.save(tmp_path / "goi.zip")
    path.write_bytes(_reframed(path, content))
    verdict = verify(path, Trust())

    assert told(verdict) == {("Z107", MANIFEST)}
    assert verdict.level is Level.INVALID


def _reframed(path: Path, new: bytes) -> bytes:
    """The archive with another manifest in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(stream, "w") as made:
        for name in archive.namelist():
            made.writestr(name, new if name == MANIFEST else archive.read(name))
    return stream.getvalue()


def test_a_manifest_that_names_a_file_twice_is_refused(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z107: nobody knows which of the two hashes counts."""
    forgery = forge(unsigned)
    forgery.files[MANIFEST] = _manifest(forgery, lambda told: told["files"].append(told["files"][-1]))
    verdict = verify(forgery.save(tmp_path / "goi.zip"), Trust())

    assert ("Z107", MANIFEST) in told(verdict)


def _pdf(filters: bytes, content: bytes) -> bytes:
    dictionary = b"<< /Length %d /Filter %s >>" % (len(content), filters)
    return b"%PDF-1.7\n1 0 obj\n" + dictionary + b"\nstream\n" + content + b"\nendstream\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    "filters",
    [
        b"[/FlateDecode /FlateDecode]",
        b"[/FlateDecode %\n/FlateDecode]",
        b"/LZWDecode",
        b"[ /ASCIIHexDecode ]",
        b"/RunLengthDecode",
        b"/#4cZWDecode",
        b"/FlateDecode /F#69lter /LZWDecode",
        b"12 0 R",
        b"%\n/FlateDecode",
    ],
)
def test_stacked_and_strange_filters_of_a_pdf_are_refused(filters: bytes) -> None:
    """What a stream unpacks to could not be told without unpacking it."""
    assert fault_of(_pdf(filters, b"x")) == "có luồng nén nhiều lớp hoặc nén bằng cách lạ"


def test_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """Z101 for a report by itself; counted over all streams, never holding one of them."""
    content = zlib.compress(bytes(LARGEST_STREAMS + 1), 9)
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(_pdf(b"/FlateDecode", content))

    assert told(verify(path, Trust())) == {("Z101", "bao-cao.pdf")}


@pytest.mark.parametrize(
    "dictionary",
    [
        b"<< >>",
        b"<< /Filter /FlateDecode /X (1 0 obj << ) >>",
        b"<< /Filter /FlateDecode " + b" " * 10_000 + b">>",
        b"<< /Type /ObjStm /Subtype /Image /Filter /FlateDecode >>",
        b"<< /Subtype /Image /X (obj) /Filter /FlateDecode >>",
    ],
    ids=["no-filter", "hidden", "far", "object-stream", "text"],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b" \n"])
def test_a_bomb_counts_whatever_it_calls_itself(dictionary: bytes, end: bytes) -> None:
    """Every stream that can be unpacked is, as far as the limit."""
    content = zlib.compress(bytes(LARGEST_STREAMS + 1), 9)
    pdf = b"%PDF-1.7\n1 0 obj\n" + dictionary + b"\nstream" + end + content + b"\nendstream\nendobj\n%%EOF\n"

    assert fault_of(pdf) == "bung ra quá lớn: tệp nén kiểu bom"


def test_a_pdf_of_too_many_objects_is_refused() -> None:
    """A megabyte of numbers would be hundreds in memory, also where they pose as a stream."""
    numbers = b"[" + b"1 " * MOST_WORDS + b"]"
    for body in (numbers, b"%stream\n" + numbers + b"\n%endstream", b"[" * MOST_WORDS + b"]" * MOST_WORDS):
        assert fault_of(b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\n%%EOF\n") == "có quá nhiều đối tượng"


def measured(path: Path) -> tuple[str, int]:
    """What a verifying process says, and the most memory that it took, in megabytes."""
    run = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    says, memory = run.stdout.splitlines()
    return says, int(memory)


def test_memory_stays_small_for_bombs_and_giants(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """A scan of 600 MB, a manifest of the largest size, and a report that unpacks to a gigabyte."""
    giant = forge(unsigned)
    giant.files[giant.named("TL01.pdf")] = bytes(600_000_000)
    giant.files[PDF] = _pdf(b"/FlateDecode", zlib.compress(bytes(1_000_000_000), 1))
    giant.files[MANIFEST] = giant.files[MANIFEST].rstrip() + b" " * (LARGEST - len(giant.files[MANIFEST]))
    path = giant.save(tmp_path / "goi.zip")
    del giant
    says, memory = measured(path)

    assert says.startswith("INVALID")
    assert memory < MOST_MEMORY


@pytest.mark.parametrize(
    "content",
    [
        b'{"files": [' + b"1," * 1_900_000 + b"1]}",
        b'{"files": [' + b"{}," * 1_300_000 + b"1]}",
        b"{" + b",".join(b'"%d": 1' % number for number in range(300_000)) + b"}",
    ],
    ids=["numbers", "objects", "keys"],
)
def test_memory_stays_small_for_a_manifest_full_of_faults(
    content: bytes, unsigned: Path, forge: Forge, tmp_path: Path
) -> None:
    """The first fault is enough."""
    forgery = forge(unsigned)
    path = forgery.save(tmp_path / "goi.zip")
    path.write_bytes(_reframed(path, content))
    says, memory = measured(path)

    assert says == "INVALID Z107"
    assert memory < MOST_MEMORY


def test_memory_stays_small_for_a_pdf_just_below_the_limit(tmp_path: Path) -> None:
    """All the objects that are let through, in the place where every library reads them."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R /X [" + b"1 " * (MOST_WORDS - 500) + b"] >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        b"<< /ByteRange [0 1 2 3] >>",
    )
    pdf, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(pdf)
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(pdf + b"xref\n0 5\n0000000000 65535 f \n" + table + end)
    says, memory = measured(path)

    assert says.startswith("INVALID Z111")
    assert memory < MOST_MEMORY


def test_memory_stays_small_for_an_honest_giant(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """All that is looked into is small, all that is large is only hashed."""
    giant = forge(unsigned)
    giant.files[giant.named("quyen-kiem-chung-2024.pdf")] = bytes(400_000_000)
    path = giant.save_consistently(tmp_path / "goi.zip")
    del giant
    says, memory = measured(path)

    assert says == "REMARKS Z113 Z121 Z122"
    assert memory < MOST_MEMORY


def test_nothing_is_written_but_in_a_folder_that_is_gone(
    unsigned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither beside the package nor where temporary files go is anything left."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = sorted(unsigned.parent.iterdir())
    verify(unsigned, Trust())

    assert sorted(unsigned.parent.iterdir()) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", ["huong_dan", "ban_chup", "du_lieu"])
def test_a_report_cannot_hide_behind_another_kind(role: str, unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z107: a second PDF among the reports would go unlooked at if its kind were believed."""
    forgery = forge(unsigned)
    forgery.files["bao-cao/bao-cao-that.pdf"] = b"%PDF-1.7"
    entry = {"path": "bao-cao/bao-cao-that.pdf", "size": 0, "sha256": "0" * 64, "role": role}
    entry |= {"evidence_class": "cong_khai"}
    forgery.files[MANIFEST] = _manifest(forgery, lambda told: told["files"].insert(0, entry))
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z107", "bao-cao/bao-cao-that.pdf") in told(verdict)


def test_a_package_without_its_tables_is_none(unsigned: Path, forge: Forge, tmp_path: Path) -> None:
    """Z107: leaving out what would contradict does not make it true."""
    forgery = forge(unsigned)
    del forgery.files[JSON]
    keep = lambda entry: entry["path"] != JSON  # noqa: E731 -- one line where it is used
    forgery.files[MANIFEST] = _manifest(forgery, lambda told: told.update(files=list(filter(keep, told["files"]))))
    verdict = verify(forgery.save_consistently(tmp_path / "goi.zip"), Trust())

    assert ("Z107", MANIFEST) in told(verdict)
    assert verdict.level is Level.INVALID
