"""Whether a PDF is what its beginning was by itself, with nothing added but signatures in their place.

What a reader of PDFs shows beside the pages' own content is refused whole: other fields, notes, scripts, forms of XML,
portfolios, and the look of a signature that reaches out of the blank left for it.
"""

from __future__ import annotations

import io
from typing import Any

from pipeline.signing.block import MM, Box, find_blank
from pipeline.signing.error import SignatureError
from pipeline.signing.page_changes import shows, spelled

_BEYOND, _BEYOND_LEFT = 15 * MM, 40 * MM
"""How far from the blank a look may reach; a seal stands over a third of the signature, on its left."""

_ADDED = frozenset(("/AcroForm", "/DSS", "/Extensions", "/Version", "/StructTreeRoot", "/Metadata", "/Pages", "/Type"))
"""Entries of the catalog that signing changes, or that show nothing."""
_NOT_DRAWN = frozenset(("/Annots", "/Parent", "/P", "/StructParents", "/StructParent", "/Tabs"))
_ACTING = ("/A", "/AA", "/Parent", "/Kids")
"""Entries that no field of a signature needs."""


def adds_only_signatures(pdf: bytes, end: int) -> bool:
    """Whether the file shows what its first `end` bytes, a PDF of their own, show."""
    import pikepdf

    try:
        blank = find_blank(pdf[:end])
        with pikepdf.open(io.BytesIO(pdf[:end])) as begun, pikepdf.open(io.BytesIO(pdf)) as now:
            return _shown(begun) == _shown(now) and _signs_only(now) and _fields_only(begun, now, blank)
    except (pikepdf.PdfError, SignatureError, ValueError, RuntimeError, TypeError, AttributeError, KeyError):
        return False


def _shown(document: Any) -> list[bytes]:
    """Everything that the pages draw and the catalog commands, as bytes."""
    seen: set[tuple[int, int]] = set()
    found = [part for page in document.pages for part in (b"page", *_reached(page.obj, seen))]
    for key in sorted(set(document.Root.keys()) - _ADDED):
        found += [key.encode(), *_reached(document.Root[key], seen)]
    return found


def _reached(value: Any, seen: set[tuple[int, int]]) -> list[bytes]:
    """A value and whatever it refers to, each once."""
    import pikepdf

    holders = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)
    if not isinstance(value, holders):
        return [repr(value).encode()]
    found: list[bytes] = []
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        if each.objgen in seen and each.objgen != (0, 0):
            continue
        seen.add(each.objgen)
        if isinstance(each, pikepdf.Array):
            items = list(each)
        else:
            keys = sorted(set(each.keys()) - _NOT_DRAWN)
            found.append(" ".join(keys).encode())
            found += [each.read_raw_bytes()] if isinstance(each, pikepdf.Stream) else []
            items = [each[key] for key in keys]
        found += [repr(item).encode() for item in items if not isinstance(item, holders)]
        waiting += [item for item in items if isinstance(item, holders)]
    return found


def _signs_only(document: Any) -> bool:
    """Whether the form asks a reader for nothing that it would draw or compute itself."""
    form = document.Root.get("/AcroForm", {})
    return not (form.get("/NeedAppearances", False) or any(key in form for key in ("/XFA", "/CO")))


def _fields_only(begun: Any, now: Any, blank: Box) -> bool:
    """Whether all that was laid on the pages are fields for signatures."""
    fields = {each.objgen for each in now.Root.get("/AcroForm", {}).get("/Fields", ())}
    for number, (before, after) in enumerate(zip(begun.pages, now.pages, strict=True)):
        known = {spelled(each) for each in before.obj.get("/Annots", ())}
        for each in after.obj.get("/Annots", ()):
            if spelled(each) not in known and not _is_place(each, number, fields, blank):
                return False
    return True


def _is_place(annotation: Any, page: int, fields: set[tuple[int, int]], blank: Box) -> bool:
    """Whether it is a field that a reader of signatures finds, and shows nothing but a signature in its place."""
    if annotation.get("/Subtype") != "/Widget" or annotation.get("/FT") != "/Sig" or annotation.objgen not in fields:
        return False
    if any(key in annotation for key in _ACTING):
        return False
    if not shows(annotation):
        return True
    value = annotation.get("/V", {})
    signed = "/ByteRange" in value and value.get("/Type", "/Sig") == "/Sig"
    return signed and page == blank.page and _is_near(annotation["/Rect"], blank)


def _is_near(rectangle: Any, blank: Box) -> bool:
    left, right = sorted(float(rectangle[at]) for at in (0, 2))
    bottom, top = sorted(float(rectangle[at]) for at in (1, 3))
    across = blank.left - _BEYOND_LEFT <= left and right <= blank.right + _BEYOND
    return across and blank.bottom - _BEYOND <= bottom and top <= blank.top + _BEYOND
