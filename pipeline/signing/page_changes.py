"""What a PDF shows differently from what was signed, page by page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

MOST_NAMED = 10
"""Pages; a file in which more was changed needs no longer list."""

_PARTS = {"/Contents": "nội dung", "/Annots": "chú thích hoặc ô điền", "/Resources": "hình, phông chữ"}


def described_changes(pdf: bytes, signed_end: int) -> tuple[str, ...]:
    """Where the file differs from its signed beginning, in Vietnamese."""
    import pikepdf

    general = "tài liệu đã bị sửa sau khi ký"
    try:
        with pikepdf.open(io.BytesIO(pdf[:signed_end])) as signed, pikepdf.open(io.BytesIO(pdf)) as now:
            places = list(_differences(signed, now))
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        return (general,)
    more = " …" if len(places) > MOST_NAMED else ""
    return (f"{general}: {'; '.join(places[:MOST_NAMED])}{more}",) if places else (general,)


def unanswered(pdf: bytes, signed_end: int) -> bool:
    """Whether something was laid over the pages after signing that no signature answers for.

    Fields for further signatures may be added to a signed paper, and each may bring a look of its own. So may the
    field of a timestamp, which anybody can get. What such a look shows was signed by nobody.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf[:signed_end])) as signed, pikepdf.open(io.BytesIO(pdf)) as now:
            before = {spelled(each, 0) for page in signed.pages for each in page.obj.get("/Annots", ())}
            laid = [each for page in now.pages for each in page.obj.get("/Annots", ())]
            return any(not _is_signed(each) and spelled(each, 0) not in before for each in laid if shows(each))
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError):
        return True


def _is_signed(annotation: Any) -> bool:
    """Whether it is the place of a signature that somebody made; a timestamp is made by a machine."""
    above = annotation.get("/Parent", {})
    kind, value = (annotation.get(key) or above.get(key) for key in ("/FT", "/V"))
    if kind != "/Sig" or value is None or annotation.get("/Subtype") != "/Widget":
        return False
    return bool(value.get("/Type") != "/DocTimeStamp")


def shows(annotation: Any) -> bool:
    """Whether a reader may see it; a field that waits for its signature has an empty look."""
    import pikepdf

    if annotation.get("/Subtype") != "/Widget" or "/MK" in annotation:
        return True
    looks = annotation.get("/AP", {}).values()
    return any(not isinstance(look, pikepdf.Stream) or look.read_raw_bytes() for look in looks)


def _differences(signed: Any, now: Any) -> Iterator[str]:
    if len(signed.pages) != len(now.pages):
        yield f"có {len(now.pages)} trang, lúc ký có {len(signed.pages)} trang"
    for number, (before, after) in enumerate(zip_longest(signed.pages, now.pages), 1):
        if before is None or after is None:
            return
        parts = [title for key, title in _PARTS.items() if _written(before.obj, key) != _written(after.obj, key)]
        if parts:
            yield f"trang {number} ({', '.join(parts)})"


def _written(page: Any, key: str) -> bytes:
    """A part of a page as bytes that can be compared, streams and what they refer to included."""
    return spelled(page.get(key), 0)


def spelled(value: Any, depth: int = 0) -> bytes:
    """A value as bytes that can be compared, streams and what it refers to included, so many levels deep."""
    import pikepdf

    if depth > 6:
        return b""
    if isinstance(value, pikepdf.Stream):
        return bytes(value.read_raw_bytes())
    if isinstance(value, pikepdf.Array):
        return b"[" + b" ".join(spelled(item, depth + 1) for item in value) + b"]"
    if isinstance(value, pikepdf.Dictionary):
        items = [
            key.encode() + spelled(value[key], depth + 1)
            for key in sorted(value.keys())
            if key not in ("/Parent", "/P")
        ]
        return b"<<" + b" ".join(items) + b">>"
    return repr(value).encode()
