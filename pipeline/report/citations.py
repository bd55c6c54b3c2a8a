"""A document that proves a point, as the report names it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline import wording
from pipeline.decree.phrases import Phrases
from pipeline.dossier import Evidence
from pipeline.model.assessment import Citation


def cited(evidence: Evidence, citation: Citation | None, words: Phrases, *, listed: bool = True) -> str:
    """A document by its place in the list of evidence, where the paper has that list, with number, day and page."""
    document = evidence.document
    key = "vien_dan" if document.issued else "vien_dan_khong_ngay"
    reference = words(
        key if listed else f"{key}_le",
        stt=str(evidence.position),
        so_ky_hieu=document.number,
        ngay=wording.day(document.issued) if document.issued else "",
    )
    return ", ".join([reference, *_where(citation, words)])


def _where(citation: Citation | None, words: Phrases) -> Iterable[str]:
    if citation and citation.section:
        numbered = wording.is_bare_number(citation.section)
        yield words("muc", muc=citation.section) if numbered else citation.section
    if citation and citation.page:
        yield words("trang", trang=citation.page)
