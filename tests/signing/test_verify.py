"""What was changed is found and named, whatever a stranger's file holds."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.signing import Role, SignatureError, Trust, sign_detached, sign_pdf
from pipeline.signing.credential import Credential
from pipeline.signing.verdict import UNTRUSTED, Changes, Revocation, SignatureVerdict
from pipeline.signing.verify import verify_detached, verify_pdf

Open = Callable[[str], Credential]
PLACES = 200


def all_intact(pdf: bytes, trust: Trust) -> bool:
    """Whether a reader is told that the whole file is as it was signed."""
    try:
        verdicts = verify_pdf(pdf, trust)
    except SignatureError:
        return False
    return len(verdicts) == 2 and all(each.intact and each.changes is not Changes.FORBIDDEN for each in verdicts)


def flipped(content: bytes, place: int, mask: int) -> bytes:
    """One byte changed."""
    return content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]


def test_any_changed_byte_is_noticed(sealed: bytes, trust: Trust) -> None:
    """Single bits at random places, half of them in what was added by signing."""
    chance = random.Random(20240115)
    assert all_intact(sealed, trust)

    added = len(sealed) // 2
    for number in range(PLACES):
        place = chance.randrange(added if number % 2 else 0, len(sealed))
        mask = 1 << chance.randrange(8)
        assert not all_intact(flipped(sealed, place, mask), trust), (place, mask)


def test_any_changed_byte_of_the_signature_itself_is_noticed(sealed: bytes, trust: Trust) -> None:
    """Also in its padding, in the case of its digits and in the certificates beside it."""
    chance = random.Random(7)
    begin = sealed.rindex(b"/Contents <") + len(b"/Contents ")
    end = sealed.index(b">", begin)
    for _ in range(60):
        place, mask = chance.randrange(begin, end + 1), 1 << chance.randrange(8)
        assert not all_intact(flipped(sealed, place, mask), trust), (place, mask)


def test_a_cut_or_longer_file_is_noticed(sealed: bytes, trust: Trust) -> None:
    """Bytes missing at the end, or added there."""
    assert not all_intact(sealed[:-20], trust)
    assert not all_intact(sealed + b"\n%%EOF\n% more", trust)


def _edited(pdf: bytes, change: Callable[[Any, Any], None]) -> bytes:
    """An incremental update, as editing programs append it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer, writer.find_page_for_modification(0)[0].get_object())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _paint(writer: Any, page: Any) -> None:
    from pyhanko.pdf_utils.generic import StreamObject

    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 99 99 re f")))


def _annotate(writer: Any, page: Any) -> None:
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name, pdf_string

    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject([NumberObject(each) for each in (0, 0, 200, 200)]),
            pdf_name("/Contents"): pdf_string("điểm khác"),
        }
    )
    page[pdf_name("/Annots")] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def _field(writer: Any, page: Any, **more: Any) -> None:
    """A field for one more signature, with a look that covers the page."""
    from pyhanko.pdf_utils.generic import (
        ArrayObject,
        DictionaryObject,
        NumberObject,
        StreamObject,
        TextStringObject,
        pdf_name,
    )

    def box() -> ArrayObject:
        return ArrayObject([NumberObject(each) for each in (0, 0, 600, 800)])

    form = {"/Type": pdf_name("/XObject"), "/Subtype": pdf_name("/Form"), "/BBox": box()}
    look = StreamObject({pdf_name(key): value for key, value in form.items()}, stream_data=b"1 g 0 0 600 800 re f")
    told = {
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/Widget"),
        "/FT": pdf_name("/Sig"),
        "/T": TextStringObject("ky_them"),
        "/F": NumberObject(132),
        "/Rect": box(),
        "/AP": DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
    } | {f"/{key}": pdf_name(value) for key, value in more.items()}
    reference = writer.add_object(DictionaryObject({pdf_name(key): value for key, value in told.items()}))
    page[pdf_name("/Annots")] = ArrayObject([*page.get("/Annots", []), reference])
    writer.update_container(page)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def _note_as_field(writer: Any, page: Any) -> None:
    _field(writer, page, Subtype="/FreeText")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_paint, "trang 1 (nội dung"),
        (_annotate, "trang 1 (chú thích"),
        (_field, "trang 1 (chú thích"),
        (_note_as_field, "trang 1 (chú thích"),
    ],
)
def test_an_update_after_signing_is_named(
    sealed: bytes, trust: Trust, change: Callable[[Any, Any], None], named: str
) -> None:
    """The signatures themselves hold, and the reader is told on which page the paper differs from what was signed."""
    verdicts = verify_pdf(_edited(sealed, change), trust)

    for verdict in verdicts:
        assert verdict.changes is Changes.FORBIDDEN
        assert not verdict.good
        assert "đã bị sửa sau khi ký" in verdict.summary
        assert any(named in problem for problem in verdict.problems), verdict.problems


def test_pages_added_after_signing_are_named(sealed: bytes, trust: Trust) -> None:
    """A page more than what was signed."""

    def add(writer: Any, page: Any) -> None:
        from pyhanko.pdf_utils.writer import PageObject

        writer.insert_page(PageObject(contents=writer.add_object(_stream()), media_box=(0, 0, 100, 100)))

    verdicts = verify_pdf(_edited(sealed, add), trust)

    assert all(any("trang, lúc ký có" in problem for problem in each.problems) for each in verdicts)


def _stream() -> Any:
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=b"")


def test_without_trust_the_authority_stays_unknown(sealed: bytes) -> None:
    """Intact, but nobody says by whose word."""
    for verdict in verify_pdf(sealed, Trust()):
        assert verdict.intact
        assert not verdict.trusted
        assert UNTRUSTED in verdict.problems
        assert UNTRUSTED in verdict.summary


def test_a_stranger_s_authority_is_not_trusted(sealed: bytes, authority: Any) -> None:
    """A root of another house vouches for nothing here."""
    from pipeline.signing import read_trust

    verdicts = verify_pdf(sealed, read_trust([authority.pem("ocsp")]))

    assert not any(each.trusted for each in verdicts)


def test_the_verdict_shows_what_the_circular_demands(sealed: bytes, trust: Trust, moment: datetime) -> None:
    """Authority, signer, time, integrity, validity then, the certificate's period, the algorithm."""
    person, organisation = verify_pdf(sealed, trust)

    assert person.authority.startswith("Cơ quan thử middle")
    assert person.signed_at == moment
    assert person.timestamp is None
    assert person.period == (datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC))
    assert person.valid_at_signing
    assert person.revocation is Revocation.UNKNOWN
    assert (person.algorithm, organisation.algorithm) == ("RSA 2048, SHA-256", "EC 256, SHA-256")
    assert "hợp lệ" in person.summary


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("expired", "không trong thời hạn"),
        ("future", "không trong thời hạn"),
        ("encryption", "mục đích ký số"),
        ("weak", "yếu hơn mức tối thiểu"),
    ],
)
def test_other_programs_bad_signatures_are_told(
    paper: bytes, credential: Open, trust: Trust, name: str, words: str
) -> None:
    """Another program may sign with a certificate that this one refuses."""
    verdict = _foreign(paper, credential(name), trust)

    assert not verdict.good
    assert any(words in problem for problem in verdict.problems), verdict.problems


def _foreign(paper: bytes, credential: Credential, trust: Trust, md: str = "sha256") -> SignatureVerdict:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.sign.signers import sign_pdf as other_program

    metadata = PdfSignatureMetadata("Khac", md_algorithm=md)
    made = other_program(IncrementalPdfFileWriter(io.BytesIO(paper)), metadata, credential.signer)
    (verdict,) = verify_pdf(made.getvalue(), trust)
    return verdict


def test_a_weak_hash_is_told(paper: bytes, credential: Open, trust: Trust) -> None:
    """SHA-1 is no longer accepted."""
    verdict = _foreign(paper, credential("person"), trust, "sha1")

    assert not verdict.strong
    assert any("SHA-1" in problem for problem in verdict.problems)


def test_other_programs_signatures_name_their_kind(paper: bytes, credential: Open, trust: Trust) -> None:
    """What is no PAdES signature is not called one, and may still be good."""
    verdict = _foreign(paper, credential("person"), trust)

    assert verdict.level == "adbe.pkcs7.detached"
    assert verdict.good


def test_a_signature_from_the_future_is_doubted(paper: bytes, credential: Open, trust: Trust) -> None:
    """A clock a year ahead."""
    later = datetime.now(UTC) + timedelta(days=366)
    (verdict,) = verify_pdf(sign_pdf(paper, credential("person"), Role.PERSON, moment=later), trust)

    assert not verdict.valid_at_signing
    assert any("tương lai" in problem for problem in verdict.problems)


def test_an_expired_certificate_of_an_old_signature_is_remarked(paper: bytes, credential: Open, trust: Trust) -> None:
    """Signed while it held, as the signer's machine says; nobody else says so."""
    then = datetime(2020, 6, 1, tzinfo=UTC)
    (verdict,) = verify_pdf(sign_pdf(paper, credential("expired"), Role.PERSON, moment=then), trust)

    assert verdict.valid_at_signing
    assert any("nay đã hết hạn" in remark for remark in verdict.remarks)


def test_a_pdf_without_signatures_has_no_verdict(paper: bytes, trust: Trust) -> None:
    """Nothing signed, nothing said."""
    assert verify_pdf(paper, trust) == ()


def test_a_hidden_signature_is_noticed(sealed: bytes, trust: Trust) -> None:
    """A field that no longer says it is one leaves a trace."""
    hidden = sealed.replace(b"/FT /Sig", b"/FT /Sih")

    assert hidden != sealed
    with pytest.raises(SignatureError) as raised:
        verify_pdf(hidden, trust)
    assert raised.value.finding.code in ("U110", "U120")


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\n1 0 obj<</Kids [1 0 R]>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n41\n%%EOF",
        b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF",
        b"%PDF-1.7\nxref\n0 1\ntrailer<</Prev 9/Root 1 0 R/Size 1>>\nstartxref\n9\n%%EOF",
    ],
)
def test_hostile_files_end_in_a_finding(pdf: bytes, trust: Trust) -> None:
    """Deep nesting, loops and lies are refused."""
    with pytest.raises(SignatureError) as raised:
        verify_pdf(pdf, trust)

    assert raised.value.finding.code == "U110"


def test_a_detached_signature_holds_for_its_content_only(credential: Open, trust: Trust, moment: datetime) -> None:
    """Other content, or another byte in the signature, is noticed."""
    content = b'{"files": []}'
    signature = sign_detached(content, credential("organisation"), moment=moment)
    verdict = verify_detached(content, signature, trust)

    assert verdict.good
    assert verdict.level == "CAdES B-B"
    assert verdict.signer.startswith("Ủy ban nhân dân xã Mẫu")
    assert not verify_detached(content + b" ", signature, trust).intact
    for place in range(0, len(signature), 7):
        assert not verify_detached(content, flipped(signature, place, 1 << place % 8), trust).intact, place


@pytest.mark.parametrize("signature", [b"", b"\x30\x80", b"-----BEGIN CMS-----\n-----END CMS-----", bytes(10_000_001)])
def test_what_is_no_signature_is_no_crash(signature: bytes, trust: Trust) -> None:
    """Whatever stands in its place."""
    verdict = verify_detached(b"", signature, trust)

    assert not verdict.intact
    assert verdict.problems


def test_trust_is_read_from_files_and_folders(authority: Any, tmp_path: Any) -> None:
    """PEM, DER, a folder of both; another file is a finding."""
    from pipeline.signing import read_trust

    der = authority.certificate("root").dump()
    (tmp_path / "goc.cer").write_bytes(der)
    (tmp_path / "goc.pem").write_bytes(authority.pem("root").read_bytes())
    (tmp_path / "doc.txt").write_text("không phải chứng thư", "utf-8")

    assert read_trust([tmp_path]).roots == (der,)
    with pytest.raises(SignatureError) as raised:
        read_trust([tmp_path / "doc.txt"])
    assert raised.value.finding.code == "U121"
