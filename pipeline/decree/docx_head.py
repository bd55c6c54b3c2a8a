"""The Word file's first page: the rules below agency, motto and subject, and how “Kính gửi” stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.decree.docx_styles import BODY_SIZE, HEAD_SIZE, MOTTO_SIZE, twips
from pipeline.decree.metrics import text_width
from pipeline.decree.paper import Addressees, Paper
from pipeline.decree.tree import LETTERHEAD_SHARES

if TYPE_CHECKING:
    from docx.document import Document

_PART = 0.4
"""Of the text above it: Decree 30 asks for a third to a half."""
_BORDER = '<w:pBdr {ns}><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
_ADDRESSEES = 30
"""Millimetres from the margin to “Kính gửi:” when it heads a list."""


def draw_rules(document: Document, paper: Paper) -> None:
    """The lines under agency, motto and subject, which come in this order."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for paragraph, (room, length) in zip(_styled(document, "Nétkẻ", "Nétkẻtríchyếu"), _rules(paper), strict=True):
        side = max(0, (room - length) / 2)
        paragraph.get_or_add_pPr().append(parse_xml(_BORDER.format(ns=nsdecls("w"))))
        _indent(paragraph, left=side, right=side)


def _rules(paper: Paper) -> Iterator[tuple[float, float]]:
    """The room that each rule lies in, and its length, in millimetres."""
    left, right = (paper.page.text_width * share / 100 for share in LETTERHEAD_SHARES)
    yield left, _PART * _widest(paper.letterhead.body, HEAD_SIZE)
    yield right, _widest((paper.letterhead.motto,), MOTTO_SIZE)
    if paper.kind:
        yield paper.page.text_width, _PART * _widest(paper.subject, BODY_SIZE)


def _widest(lines: Sequence[str], size: float) -> float:
    return max(text_width(line, size, bold=True) for line in lines)


def place_addressees(document: Document, paper: Paper) -> None:
    """One addressee too long for its line hangs beside the label; the dashes of several stand below its colon."""
    to = paper.addressees
    if len(to.names) > 1:
        _list(document, to)
        return
    for paragraph in _styled(document, "Kínhgửi"):
        label = text_width(f"{to.label} ", BODY_SIZE)
        if label + text_width(to.names[0], BODY_SIZE) > paper.page.text_width:
            paragraph.style = "Kínhgửidài"
            _indent(paragraph, left=label, hanging=label)


def _list(document: Document, to: Addressees) -> None:
    colon, dash = text_width(to.label.rstrip(":"), BODY_SIZE), text_width("- ", BODY_SIZE)
    for paragraph in _styled(document, "Kínhgửinhiềunơi"):
        _indent(paragraph, left=_ADDRESSEES)
    for paragraph in _styled(document, "Nơigửi"):
        _indent(paragraph, left=_ADDRESSEES + colon + dash, hanging=dash)


def _styled(document: Document, *styles: str) -> list[Any]:
    """The paragraphs in these styles, those in tables too."""
    from docx.oxml.ns import qn

    body: Any = document.element.body
    return [paragraph for paragraph in body.iter(qn("w:p")) if paragraph.style in styles]


def _indent(paragraph: Any, **sides: float) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    attributes = " ".join(f'w:{side}="{twips(length)}"' for side, length in sides.items())
    paragraph.get_or_add_pPr().append(parse_xml(f"<w:ind {nsdecls('w')} {attributes}/>"))
