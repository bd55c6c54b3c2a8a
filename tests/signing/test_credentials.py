"""A key that must not sign is refused, and why is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.signing import Role, SignatureError, sign_detached, sign_pdf
from pipeline.signing.certificate import described
from pipeline.signing.credential import Credential, open_pkcs12
from pipeline.signing.token import _explained, _session

Open = Callable[[str], Credential]


def test_a_pkcs12_file_opens_with_its_passphrase(authority: Any) -> None:
    """Key, certificate and chain are there, and what the certificate says can be shown."""
    credential = open_pkcs12(authority.pkcs12("person"), b"mk-1234")

    assert credential.certificate.subject == "Nguyễn Văn An, Đơn vị thử"
    assert credential.certificate.authority == "Cơ quan thử middle, Đơn vị thử"
    assert credential.certificate.key == "RSA 2048"
    assert len(list(credential.signer.cert_registry)) == 2


@pytest.mark.parametrize("passphrase", [b"", b"mk-123", "mật khẩu".encode()])
def test_a_wrong_passphrase_is_told(authority: Any, passphrase: bytes) -> None:
    """It never stands in what is told."""
    with pytest.raises(SignatureError) as raised:
        open_pkcs12(authority.pkcs12("person"), passphrase)

    assert raised.value.finding.code == "U102"
    assert not passphrase or passphrase.decode() not in str(raised.value.finding.message.split())


@pytest.mark.parametrize("content", [b"", b"\x30\x03\x02\x01\x03", b"-----BEGIN CERTIFICATE-----", bytes(1_000_001)])
def test_another_file_is_told(tmp_path: Path, content: bytes) -> None:
    """A certificate alone, an empty file, a huge one."""
    path = tmp_path / "khoa.p12"
    path.write_bytes(content)
    with pytest.raises(SignatureError) as raised:
        open_pkcs12(path, b"x")

    assert raised.value.finding.code == "U101"


def test_a_file_without_key_is_told(authority: Any, tmp_path: Path) -> None:
    """Certificates alone cannot sign."""
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509 import load_der_x509_certificate

    root = load_der_x509_certificate(authority.certificate("root").dump())
    path = tmp_path / "goc.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, None, None, [root], BestAvailableEncryption(b"x")))
    with pytest.raises(SignatureError) as raised:
        open_pkcs12(path, b"x")

    assert raised.value.finding.code == "U106"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("expired", ("U107", "hết hạn")),
        ("future", ("U107", "chưa có hiệu lực")),
        ("encryption", ("U108", "mục đích ký số")),
        ("weak", ("U109", "1024")),
    ],
)
def test_a_certificate_that_must_not_sign_is_refused(
    paper: bytes, credential: Open, moment: datetime, name: str, told: tuple[str, str]
) -> None:
    """In a PDF and beside other files alike."""
    with pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential(name), Role.PERSON, moment=moment)
    assert raised.value.finding.code == told[0]
    assert told[1] in raised.value.finding.message
    with pytest.raises(SignatureError) as raised:
        sign_detached(b"", credential(name), moment=moment)
    assert raised.value.finding.code == told[0]


def test_a_certificate_signs_in_its_period(paper: bytes, credential: Open) -> None:
    """The twin of the expired one: the same certificate, a year earlier."""
    assert sign_pdf(paper, credential("expired"), Role.PERSON, moment=datetime(2020, 6, 1, tzinfo=UTC))


def test_a_name_with_control_characters_is_shown_without_them(authority: Any) -> None:
    """What a stranger writes into a certificate does not reach a terminal as a command."""
    from asn1crypto import x509

    certificate = x509.Certificate.load(
        authority.certificate("person").dump().replace("Nguyễn".encode(), b"\x1b[2J1234")
    )

    assert described(certificate).subject.startswith("[2J1234 Văn An")


def test_a_locked_token_is_given_no_pin() -> None:
    """It says that it is locked before anything is sent to it."""
    import pkcs11

    class Locked:
        flags = pkcs11.TokenFlag.USER_PIN_LOCKED

        def open(self, **_: object) -> None:
            raise AssertionError

    with pytest.raises(SignatureError) as raised, _session(Locked(), "1234"):
        pass
    assert raised.value.finding.code == "U103"


def test_what_a_token_reports_is_told_in_vietnamese() -> None:
    """Every kind of refusal has its code; what is unknown keeps the name of the error."""
    import pkcs11

    codes = {
        pkcs11.PinIncorrect: "U102",
        pkcs11.PinLocked: "U103",
        pkcs11.DeviceRemoved: "U105",
        pkcs11.TokenNotPresent: "U105",
        pkcs11.DeviceError: "U119",
    }

    assert {kind: _explained(kind()).finding.code for kind in codes} == codes
    assert "DeviceError" in _explained(pkcs11.DeviceError()).finding.message
