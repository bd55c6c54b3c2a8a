"""What all sheets share: title, mark, note, and the print set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier
from pipeline.spreadsheet.styles import Pen
from pipeline.spreadsheet.values import cleaned

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

PASSWORDLESS = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
"""What an officer may still do on a protected sheet; the protection has no password and only guards against slips."""

_A4 = 9


def mark(dossier: Dossier) -> str:
    """What every sheet says when the figures are examples; empty when they are real."""
    return phrases()("minh_hoa") if dossier.illustrative else ""


def frame(pen: Pen, sheet: Worksheet, dossier: Dossier, title: str, note: str) -> None:
    """Write the lines above the table and set the sheet up for printing."""
    body = cleaned(dossier.settings.body.title)
    pen.put(sheet, 0, 0, title, "title")
    pen.put(sheet, 1, 0, f"{body} – năm {dossier.year} – {cleaned(dossier.criteria_set.title)}", "plain")
    if dossier.illustrative:
        pen.put(sheet, 2, 0, mark(dossier), "mark")
    pen.put(sheet, 3, 0, note, "note")
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{mark(dossier) or '&P'}")
    sheet.set_footer(f"&L{body.replace('&', '&&')[:80]}&RTrang &P/&N")
