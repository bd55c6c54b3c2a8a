"""Which pages of the binder show which document, known before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.binder.claims import Claim, LeftOut, Part, claims, left_out
from pipeline.binder.front import lay_out
from pipeline.binder.layout import Layout
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.workspace.load import scans_path
from pipeline.workspace.scan_pages import ScanFault, pages_inside


@dataclass(frozen=True)
class BinderPlan:
    """The binder as it would be written. Pages count from 1, through the whole file."""

    claims: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...]
    counts: Mapping[str, int]
    """Pages of each scan, by the document's id."""
    findings: tuple[Finding, ...]
    """What is wrong with scans; an error among them, and nothing is written."""
    layout: Layout | None
    """Where everything stands; None when the pages of a scan cannot be counted."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The scans in the order of their pages."""
        return tuple(part for claim in self.claims for part in claim.parts)

    @property
    def pages(self) -> int:
        """How many pages the binder has; 0 when they cannot be counted."""
        return self.layout.total if self.layout else 0

    def pages_of(self, document: str) -> range | None:
        """The pages that show a document's scan; None when it is not in the binder."""
        return self.layout.scans.get(document) if self.layout else None


def plan_binder(dossier: Dossier) -> BinderPlan:
    """Lay out the binder: whose scan comes where. Opens only scans whose pages the register does not give.

    Raises:
        RenderError: Typst failed.
    """
    order, out = claims(dossier), left_out(dossier)
    insides = {part: pages_inside(part.evidence.document, part.scan) for claim in order for part in claim.parts}
    counts = {part.evidence.id: inside.pages for part, inside in insides.items() if inside.pages}
    findings = {found(fault, part, dossier) for part, inside in insides.items() for fault in inside.faults}
    layout = lay_out(dossier, order, out, counts) if len(counts) == len(insides) else None
    return BinderPlan(order, out, counts, tuple(sorted(findings)), layout)


def found(fault: ScanFault, part: Part, dossier: Dossier) -> Finding:
    """A scan's fault as a finding that names its file."""
    return Finding(
        Place(f"{scans_path(dossier.year)}/{part.evidence.document.scan}"), fault.code, fault.message, fault.mend
    )
