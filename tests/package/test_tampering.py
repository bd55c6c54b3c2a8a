"""Whatever is changed in a package or a report is noticed, and what was changed is named."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from pipeline.package.attached import report_attachment
from pipeline.package.names import MANIFEST, SIGNATURE
from pipeline.package.signatures import detached, enclosed
from pipeline.package.verdict import Level, Verdict
from pipeline.package.verify import integrity, verify
from pipeline.report import render_report
from pipeline.signing import Trust

Verify = Callable[[Path], Verdict]
Forge = Callable[[Path], Any]
PLACES = 1000

JSON, XLSX = "bang-diem/bang-diem-2024.json", "bang-diem/bang-diem-2024.xlsx"
PDF, DOCX = "bao-cao/bao-cao-2024.pdf", "bao-cao/bao-cao-2024.docx"
AREA = "du-lieu/docs/2024/1-chi-dao-dieu-hanh.md"


def flipped(content: bytes, seed: int, count: int = PLACES) -> Iterator[tuple[int, bytes]]:
    """The content with one byte turned into another, at random places."""
    chance = random.Random(seed)
    for _ in range(count):
        at = chance.randrange(len(content))
        changed = bytearray(content)
        changed[at] ^= chance.randrange(1, 256)
        yield at, bytes(changed)


def told(verdict: Verdict) -> set[tuple[str, str]]:
    """What was found: code and file."""
    return {(finding.code, finding.place.path) for finding in verdict.findings}


def messages(verdict: Verdict, code: str) -> str:
    """Everything that was said with one code."""
    return "\n".join(finding.message for finding in verdict.findings if finding.code == code)


def test_a_turned_byte_anywhere_in_a_package_is_noticed_and_its_file_named(
    signed: Path, authority: Any, tmp_path: Path
) -> None:
    """Contents, manifest, signature and the frame of the archive alike, by the steps that look at bytes alone."""
    path, whole = tmp_path / signed.name, signed.read_bytes()
    with zipfile.ZipFile(signed) as archive:
        starts = {member.header_offset: member.filename for member in archive.infolist()}
        end = archive.start_dir

    assert integrity(signed, authority.trust).findings == ()
    for at, content in flipped(whole, 1):
        path.write_bytes(content)
        places = {finding.place.path for finding in integrity(path, authority.trust).findings}
        owner = starts[max(start for start in starts if start <= at)]
        assert places, at
        assert at >= end or owner in places or path.name in places, (at, owner, places)


def test_a_turned_byte_anywhere_in_a_signed_report_is_noticed(office: Any) -> None:
    """The signature's own container and the padding around it alike."""
    pdf, trust = office.signed_report, office.authority.trust

    assert enclosed("bao-cao.pdf", pdf, trust)[1] == ()
    assert [at for at, content in flipped(pdf, 2) if not enclosed("bao-cao.pdf", content, trust)[1]] == []


@pytest.mark.parametrize("word", [b"/ByteRange [", b"/SubFilter /ETSI.CAdES.detached", b"/Type /Sig"])
def test_a_spoilt_word_of_a_signature_does_not_make_a_report_unsigned(office: Any, word: bytes) -> None:
    """Z111 whichever of its letters is another: the signature left traces."""
    pdf, trust = office.signed_report, office.authority.trust
    start = pdf.rindex(word)
    spoilt = [pdf[:at] + b"x" + pdf[at + 1 :] for at in range(start, start + len(word))]

    found = [enclosed("bao-cao.pdf", content, trust)[1] for content in spoilt]

    assert [{finding.code for finding in each} for each in found] == [{"Z111"}] * len(word)


def test_a_turned_byte_anywhere_in_a_manifest_or_its_signature_is_noticed(
    forge: Forge, signed: Path, office: Any
) -> None:
    """Also when an attacker makes the archive around them anew."""
    files, trust = forge(signed).files, office.authority.trust
    manifest, signature = files[MANIFEST], files[SIGNATURE]

    assert detached(manifest, signature, trust)[1] == ()
    assert [at for at, content in flipped(manifest, 3, 500) if not detached(content, signature, trust)[1]] == []
    assert [at for at, content in flipped(signature, 4, 500) if not detached(manifest, content, trust)[1]] == []


@pytest.mark.parametrize("ending", [AREA, JSON, XLSX, DOCX, "TL01.pdf", "quyen-kiem-chung-2024.pdf", "DOC-TRUOC.txt"])
def test_a_replaced_file_is_named(ending: str, signed: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """Z110 at its path, even if the archive itself was made anew."""
    forgery = forge(signed)
    name = forgery.named(ending)
    forgery.files[name] += b" "
    verdict = verified(forgery.save(tmp_path / "goi.zip"))

    assert ("Z110", name) in told(verdict)
    assert verdict.level is Level.INVALID


def test_an_added_file_is_named(signed: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """Z108, wherever it lies."""
    forgery = forge(signed)
    forgery.files["bao-cao/bao-cao-moi.pdf"] = b"%PDF-1.7"
    verdict = verified(forgery.save(tmp_path / "goi.zip"))

    assert ("Z108", "bao-cao/bao-cao-moi.pdf") in told(verdict)
    assert verdict.level is Level.INVALID


def test_a_removed_file_is_named(signed: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """Z109 at its path."""
    forgery = forge(signed)
    name = forgery.named("TL01.pdf")
    del forgery.files[name]
    verdict = verified(forgery.save(tmp_path / "goi.zip"))

    assert ("Z109", name) in told(verdict)
    assert verdict.level is Level.INVALID


def test_swapped_files_are_both_named(signed: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """Two scans that changed places prove other points than they should."""
    forgery = forge(signed)
    one, other = AREA, "du-lieu/docs/2024/2-thu-tuc-hanh-chinh.md"
    forgery.files[one], forgery.files[other] = forgery.files[other], forgery.files[one]
    verdict = verified(forgery.save(tmp_path / "goi.zip"))

    assert {("Z110", one), ("Z110", other)} <= told(verdict)


def test_a_manifest_made_anew_loses_its_signature(signed: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """Z111 for the manifest; the signed report still knows the figures that it was made from."""
    forgery = forge(signed)
    forgery.replace(AREA, b"so_lieu:", b"so_lieu: ")
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert ("Z111", SIGNATURE) in told(verdict)
    assert ("Z114", AREA) in told(verdict)


def test_a_signature_taken_away_leaves_the_report_to_tell(
    signed: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """The manifest is unsigned then, and what the Chairman signed speaks of other figures."""
    forgery = forge(signed)
    del forgery.files[SIGNATURE]
    forgery.replace(AREA, b"so_lieu:", b"so_lieu: ")
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert {("Z113", MANIFEST), ("Z114", AREA)} <= told(verdict)
    assert verdict.level is Level.INVALID


def test_a_report_of_another_hand_is_no_report_of_the_commune(
    signed: Path, forge: Forge, office: Any, stranger: Any, tmp_path: Path
) -> None:
    """A signer whose authority only has the same name is refused by who named the right one."""
    verdict = verify(signed, stranger.trust)

    assert {("Z111", SIGNATURE), ("Z111", "bao-cao/bao-cao-2024.signed.pdf")} <= told(verdict)
    assert verdict.level is Level.INVALID


def test_who_names_no_authority_learns_that_trust_is_open(signed: Path) -> None:
    """Z112, not more and not less."""
    verdict = verify(signed, Trust())

    assert {("Z112", SIGNATURE), ("Z112", "bao-cao/bao-cao-2024.signed.pdf")} <= told(verdict)
    assert verdict.level is Level.REMARKS


# With no signature at all, only computing the scores once more can tell.


def test_a_changed_figure_contradicts_every_table(
    unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """The criterion is named in JSON, spreadsheet, PDF and Word, and the report names the file that changed."""
    forgery = forge(unsigned)
    forgery.replace(AREA, b"hoan_thanh: 19", b"hoan_thanh: 20")
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert {("Z117", name) for name in (JSON, XLSX, PDF, DOCX, MANIFEST)} <= told(verdict)
    assert ("Z114", AREA) in told(verdict)
    assert "tiêu chí 1.1.3" in messages(verdict, "Z117")


def test_a_changed_score_in_the_json_is_named(unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path) -> None:
    """By its criterion and with both values."""
    forgery = forge(unsigned)
    data = json.loads(forgery.files[JSON])
    row = next(row for row in data["rows"] if row["code"] == "1.1")
    row["points"] = "9.99"
    forgery.files[JSON] = (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert [place for code, place in told(verdict) if code == "Z117"] == [JSON]
    assert "tiêu chí 1.1, điểm: trong tệp ghi “9.99”" in messages(verdict, "Z117")


@pytest.mark.parametrize("value", [9.99, "=9.99"])
def test_a_changed_score_in_the_spreadsheet_is_named(
    value: object, unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """By its criterion and cell; a number typed over a formula as well as another formula."""
    forgery = forge(unsigned)
    book = openpyxl.load_workbook(io.BytesIO(forgery.files[XLSX]))
    book["1"]["H7"].value = value
    stream = io.BytesIO()
    book.save(stream)
    forgery.files[XLSX] = stream.getvalue()
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert [place for code, place in told(verdict) if code == "Z117"] == [XLSX]
    assert "tiêu chí 1.1, ô 1!H7" in messages(verdict, "Z117")


def test_a_changed_score_in_the_word_file_is_named(
    unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """By its criterion and column."""
    forgery = forge(unsigned)
    document = docx.Document(io.BytesIO(forgery.files[DOCX]))
    cells = next(row.cells for table in document.tables for row in table.rows if row.cells[0].text == "1.1")
    cells[5].paragraphs[0].runs[0].text = "9,99"
    stream = io.BytesIO()
    document.save(stream)
    forgery.files[DOCX] = stream.getvalue()
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert [place for code, place in told(verdict) if code == "Z117"] == [DOCX]
    assert "tiêu chí 1.1, điểm tự chấm: trong tệp ghi “9,99”" in messages(verdict, "Z117")


def test_another_printed_report_is_named(
    office: Any, unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """A report that prints better scores, with the right manifest attached, is held against the figures."""
    better = office.dossier
    areas = better.scores.areas
    leaf = areas[0].rows[2]
    raised = replace(leaf, leaf=replace(leaf.leaf, points=leaf.leaf.points + 1))
    rows = (*areas[0].rows[:2], raised, *areas[0].rows[3:])
    scores = replace(better.scores, areas=(replace(areas[0], rows=rows), *areas[1:]))
    shown = replace(better, scores=scores, areas=(replace(better.areas[0], score=scores.areas[0]), *better.areas[1:]))
    forgery = forge(unsigned)
    forgery.files[PDF] = render_report(shown, (report_attachment(better),)).pdf
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert [place for code, place in told(verdict) if code == "Z117"] == [PDF]
    assert f"tiêu chí {leaf.code}, điểm tự chấm" in messages(verdict, "Z117")


def test_evidence_that_is_cited_and_missing_is_named(
    unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """Z118: neither in the package nor among what is told to stay out."""
    forgery = forge(unsigned)
    name = forgery.named("TL01.pdf")
    del forgery.files[name]
    manifest = json.loads(forgery.files[MANIFEST])
    manifest["files"] = [entry for entry in manifest["files"] if entry["path"] != name]
    forgery.files[MANIFEST] = json.dumps(manifest).encode()
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert ("Z118", "du-lieu/evidence/2024/register.yml") in told(verdict)
    assert "TL01.pdf" in messages(verdict, "Z118")


def test_evidence_that_is_not_what_the_register_knows_is_named(
    unsigned: Path, forge: Forge, verified: Verify, tmp_path: Path
) -> None:
    """Z118: the register holds the sha256 of the scan that was cited."""
    forgery = forge(unsigned)
    forgery.files[forgery.named("TL01.pdf")] += b"%"
    verdict = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert ("Z118", "du-lieu/evidence/2024/register.yml") in told(verdict)
