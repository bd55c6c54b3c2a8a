"""Where things stand on the site, as seen from one page."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from pipeline.dossier import Dossier, Evidence


@dataclass(frozen=True)
class Site:
    """The pages of a dossier and what stands on each."""

    dossier: Dossier

    @cached_property
    def generated(self) -> dict[str, str]:
        """The page that carries a generated part, by the part's name."""
        heads = ((page.file.head.value.generated, page.file.path) for page in self.dossier.pages)
        return {name: posixpath.basename(path) for name, path in heads if name}

    @cached_property
    def criteria(self) -> dict[str, str]:
        """The page of each area, criterion and sub-criterion, by code."""
        return {row.code: self.area_page(area.slug) for area in self.dossier.areas for row in area.score.rows}

    @cached_property
    def scans(self) -> dict[str, str]:
        """The scans that everybody may see and that are here, by document: their place on the site."""
        public = (evidence for evidence in self.dossier.evidence if evidence.document.scan_is_public)
        return {evidence.id: self._scan_page(evidence) for evidence in public if self._scan_is_here(evidence)}

    def area_page(self, slug: str) -> str:
        """The page of an area."""
        return f"{self.dossier.year}/{slug}.md"

    def _scan_page(self, evidence: Evidence) -> str:
        return f"{self.dossier.year}/kiem-chung/{evidence.document.scan}"

    def _scan_is_here(self, evidence: Evidence) -> bool:
        """A git LFS pointer stands for a scan that has not been fetched."""
        scan = self.dossier.scans.get(str(evidence.document.scan))
        return scan is not None and not scan.pointer


@dataclass(frozen=True)
class Links:
    """Addresses relative to one page; None where there is nothing to lead to."""

    site: Site
    page: str
    """The page that the links stand on: `ke-hoach.md`, `2022/1-dieu-hanh.md`."""

    def to(self, page: str, anchor: str = "") -> str:
        """Another page, or a place on it."""
        address = quote(posixpath.relpath(page, posixpath.dirname(self.page) or "."))
        return _html(address) + (f"#{anchor}" if anchor else "")

    def generated(self, name: str, anchor: str = "") -> str | None:
        """The page with a generated part."""
        page = self.site.generated.get(name)
        return page and self.to(page, anchor)

    def criterion(self, code: str) -> str | None:
        """The row of a criterion on its area's page."""
        page = self.site.criteria.get(code)
        return page and self.to(page, f"tc-{code}" if "." in code else "")

    def document(self, name: str) -> str | None:
        """The row of a document in the list of evidence."""
        return self.generated("minh_chung", name)

    def scan(self, name: str) -> str | None:
        """The scan of a public document."""
        page = self.site.scans.get(name)
        return page and self.to(page)

    def resolve(self, target: str) -> str:
        """Where a link in an officer's text leads: addresses as they are, pages of the workspace as built."""
        if "://" in target or target.startswith("mailto:"):
            return target
        page, sign, place = target.partition("#")
        return _html(page) + sign + place


def _html(page: str) -> str:
    return f"{page.removesuffix('.md')}.html" if page.endswith(".md") else page
