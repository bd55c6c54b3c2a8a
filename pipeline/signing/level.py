"""How long a signature in a PDF can be proved: the PAdES level found (ETSI EN 319 142). Needs pyHanko."""

from __future__ import annotations

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from pipeline.signing.chain import Known


def pdf_level(found: EmbeddedPdfSignature, known: Known, reader: PdfFileReader) -> str:
    """`PAdES B-B` to `PAdES B-LTA`; for other kinds their own name."""
    if found.sig_object_type == "/DocTimeStamp":
        return "RFC 3161"
    subfilter = str(found.sig_object.get("/SubFilter", "")).removeprefix("/")
    if subfilter != "ETSI.CAdES.detached":
        return subfilter
    later = [stamp for stamp in reader.embedded_timestamp_signatures if stamp.signed_revision > found.signed_revision]
    stamped = any(extract_tst_data_iter(found.signer_info, signed=False)) or later
    if not stamped:
        return "PAdES B-B"
    if not known.tells_about(found.signer_cert):
        return "PAdES B-T"
    return "PAdES B-LTA" if later else "PAdES B-LT"
