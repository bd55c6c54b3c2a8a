"""Looking at a PDF from a stranger before a library unpacks it: passwords, sizes, forms that call each other."""

from __future__ import annotations

import io
import re
from typing import Any

from pipeline.pdf_streams import disguises_filters, sizes, streams

MOST_PAGES = 2_000
LARGEST_STREAM = 64_000_000
"""Bytes of one stream unpacked; a colour scan of a sheet takes half of it."""
LARGEST_SUM = 1_000_000_000
LARGEST_CONTENT = 2_000_000
"""Bytes of drawing instructions of one page."""
MOST_CALLS = 20_000
"""How often the drawings of a page may call others, counted through."""

_NESTED = re.compile(rb"/Filter\s*\[[^\]]*/(?:Fl|LZW|RunL)\w*[^\]]*/(?:Fl|LZW|RunL)")
_CALL = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")


class PdfFileError(Exception):
    """A PDF that is not opened."""

    def __init__(self, problem: str, *, readable: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        """In Vietnamese."""
        self.readable = readable
        """False when it is dangerous rather than damaged."""


def look_at(content: bytes) -> None:
    """Refuse what is encrypted, damaged, or unpacks to more than paper can hold.

    Raises:
        PdfFileError: in these cases.
    """
    _measure(content)
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise PdfFileError("tệp PDF đặt mật khẩu hoặc hạn chế quyền", readable=True)
            _look_through(pdf)
    except pikepdf.PasswordError as error:
        raise PdfFileError("tệp PDF đặt mật khẩu", readable=True) from error
    except pikepdf.PdfError as error:
        raise PdfFileError("tệp PDF bị hỏng nên không đọc được", readable=True) from error


def _measure(content: bytes) -> None:
    """Refuse filters upon filters, and streams that unpack to too much."""
    if _NESTED.search(content) or disguises_filters(content):
        raise PdfFileError("tệp PDF nén nhiều lớp chồng lên nhau, có thể gây hại", readable=False)
    total = 0
    for stream in streams(content):
        _, size = sizes(content, stream.start, LARGEST_STREAM + 1)
        total += size
        if size > LARGEST_STREAM or total > LARGEST_SUM:
            raise PdfFileError("tệp PDF bung ra quá lớn", readable=False)


def _look_through(pdf: Any) -> None:
    if len(pdf.pages) > MOST_PAGES:
        raise PdfFileError(f"tệp PDF có hơn {MOST_PAGES} trang", readable=False)
    known: dict[tuple[int, int], int] = {}
    for page in pdf.pages:
        if _calls(_content(page.obj), page.resources, known, 0) > MOST_CALLS:
            raise PdfFileError("hình vẽ trong tệp PDF gọi nhau quá nhiều lần, có thể gây hại", readable=False)


def _content(page: Any) -> bytes:
    import pikepdf

    parts = page.get("/Contents", [])
    streams = list(parts) if isinstance(parts, pikepdf.Array) else [parts]
    content = b"\n".join(part.read_bytes() for part in streams if isinstance(part, pikepdf.Stream))
    if len(content) > LARGEST_CONTENT:
        raise PdfFileError("một trang của tệp PDF có quá nhiều lệnh vẽ", readable=False)
    return content


def _calls(content: bytes, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """How many drawings are drawn in all when `content` is; too deep counts as too many."""
    if depth > 10:
        return MOST_CALLS + 1
    named = resources.get("/XObject", {})
    total = 0
    for name in _CALL.findall(content):
        form = named.get("/" + name.decode("latin-1"))
        total += 1 + (_calls_of(form, resources, known, depth + 1) if form is not None else 0)
        if total > MOST_CALLS:
            break
    return total


def _calls_of(form: Any, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    if form.get("/Subtype") != "/Form":
        return 0
    if form.objgen not in known:
        known[form.objgen] = MOST_CALLS + 1  # what calls itself never ends
        known[form.objgen] = _calls(form.read_bytes(), form.get("/Resources", resources), known, depth)
    return known[form.objgen]
