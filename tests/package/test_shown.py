"""What a person sees must be what a program reads: nothing drawn over a report, nothing claimed beside the figures."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.package import asides, redrawn
from pipeline.package.attached import report_attachment
from pipeline.package.manifest import read_manifest
from pipeline.package.names import MANIFEST, SIGNATURE
from pipeline.package.signatures import differing, unexpected
from pipeline.package.verdict import Level, Verdict
from pipeline.package.verify import verify
from pipeline.report import render_report
from pipeline.signing import Look, Role, sign_pdf
from pipeline.signing.block import Box, find_blank

MOMENT = datetime(2025, 1, 15, 3, 0, tzinfo=UTC)
Verify = Callable[[Path], Verdict]
Forge = Callable[[Path], Any]

PDF, DOCX, XLSX = "bao-cao/bao-cao-2024.signed.pdf", "bao-cao/bao-cao-2024.docx", "bang-diem/bang-diem-2024.xlsx"


@pytest.fixture
def resigned(signed: Path, forge: Forge, office: Any, tmp_path: Path) -> Callable[..., Path]:
    """A package that its own commune changed and signed anew."""

    def made(changed: dict[str, bytes] | None = None, change: Callable[[dict[str, Any]], None] | None = None) -> Path:
        path = tmp_path / "goi.zip"
        first = forge(signed)
        first.files |= changed or {}
        forgery = forge(first.save_consistently(path))
        if change:
            told = json.loads(forgery.files[MANIFEST])
            change(told)
            forgery.files[MANIFEST] = read_manifest(json.dumps(told).encode()).as_bytes()
        forgery.files[SIGNATURE] = office.sign(forgery.files[MANIFEST])
        return Path(forgery.save(path))

    return made


def updated(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """A PDF with an update at its end."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def note(writer: Any) -> None:
    """A note on the first page that covers half of it."""
    from pyhanko.pdf_utils import generic

    page = writer.find_page_for_modification(0)[0].get_object()
    look = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.TextStringObject("95 điểm"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 400))),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(look)])
    writer.update_container(page)


def turned(writer: Any) -> None:
    """The first page upside down."""
    from pyhanko.pdf_utils import generic

    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def layered(writer: Any) -> None:
    """Layers that a reader can switch on and off."""
    from pyhanko.pdf_utils import generic

    writer.root["/OCProperties"] = generic.DictionaryObject()
    writer.update_root()


def field(kind: str) -> Callable[[Any], None]:
    """A field over the first page that is not the place of a signature, though it has a value."""

    def change(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        name = generic.pdf_name
        look = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 400 200 re f"))
        entries = {
            "/Type": name("/Annot"),
            "/Subtype": name("/Widget"),
            "/FT": name(kind),
            "/T": generic.TextStringObject("o"),
            "/V": generic.DictionaryObject(),
            "/Rect": generic.ArrayObject(map(generic.NumberObject, (100, 200, 500, 400))),
            "/AP": generic.DictionaryObject({name("/N"): look}),
        }
        page = writer.find_page_for_modification(0)[0].get_object()
        laid = writer.add_object(generic.DictionaryObject({name(key): entries[key] for key in entries}))
        page["/Annots"] = generic.ArrayObject([laid])
        writer.update_container(page)

    return change


def commanded(key: str, value: str) -> Callable[[Any], None]:
    """An entry of the catalog that a reader obeys."""

    def change(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        writer.root[key] = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name(value)})
        writer.update_root()

    return change


def told(verdict: Verdict) -> set[tuple[str, str]]:
    """What was found against it: code and file."""
    return {(finding.code, finding.place.path) for finding in verdict.findings} - {
        ("Z121", MANIFEST),
        ("Z122", MANIFEST),
    }


def test_an_honest_package_is_what_the_figures_draw(resigned: Callable[..., Path], verified: Verify) -> None:
    """Report, Word file and spreadsheet are made once more and found alike; signatures may be added to the report."""
    assert told(verified(resigned())) == set()


@pytest.mark.parametrize(
    "change",
    [
        note,
        turned,
        layered,
        pytest.param(field("/Tx"), id="a text field"),
        pytest.param(field("/Btn"), id="a button"),
        pytest.param(field("/Sig"), id="a field that no signature fills"),
        pytest.param(commanded("/OpenAction", "/JavaScript"), id="a script"),
        pytest.param(commanded("/Collection", "/D"), id="a portfolio"),
    ],
)
def test_what_was_laid_over_a_report_before_it_was_signed_is_noticed(
    change: Callable[[Any], None], resigned: Callable[..., Path], office: Any, verified: Verify
) -> None:
    """Z124: the tables that a program reads are right, what the Chairman signed shows something else."""
    pdf = render_report(office.dossier, (report_attachment(office.dossier),)).pdf
    report = office.authority.sign(updated(pdf, change))
    verdict = verified(resigned({PDF: report}))

    assert told(verdict) == {("Z124", PDF)}
    assert verdict.level is Level.REMARKS


@pytest.mark.parametrize("page", [0, -1], ids=["on another page", "beyond the blank"])
def test_a_look_that_reaches_out_of_the_place_of_a_signature_is_noticed(
    resigned: Callable[..., Path], office: Any, verified: Verify, page: int
) -> None:
    """Z124: a good signature may show whatever its signer likes, but not over the report."""
    pdf = render_report(office.dossier, (report_attachment(office.dossier),)).pdf
    blank = find_blank(pdf)
    box = Box(0, 60, 300, 540, 570) if page == 0 else replace(blank, left=60, right=540, top=blank.top + 200)
    report = sign_pdf(pdf, office.authority.person, Role.PERSON, moment=MOMENT, look=Look(blank=box))
    report = sign_pdf(report, office.authority.organisation, Role.ORGANISATION, moment=MOMENT)

    assert told(verified(resigned({PDF: report}))) == {("Z124", PDF)}


def test_a_guide_that_tells_something_else_is_noticed(
    signed: Path, forge: Forge, resigned: Callable[..., Path], verified: Verify
) -> None:
    """Z124: people believe what a file called “read first” says."""
    name = forge(signed).named("DOC-TRUOC.txt")
    false = forge(signed).files[name] + "Tổng điểm 99,99.".encode()

    assert told(verified(resigned({name: false}))) == {("Z124", name)}


def rewritten(office_file: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """An office file with something replaced in one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
    return stream.getvalue()


def test_hidden_text_in_the_word_file_is_noticed(
    signed: Path, forge: Forge, resigned: Callable[..., Path], verified: Verify
) -> None:
    """Z124: words that no reader sees, or that show only when changes are shown, leave the tables as they are."""
    word = rewritten(forge(signed).files[DOCX], "word/document.xml", b"<w:rPr>", b"<w:rPr><w:vanish/>")

    assert told(verified(resigned({DOCX: word}))) == {("Z124", DOCX)}


def test_a_hidden_sheet_is_noticed(signed: Path, forge: Forge, resigned: Callable[..., Path], verified: Verify) -> None:
    """Z124: all cells are right, one sheet of them is out of sight."""
    book = openpyxl.load_workbook(io.BytesIO(forge(signed).files[XLSX]))
    book["1"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)

    assert told(verified(resigned({XLSX: stream.getvalue()}))) == {("Z124", XLSX)}


def test_a_report_that_takes_too_long_to_draw_is_not_waited_for(
    resigned: Callable[..., Path], verified: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Z124 for report and Word file: their tables were read, their look was not held against anything."""
    monkeypatch.setattr(asides, "SECONDS_OF_DRAWING", 0)

    assert told(verified(resigned())) == {("Z124", PDF), ("Z124", DOCX)}


def test_signatures_that_take_too_long_to_judge_are_not_trusted(
    resigned: Callable[..., Path], verified: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Z111 for both: what could not be looked at is not taken for good."""
    monkeypatch.setattr(asides, "SECONDS_OF_JUDGING", 0)

    verdict = verified(resigned())

    assert told(verdict) == {("Z111", SIGNATURE), ("Z111", PDF)}
    assert verdict.level is Level.INVALID


def test_inputs_too_long_to_draw_are_not_drawn(
    resigned: Callable[..., Path], verified: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, without trying."""
    monkeypatch.setattr(redrawn, "MOST", 10)

    assert told(verified(resigned())) == {("Z124", PDF), ("Z124", DOCX)}


def test_nothing_beside_the_package_is_run(
    resigned: Callable[..., Path], verified: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that calls itself like a module, in the folder that a stranger's package was laid into, stays a file."""
    path = resigned()
    for name in ("pickle", "typst", "pypandoc", "resource"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert told(verified(path)) == set()
    assert not (tmp_path / "run").exists()


def _set(key: str, value: object, inside: str = "") -> Callable[[dict[str, Any]], None]:
    def change(manifest: dict[str, Any]) -> None:
        (manifest[inside] if inside else manifest)[key] = value

    return change


def _class_of_scans(manifest: dict[str, Any]) -> None:
    for entry in manifest["files"]:
        if entry["document"]:
            entry["evidence_class"] = "noi_bo"


def _class_of_left_out(manifest: dict[str, Any]) -> None:
    for entry in manifest["left_out"]:
        entry["evidence_class"] = "cong_khai"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_set("band", "Xuất sắc", "total"), "xếp loại"),
        (_set("maximum", "17", "total"), "điểm tối đa"),
        (_set("percent", "99", "total"), "tỷ lệ điểm"),
        (_set("missing", 3, "total"), "số tiêu chí chưa chấm"),
        (_set("body", "UBND xã Khác"), "đơn vị"),
        (_set("criteria_set", "khac"), "bộ tiêu chí"),
        (_set("state", "0" * 64), "mã băm của số liệu"),
        (_set("scope", "noi_bo"), "phạm vi bản chụp gửi kèm"),
        (_set("illustrative", False), "số liệu minh họa"),
        (_class_of_scans, "mức công bố của tài liệu TL01"),
        (_class_of_left_out, "mức công bố của tài liệu TL02"),
    ],
)
def test_a_manifest_claims_nothing_that_the_figures_do_not_give(
    change: Callable[[dict[str, Any]], None], word: str, resigned: Callable[..., Path], verified: Verify
) -> None:
    """Z117: its own signer may not say that illustrative figures are real ones, or that internal papers are public."""
    verdict = verified(resigned(change=change))

    assert word in "\n".join(
        each.message for each in verdict.findings if (each.code, each.place.path) == ("Z117", MANIFEST)
    )
    assert verdict.level is Level.INVALID


@pytest.mark.parametrize("points", ["1E+999999999", "1E-999999999", "9" * 40])
def test_a_number_that_would_keep_a_program_busy_is_refused(
    points: str, unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """Z107: written out, it would fill the memory."""
    forgery = forge(unsigned)
    path = forgery.save(tmp_path / "goi.zip")
    content = forgery.files[MANIFEST].replace(b'"points": "15.49"', f'"points": "{points}"'.encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(stream, "w") as made:
        for name in archive.namelist():
            made.writestr(name, content if name == MANIFEST else archive.read(name))
    path.write_bytes(stream.getvalue())

    assert told(verified(path)) == {("Z107", MANIFEST)}


class _Signer:
    """Signatures as verifying gives them, told by name."""

    def __init__(self, verdict: Verdict) -> None:
        self._some = next(each for each in verdict.signatures if each.path == SIGNATURE)

    def __call__(self, path: str, name: str) -> Any:
        return replace(self._some, path=path, verdict=replace(self._some.verdict, signer=name))


@pytest.fixture
def by(signed: Path, office: Any) -> _Signer:
    """Make a signature of somebody."""
    return _Signer(verify(signed, office.authority.trust))


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("Nguyễn Văn An", True),
        ("CHỦ TỊCH NGUYỄN VĂN AN, UBND xã Mẫu", True),
        ("Nguyễn Văn An (Chủ tịch)", True),
        ("Nguyễn Văn Anh", False),
        ("Nguyễn Văn An Bình", False),
        ("Trần Thị Bình", False),
    ],
)
def test_the_signatory_is_known_by_the_whole_name(by: _Signer, certificate: str, expected: bool) -> None:
    """A certificate of Anh does not sign for An."""
    found = list(unexpected((by(PDF, certificate),), PDF, "Nguyễn Văn An"))

    assert (found == []) is expected


def test_who_packs_what_another_signed_is_named(by: _Signer) -> None:
    """Z112: somebody with a certificate of their own could exchange every file but the report."""
    report = by(PDF, "Nguyễn Văn An")
    (finding,) = differing((report, by(SIGNATURE, "Trần Thị Bình")), PDF)

    assert finding.code == "Z112"
    assert "“Trần Thị Bình”" in finding.message
    assert list(differing((report, by(SIGNATURE, "Nguyễn Văn An")), PDF)) == []
