"""The blank for the signature is where the reader of the PDF sees it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from pipeline.signing.block import find_blank


def test_the_blank_lies_between_title_and_name(files: tuple[Path, Path]) -> None:
    """On the page of the signature, below the title and above the name, 30 mm high, in the right half."""
    space = find_blank(files[1].read_bytes())
    page = pypdfium2.PdfDocument(str(files[1]))[space.page]
    text = page.get_textpage()
    above = text.get_text_bounded(space.left, space.top, space.right, space.top + 40)
    below = text.get_text_bounded(space.left, space.bottom - 20, space.right, space.bottom)

    assert "CHỦ TỊCH" in above
    assert "Nguyễn Văn Hạnh" in below
    assert text.get_text_bounded(space.left, space.bottom + 8, space.right, space.top - 8).strip() == ""
    assert space.top - space.bottom == pytest.approx(30 * 72 / 25.4, abs=0.1)
    assert space.left > page.get_width() / 2 - 20


def test_the_blank_is_no_heading(files: tuple[Path, Path]) -> None:
    """Neither bookmarks nor tags know the two points."""
    from pypdf import PdfReader

    outline = str(PdfReader(files[1]).outline)

    assert "chu-ky" not in outline
