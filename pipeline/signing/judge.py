"""The judgement of one signature, step by step. Needs pyHanko."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    async_validate_detached_cms,
    extract_certs_for_validation,
    extract_self_reported_ts,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus, SignatureCoverageLevel

from pipeline import wording
from pipeline.signing.certificate import HASHES, SIGNING_USES, Certificate, described, uses, weakness
from pipeline.signing.chain import Known, revocation
from pipeline.signing.cms_form import contents_faults, form_faults, spoilt_certificates, unnamed_certificates
from pipeline.signing.level import pdf_level
from pipeline.signing.page_changes import described_changes, unanswered
from pipeline.signing.trust import Trust
from pipeline.signing.verdict import UNTRUSTED, Changes, Kind, Revocation, SignatureVerdict

_ANY_USE = KeyUsageConstraints(key_usage=set())
_UNKNOWN_AUTHORITY = "chứng thư không nối tới cơ quan đáng tin nào đã nêu"
_MOST_CERTIFICATES = 50
"""Beside one signature; a chain has three or four."""
_SLACK = timedelta(minutes=10)
"""How far a signer's clock may run ahead."""


@dataclass(frozen=True)
class _Signed:
    """What a signature's container says of itself, before anything is believed."""

    data: cms.SignedData
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed: datetime | None
    stamped: datetime | None
    tokens: tuple[_Signed, ...] = ()
    """Its timestamps, which are signatures of their own."""

    @property
    def moment(self) -> datetime:
        """The moment for which the chain is judged."""
        return self.stamped or self.claimed or datetime.now(UTC)


def _signed(data: cms.SignedData, claimed: datetime | None = None) -> _Signed:
    """Read a container.

    Raises:
        ValueError: it holds what no signing program puts there.
    """
    info = extract_signer_info(data)
    found = extract_certs_for_validation(data)
    if len(found.other_certs) > _MOST_CERTIFICATES:
        raise ValueError(len(found.other_certs))
    own = data["encap_content_info"]
    if own["content_type"].native == "tst_info":
        stamped = own["content"].parsed["gen_time"].native
        return _Signed(data, found.signer_cert, tuple(found.other_certs), claimed, stamped)
    tokens = tuple(_signed(token) for token in extract_tst_data_iter(info, signed=False))
    claimed = extract_self_reported_ts(info) or claimed
    stamped = tokens[0].stamped if tokens else None
    return _Signed(data, found.signer_cert, tuple(found.other_certs), claimed, stamped, tokens)


async def judge_pdf(
    pdf: bytes, reader: PdfFileReader, name: str, field: Any, known: Known, *, later_spoilt: bool
) -> SignatureVerdict:
    """The verdict on a signature or a timestamp in a PDF; `later_spoilt`: one that came after it is not intact.

    Raises:
        Exception: of any kind, for a signature that cannot be read.
    """
    found = EmbeddedPdfSignature(reader, field, name)
    is_stamp = found.sig_object_type == "/DocTimeStamp"
    signed = _signed(found.signed_data, None if is_stamp else found.self_reported_timestamp)
    held, known = known, await known.fetched(signed.certificate, signed.others)
    context = known.at(signed.moment)
    status: DocumentTimestampStatus | PdfSignatureStatus
    if is_stamp:
        status = await async_validate_pdf_timestamp(found, context, skip_diff=True)
    else:
        status = await async_validate_pdf_signature(found, context, key_usage_settings=_ANY_USE, skip_diff=True)
    begin, end = found.byte_range[1], found.byte_range[2]
    faults = [*contents_faults(pdf[begin:end], found.pkcs7_content), *_faults(signed, status, known)]
    if found.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        faults.append("chữ ký không bao trùm toàn bộ phần tài liệu lúc ký")
    changes = Changes.FORBIDDEN if faults or later_spoilt else _changes(found, pdf)
    return _verdict(
        signed,
        status,
        known,
        faults,
        kind=Kind.TIMESTAMP if is_stamp else Kind.SIGNATURE,
        field=name,
        changes=changes,
        whole=found.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        later=_later(pdf, found, later_spoilt=later_spoilt) if changes is Changes.FORBIDDEN and not faults else (),
        level=pdf_level(found, held, reader),
    )


def _changes(found: EmbeddedPdfSignature, pdf: bytes) -> Changes:
    """What was added after a signature, compared object by object."""
    if found.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Changes.NONE
    found.compute_integrity_info()
    told = found.summarise_integrity_info()
    level = getattr(told["diff_result"], "modification_level", None)
    allowed = _harmless(level) and told["docmdp_ok"] is not False and not unanswered(pdf, _signed_end(found))
    return Changes.ALLOWED if allowed else Changes.FORBIDDEN


def _later(pdf: bytes, found: EmbeddedPdfSignature, *, later_spoilt: bool) -> tuple[str, ...]:
    if later_spoilt:
        return ("phần thêm vào sau chữ ký này không còn nguyên vẹn",)
    return described_changes(pdf, _signed_end(found))


def _signed_end(found: EmbeddedPdfSignature) -> int:
    """How far into the file a signature reaches."""
    return int(found.byte_range[2] + found.byte_range[3])


def _harmless(level: ModificationLevel | None) -> bool:
    return level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def still_covered(reader: PdfFileReader) -> bool:
    """Whether the last signature or timestamp covers the whole file and holds: nothing before it can have changed."""
    last = max(reader.embedded_signatures, key=lambda found: found.signed_revision)
    last.compute_integrity_info(skip_diff=True)
    content_type = last.signed_data["encap_content_info"]["content_type"].native
    digest = last.compute_digest()
    held = content_type == "data" and validate_sig_integrity(last.signer_info, last.signer_cert, "data", digest)
    return last.coverage is SignatureCoverageLevel.ENTIRE_FILE and held == (True, True)


async def judge_detached(content: bytes, signature: bytes, trust: Trust) -> SignatureVerdict:
    """The verdict on a CMS signature beside its content.

    Raises:
        Exception: of any kind, for a signature that cannot be read.
    """
    der = pem.unarmor(signature)[2] if pem.detect(signature) else signature
    data = cms.ContentInfo.load(der, strict=True)["content"]
    signed = _signed(data)
    known = await Known(trust).fetched(signed.certificate, signed.others)
    status = await async_validate_detached_cms(content, data, known.at(signed.moment), key_usage_settings=_ANY_USE)
    level = "CAdES" + (" B-T" if signed.stamped else " B-B")
    faults = list(_faults(signed, status, known))
    return _verdict(
        signed,
        status,
        known,
        faults,
        kind=Kind.SIGNATURE,
        field="",
        changes=Changes.NONE,
        whole=True,
        later=(),
        level=level,
    )


def _faults(signed: _Signed, status: Any, known: Known) -> Iterator[str]:
    """Why a signature is not intact."""
    if not status.intact:
        yield "nội dung đã bị sửa: mã băm không khớp với nội dung được ký"
    elif not status.valid:
        yield "giá trị chữ ký sai: không do khóa của chứng thư này tạo ra"
    token = getattr(status, "timestamp_validity", None)
    if token is not None and not (token.intact and token.valid):
        yield "dấu thời gian bị sửa hoặc không thuộc chữ ký này"
    yield from form_faults(signed.data, signed.certificate)
    for stamp in signed.tokens:
        yield from (f"dấu thời gian: {fault}" for fault in form_faults(stamp.data, stamp.certificate))
    own = (signed.certificate, *signed.others)
    others = [each for stamp in signed.tokens for each in (stamp.certificate, *stamp.others)]
    spoilt = spoilt_certificates((*own, *others), (*known.certificates, *known.roots))
    attributes = extract_signer_info(signed.data)["signed_attrs"]
    for name in dict.fromkeys((*spoilt, *unnamed_certificates(attributes, own))):
        yield f"chứng thư “{name}” kèm theo chữ ký bị sửa hoặc giả"


def _verdict(
    signed: _Signed,
    status: Any,
    known: Known,
    faults: list[str],
    *,
    kind: Kind,
    field: str,
    changes: Changes,
    whole: bool,
    later: tuple[str, ...],
    level: str,
) -> SignatureVerdict:
    told = described(signed.certificate)
    weak = list(_weaknesses(signed, status))
    token = getattr(status, "timestamp_validity", None)
    stamp_trusted = status.trusted if kind is Kind.TIMESTAMP else token is not None and token.trusted
    revoked = revocation(status, known, time_is_certain=stamp_trusted)
    untimely = list(_untimely(signed, told, revoked, kind))
    problems = [*faults, *later, *weak, *untimely]
    if not (status.trusted or faults or revoked is Revocation.REVOKED):
        problems.append(_UNKNOWN_AUTHORITY if known.roots else UNTRUSTED)
    return SignatureVerdict(
        kind=kind,
        field=field,
        intact=not faults,
        covers_whole_file=whole,
        changes=changes,
        trusted=status.trusted,
        signer=told.subject,
        authority=told.authority,
        signed_at=signed.claimed,
        timestamp=signed.stamped,
        timestamp_trusted=stamp_trusted,
        period=(told.not_before, told.not_after),
        valid_at_signing=not untimely,
        revocation=revoked,
        algorithm=f"{told.key}, {_hash_name(status.md_algorithm)}",
        strong=not weak,
        level=level,
        problems=tuple(dict.fromkeys(problems)),
        remarks=tuple(_remarks(signed, told, revoked, stamp_trusted=stamp_trusted)),
    )


def _hash_name(algorithm: str) -> str:
    """`sha256` as people write it: `SHA-256`."""
    return algorithm.upper().replace("SHA", "SHA-", 1).replace("SHA-3_", "SHA3-")


def _weaknesses(signed: _Signed, status: Any) -> Iterator[str]:
    if reason := weakness(signed.certificate.public_key):
        yield reason
    if status.md_algorithm not in HASHES:
        yield f"hàm băm {_hash_name(status.md_algorithm)} yếu hơn SHA-256"


def _untimely(signed: _Signed, told: Certificate, revoked: Revocation, kind: Kind) -> Iterator[str]:
    """Why the certificate could not sign then."""
    if not told.holds_at(signed.moment):
        yield f"lúc ký ({wording.moment(signed.moment)}) chứng thư không trong thời hạn {told.period}"
    if revoked is Revocation.REVOKED:
        yield "chứng thư đã bị thu hồi"
    if kind is Kind.SIGNATURE and not uses(signed.certificate) & SIGNING_USES:
        yield "chứng thư không ghi mục đích ký số"
    if signed.moment > datetime.now(UTC) + _SLACK:
        yield f"thời gian ký ({wording.moment(signed.moment)}) ở tương lai"


def _remarks(signed: _Signed, told: Certificate, revoked: Revocation, *, stamp_trusted: bool) -> Iterator[str]:
    """What stays unknown; it takes nothing from a good signature."""
    if signed.stamped is None:
        yield "thời gian ký do máy của người ký ghi, không có dấu thời gian của bên thứ ba"
    elif not stamp_trusted:
        yield "chưa xác định được máy chủ dấu thời gian có đáng tin không"
    if not stamp_trusted and datetime.now(UTC) > told.not_after:
        yield "chứng thư nay đã hết hạn; không có bên thứ ba nào xác nhận rằng đã ký khi còn hạn"
    if revoked is Revocation.UNKNOWN:
        yield Revocation.UNKNOWN.value
