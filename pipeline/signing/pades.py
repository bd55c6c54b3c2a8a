"""The cryptographic part of a signature: CMS in a PDF field (PAdES) or beside any bytes. Needs pyHanko."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, select_suitable_signing_md
from pyhanko.sign.signers.pdf_signer import PreSignValidationStatus, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp.base import BaseStampStyle
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

from pipeline.signing.chain_bound import bind_chain
from pipeline.signing.document import damaged
from pipeline.signing.error import SignatureError
from pipeline.signing.proof import Level, Proof
from pipeline.signing.timestamp import timestamper_for
from pipeline.signing.writer import SigningWriter

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko_certvalidator import ValidationContext

    from pipeline.signing.credential import Credential

TIMESTAMP_FIELD, TIMESTAMP_TITLE = "dau_thoi_gian", "Dấu thời gian"


class _DrawnAlready(BaseStampStyle):
    """Leaves the field the look that it has."""

    def create_stamp(self, writer: BasePdfFileWriter, box: Any, text_params: dict[str, Any]) -> Any:
        return None


class _PadesSigner(PdfSigner):
    """Leaves the version of the file alone, which PDF/A-2 forbids to raise to 2.0 for an elliptic curve."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

        if pdf_out.output_version < (2, 0):
            pdf_out.register_extension(ESIC_EXTENSION_1)


def fill_field(
    writer: IncrementalPdfFileWriter, field: str, credential: Credential, moment: datetime, proof: Proof
) -> bytes:
    """The signed PDF. It is an approval signature, as the decree has them: it locks nothing that a later one needs.

    Raises:
        SignatureError: a timestamp or revocation information cannot be had, or the PDF forbids another signature.
    """
    timestamper = timestamper_for(proof)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=_hash(credential),
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=proof.level is Level.B_LTA,
        validation_context=_validation(proof),
        signer_key_usage=set(),
    )
    bind_chain(credential.signer, moment, timestamper, in_pdf=True)
    signer = _PadesSigner(metadata, credential.signer, timestamper=timestamper, stamp_style=_DrawnAlready())
    try:
        return asyncio.run(_signed(writer, signer, moment, timestamper))
    except (PathError, ValidationError) as error:
        raise _unproved(error) from error
    except SigningError as error:
        raise _told(error) from error
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise damaged() from error


async def _signed(
    writer: IncrementalPdfFileWriter, signer: PdfSigner, moment: datetime, timestamper: TimeStamper | None
) -> bytes:
    """The steps of pyHanko's own `async_sign_pdf`, with the moment given."""
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = moment
    validation = await session.perform_presign_validation(writer)
    size = await session.estimate_signature_container_size(validation)
    document = session.prepare_tbs_document(validation, size)
    digest, output = document.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=moment)
    signed = await document.perform_signature(digest.document_digest, attributes)
    if validation is not None and timestamper is not None:
        await _archive(output, signed.sig_contents, validation, timestamper, signer)
    output.seek(0)
    return bytes(output.read())


async def _archive(
    output: IO[bytes],
    contents: bytes,
    validation: PreSignValidationStatus,
    timestamper: TimeStamper,
    signer: PdfSigner,
) -> None:
    """Add what proves the signature, and close it with a timestamp over the whole document.

    The timestamp's field lies outside the page, as PDF/UA wants of what is not tagged.
    """
    metadata = signer.signature_meta
    writer = SigningWriter(output)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        contents,
        paths=validation.validation_paths,
        ocsps=validation.ocsps_to_embed,
        crls=validation.crls_to_embed,
    )
    stamper = PdfTimeStamper(
        timestamper,
        field_name=f"{TIMESTAMP_FIELD}_{len(writer.prev.embedded_timestamp_signatures) + 1}",
        invis_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=TIMESTAMP_TITLE,
    )
    await stamper.async_timestamp_pdf(
        writer,
        metadata.md_algorithm,
        metadata.validation_context,
        in_place=True,
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )


def _hash(credential: Credential) -> str:
    """SHA-256, or stronger for stronger keys."""
    return select_suitable_signing_md(credential.x509.public_key)


def _validation(proof: Proof) -> ValidationContext | None:
    """What checks the chains and gathers revocation information; the network may be slow but not endless."""
    if proof.level is not Level.B_LTA:
        return None
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

    from pipeline.signing.timestamp import TIMEOUT

    return ValidationContext(
        trust_roots=list(proof.trust.certificates()),
        allow_fetching=True,
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=TIMEOUT),
        revocation_mode="require",
    )


def _told(error: SigningError) -> SignatureError:
    if "could not be validated" in str(error):
        return _unproved(error)
    mend = "kiểm tra tệp bằng `cchc verify`; nếu cần thì ký lại từ bản chưa ký"
    return SignatureError("U111", "tệp PDF không cho phép thêm chữ ký", mend)


def _unproved(error: BaseException) -> SignatureError:
    if any(isinstance(each, RevokedError) for each in _causes(error)):
        message = "chứng thư của người ký, hay một chứng thư trong chuỗi của nó hoặc của dấu thời gian, đã bị thu hồi"
        return SignatureError("U117", message, "không ký bằng chứng thư này ở mức nào; xin cấp chứng thư mới")
    message = (
        "không lấy được đủ thông tin thu hồi, hoặc chứng thư của người ký hay của máy chủ dấu thời gian không nối tới "
        "gốc tin cậy đã nêu; không ký B-LTA"
    )
    mend = "thêm chứng thư gốc còn thiếu bằng --trust TỆP, kiểm tra mạng, hoặc ký mức B-T (bỏ --lta)"
    return SignatureError("U117", message, mend)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def detached(content: bytes, credential: Credential, moment: datetime, proof: Proof) -> bytes:
    """A CMS signature (CAdES) of bytes that stay outside it, DER."""
    timestamper = timestamper_for(proof)
    bind_chain(credential.signer, moment, timestamper, in_pdf=False)
    job = credential.signer.async_sign_general_data(
        io.BytesIO(content),
        _hash(credential),
        detached=True,
        use_cades=True,
        timestamper=timestamper,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
    )
    return bytes(asyncio.run(job).dump())
