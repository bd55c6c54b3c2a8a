"""Whether a PDF shows figures that are only an example; such a paper is not signed by mistake."""

from __future__ import annotations

import io

MARK = "SỐ LIỆU MINH HỌA"
"""What stands on every page of such a paper."""
_MOST_PAGES = 50
"""The mark stands on every page, so the first ones tell."""


def is_illustrative(pdf: bytes) -> bool:
    """Whether the mark stands on one of its pages.

    Raises:
        SignatureError: the file is no PDF that can be read.
    """
    import pypdfium2

    from pipeline.signing.document import open_pdf, told_as_damage

    open_pdf(pdf)
    with told_as_damage():
        document = pypdfium2.PdfDocument(io.BytesIO(pdf))
        try:
            return any(MARK in _text(document[number]) for number in range(min(len(document), _MOST_PAGES)))
        finally:
            document.close()


def _text(page: object) -> str:
    """The words of a page on one line, in capitals, since fonts and lines may break them anywhere."""
    text_page = page.get_textpage()  # type: ignore[attr-defined]  # pypdfium2 has no types
    return " ".join(str(text_page.get_text_range()).upper().split())
