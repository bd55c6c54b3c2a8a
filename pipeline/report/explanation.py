"""The commune's answer to one round of the appraisal: a report of its own, in the dress of the year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import wording
from pipeline.decree.paper import Item, Paper, Title
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Dossier
from pipeline.letters.frame import Letter, issue_of, laid_out
from pipeline.markup.blocks import Paragraph, Text
from pipeline.model.appraisal import Round
from pipeline.report.answers import answer_rows
from pipeline.report.compose import WORDING
from pipeline.scoring import Appraised, ColumnKind, ScoreColumn

_GROUP = "bao_cao_giai_trinh"
_VIA = re.compile(r"\s*\(qua [^()]*\)$")
"""How a paper reaches its addressee; in a sentence only the addressee counts."""


def compose_explanation(dossier: Dossier, table: Appraised, number: int) -> Paper:
    """The report of explanations about the round with this number; its own number and day stay blank to fill in."""
    words, told, own = phrases(WORDING), table.appraisal.rounds[number], dossier.settings.report
    blanks = {"lan": str(number), "nam": str(dossier.year), "don_vi": dossier.settings.body.full_title}
    blanks |= {"co_quan": _VIA.sub("", told.office), "ngay": wording.day(told.day)}
    answer = Letter(
        kind=words("ten_loai"),
        subject=words(f"{_GROUP}.trich_yeu", **blanks),
        opening=words(f"{_GROUP}.mo_dau", **blanks),
        content=tuple(_content(dossier, table, number, words)),
        closing=words(f"{_GROUP}.ket_thuc", **blanks),
        illustrative=dossier.illustrative,
        addressees=(told.office,),
        bases=tuple(_bases(dossier, told, words)),
        recipients=own.recipients,
        signatory=own.signatory,
    )
    return laid_out(answer, issue_of(dossier.settings, symbol=own.symbol, year=told.day.year), dossier.date)


def _bases(dossier: Dossier, told: Round, words: Phrases) -> Iterator[str]:
    """The office's own paper, where it is in the register."""
    evidence = dossier.evidence_by_id.get(told.document or "")
    if evidence and evidence.document.issued:
        document = evidence.document
        yield words(
            f"{_GROUP}.can_cu",
            so_ky_hieu=document.number,
            ngay=wording.day_in_words(document.issued, dossier.year),
            co_quan=document.issuer or told.office,
        )


def _content(dossier: Dossier, table: Appraised, number: int, words: Phrases) -> Iterator[Item]:
    yield Title(1, f"I. {words(f'{_GROUP}.ket_qua').upper()}")
    appraised = _column(table, ColumnKind.APPRAISED, number)
    yield _sentence("diem", words, table.own, appraised)
    yield Title(1, f"II. {words(f'{_GROUP}.noi_dung').upper()}")
    rows = answer_rows(dossier, table, number, words)
    yield Paragraph((Text(words(f"{_GROUP}.{'bang' if rows.rows else 'khong'}")),))
    if rows.rows:
        yield rows
    explained = _column(table, ColumnKind.EXPLAINED, number)
    if explained is not None and explained.given:
        yield Title(1, f"III. {words(f'{_GROUP}.de_nghi').upper()}")
        yield _sentence("diem_de_nghi", words, appraised, explained)


def _column(table: Appraised, kind: ColumnKind, number: int) -> ScoreColumn | None:
    return next((each for each in table.columns if each.kind is kind and each.round == number), None)


def _sentence(key: str, words: Phrases, before: ScoreColumn | None, after: ScoreColumn | None) -> Paragraph:
    assert before is not None
    assert after is not None
    total = after.scores.total
    text = words(
        f"{_GROUP}.{key}",
        truoc=wording.points(before.scores.total.points),
        diem=wording.points(total.points),
        toi_da=wording.maximum(total.maximum),
        ty_le=wording.index(total.ratio),
        xep_loai=after.scores.band.title,
        so_tieu_chi=str(len(after.given)),
        ma=", ".join(code for code in _ordered(after)),
    )
    return Paragraph((Text(text),))


def _ordered(column: ScoreColumn) -> Iterator[str]:
    """The leaves whose points come from the column, in the order of the set."""
    codes = (leaf.criterion.code for leaf in column.scores.leaves)
    return (code for code in codes if code in column.given)
