"""A PDF opened with distrust, to sign it or to read its signatures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.signing.error import SignatureError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

PERSON_FIELD, ORGANISATION_FIELD, ANNEX_FIELD = "ky_nguoi", "ky_co_quan", "ky_kem_theo"
"""The names of the signature fields that this program makes."""

_HEAD = 1024
_REPRINT = "xuất lại tệp PDF từ phần mềm đã soạn văn bản (hoặc chạy `cchc report`), rồi làm lại với tệp mới"


def open_pdf(pdf: bytes) -> PdfFileReader:
    """The PDF, once it is known to be one that can be read whole and without a password.

    Raises:
        SignatureError: it is not.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    if b"%PDF-" not in pdf[:_HEAD]:
        raise SignatureError("U110", "tệp không phải là PDF", "chọn đúng tệp PDF của văn bản")
    with told_as_damage():
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        if reader.encrypted:
            raise SignatureError("U110", "tệp PDF có mật khẩu hoặc đã mã hóa", "bỏ mật khẩu của tệp PDF rồi làm lại")
        if reader.xrefs.hybrid_xrefs_present:
            raise SignatureError(
                "U110", "tệp PDF có hai bảng tra cứu đối tượng, chữ ký không bảo vệ được cả hai", _REPRINT
            )
        _ = reader.root["/Pages"]["/Count"]
    return reader


@contextmanager
def told_as_damage() -> Iterator[None]:
    """Turn whatever a spoilt or hostile PDF makes its parser throw into a finding.

    Raises:
        SignatureError: instead of anything else.
    """
    try:
        yield
    except SignatureError:
        raise
    except Exception as error:
        raise damaged() from error


def damaged() -> SignatureError:
    """What is said of a PDF that its parser chokes on."""
    return SignatureError("U110", "tệp PDF bị hỏng hoặc sai cấu trúc", _REPRINT)
