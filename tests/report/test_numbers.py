"""Both files say what the dossier says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import wording
from pipeline.dossier import Dossier
from pipeline.rules.rule import Source
from pipeline.scoring import Row, State

Tables = Callable[[Path], list[list[list[str]]]]


def shown(row: Row) -> str:
    """The points of a row, or what stands in their place."""
    if row.leaf is None:
        return wording.points(row.tally.points)
    return row.leaf.state.value if row.leaf.points is None else wording.points(row.leaf.points)


def rows(dossier: Dossier) -> list[Row]:
    """All rows of the criteria set."""
    return [row for area in dossier.scores.areas for row in area.rows]


def test_word_table_has_every_point(dossier: Dossier, files: tuple[Path, Path], docx_tables: Tables) -> None:
    """Annex I of the Word file holds each row of the criteria set, in order, with its maximum and points."""
    full = next(table for table in docx_tables(files[0]) if len(table[0]) == 7)

    assert [(row[0], row[1], row[2], row[5]) for row in full[1:-1]] == [
        (row.code, row.criterion.title, wording.maximum(row.tally.maximum), shown(row)) for row in rows(dossier)
    ]
    total = dossier.scores.total
    assert (full[-1][2], full[-1][5]) == (wording.maximum(total.maximum), wording.points(total.points))


def test_word_summary_has_every_area(dossier: Dossier, files: tuple[Path, Path], docx_tables: Tables) -> None:
    """The summary gives maximum, points and percentage per area, and the total last."""
    summary = next(table for table in docx_tables(files[0]) if "Tỷ lệ" in table[0] and len(table[0]) == 5)
    tallies = [area.tally for area in dossier.scores.areas] + [dossier.scores.total]

    assert [row[2:] for row in summary[1:]] == [
        [wording.maximum(tally.maximum), wording.points(tally.points), wording.index(tally.ratio)] for tally in tallies
    ]


def test_pdf_has_every_point(
    dossier: Dossier,
    files: tuple[Path, Path],
    words: Callable[[Path], str],
    squeezed: Callable[[str], str],
) -> None:
    """Annex I of the PDF runs through all rows in order: code, title, maximum; then how and how much."""
    text = words(files[1])
    position = text.index("PhụlụcIBẢNG")

    for row in rows(dossier):
        head = squeezed(row.code + row.criterion.title + wording.maximum(row.tally.maximum))
        position = text.index(head, position) + len(head)
        tail = squeezed((row.leaf.derivation if row.leaf else "") + shown(row))
        position = text.index(tail, position) + len(tail)


@pytest.mark.parametrize("which", [0, 1])
def test_sentences_have_total_and_areas(
    which: int,
    dossier: Dossier,
    files: tuple[Path, Path],
    words: Callable[[Path], str],
    squeezed: Callable[[str], str],
) -> None:
    """The text names the total, the band and the points of every area."""
    text = words(files[which])
    total = dossier.scores.total

    assert squeezed(f"là {wording.points(total.points)} trên {wording.maximum(total.maximum)} điểm tối đa") in text
    assert squeezed(f"tự xếp loại: {dossier.scores.band.title}") in text
    for area in dossier.scores.areas:
        points, maximum = wording.points(area.tally.points), wording.maximum(area.tally.maximum)
        surveyed = all(leaf.criterion.rule and leaf.criterion.rule.source is Source.SURVEY for leaf in area.leaves)
        label = "Điểm điều tra xã hội học" if surveyed else "Điểm tự chấm"
        assert squeezed(f"{label}: {points} trên {maximum} điểm tối đa") in text


def test_evidence_is_listed_in_order(dossier: Dossier, files: tuple[Path, Path], docx_tables: Tables) -> None:
    """Annex II has each document with number, date, issuer, and an abstract only where it may be shown."""
    listed = docx_tables(files[0])[-1]

    assert [row[:4] for row in listed[1:]] == [
        [
            str(evidence.position),
            evidence.document.number,
            wording.day(evidence.document.issued) if evidence.document.issued else "",
            evidence.document.issuer or "",
        ]
        for evidence in dossier.evidence
    ]
    for row, evidence in zip(listed[1:], dossier.evidence, strict=True):
        assert row[4].startswith(evidence.document.public_abstract)


def test_pdf_says_all_that_word_says(files: tuple[Path, Path], squeezed: Callable[[str], str]) -> None:
    """What the Chairman signs is what the office edits: each paragraph and cell of the one stands in the other."""
    import docx
    from docx.oxml.ns import qn
    from pypdf import PdfReader

    body: Any = docx.Document(str(files[0])).element.body
    paragraphs = {squeezed("".join(paragraph.itertext(qn("w:t")))) for paragraph in body.iter(qn("w:p"))}
    reader = PdfReader(files[1])
    pages = (squeezed(page.extract_text()) for page in reader.pages)
    bare = (page.removeprefix(label) for page, label in zip(pages, reader.page_labels, strict=True))
    text = "".join(re.sub("SỐLIỆUMINHHỌA.*$", "", page) for page in bare)

    assert len(paragraphs) > 400
    assert [paragraph for paragraph in paragraphs if paragraph not in text] == []


def test_unscored_is_not_zero(dossier: Dossier) -> None:
    """The sample is scored throughout, so that the tests above see points and not gaps."""
    assert all(leaf.state in (State.SCORED, State.NOT_APPLICABLE) for leaf in dossier.scores.leaves)
