"""Where on the paper a signature belongs: the blank between the signatory's position and name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.signing.error import SignatureError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MM = 72 / 25.4
"""Points in a millimetre."""
NAMED_CORNERS = ("chu-ky", "chu-ky-cuoi")
"""Named destinations at the upper left and lower right corner of the blank, in papers that this program makes."""

_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.\s*[A-ZĐÀ-Ỹ]")
_LEAST_BLANK = 10 * MM
_MOST_LEADING = 2.2
"""Of a line's height: what still belongs to the authority and the position."""
_MOST_PAGES = 2000
_MOST_PIECES = 5000


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from its lower left corner."""

    page: int
    """Counted from 0."""
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def rectangle(self) -> tuple[int, int, int, int]:
        """In whole points, which is fine enough for a field."""
        return round(self.left), round(self.bottom), round(self.right), round(self.top)


@dataclass(frozen=True)
class _Piece:
    """A piece of text on one line."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def is_under(self, other: _Piece) -> bool:
        """Whether it stands below in the same column."""
        return self.bottom < other.bottom and self.left < other.centre < self.right


def find_blank(pdf: bytes) -> Box:
    """The blank for the person's signature: by its name in the PDF, else by the words above and below it.

    Raises:
        SignatureError: there is none, or more than one.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        found = _named(document) or _worded(document)
    finally:
        document.close()
    if found is None:
        message = "không thấy chỗ ký: không có dòng quyền hạn (TM., KT., TL., TUQ., Q.) với chỗ trống trên họ tên"
        mend = "chỉ chỗ ký bằng --page TRANG --box TRÁI,DƯỚI,RỘNG,CAO (mm, tính từ góc dưới bên trái)"
        raise SignatureError("U113", message, mend)
    return found


def _named(document: PdfDocument) -> Box | None:
    """The blank between two named destinations, which only papers of this program carry."""
    import pypdfium2.raw as pdfium

    corners = []
    for name in NAMED_CORNERS:
        place = pdfium.FPDF_GetNamedDestByName(document.raw, name.encode())
        if not place:
            return None
        known = [pdfium.FPDF_BOOL() for _ in range(3)]
        values = [pdfium.FS_FLOAT() for _ in range(3)]
        if not pdfium.FPDFDest_GetLocationInPage(place, *known, *values) or not (known[0].value and known[1].value):
            return None
        corners.append((pdfium.FPDFDest_GetDestPageIndex(document.raw, place), values[0].value, values[1].value))
    (page, left, top), (last_page, right, bottom) = corners
    fits = page == last_page >= 0 and right - left > _LEAST_BLANK and top - bottom > _LEAST_BLANK
    return Box(page, left, bottom, right, top) if fits else None


def _worded(document: PdfDocument) -> Box | None:
    """The last blank of the document that has an authority above and a name below."""
    for number in range(min(len(document), _MOST_PAGES) - 1, -1, -1):
        text_page = document[number].get_textpage()
        blanks = list(_blanks(number, _pieces(text_page))) if _AUTHORITY.search(text_page.get_text_range()) else []
        text_page.close()
        if blanks:
            return blanks[-1]
    return None


def _pieces(text_page: Any) -> list[_Piece]:
    count = text_page.count_rects()
    if count > _MOST_PIECES:
        return []
    rectangles = [text_page.get_rect(index) for index in range(count)]
    return [
        _Piece(left, bottom, right, top, text_page.get_text_bounded(left, bottom, right, top).strip())
        for left, bottom, right, top in rectangles
    ]


def _blanks(page: int, pieces: list[_Piece]) -> Iterator[Box]:
    for authority in filter(lambda piece: _AUTHORITY.match(piece.text), pieces):
        above = authority
        below = sorted((each for each in pieces if each.text and each.is_under(authority)), key=lambda each: -each.top)
        for piece in below:
            if above.bottom - piece.top > _LEAST_BLANK:
                if _is_name(piece.text):
                    yield _between(page, authority, above, piece)
                break
            if above.bottom - piece.bottom > _MOST_LEADING * max(above.top - above.bottom, 12):
                break
            above = piece


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 8 and all(word[0].isupper() for word in words)


def _between(page: int, authority: _Piece, above: _Piece, name: _Piece) -> Box:
    """As wide as the authority and 50 mm at least, centred on it."""
    half = max(authority.right - authority.left, 50 * MM) / 2
    return Box(page, authority.centre - half, name.top, authority.centre + half, above.bottom)
