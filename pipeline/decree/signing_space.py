"""Where a finished PDF leaves room for the signature: the blank between the signatory's title and name."""

from __future__ import annotations

import io
from dataclasses import dataclass

BEGIN, END = "chu-ky", "chu-ky-cuoi"
"""The PDF's own names (named destinations) for the blank's upper left and lower right corner."""


@dataclass(frozen=True)
class SigningSpace:
    """The blank, in points from the lower left corner of its page."""

    page: int
    """Counted from 0."""
    left: float
    bottom: float
    right: float
    top: float


def signing_space(made: bytes) -> SigningSpace | None:
    """The room for the signature in a PDF of this house; None for any other PDF.

    Raises:
        pikepdf.PdfError: the file is no readable PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as document:
        names = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        places = pikepdf.NameTree(names) if names is not None else {}
        if BEGIN not in places or END not in places:
            return None
        begin, end = places[BEGIN], places[END]
        page = next(index for index, sheet in enumerate(document.pages) if sheet.objgen == begin[0].objgen)
        return SigningSpace(page, float(begin[2]), float(end[3]), float(end[2]), float(begin[3]))
