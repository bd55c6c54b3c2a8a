"""Whether a finished paper keeps Decree 30/2020/NĐ-CP: any DOCX or PDF read back, each deviation a finding.

Nothing here knows how the program makes its own papers: what is judged is what a reader gets.
"""

from __future__ import annotations

from pipeline.conformance.opened import LARGEST, opened
from pipeline.model.finding import Finding

__all__ = ["LARGEST", "lint"]


def lint(name: str, content: bytes) -> tuple[Finding, ...]:
    """Every deviation of a file, in the order of its pages; a file that cannot be read gives the reason instead."""
    from pipeline.conformance.checks import CHECKS
    from pipeline.conformance.examined import Examined, gathered
    from pipeline.conformance.parts import parts_of

    document, refused = opened(name, content)
    if document is None:
        return refused
    examined = Examined(document, parts_of(document))
    return gathered(document, [remark for check in CHECKS for remark in check(examined)])
