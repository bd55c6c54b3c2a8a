"""A timestamp server (RFC 3161) that is asked with a short patience, and whose refusals are told. Needs pyHanko."""

from __future__ import annotations

from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from pipeline.signing.error import SignatureError
from pipeline.signing.proof import Level, Proof

TIMEOUT = 10
"""Seconds for each request."""

_MEND = "kiểm tra địa chỉ và mạng rồi ký lại, hoặc ký không có dấu thời gian (bỏ --timestamp)"


class _TimeStamper(RequestsHTTPTimeStamper):
    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over the digest.

        Raises:
            SignatureError: the server cannot be reached, refuses, or answers something else.
        """
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            _require_digest(token, message_digest)
        except (TimestampRequestError, OSError) as error:
            message = f"máy chủ dấu thời gian {self.url} không kết nối được hoặc trả lời sai mẫu"
            raise SignatureError("U116", message, _MEND) from error
        except (ValueError, TypeError, KeyError, AssertionError, AttributeError) as error:
            raise SignatureError("U116", f"máy chủ dấu thời gian {self.url} trả lời sai mẫu", _MEND) from error
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The response, if it grants something; one that refuses holds its status alone."""
        response = await super().async_request_tsa_response(req)
        if tsp.PKIStatusInfo.load(response.contents)["status"].native not in ("granted", "granted_with_mods"):
            raise SignatureError("U116", f"máy chủ dấu thời gian {self.url} từ chối cấp dấu thời gian", _MEND)
        return response


def _require_digest(token: cms.ContentInfo, digest: bytes) -> None:
    """A token over something else is worth nothing."""
    info: tsp.TSTInfo = token["content"]["encap_content_info"]["content"].parsed
    if info["message_imprint"]["hashed_message"].native != digest:
        raise ValueError(info["serial_number"].native)


def timestamper_for(proof: Proof) -> _TimeStamper | None:
    """The server that was named; None where none is needed.

    Raises:
        SignatureError: one is needed, or what was named is no address of a server.
    """
    if proof.level is Level.B_B:
        return None
    if urlsplit(proof.timestamp_url).scheme not in ("http", "https"):
        raise SignatureError(
            "U116",
            f"“{proof.timestamp_url}” không phải là địa chỉ của máy chủ dấu thời gian",
            "ghi --timestamp với cả http:// hoặc https:// ở đầu địa chỉ",
        )
    return _TimeStamper(proof.timestamp_url, timeout=TIMEOUT)  # type: ignore[no-untyped-call]
