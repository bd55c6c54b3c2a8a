"""What a report's PDF tells a program: the manifest that it carries, and the cells of its tables.

PDFs come from strangers; `pdf_guard` looks at one before anything here does. Cells are read by the document's tags,
which is how a screen reader reads them.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.package.manifest import ATTACHED, LARGEST, Manifest, read_manifest

_DEEPEST = 60
"""Levels of tags; our reports have ten."""
_MOST_PAGES = 500
_LARGEST_PAGE, _LARGEST_PAGES = 3_000_000, 24_000_000
"""Bytes of instructions on a page and on all pages together; a library needs twenty times as much memory for a page."""

Cells = tuple[str, ...]
"""The texts of a table's row, empty cells left out."""


def attached_manifest(pdf: bytes) -> Manifest | None:
    """The manifest that a report carries; None where there is none that can be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = document.attachments.get(ATTACHED)
            stream = found.get_file().obj if found is not None else None
            raw = _bounded(stream) if stream is not None else None
        return read_manifest(raw) if raw is not None else None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, zlib.error, RecursionError):
        return None


def _bounded(stream: Any) -> bytes | None:
    """The content of an attachment, never more than a manifest may be long."""
    raw: bytes = stream.read_raw_bytes()
    if "/Filter" in stream:
        engine = zlib.decompressobj()
        raw = engine.decompress(raw, LARGEST + 1)
    return raw if len(raw) <= LARGEST else None


def table_rows(pdf: bytes) -> list[Cells]:
    """The rows of all tables, in the order of the pages.

    Raises:
        ValueError: the PDF cannot be read.
    """
    import pypdfium2

    _require_modest(pdf)
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        return [row for page in document for row in _page_rows(page)]
    finally:
        document.close()


def _require_modest(pdf: bytes) -> None:
    """Refuse pages that cost much more to lay out than they weigh: shared, nested, or in a picture's guise.

    Raises:
        ValueError: they do, or the PDF cannot be read.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if len(document.pages) > _MOST_PAGES:
                raise ValueError(len(document.pages))
            sizes = [_page_size(page) for page in document.pages]
    except (pikepdf.PdfError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if max(sizes, default=0) > _LARGEST_PAGE or sum(sizes) > _LARGEST_PAGES:
        raise ValueError(sum(sizes))


def _page_size(page: Any) -> int:
    """The bytes of a page's instructions, those of forms that it draws included."""
    contents = page.obj.get("/Contents", [])
    streams = [contents] if hasattr(contents, "read_bytes") else list(contents)
    forms = list(page.form_xobjects.values())
    if any(stream.get("/Subtype") == "/Image" for stream in streams):
        raise ValueError("/Image")
    if any("/XObject" in form.get("/Resources", {}) for form in forms):
        raise ValueError("/Form")
    return sum(len(stream.read_bytes()) for stream in (*streams, *forms))


def _page_rows(page: Any) -> list[Cells]:
    from pypdfium2 import raw

    texts = _marked_texts(page)
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        roots = (raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree)))
        rows = [row for root in roots if root for row in _rows(root, texts, 0)]
    finally:
        raw.FPDF_StructTree_Close(tree)
    return rows


def _marked_texts(page: Any) -> Mapping[int, str]:
    """The text of a page by the number that the tags call it by."""
    from pypdfium2 import raw

    texts: dict[int, str] = defaultdict(str)
    reader = page.get_textpage()
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        thing = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        mark = raw.FPDFPageObj_GetMarkedContentID(thing)
        if mark >= 0:
            texts[mark] += _utf16(
                lambda room, size, thing=thing: raw.FPDFTextObj_GetText(thing, reader.raw, room, size)
            )
    reader.close()
    return texts


def _rows(element: Any, texts: Mapping[int, str], depth: int) -> Iterator[Cells]:
    if _kind(element) == "TR":
        yield tuple(
            filter(None, ("".join(_text(cell, texts, depth).split()) for cell, _ in _children(element) if cell))
        )
    elif depth < _DEEPEST:
        for child, _ in _children(element):
            if child:
                yield from _rows(child, texts, depth + 1)


def _text(element: Any, texts: Mapping[int, str], depth: int) -> str:
    if depth > _DEEPEST:
        return ""
    return "".join(
        _text(child, texts, depth + 1) if child else texts.get(mark, "") for child, mark in _children(element)
    )


def _children(element: Any) -> Iterator[tuple[Any, int]]:
    """What an element holds, in order: other elements, or the numbers of texts."""
    from pypdfium2 import raw

    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        yield child, -1 if child else raw.FPDF_StructElement_GetChildMarkedContentID(element, at)


def _kind(element: Any) -> str:
    from pypdfium2 import raw

    return _utf16(lambda room, size: raw.FPDF_StructElement_GetType(element, room, size))


def _utf16(fill: Any) -> str:
    """A text of the library: asked for its size first, then filled in."""
    size = fill(None, 0)
    room = ctypes.create_string_buffer(max(size, 2))
    fill(ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw[:size].decode("utf-16le", "replace").rstrip("\0")
