"""The chart: drawn from the tallies, static, and the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.site.charts import MARGIN, WIDTH, areas_chart

from .conftest import Site


def widths(svg: str, kind: str) -> list[float]:
    """The widths of all bars of a kind."""
    return [float(found) for found in re.findall(rf'width="([\d.]+)" height="\d+" class="{kind}"', svg)]


def test_bars_are_as_long_as_the_percentages(sample: Site) -> None:
    """Half the points make half a bar, within a pixel."""
    areas = sample.dossier.scores.areas
    svg = areas_chart(areas, "Biểu đồ")
    full = WIDTH - 2 * MARGIN

    for area, width in zip(areas, widths(svg, "cchc-bar"), strict=True):
        assert abs(width / full - float(area.tally.ratio)) < 1 / full


def test_unscored_parts_are_drawn_apart(sample: Site) -> None:
    """What nobody has scored yet does not look like points lost."""
    area = sample.dossier.scores.areas[0]
    tally = replace(area.tally, points=Decimal(0), scored_maximum=Decimal(0), scored=0)
    unscored = replace(area, rows=(replace(area.rows[0], tally=tally), *area.rows[1:]))
    svg = areas_chart([unscored], "Biểu đồ")

    assert widths(svg, "cchc-bar") == []
    assert len(widths(svg, "cchc-pending")) == 1
    assert "chưa chấm" in svg


def test_nothing_in_it_moves_or_loads(sample: Site) -> None:
    """No script, no style of its own, no address, no clock."""
    svg = areas_chart(sample.dossier.scores.areas, "Biểu đồ <b>")

    assert svg == areas_chart(sample.dossier.scores.areas, "Biểu đồ <b>")
    assert not re.search(r"<script|<style|https?:|url\(|<b>|pygal", svg)
    assert 'role="img"' in svg
