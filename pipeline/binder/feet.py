"""What stands at the foot of each page of the binder."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binder.claims import Part
from pipeline.binder.layout import Layout
from pipeline.binder.texts import WORDING
from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier


class Feet:
    """Page, document and criterion, as a reader needs them to find the way back."""

    def __init__(self, dossier: Dossier, layout: Layout) -> None:
        self._words = phrases(WORDING)
        self._layout = layout
        self._mark = self._words("chan_minh_hoa") if dossier.illustrative else ""
        self._criteria = {page: code for code, pages in layout.claims.items() for page in pages}

    def of_own(self, page: int) -> str:
        """The foot of a page that the program makes."""
        return self._page(page) + self._criterion(self._criteria.get(page, "")) + self._mark

    def of_scan(self, part: Part, index: int, signed: bool) -> str:
        """The foot of a scan's page, counted from 0."""
        page = self._layout.scans[part.evidence.id][index]
        name = self._words("chan_tai_lieu", ma=part.evidence.id)
        signature = self._words("chan_ky_so") if signed else ""
        return self._page(page) + name + self._criterion(part.criterion) + signature + self._mark

    def alphabet(self) -> Iterator[str]:
        """Texts that hold every character that a foot may need."""
        yield from ("0123456789.", self._page(0), self._words("chan_ky_so"), self._mark)
        yield self._words("chan_tai_lieu", ma="") + self._criterion("0")
        yield from self._layout.claims
        yield from self._layout.scans

    def _page(self, page: int) -> str:
        return self._words("chan_trang", trang=str(page), tong=str(self._layout.total))

    def _criterion(self, code: str) -> str:
        return self._words("chan_tieu_chi", ma=code) if code else ""
