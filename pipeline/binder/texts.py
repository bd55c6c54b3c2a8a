"""What the program's own pages say: every text final, as plain data for the template."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline import wording
from pipeline.binder.claims import Cited, Claim, LeftOut
from pipeline.binder.layout import Layout
from pipeline.decree.lines import balanced
from pipeline.decree.paper import one_line, printable
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Dossier
from pipeline.model.assessment import Citation
from pipeline.model.evidence import Document
from pipeline.scoring import LeafScore
from pipeline.workspace.scan_pages import cited_pages

WORDING = Path(__file__).with_name("binder.yml")
"""What an office may change of the binder's own words."""
_COVER_LINE = 52
"""How many characters a centred line of the cover holds."""

_LABELS = (
    *("muc_luc", "cach_doc", "diem_tu_cham", "cach_tinh", "so_lieu", "giai_trinh"),
    *("tai_lieu", "khong_tai_lieu", "cot_ma", "cot_tai_lieu", "cot_cho", "cot_trang_quyen"),
    *("tai_lieu_ngoai", "mo_dau_ngoai", "khong_ngoai", "cot_so_ky_hieu", "cot_ly_do", "cot_sha256"),
)
"""Texts that the template sets as they stand."""


def title(dossier: Dossier) -> str:
    """The binder's name, the year and the body with it."""
    return phrases(WORDING)("ten_day_du", nam=str(dossier.year), don_vi=dossier.settings.body.full_title)


def texts(dossier: Dossier, claims: Sequence[Claim], out: Sequence[LeftOut], layout: Layout) -> dict[str, Any]:
    """All that the template shows."""
    words = phrases(WORDING)
    told = {
        "title": title(dossier),
        "mark": words("minh_hoa") if dossier.illustrative else "",
        "labels": {label: words(label) for label in _LABELS},
        "notes": words.lines("ghi_chu"),
        "cover": _cover(dossier, claims, layout, words),
        "areas": [
            {
                "title": words("linh_vuc", ma=area.code, ten=area.title),
                "claims": [_claim(claim, layout, words) for claim in found],
            }
            for area, found in groupby(claims, key=lambda claim: claim.area.criterion)
        ],
        "left_out": [_left_out(each, words) for each in out],
        "remainder": layout.remainder,
    }
    return {key: _clean(value) for key, value in told.items()}


def _clean(value: Any) -> Any:
    """Texts of officers as one line each, without what no page can carry."""
    match value:
        case str():
            return one_line(printable(value))
        case dict():
            return {key: _clean(item) for key, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value


def _cover(dossier: Dossier, claims: Sequence[Claim], layout: Layout, words: Phrases) -> dict[str, Any]:
    body, report = dossier.settings.body, dossier.settings.report
    joining = words.texts["ngat_truoc"]
    reference = words(
        "kem_theo",
        so_ky_hieu=wording.document_symbol(report.serial, report.symbol),
        ngay=wording.day_in_words(report.issued, dossier.year),
        don_vi=body.full_title,
    )
    size = words(
        "quy_mo",
        so_tieu_chi=wording.number(len(claims)),
        so_tai_lieu=wording.number(len(layout.scans)),
        trang=wording.number(layout.total),
    )
    return {
        "superior": balanced(body.superior.upper(), _COVER_LINE, joining),
        "body": balanced(body.full_title.upper(), _COVER_LINE, joining),
        "name": words("bia"),
        "subject": balanced(one_line(report.subject), _COVER_LINE, joining),
        "reference": balanced(reference, _COVER_LINE, joining),
        "size": size,
        "scope": words(f"pham_vi.{dossier.settings.binder.scope.value}"),
        "place": words("dia_danh_nam", dia_danh=body.place, nam=str(dossier.year)),
    }


def _claim(claim: Claim, layout: Layout, words: Phrases) -> dict[str, Any]:
    leaf = claim.leaf
    return {
        "code": claim.code,
        "title": leaf.criterion.title,
        "heading": words("tieu_chi", ma=claim.code, ten=leaf.criterion.title),
        "points": _points(leaf, words),
        "figures": [words("mot_so_lieu", ten=figure.label, gia_tri=figure.text) for figure in leaf.figures],
        "derivation": leaf.derivation,
        "explanation": leaf.explanation or "",
        "documents": [_document(cited, layout, words) for cited in claim.cited],
        "scans": [
            {"entry": entry(part.evidence.id, part.evidence.document, words), "page": pages.start}
            for part in claim.parts
            if (pages := layout.scans[part.evidence.id])
        ],
        "page": layout.claims[claim.code].start,
    }


def _points(leaf: LeafScore, words: Phrases) -> str:
    if leaf.points is None:
        return leaf.state.value
    if leaf.group:
        return words("diem_nhom", diem=wording.points(leaf.points))
    return words("diem", diem=wording.points(leaf.points), toi_da=wording.maximum(leaf.maximum))


def _document(cited: Cited, layout: Layout, words: Phrases) -> dict[str, Any]:
    name, document = cited.evidence.id, cited.evidence.document
    pages = layout.scans.get(name)
    return {
        "id": name,
        "reference": words("vien_dan", so_ky_hieu=document.number, ngay=_day(document, words)),
        "abstract": words("co_quan_trich_yeu", co_quan=document.issuer or "", trich_yeu=document.public_abstract),
        "places": [_place(place, pages, words) for place in cited.places or (Citation(ma=name),)],
        "pages": wording.span(pages[0], pages[-1]) if pages else words("khong_trong_quyen"),
        "page": pages.start if pages else None,
    }


def _place(place: Citation, pages: range | None, words: Phrases) -> dict[str, Any]:
    """Where the proof stands; where that is one page of a scan at hand, its page in the binder to lead to."""
    section = place.section or ""
    parts = [words("muc", muc=section) if wording.is_bare_number(section) else section]
    parts += [words("trang", trang=place.page)] if place.page else []
    first = min(cited_pages(place.page or ""), default=0)
    return {
        "text": ", ".join(filter(None, parts)) or words("ca_tai_lieu"),
        "page": pages[first - 1] if pages and 0 < first <= len(pages) else None,
    }


def entry(name: str, document: Document, words: Phrases) -> str:
    """A document in one line, as the contents and the bookmarks name it."""
    return words("muc_tai_lieu", ma=name, so_ky_hieu=document.number, ngay=_day(document, words))


def _day(document: Document, words: Phrases) -> str:
    return words("ngay", ngay=wording.day(document.issued)) if document.issued else ""


def _left_out(out: LeftOut, words: Phrases) -> dict[str, Any]:
    document = out.evidence.document
    return {
        "id": out.evidence.id,
        "reference": words("vien_dan", so_ky_hieu=document.number, ngay=_day(document, words)),
        "reason": words(f"ly_do.{out.reason}"),
        "sha256": out.scan.sha256 if out.scan else "",
    }
