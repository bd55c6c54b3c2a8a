"""The chart of the areas. pygal scales and places the bars; what it adds for the screen of its own is left out.

Its styles, scripts and dates would load things, leak into the page and change from day to day. Colours come from the
site's style sheet instead, so that the chart follows dark mode and paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from pipeline import wording
from pipeline.model.survey import Share
from pipeline.scoring import AreaScore, Tally
from pipeline.site.markdown import as_html

WIDTH = 480
MARGIN = 9
"""What pygal leaves free left and right of the bars."""
SLOT = 44
"""Pixels for one area: a line of text and, below it, the bar."""
BAR_TOP, BAR_HEIGHT, TEXT_BASE = 21, 13, 15
"""Where they stand in the slot."""
LONGEST = 44
"""Letters of a name beside its percentage; the whole name stands in the table that follows the chart."""

_CLASSES = ("cchc-bar", "cchc-rest", "cchc-pending")
"""Reached, lost, not scored yet: how the style sheet knows them."""


def areas_chart(areas: Sequence[AreaScore], title: str) -> Markup:
    """One bar an area, in percent of its maximum: reached, lost, not scored yet. Bonus and deduction have none."""
    areas = [area for area in areas if not area.row.group]
    svg = ET.Element("svg", _frame(len(areas)))
    ET.SubElement(svg, "title", id="bieu-do-ten").text = title
    ET.SubElement(svg, "desc", id="bieu-do-ta").text = "; ".join(map(_told, areas))
    for slot, (area, bars) in enumerate(zip(areas, _bars(areas), strict=True)):
        svg.extend([*_words(area, slot * SLOT), *(_placed(bar, slot * SLOT) for bar in bars)])
    return as_html(ET.tostring(svg, encoding="unicode"))


def share_bar(share: Share) -> Markup:
    """The bar of one level of a distribution; its words stand beside it."""
    svg = ET.Element("svg", {"viewBox": "0 0 100 4", "preserveAspectRatio": "none", "aria-hidden": "true"})
    for kind, width in (("cchc-rest", 100.0), ("cchc-bar", 100 * float(share.ratio))):
        ET.SubElement(svg, "rect", {"width": f"{width:.1f}", "height": "4", "class": kind})
    return as_html(ET.tostring(svg, encoding="unicode"))


def _frame(slots: int) -> dict[str, str]:
    return {
        "viewBox": f"{MARGIN} 0 {WIDTH - 2 * MARGIN} {SLOT * slots}",
        "role": "img",
        "aria-labelledby": "bieu-do-ten bieu-do-ta",
        "font-size": "15",
    }


def _bars(areas: Sequence[AreaScore]) -> list[list[ET.Element]]:
    """What pygal draws for each area: bars of the three kinds side by side, where there is anything to see."""
    drawn = _drawn([_shares(area.tally) for area in areas])
    bars: list[list[ET.Element]] = [[] for _ in areas]
    for kind, series in zip(_CLASSES, _series(drawn), strict=True):
        for of_area, bar in zip(bars, series.iter("rect"), strict=True):
            if float(bar.get("width", 0)) > 0:
                of_area.append(ET.Element("rect", {**bar.attrib, "class": kind}))
    return bars


def _drawn(shares: Sequence[tuple[float, float, float]]) -> Any:
    import pygal
    from pygal.etree import etree

    etree.to_etree()
    bare = pygal.Config(
        js=(),
        css=(),
        no_prefix=True,
        show_legend=False,
        show_x_labels=False,
        show_y_labels=False,
        margin=0,
        range=(0, 100),
        width=WIDTH,
        height=SLOT * len(shares),
    )
    chart = pygal.HorizontalStackedBar(bare)
    for kind, values in zip(_CLASSES, zip(*shares, strict=True), strict=True):
        chart.add(kind, list(values))
    return chart.render_tree()


def _series(drawn: Any) -> list[Any]:
    groups = [group for group in drawn.iter("g") if "series" in group.get("class", "").split()]
    return groups[: len(_CLASSES)]


def _shares(tally: Tally) -> tuple[float, float, float]:
    """Reached, lost and not scored yet, in percent of the maximum."""
    if not tally.maximum:
        return 0.0, 0.0, 0.0
    whole = float(tally.maximum)
    reached, scored = 100 * float(tally.points) / whole, 100 * float(tally.scored_maximum) / whole
    return reached, max(scored - reached, 0.0), 100 - scored


def _placed(bar: ET.Element, top: int) -> ET.Element:
    """The bar in its area's slot, with only the attributes that a picture needs."""
    left, width = float(bar.attrib["x"]), float(bar.attrib["width"])
    box = {"x": f"{left:.1f}", "y": str(top + BAR_TOP), "width": f"{width:.1f}", "height": str(BAR_HEIGHT)}
    return ET.Element("rect", {**box, "class": bar.attrib["class"]})


def _words(area: AreaScore, top: int) -> Iterator[ET.Element]:
    """The area's name on the left and its percentage on the right, above the bar."""
    name = ET.Element("text", {"x": str(MARGIN), "y": str(top + TEXT_BASE)})
    name.text = _shortened(f"{area.criterion.code}. {area.criterion.title}")
    yield name
    end = {"x": str(WIDTH - MARGIN), "y": str(top + TEXT_BASE), "text-anchor": "end", "font-weight": "700"}
    value = ET.Element("text", end)
    value.text = _value(area.tally)
    yield value


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rpartition(' ')[0]}…"


def _value(tally: Tally) -> str:
    if not tally.maximum:
        return "không áp dụng"
    return wording.index(tally.ratio) if tally.scored else "chưa chấm"


def _told(area: AreaScore) -> str:
    return f"{area.criterion.code}. {area.criterion.title}: {_value(area.tally)}"
