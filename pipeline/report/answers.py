"""The report's tables of an appraisal: what was said about each criterion, and what one round asked and got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import wording
from pipeline.decree.paper import Align, DataTable, Inlines, RowKind, plain
from pipeline.decree.phrases import Phrases
from pipeline.decree.rows import cell, filled_row, named_columns
from pipeline.dossier import Dossier
from pipeline.markup.blocks import Emphasis, Text
from pipeline.model.appraisal import Explanation
from pipeline.report.citations import cited
from pipeline.report.dialogue import dialogue, final_points
from pipeline.scoring import Appraised


def answers_table(dossier: Dossier, table: Appraised, words: Phrases) -> DataTable:
    """What the receiving office remarked and what the commune answers; no row where nothing was said."""
    columns = named_columns(
        words,
        (
            ("stt", 8, Align.CENTRE),
            ("tieu_chi_thanh_phan", 20, Align.LEFT),
            ("tu_cham", 11, Align.CENTRE),
            ("tham_dinh", 11, Align.CENTRE),
            ("trao_doi", 50, Align.LEFT),
        ),
    )
    rows = [
        filled_row(
            RowKind.LEAF,
            cell(leaf.criterion.code),
            cell(leaf.criterion.title),
            cell(leaf.shown),
            cell(final_points(table.final, leaf.criterion.code)),
            said + tuple(_further_proof(leaf.criterion.code, dossier, table, words)),
        )
        for leaf in dossier.scores.leaves
        if (said := tuple(dialogue(leaf.criterion.code, table.appraisal, words)))
    ]
    return DataTable(words("bang_tham_dinh"), columns, tuple(rows))


def answer_rows(dossier: Dossier, table: Appraised, number: int, words: Phrases) -> DataTable:
    """What one round asked and what the commune answers, criterion by criterion."""
    columns = named_columns(
        words,
        (
            ("stt", 8, Align.CENTRE),
            ("tieu_chi_thanh_phan", 19, Align.LEFT),
            ("tu_cham", 11, Align.CENTRE),
            ("tham_dinh", 11, Align.CENTRE),
            ("y_kien", 21, Align.LEFT),
            ("giai_trinh", 30, Align.LEFT),
        ),
    )
    told = table.appraisal.rounds[number]
    rows = [
        filled_row(
            RowKind.LEAF,
            cell(leaf.criterion.code),
            cell(leaf.criterion.title),
            cell(leaf.shown),
            cell("" if verdict.points is None else wording.points(verdict.points)),
            cell(verdict.remark or ""),
            tuple(_answers(told.explanations.get(leaf.criterion.code, ()), dossier, words)),
        )
        for leaf in dossier.scores.leaves
        if (verdict := told.verdict(leaf.criterion.code)).explanation_wanted or leaf.criterion.code in told.explanations
    ]
    return DataTable("", columns, tuple(rows))


def _answers(answers: Sequence[Explanation], dossier: Dossier, words: Phrases) -> Iterator[Inlines]:
    if not answers:
        yield (Emphasis((Text(words("chua_giai_trinh")),)),)
    for answer in answers:
        yield plain(answer.text)
        for citation in answer.evidence:
            yield plain(cited(dossier.evidence_by_id[citation.document], citation, words, listed=False))
        if answer.points is not None:
            yield (Emphasis((Text(words("de_nghi_tinh_diem", diem=wording.points(answer.points))),)),)


def _further_proof(code: str, dossier: Dossier, table: Appraised, words: Phrases) -> Iterator[Inlines]:
    """The documents that the explanations add."""
    for turn in table.appraisal.dialogue(code):
        for citation in turn.evidence:
            yield plain(cited(dossier.evidence_by_id[citation.document], citation, words))
