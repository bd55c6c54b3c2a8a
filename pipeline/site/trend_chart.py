"""The chart of the years: for each area and for the total one bar a year, the latest dark, the earlier ones light."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree as ET

from markupsafe import Markup

from pipeline.site.markdown import as_html
from pipeline.years.trend import Amount, Trend, TrendRow

WIDTH, MARGIN = 480, 9
BAR_LEFT, BAR_WIDTH, BAR_HEIGHT = 56, 320, 11
LINE, HEAD, GAP = 19, 21, 8
"""Pixels for a year, for the name above its years, and below them."""
LONGEST = 46
"""Letters of a name, in a wide typeface; the whole name stands in the table that follows the chart."""
LATEST = 5
"""Years that are drawn; the table has all of them."""


def trend_chart(trend: Trend, title: str) -> Markup:
    """Percentages only: sets of different years have different maxima."""
    first = max(0, len(trend.years) - LATEST)
    years = [year.year for year in trend.years[first:]]
    rows = [
        row for row in (trend.total, *trend.rows) if any(amount and amount.percent for amount in row.amounts[first:])
    ]
    height = HEAD + GAP + LINE * len(years)
    svg = ET.Element("svg", _frame(height * len(rows)))
    ET.SubElement(svg, "title", id="xu-huong-ten").text = title
    ET.SubElement(svg, "desc", id="xu-huong-ta").text = "; ".join(_told(row, years, first) for row in rows)
    for position, row in enumerate(rows):
        svg.extend(_slot(row, years, first, position * height))
    return as_html(ET.tostring(svg, encoding="unicode"))


def _frame(height: int) -> dict[str, str]:
    return {
        "viewBox": f"{MARGIN} 0 {WIDTH - 2 * MARGIN} {height}",
        "role": "img",
        "aria-labelledby": "xu-huong-ten xu-huong-ta",
        "font-size": "15",
    }


def _slot(row: TrendRow, years: list[int], first: int, top: int) -> Iterator[ET.Element]:
    """The name, and below it a line a year: the year, its bar, its percentage."""
    yield _text(_named(row), MARGIN, top + 15, weight="600")
    for position, (year, amount) in enumerate(zip(years, row.amounts[first:], strict=True)):
        line = top + HEAD + position * LINE
        yield _text(str(year), MARGIN, line + 12)
        if amount is not None and amount.percent is not None:
            yield from _bar(amount.percent, line, latest=year == years[-1])
        end = _text(_value(amount), WIDTH - MARGIN, line + 12)
        end.set("text-anchor", "end")
        yield end


def _bar(percent: Decimal, top: int, *, latest: bool) -> Iterator[ET.Element]:
    """What was reached, on the ground of what could be reached; more than everything fills it."""
    reached = min(max(float(percent), 0.0), 100.0) * BAR_WIDTH / 100
    for width, kind in (
        (float(BAR_WIDTH), "cchc-rest"),
        (reached, "cchc-bar" if latest else "cchc-bar cchc-bar--past"),
    ):
        box = {"x": str(BAR_LEFT), "y": str(top + 2), "width": f"{width:.1f}", "height": str(BAR_HEIGHT)}
        yield ET.Element("rect", {**box, "class": kind})


def _text(words: str, left: int, base: int, *, weight: str = "") -> ET.Element:
    element = ET.Element("text", {"x": str(left), "y": str(base), **({"font-weight": weight} if weight else {})})
    element.text = words
    return element


def _named(row: TrendRow) -> str:
    name = f"{row.code}. {row.title}" if row.code else row.title
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rpartition(' ')[0]}…"


def _value(amount: Amount | None) -> str:
    return "không có" if amount is None else amount.shown


def _told(row: TrendRow, years: list[int], first: int) -> str:
    values = (f"{year} {_value(amount)}" for year, amount in zip(years, row.amounts[first:], strict=True))
    return f"{_named(row)}: {', '.join(values)}"
