"""Bookmarks per area, criterion and document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.binder.claims import Claim
from pipeline.binder.layout import Layout
from pipeline.binder.plan import BinderPlan
from pipeline.binder.texts import WORDING, entry
from pipeline.decree.phrases import phrases

if TYPE_CHECKING:
    from pikepdf import OutlineItem, Pdf


def bookmark(binder: Pdf, plan: BinderPlan, layout: Layout) -> None:
    """Give the file its bookmarks and let readers open with them in sight."""
    from pikepdf import Name, OutlineItem

    words = phrases(WORDING)
    with binder.open_outline() as outline:
        outline.root.append(OutlineItem(words("dau_bia"), 0, "Fit"))
        outline.root.append(OutlineItem(words("dau_muc_luc"), layout.contents - 1, "Fit"))
        for area, claims in groupby(plan.claims, key=lambda claim: claim.area.criterion):
            below = [_claim(claim, layout) for claim in claims]
            title = words("linh_vuc", ma=area.code, ten=area.title)
            item = OutlineItem(title, below[0].destination, "Fit")
            item.is_closed = True
            item.children.extend(below)
            outline.root.append(item)
        outline.root.append(OutlineItem(words("dau_ngoai"), layout.remainder - 1, "Fit"))
    binder.Root.PageMode = Name.UseOutlines


def _claim(claim: Claim, layout: Layout) -> OutlineItem:
    from pikepdf import OutlineItem

    words = phrases(WORDING)
    title = words("tieu_chi", ma=claim.code, ten=claim.leaf.criterion.title)
    item = OutlineItem(title, layout.claims[claim.code].start - 1, "Fit")
    item.is_closed = True
    item.children.extend(
        OutlineItem(entry(part.evidence.id, part.evidence.document, words), pages.start - 1, "Fit")
        for part in claim.parts
        if (pages := layout.scans[part.evidence.id])
    )
    return item
