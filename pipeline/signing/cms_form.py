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


def form_faults(signed: cms.SignedData, certificate: x509.Certificate) -> Iterator[str]:
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
    if info["sid"].name == "issuer_and_serial_number" and _issuer(info) != certificate.issuer.dump():
        yield "tên cơ quan cấp ghi trong chữ ký khác trong chứng thư"
    unsigned = info["unsigned_attrs"]
    kinds = [attribute["type"].native for attribute in unsigned] if unsigned.native else []
    if not set(kinds) <= _UNSIGNED:
        yield "phần kèm theo chữ ký có thuộc tính lạ"
    _ = signed.native
    for found in signed["certificates"]:
        if found.name != "certificate":
            yield "chứng thư kèm theo chữ ký có dạng lạ"


def _issuer(info: cms.SignerInfo) -> bytes:
    """As it is written; two spellings of one name would both lead to the certificate."""
    return bytes(info["sid"].chosen["issuer"].dump())


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
        if issuers and not any(_issued(each, issuer) for issuer in issuers):
            spoilt.append(str(each.subject.human_friendly))
    return spoilt


def unnamed_certificates(attributes: cms.CMSAttributes, certificates: Iterable[x509.Certificate]) -> list[str]:
    """The names of certificates that the signer did not sign along, where it named the whole chain by hash."""
    import hashlib

    named = [attribute["values"][0] for attribute in attributes if attribute["type"].native == "signing_certificate_v2"]
    entries = [entry for value in named for entry in value["certs"]]
    if len(entries) < 2:
        return []
    known = {(entry["hash_algorithm"]["algorithm"].native, entry["cert_hash"].native) for entry in entries}

    def is_named(der: bytes) -> bool:
        return any(hashlib.new(algorithm, der).digest() == digest for algorithm, digest in known)

    return [str(each.subject.human_friendly) for each in certificates if not is_named(each.dump())]


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    import warnings

    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import load_der_x509_certificate

    try:
        with warnings.catch_warnings(action="ignore"):  # of what it will refuse one day in a stranger's certificate
            load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
                load_der_x509_certificate(issuer.dump())
            )
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True
