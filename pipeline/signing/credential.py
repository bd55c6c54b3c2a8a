"""A key with its certificate, opened from a PKCS#12 file; keys on tokens are opened by `token.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.signing.certificate import Certificate, chain, described
from pipeline.signing.error import SignatureError

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko.sign.signers import Signer

LARGEST_PKCS12 = 1_000_000
"""Bytes; a key with a long chain needs a hundredth of it."""

_OTHER_FILE = "chọn đúng tệp .p12 hoặc .pfx do cơ quan cấp chứng thư giao"


@dataclass(frozen=True)
class Credential:
    """Something that can sign."""

    signer: Signer
    x509: x509.Certificate
    """The signer's certificate."""

    @property
    def certificate(self) -> Certificate:
        """What the certificate says."""
        return described(self.x509)


def open_pkcs12(path: Path, passphrase: bytes) -> Credential:
    """The key and the chain of a PKCS#12 file.

    Raises:
        SignatureError: the file is no PKCS#12 file, the passphrase is wrong, or there is no key in it.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        content = stream.read(LARGEST_PKCS12 + 1)
    if len(content) > LARGEST_PKCS12 or not _is_pkcs12(content):
        raise SignatureError("U101", "tệp không phải là PKCS#12, hoặc đã hỏng", _OTHER_FILE)
    key, certificate, others = _opened(content, passphrase)
    if key is None or certificate is None:
        raise SignatureError("U106", "tệp PKCS#12 không có khóa bí mật hoặc không có chứng thư", _OTHER_FILE)
    return Credential(_signer(key, certificate, others), certificate)


def _is_pkcs12(content: bytes) -> bool:
    from asn1crypto import pkcs12

    try:
        return bool(pkcs12.Pfx.load(content, strict=True)["version"].native == "v3")
    except (ValueError, TypeError):
        return False


def _opened(content: bytes, passphrase: bytes) -> tuple[Any, x509.Certificate | None, list[x509.Certificate]]:
    """The private key, its certificate and the others."""
    from asn1crypto import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    def translated(certificate: Any) -> x509.Certificate:
        return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

    try:
        key, own, others = pkcs12.load_key_and_certificates(content, passphrase or None)
    except UnsupportedAlgorithm as error:
        mend = "xuất lại tệp bằng kiểu mã hóa AES-256 rồi ký lại"
        raise SignatureError("U101", "tệp PKCS#12 dùng kiểu mã hóa cũ, không còn được hỗ trợ", mend) from error
    except (ValueError, TypeError) as error:
        mend = "gõ lại đúng mật khẩu; để ý chữ hoa, bộ gõ tiếng Việt và phím Caps Lock"
        raise SignatureError("U102", "sai mật khẩu của tệp PKCS#12, hoặc tệp đã hỏng", mend) from error
    return key, translated(own) if own else None, [translated(each) for each in others]


def _signer(key: Any, certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> Signer:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from pipeline.signing.software_key import SoftwareSigner

    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SignatureError("U109", "khóa không phải loại RSA hay ECDSA", "xin cấp chứng thư có khóa RSA hoặc ECDSA")
    store = SimpleCertificateStore()
    store.register_multiple(chain(certificate, others))
    return SoftwareSigner(key, certificate, store)
