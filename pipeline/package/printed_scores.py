"""The scores as the report prints them, in PDF and Word, held against those that a package's figures give.

A table's rows are compared cell by cell, blanks left aside, since the two formats break lines where they like.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from pipeline.decree.paper import Row
from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier
from pipeline.markup.blocks import plain_text
from pipeline.model.finding import Finding
from pipeline.office import DOCX_PART, OfficeFileError
from pipeline.package.differences import MOST, dangerous, differs, not_opened
from pipeline.package.office_guard import open_modest
from pipeline.package.pdf import Cells, table_rows
from pipeline.package.pdf_guard import fault_of

_NUMBERS = ("cot.toi_da", "cot.tu_cham", "cot.ty_le")
_PROOF = "cot.kiem_chung"
"""The last column of the full table; its words say where in the binder something stands, not how it was scored."""


class _Expected(NamedTuple):
    """A row that the report must print."""

    titles: tuple[str, ...]
    """Of the columns whose cells are not empty."""
    cells: Cells
    numbers: Cells
    """Code and numbers alone."""
    whole: bool
    """Whether it stands on one page; a longer row may be torn apart."""


def pdf_differences(path: str, content: bytes, dossier: Dossier, numbers_only: bool) -> Iterator[Finding]:
    """Every row of the PDF's score tables that the figures do not give."""
    fault = fault_of(content)
    if fault is not None:
        yield dangerous(path, fault)
        return
    try:
        rows = table_rows(content)
    except ValueError:
        yield dangerous(path, "PDF bị hỏng")
        return
    yield from _missing(path, dossier, [tuple(map(_squeezed, row)) for row in rows], numbers_only)


def docx_differences(path: str, content: bytes, dossier: Dossier, numbers_only: bool) -> Iterator[Finding]:
    """Every row of the Word file's score tables that the figures do not give."""
    from pipeline.annex.cells import AnnexError
    from pipeline.annex.document import read_document

    try:
        with open_modest(content, DOCX_PART) as archive:
            tables = read_document(path, archive).tables
    except OfficeFileError as error:
        yield not_opened(path, error)
        return
    except AnnexError:
        yield dangerous(path, "tệp Word bị hỏng")
        return
    rows = [_filled(cell.text for cell in row.cells) for table in tables for row in table.rows]
    yield from _missing(path, dossier, rows, numbers_only)


def _missing(path: str, dossier: Dossier, rows: Sequence[Cells], numbers_only: bool) -> Iterator[Finding]:
    """What should be printed and is not, with what stands in its place."""
    spare: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        if row:
            spare[row[0]].append(row)
    lacking = [each for each in _expected(dossier) if not _taken(each, spare[each.cells[0]], numbers_only)]
    yield from islice((_told(path, each, spare[each.cells[0]]) for each in lacking), MOST)


def _taken(expected: _Expected, spare: list[Cells], numbers_only: bool) -> bool:
    """Whether such a row is printed; it is then no longer spare."""
    length = len(expected.cells)
    found = next((row for row in spare if row[:length] == expected.cells), None)
    if found is None and (numbers_only or not expected.whole):
        found = next((row for row in spare if _in_order(expected.numbers, row)), None)
    if found is not None:
        spare.remove(found)
    return found is not None


def _in_order(numbers: Cells, row: Cells) -> bool:
    rest = iter(row)
    return all(number in rest for number in numbers)


def _told(path: str, expected: _Expected, spare: list[Cells]) -> Finding:
    """The first cell in which the likeliest row differs."""
    code = expected.cells[0]
    where = f"tiêu chí {code}" if code[:1].isdigit() else f"dòng “{code}”"
    if not spare:
        return differs(path, where, "không có dòng này", " | ".join(expected.cells))
    row = max(spare, key=lambda row: SequenceMatcher(None, row, expected.cells).ratio())
    spare.remove(row)
    padded = (*row, *[""] * len(expected.cells))
    unequal = (each for each in zip(expected.titles, padded, expected.cells, strict=False) if each[1] != each[2])
    title, stored, right = next(unequal)
    return differs(path, f"{where}, {title}", stored, right)


def _expected(dossier: Dossier) -> Iterator[_Expected]:
    """The rows of every table that has a column of self-scored points."""
    from pipeline.report.compose import WORDING, score_tables

    words = phrases(WORDING)
    numbers = {words(key) for key in _NUMBERS}
    for table in score_tables(dossier):
        titles = [column.title for column in table.columns if column.title != words(_PROOF)]
        yield from (_row(row, titles, numbers) for row in table.rows)


def _row(row: Row, titles: Sequence[str], numbers: set[str]) -> _Expected:
    texts = [_squeezed("".join(plain_text(line) for line in cell)) for cell in row.cells]
    filled = [(title, text) for title, text in zip(titles, texts, strict=False) if text]
    return _Expected(
        tuple(" ".join(title.split()).lower() for title, _ in filled),
        tuple(text for _, text in filled),
        (filled[0][1], *(text for title, text in filled if title in numbers)),
        row.whole,
    )


def _filled(texts: Iterable[str]) -> Cells:
    return tuple(filter(None, map(_squeezed, texts)))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
