"""An officer's entry as the values of cells, and what stands in a cell as the text that an area file would hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import Criterion
from pipeline.rules.rule import Figure
from pipeline.spreadsheet.citations import Cited, citations_text, read_citations
from pipeline.spreadsheet.layout import EVIDENCE, EXPLANATION, LONGEST, NOT_APPLICABLE, OWN, Slot
from pipeline.workspace.yaml_text import New

CellValue = str | int | float | Decimal | date | None

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|\N{LINE SEPARATOR}|\N{PARAGRAPH SEPARATOR}|\N{NEXT LINE}")
_DIGITS = 15
"""Decimal digits that survive a spreadsheet's floating point."""


def cell_value(entry: Entry | None, criterion: Criterion, slot: Slot) -> CellValue:
    """What the export puts into an input cell."""
    if entry is None:
        return None
    if slot.figure:
        return _figure(entry, criterion, slot.figure)
    if slot == OWN:
        return entry.self_points
    texts = {
        EVIDENCE: citations_text(entry.evidence),
        EXPLANATION: entry.explanation or "",
        NOT_APPLICABLE: entry.not_applicable or "",
    }
    return cleaned(texts[slot])[:LONGEST] or None


def _figure(entry: Entry, criterion: Criterion, name: str) -> CellValue:
    assert criterion.rule is not None
    text, figure = entry.figures.get(name), criterion.rule.figures()[name]
    if text is None:
        return None
    try:
        value = figure.read(text)
    except ValueError:
        return cleaned(text)
    return _answer(value) if isinstance(value, bool) else titles(figure).get(str(value), value)


def titles(figure: Figure) -> dict[str, str]:
    """The levels to choose from as the officer sees them: titles, or names where two titles are the same."""
    shown = [cleaned(title) for title in figure.choices.values()]
    return {
        name: cleaned(title) if shown.count(cleaned(title)) == 1 else name for name, title in figure.choices.items()
    }


def cell_text(value: object) -> str:
    """What stands in a cell, as text in the form that officers type into area files."""
    match value:
        case None:
            return ""
        case bool():
            return _answer(value)
        case datetime():
            return wording.day(value.date()) if value.time() == value.min.time() else value.isoformat(" ")
        case date():
            return wording.day(value)
        case float():
            return wording.typed(Decimal(format(value, f".{_DIGITS}g")))
        case int() | Decimal():
            return wording.typed(Decimal(value))
        case _:
            return cleaned(str(value))


def _answer(value: bool) -> str:
    return "có" if value else "không"


def cleaned(text: str) -> str:
    """Text as area files may hold it: composed letters, plain line breaks, no tabs, nothing unseen around it."""
    unified = _BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _CONTROL.sub("", unified)).strip()


def field_value(criterion: Criterion, slot: Slot, text: str, known: Collection[str]) -> New | None:
    """What an area file should hold for a cell's text; None for nothing. `known` are the ids of the register.

    Raises:
        ValueError: in Vietnamese, when the text cannot be read.
    """
    if not text:
        return None
    if slot.figure:
        return _figure_text(criterion, slot.figure, text)
    if slot == OWN:
        return wording.typed(wording.read_decimal(text))
    if slot == EVIDENCE:
        return [_citation_value(each) for each in read_citations(text, known)] or None
    return text


def _figure_text(criterion: Criterion, name: str, text: str) -> str:
    assert criterion.rule is not None
    figure = criterion.rule.figures()[name]
    shown = titles(figure)
    chosen = next((level for level, title in shown.items() if text in (title, level)), text)
    if shown and chosen not in shown:
        raise ValueError(f"“{text}” không phải là một trong các mức: {'; '.join(shown.values())}")
    value = figure.read(chosen)
    return value if isinstance(value, str) else cell_text(value)


def _citation_value(citation: Cited) -> New:
    told = {"ma": citation.document, "muc": citation.section, "trang": citation.page}
    return {key: text for key, text in told.items() if text} if citation.section or citation.page else citation.document
