"""What a certificate says of its holder, and whether one may sign with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline import wording
from pipeline.signing.error import SignatureError

if TYPE_CHECKING:
    from asn1crypto import keys, x509

LEAST_RSA, LEAST_EC = 2048, 256
"""Bits that the circular on signing software demands of a key."""
HASHES = frozenset({"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
"""SHA-256 or stronger."""
SIGNING_USES = frozenset({"digital_signature", "non_repudiation"})
"""Key usages of which a signer's certificate carries at least one."""

LONGEST_NAME = 300


@dataclass(frozen=True)
class Certificate:
    """What people are shown of a certificate."""

    subject: str
    """Whose it is."""
    authority: str
    """Who issued it."""
    serial: str
    """Hexadecimal."""
    not_before: datetime
    not_after: datetime
    key: str
    """Kind and size of the key: `RSA 2048`, `EC 256`."""

    def holds_at(self, moment: datetime) -> bool:
        """Whether the moment lies in its period."""
        return self.not_before <= moment <= self.not_after

    @property
    def period(self) -> str:
        """Its period in figures."""
        return f"{wording.moment(self.not_before)} đến {wording.moment(self.not_after)}"


def described(certificate: x509.Certificate) -> Certificate:
    """What the certificate says.

    Raises:
        ValueError: it is spoilt.
    """
    return Certificate(
        _name(certificate.subject),
        _name(certificate.issuer),
        f"{certificate.serial_number:X}",
        certificate.not_valid_before,
        certificate.not_valid_after,
        _key(certificate.public_key),
    )


def _name(name: x509.Name) -> str:
    """The common name and the organisation; all there is where neither is given."""
    parts: dict[str, Any] = name.native
    told = [parts[key] for key in ("common_name", "organization_name") if key in parts] or list(parts.values())
    flat = (item for part in told for item in (part if isinstance(part, list) else [part]))
    return ", ".join(dict.fromkeys("".join(filter(str.isprintable, str(item))) for item in flat))[:LONGEST_NAME]


def _key(key: keys.PublicKeyInfo) -> str:
    return f"{key.algorithm.upper()} {key.bit_size}" if key.algorithm in ("rsa", "ec") else key.algorithm.upper()


def weakness(key: keys.PublicKeyInfo) -> str | None:
    """Why a key is too weak, in Vietnamese; None for one that is strong enough."""
    least = {"rsa": LEAST_RSA, "ec": LEAST_EC, "rsassa_pss": LEAST_RSA}.get(key.algorithm)
    if least is None:
        return f"khóa loại {key.algorithm.upper()} không thuộc tiêu chuẩn (RSA từ {LEAST_RSA} bit, ECDSA từ {LEAST_EC})"
    if key.bit_size < least:
        return f"khóa {_key(key)} bit yếu hơn mức tối thiểu {least} bit"
    return None


def uses(certificate: x509.Certificate) -> frozenset[str]:
    """The key usages that it names."""
    value = certificate.key_usage_value
    return frozenset(value.native) if value is not None else frozenset()


def require_usable(certificate: x509.Certificate, moment: datetime) -> None:
    """Refuse a certificate that makes no valid signature at that moment.

    Raises:
        SignatureError: with every reason but the first left unsaid.
    """
    for error in _objections(certificate, moment):
        raise error


def _objections(certificate: x509.Certificate, moment: datetime) -> Iterator[SignatureError]:
    told = described(certificate)
    if moment < told.not_before:
        message = f"chứng thư của “{told.subject}” chưa có hiệu lực; thời hạn: {told.period}"
        yield SignatureError("U107", message, "xem lại ngày giờ của máy, hoặc đợi đến ngày chứng thư có hiệu lực")
    if moment > told.not_after:
        message = f"chứng thư của “{told.subject}” đã hết hạn; thời hạn: {told.period}"
        yield SignatureError("U107", message, "xin cấp lại hoặc gia hạn chứng thư, rồi ký bằng chứng thư mới")
    if not uses(certificate) & SIGNING_USES:
        message = f"chứng thư của “{told.subject}” không ghi mục đích ký số (digitalSignature, nonRepudiation)"
        yield SignatureError("U108", message, "chọn chứng thư ký số, không dùng chứng thư mã hóa hay chứng thư máy chủ")
    if reason := weakness(certificate.public_key):
        yield SignatureError("U109", reason, "xin cấp chứng thư mới có khóa mạnh hơn")
    if certificate.hash_algo not in HASHES:
        message = f"chứng thư được ký bằng hàm băm yếu ({certificate.hash_algo})"
        yield SignatureError("U109", message, "xin cấp chứng thư mới ký bằng SHA-256 trở lên")


def chain(certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    """The issuers of a certificate among the others, nearest first."""
    pool = list(others)
    found: list[x509.Certificate] = []
    current = certificate
    while not current.issuer == current.subject:  # noqa: SIM201 - asn1crypto's names define no inequality
        issuer = next((each for each in pool if each.subject == current.issuer and each not in found), None)
        if issuer is None:
            break
        found.append(issuer)
        current = issuer
    return found


def is_of(name: str, signer: str) -> bool:
    """Whether a certificate bears a name, whole: An is not Anh, and not An Bình either."""
    return re.search(rf"(?:^|\W){re.escape(_folded(name))}\s*(?:$|[,;()/–-])", _folded(signer)) is not None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
