"""A page of a scan on a sheet of A4: seen as a reader shows it, its content untouched, room for the stamp below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.workspace.scan_pages import size_of

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

_MM = 72 / 25.4
SHORT, LONG = round(210 * _MM, 2), round(297 * _MM, 2)
"""A4 in points."""
_EDGE, _FOOT = 8 * _MM, 13 * _MM
"""Kept free around the scan, and below it for the stamp."""

_SCAN = "/Scan"

Foot = Callable[[float], bytes]
"""Draws the foot of a sheet so many points wide."""


def sheet(pdf: Pdf, page: Page, foot: Foot) -> Page:
    """An A4 page of `pdf` that shows its `page`, upright or across as it is itself, smaller where it must be.

    Raises:
        ValueError: the page has no size that anything can be seen on.
    """
    from pikepdf import Dictionary, Name, Rectangle
    from pikepdf import Page as NewPage

    wide, high = size_of(page)
    width, height = (LONG, SHORT) if wide > high else (SHORT, LONG)
    if "/TrimBox" in page.obj:
        del page.obj["/TrimBox"]  # the form would end where printers cut, while readers show the page beyond it
    form = page.as_form_xobject()
    resources = Dictionary(XObject=Dictionary({_SCAN: form}))
    fresh = NewPage(Dictionary(Type=Name.Page, MediaBox=[0, 0, width, height], Resources=resources))
    room = Rectangle(_EDGE, _FOOT, width - _EDGE, height - _EDGE)
    drawn = fresh.calc_form_xobject_placement(form, Name(_SCAN), room)
    fresh.Contents = pdf.make_stream(drawn + b"\n" + foot(width))
    return fresh
