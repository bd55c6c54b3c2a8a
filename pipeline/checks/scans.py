"""Checks of what is inside scans: whether each opens, and has the page that a criterion names.

A scan whose pages stand in the register beside the sha256 of this very file was opened when they were written there;
so only new scans cost time.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.check import Examined
from pipeline.model.evidence import Document
from pipeline.model.finding import Finding, Place
from pipeline.workspace.scan_pages import Inside, cited_pages, pages_inside


def scans(examined: Examined) -> Iterator[Finding]:
    """Scans that do not open, then citations of pages that a scan does not have."""
    register = examined.workspace.register
    if register is None:
        return
    pages: dict[str, int] = {}
    for name, document in register.value.documents.items():
        inside = _inside(examined, document)
        pages[name] = inside.pages or 0
        for fault in inside.faults:
            if fault.code != "E420" or _bound(examined, document):
                yield Finding(register.place("tai_lieu", name, "ban_chup"), fault.code, fault.message, fault.mend)
    yield from _beyond(examined, {name: count for name, count in pages.items() if count})


def _inside(examined: Examined, document: Document) -> Inside:
    """Nothing where there is no real file; what git LFS has not fetched is the binder's matter."""
    scan = examined.workspace.scans.get(document.scan or "")
    if scan is None or not scan.genuine:
        return Inside(None)
    inside = pages_inside(document, scan)
    return Inside(inside.pages) if scan.pointer else inside


def _bound(examined: Examined, document: Document) -> bool:
    """Whether the scan goes into the binder; a password may well protect what does not."""
    settings = examined.workspace.settings
    return settings is not None and settings.value.binder.holds(document)


def _beyond(examined: Examined, pages: dict[str, int]) -> Iterator[Finding]:
    for place, code, name, page in _cited(examined):
        last = max(cited_pages(page), default=0)
        if name in pages and last > pages[name]:
            message = f"{code}: viện dẫn trang {page} nhưng bản chụp của “{name}” chỉ có {pages[name]} trang"
            yield Finding(place, "E426", message, "sửa số trang, hoặc quét đủ văn bản")


def _cited(examined: Examined) -> Iterator[tuple[Place, str, str, str]]:
    """Place, criterion, document and page of every citation that names one."""
    for area in examined.workspace.areas:
        head = area.file.head
        for code, entry in head.value.entries.items():
            for index, citation in enumerate(entry.evidence):
                if citation.page:
                    yield head.place("tieu_chi", code, "minh_chung", index), code, citation.document, citation.page
