"""Whether a CMS signature has the one form that its maker gave it.

The signed attributes protect what was signed, not all of the container around them; what they leave open is held
here to the only form that a signing program writes, so that no byte can be changed unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn1crypto import cms, x509

_UNSIGNED = frozenset(
    {
        "signature_time_stamp_token",
        "pdf_mac_data",
        "counter_signature",
        "1.2.840.113549.1.9.16.2.27",  # archive timestamps and references of CAdES, versions 1 to 3
        "1.2.840.113549.1.9.16.2.48",
        "1.2.840.113549.1.9.16.2.21",
        "1.2.840.113549.1.9.16.2.22",
        "1.2.840.113549.1.9.16.2.23",
        "1.2.840.113549.1.9.16.2.24",
        "adobe_revocation_info_archival",
    }
)
_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")


def form_faults(signed: cms.SignedData) -> Iterator[str]:
    """What was changed in the container, in Vietnamese.

    Raises:
        ValueError: it cannot even be read.
    """
    info = signed["signer_infos"][0]
    digests = {algorithm["algorithm"].native for algorithm in signed["digest_algorithms"]}
    if len(signed["signer_infos"]) != 1:
        yield "có nhiều hơn một người ký trong một chữ ký"
    if digests != {info["digest_algorithm"]["algorithm"].native}:
        yield "thuật toán băm ghi hai nơi khác nhau"
    if signed["version"].native not in ("v1", "v3", "v4", "v5") or info["version"].native not in ("v1", "v3"):
        yield "phiên bản của chữ ký lạ"
    unsigned = info["unsigned_attrs"]
    kinds = [attribute["type"].native for attribute in unsigned] if unsigned.native else []
    if not set(kinds) <= _UNSIGNED:
        yield "phần kèm theo chữ ký có thuộc tính lạ"
    _ = signed.native
    for found in signed["certificates"]:
        if found.name != "certificate":
            yield "chứng thư kèm theo chữ ký có dạng lạ"


def contents_faults(raw: bytes, content: bytes) -> Iterator[str]:
    """What was changed in the room of a PDF that a signature fills: `<…>` in hexadecimal, its end filled with zeros."""
    if not _HEX.fullmatch(raw) or len(raw) % 2:
        yield "vùng chứa chữ ký bị sửa (không còn là một chuỗi thập lục phân liền)"
    if content[der_length(content) :].strip(b"\0"):
        yield "phần đệm sau chữ ký bị sửa"


def der_length(content: bytes) -> int:
    """The bytes of the DER value at the beginning.

    Raises:
        ValueError: there is none.
    """
    if len(content) < 2:
        raise ValueError(content)
    first = content[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    if not 0 < count <= 4:
        raise ValueError(first)
    return 2 + count + int.from_bytes(content[2 : 2 + count], "big")


def spoilt_certificates(certificates: Iterable[x509.Certificate], known: Iterable[x509.Certificate]) -> list[str]:
    """The names of certificates whose own signature does not hold, as far as their issuers are at hand."""
    own = list(certificates)
    pool = [*own, *known]
    spoilt = []
    for each in own:
        issuers = [issuer for issuer in pool if issuer.subject == each.issuer]
        forged = issuers and not any(_issued(each, issuer) for issuer in issuers)
        if forged or _is_altered_copy(each, pool):
            spoilt.append(str(each.subject.human_friendly))
    return spoilt


def _is_altered_copy(certificate: x509.Certificate, pool: Iterable[x509.Certificate]) -> bool:
    """Whether another certificate has the very same signature and says something else."""
    value, whole = certificate["signature_value"].native, certificate.dump()
    return any(other["signature_value"].native == value and other.dump() != whole for other in pool)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import load_der_x509_certificate

    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True
