"""Checks that look at other years. Most workspaces have one year; what these checks need is loaded only for others."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.check import Examined
from pipeline.model.finding import Finding


def years(examined: Examined) -> Iterator[Finding]:
    """Frozen years, and what is said of the weaknesses of the last one."""
    workspace = examined.workspace
    if not workspace.locked and not any(area.file.head.value.last_weaknesses for area in workspace.areas):
        return
    from pipeline.checks.locked import locked
    from pipeline.checks.weaknesses import weaknesses

    yield from locked(examined)
    yield from weaknesses(examined)
