"""What was understood of a scoring text: the rule as it is declared in a set, its figures' labels, and its doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pipeline import wording
from pipeline.annex.cells import one_line, slug

LONGEST_LABEL = 160


@dataclass(frozen=True)
class Asked:
    """What a form looks at."""

    text: str
    """The scoring text as printed."""
    maximum: Decimal
    """Of the leaf, in points."""
    title: str


@dataclass(frozen=True)
class Reading:
    """A scoring text understood as one shape of rule."""

    rule: Mapping[str, Any]
    labels: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """What was taken to be meant without being said, in Vietnamese."""
    not_applicable: str = ""

    def doubting(self, *doubts: str) -> Reading:
        """The same with more doubts."""
        return replace(self, doubts=(*self.doubts, *doubts))


class Labels:
    """Names figures by slugs of their labels, no name twice in a leaf."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}

    def name(self, label: str) -> str:
        """The name of a figure with this label."""
        text = one_line(label)[:LONGEST_LABEL].strip(" ,.:;–-") or "Số liệu"
        first = slug(text) or "so_lieu"
        name, number = first, 2
        while name in self.labels:
            name, number = f"{first}_{number}", number + 1
        self.labels[name] = text[:1].upper() + text[1:]
        return name


def retyped(text: str) -> str:
    """A printed number as a set declares it: `0,5` for `0.50`.

    Raises:
        ValueError: in Vietnamese.
    """
    return wording.typed(wording.read_decimal(text))
