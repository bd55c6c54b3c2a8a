"""Timestamps and revocation, asked of a real server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from pipeline.signing import Level, Proof, Role, SignatureError, Trust, sign_detached, sign_pdf
from pipeline.signing.credential import Credential
from pipeline.signing.verdict import Kind, Revocation
from pipeline.signing.verify import verify_detached, verify_pdf

Open = Callable[[str], Credential]


@pytest.fixture(scope="session")
def stamped(paper: bytes, credential: Open, authority: Any, moment: datetime) -> bytes:
    """Signed by the person, with a timestamp."""
    proof = Proof(Level.B_T, authority.timestamp_url)
    return sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=proof)


def test_a_timestamp_tells_the_time(stamped: bytes, trust: Trust) -> None:
    """The time is the authority's, not the signer's."""
    (verdict,) = verify_pdf(stamped, trust)

    assert verdict.good
    assert verdict.level == "PAdES B-T"
    assert verdict.timestamp_trusted
    assert verdict.timestamp is not None
    assert abs(verdict.timestamp - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_changed_timestamp_is_noticed(stamped: bytes, trust: Trust) -> None:
    """Bytes of the token, one after the other."""
    begin = stamped.rindex(b"/Contents <") + len(b"/Contents <")
    token = stamped.lower().index(b"2a864886f70d010910020e", begin)  # the attribute that holds it
    end = len(stamped[begin : stamped.index(b">", begin)].rstrip(b"0")) + begin
    for place in range(token, end, 97):
        spoilt = stamped[:place] + bytes([stamped[place] ^ 1]) + stamped[place + 1 :]
        assert not all(each.intact for each in verify_pdf(spoilt, trust)), place


def test_long_term_signatures_bring_all_their_proof(archived: bytes, trust: Trust) -> None:
    """Two signatures and a timestamp after each; all is embedded and nothing is asked of the network."""
    verdicts = verify_pdf(archived, trust)

    assert [each.kind for each in verdicts] == [Kind.SIGNATURE, Kind.TIMESTAMP] * 2
    assert [each.level for each in verdicts] == ["PAdES B-LTA", "RFC 3161"] * 2
    assert all(each.good for each in verdicts), [each.problems for each in verdicts]
    assert all(each.revocation is Revocation.GOOD for each in verdicts if each.kind is Kind.SIGNATURE)
    assert verdicts[-1].covers_whole_file


def test_long_term_signatures_keep_pdf_a_and_tags(archived: bytes, tmp_path: Any) -> None:
    """The fields of timestamps lie outside the page, as PDF/UA wants of what is not tagged."""
    import pikepdf
    from pdfua import validate

    file = tmp_path / "archived.pdf"
    file.write_bytes(archived)

    assert list(validate(str(file)).findings) == []
    with pikepdf.open(file) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"


def test_any_changed_byte_of_the_embedded_proof_is_noticed(archived: bytes, trust: Trust) -> None:
    """Certificates and revocation information lie below the last timestamp."""
    begin = archived.rindex(b"/DSS")
    for place in range(begin, len(archived), (len(archived) - begin) // 40):
        spoilt = archived[:place] + bytes([archived[place] ^ 4]) + archived[place + 1 :]
        try:
            verdicts = verify_pdf(spoilt, trust)
        except SignatureError:
            continue
        assert not all(each.intact for each in verdicts), place


def test_a_revoked_certificate_makes_no_long_term_signature(
    paper: bytes, credential: Open, long_term: Proof, moment: datetime
) -> None:
    """The authority says so while it is made."""
    with pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential("revoked"), Role.PERSON, moment=moment, proof=long_term)

    assert raised.value.finding.code == "U117"


def test_a_long_term_signature_needs_a_known_root(
    paper: bytes, credential: Open, authority: Any, moment: datetime
) -> None:
    """Without trust there is no chain to embed, nor with a root that only the signer's chain reaches."""
    for trust in (Trust(), Trust((authority.certificate("middle").dump(),))):
        proof = Proof(Level.B_LTA, authority.timestamp_url, trust)
        with pytest.raises(SignatureError) as raised:
            sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=proof)

        assert raised.value.finding.code == "U117"


def test_a_silent_network_is_told_when_signing_and_borne_when_reading(
    paper: bytes, credential: Open, long_term: Proof, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The responder cannot be reached: no long-term signature, and a verdict without revocation."""
    import requests

    ask = requests.post

    def cut(url: str, *arguments: Any, **options: Any) -> Any:
        if "/ocsp/" in url:
            raise requests.ConnectionError
        return ask(url, *arguments, **options)

    monkeypatch.setattr(requests, "post", cut)
    with pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=long_term)
    assert raised.value.finding.code == "U117"
    signed = sign_pdf(paper, credential("person"), Role.PERSON, moment=moment)
    (verdict,) = verify_pdf(signed, Trust(long_term.trust.roots, online=True))
    assert verdict.intact
    assert verdict.revocation is Revocation.UNKNOWN


def test_revocation_is_asked_only_when_told(paper: bytes, credential: Open, trust: Trust, moment: datetime) -> None:
    """Offline it stays unknown; online a revoked certificate is found out."""
    signed = sign_pdf(paper, credential("revoked"), Role.PERSON, moment=moment)
    (offline,) = verify_pdf(signed, trust)
    (online,) = verify_pdf(signed, Trust(trust.roots, online=True))
    fine = sign_pdf(paper, credential("person"), Role.PERSON, moment=moment)
    (good,) = verify_pdf(fine, Trust(trust.roots, online=True))

    assert offline.revocation is Revocation.UNKNOWN
    assert offline.good
    assert online.revocation is Revocation.REVOKED
    assert not online.good
    assert good.revocation is Revocation.GOOD


def test_a_clock_set_back_does_not_undo_a_revocation(paper: bytes, credential: Open, trust: Trust) -> None:
    """A stolen key signs with a date before the revocation; without a timestamp that counts for nothing."""
    before = datetime(2020, 6, 1, tzinfo=UTC)
    signed = sign_pdf(paper, credential("revoked"), Role.PERSON, moment=before)
    (verdict,) = verify_pdf(signed, Trust(trust.roots, online=True))

    assert verdict.revocation is Revocation.REVOKED
    assert not verdict.good


def test_a_detached_signature_can_be_stamped(credential: Open, authority: Any, trust: Trust, moment: datetime) -> None:
    """As in a PDF."""
    proof = Proof(Level.B_T, authority.timestamp_url)
    verdict = verify_detached(b"abc", sign_detached(b"abc", credential("person"), moment=moment, proof=proof), trust)

    assert verdict.good
    assert verdict.level == "CAdES B-T"
    assert verdict.timestamp_trusted


@contextmanager
def _server(status: int, kind: str, body: bytes) -> Iterator[str]:
    """A server that gives one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


REFUSAL = bytes.fromhex("30053003020102")
"""A response of status “rejection” and nothing more."""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, "text/html", b"<p>"), "trả lời sai mẫu"),
        ((500, "text/plain", b""), "trả lời sai mẫu"),
        ((200, "application/timestamp-reply", b"\x30\x03"), "trả lời sai mẫu"),
        ((200, "application/timestamp-reply", REFUSAL), "từ chối"),
    ],
)
def test_a_server_that_gives_no_timestamp_is_told(
    paper: bytes, credential: Open, moment: datetime, answer: tuple[int, str, bytes], words: str
) -> None:
    """Nothing is signed then."""
    with _server(*answer) as address, pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=Proof(Level.B_T, address))

    assert raised.value.finding.code == "U116"
    assert words in raised.value.finding.message


def test_a_server_that_is_not_there_is_told(paper: bytes, credential: Open, moment: datetime) -> None:
    """A closed port, and what is no address."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    for url in (address, "may-chu", ""):
        with pytest.raises(SignatureError) as raised:
            sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=Proof(Level.B_T, url))
        assert raised.value.finding.code == "U116"
