"""In which order leaves are scored, so that what a rule depends on comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from pipeline.model.criteria_set import CriteriaSet


@dataclass(frozen=True)
class Order:
    """The order of work over a set's leaves."""

    codes: tuple[str, ...]
    """Every leaf once, dependencies first."""
    needs: Mapping[str, tuple[str, ...]]
    """By leaf: the codes that its rule names, leaves or branches."""
    below: Mapping[str, tuple[str, ...]]
    """By code: the leaves at or below it."""
    cycles: tuple[tuple[str, ...], ...]
    """Leaves that wait for each other; the first of each is named again at the end."""


def order_of(criteria: CriteriaSet) -> Order:
    """Sort the leaves; every cycle is cut open once and reported."""
    below = {node.criterion.code: tuple(leaf.code for leaf in node.criterion.leaves()) for node in criteria.walk()}
    needs = {
        leaf.code: leaf.rule.depends() for area in criteria.areas for leaf in area.leaves() if leaf.rule is not None
    }
    if not any(needs.values()):
        return Order(tuple(needs), needs, below, ())
    graph = {
        code: dict.fromkeys(leaf for name in names for leaf in below.get(name, ())) for code, names in needs.items()
    }
    cycles = []
    while True:
        try:
            codes = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            cycle = tuple(reversed(error.args[1]))
            cycles.append(cycle)
            del graph[cycle[0]][cycle[1]]
        else:
            return Order(codes, needs, below, tuple(cycles))
