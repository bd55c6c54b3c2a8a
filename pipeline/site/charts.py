"""The chart of the areas. pygal lays it out; colours come from the site's style sheet, so that it follows dark mode.

pygal's own styles, scripts and date are left out: the picture is static, loads nothing and is always the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from pipeline import wording
from pipeline.scoring import AreaScore, Tally

WIDTH = 480
SLOT = 44
"""Pixels for one area: a line of text and its bar."""
LONGEST = 50
"""Letters of a name beside its percentage; the whole name stands in the table below the chart."""

_CLASSES = {"serie-0": "cchc-bar", "serie-1": "cchc-rest", "serie-2": "cchc-pending"}


def areas_chart(areas: Sequence[AreaScore], title: str) -> Markup:
    """One bar an area, in percent of its maximum: reached, lost, not scored yet."""
    drawn = _drawn(areas)
    svg = ElementTree.Element("svg", _frame(len(areas)))
    ElementTree.SubElement(svg, "title", id="bieu-do-ten").text = title
    ElementTree.SubElement(svg, "desc", id="bieu-do-ta").text = _told(areas)
    svg.extend(_bars(drawn))
    svg.extend(_labels(drawn, areas))
    return Markup(ElementTree.tostring(svg, encoding="unicode"))


def _frame(slots: int) -> dict[str, str]:
    return {
        "viewBox": f"0 0 {WIDTH} {SLOT * slots}",
        "role": "img",
        "aria-labelledby": "bieu-do-ten bieu-do-ta",
        "font-size": "15",
    }


def _drawn(areas: Sequence[AreaScore]) -> Any:
    """pygal's drawing, first area on top, stretched to the whole width."""
    import pygal
    from pygal.etree import etree

    etree.to_etree()
    graph = pygal.HorizontalStackedBar(
        pygal.Config(js=(), css=(), no_prefix=True, show_legend=False, margin=0, spacing=0, range=(0, 100)),
        width=WIDTH,
        height=SLOT * len(areas),
        show_x_labels=False,
        show_y_labels=False,
    )
    shares = [_shares(area.tally) for area in reversed(areas)]
    for position, name in enumerate(_CLASSES):
        graph.add(name, [share[position] for share in shares])
    return graph.render_tree()


def _shares(tally: Tally) -> tuple[float, float, float]:
    """Reached, lost and not scored yet, in percent of the maximum."""
    if not tally.maximum:
        return 0.0, 0.0, 0.0
    whole = float(tally.maximum)
    reached = 100 * float(tally.points) / whole
    scored = 100 * float(tally.scored_maximum) / whole
    return reached, max(scored - reached, 0.0), 100 - scored


def _bars(drawn: Any) -> Iterator[ElementTree.Element]:
    """pygal's bars in the site's classes, low in their slots to leave room for the name."""
    for series in drawn.iter("g"):
        kind = next((name for name in _CLASSES if name in series.get("class", "").split()), None)
        for bar in series.iter("rect") if kind else ():
            if float(bar.get("width")) > 0:
                yield ElementTree.Element("rect", {**_box(bar), "class": _CLASSES[str(kind)]})


def _box(bar: Any) -> dict[str, str]:
    middle = float(bar.get("y")) + float(bar.get("height")) / 2
    slot = int(middle // SLOT)
    return {
        "x": f"{float(bar.get('x')):.1f}",
        "y": str(slot * SLOT + 22),
        "width": f"{float(bar.get('width')):.1f}",
        "height": "13",
    }
