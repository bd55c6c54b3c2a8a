"""Where everything stands in the binder. Pages count from 1, through the whole file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.binder.claims import Claim


@dataclass(frozen=True)
class Layout:
    """The pages of everything."""

    claims: Mapping[str, range]
    """The pages of each divider, by the code of its criterion."""
    scans: Mapping[str, range]
    """The pages of each scan, by the document's id."""
    contents: int
    """Where the table of contents begins."""
    remainder: int
    """Where the list of what stays out begins."""
    total: int
    """How many pages the whole binder has."""

    def own_pages(self) -> Iterator[int]:
        """The numbers of the program's own pages, in their order."""
        shown = {page for pages in self.scans.values() for page in pages}
        return (page for page in range(1, self.total + 1) if page not in shown)


def provisional(claims: Sequence[Claim]) -> Layout:
    """A layout to measure the program's own pages with: everything on page 1."""
    dividers = {claim.code: range(1, 2) for claim in claims}
    scans = {part.evidence.id: range(1, 2) for claim in claims for part in claim.parts}
    return Layout(dividers, scans, contents=1, remainder=1, total=1)


def interleaved(own: Mapping[str, int], claims: Sequence[Claim], counts: Mapping[str, int]) -> Layout:
    """The layout with the scans put behind their dividers.

    `own` says on which of the program's own pages each mark of the template stands; `counts` gives the pages of each
    scan by the document's id.
    """
    dividers: dict[str, range] = {}
    scans: dict[str, range] = {}
    before = 0
    for claim in claims:
        dividers[claim.code] = range(own[f"claim {claim.code}"] + before, own[f"end {claim.code}"] + before + 1)
        for part in claim.parts:
            first = own[f"end {claim.code}"] + before + 1
            scans[part.evidence.id] = range(first, first + counts[part.evidence.id])
            before += counts[part.evidence.id]
    return Layout(dividers, scans, own["contents"], own["remainder"] + before, own["last"] + before)
