"""The report's tables: the summary, the explanations, the survey, the full table and the list of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.binder import BinderPlan
from pipeline.decree.paper import Align, Cell, DataTable, Inlines, Row, RowKind, plain
from pipeline.decree.phrases import Phrases
from pipeline.decree.rows import cell, filled_row, named_columns
from pipeline.dossier import Area, Dossier, Evidence
from pipeline.markup.blocks import Emphasis, Inline, Text
from pipeline.model.evidence import EvidenceClass
from pipeline.model.survey import SurveyDetail, group_words, share_words
from pipeline.report.citations import cited
from pipeline.report.dialogue import final_points, remarks
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, State
from pipeline.scoring import Row as ScoreRow

_EMPTY: Cell = ()


def summary_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Maximum, points and percentage of each area and in total; the unscored only where there are any."""
    missing, final = dossier.scores.provisional, dossier.appraised.final if dossier.appraised else None
    extra = 14 * missing + 14 * (final is not None)
    columns = named_columns(
        words,
        (
            ("stt", 8, Align.CENTRE),
            ("linh_vuc", 56 - extra, Align.LEFT),
            ("toi_da", 12, Align.CENTRE),
            ("tu_cham", 12, Align.CENTRE),
            ("ty_le", 12, Align.CENTRE),
            *([("chua_cham", 14, Align.CENTRE)] if missing else []),
            *([("tham_dinh", 14, Align.CENTRE)] if final else []),
        ),
    )
    total = dossier.scores.total
    whole = (wording.maximum(total.maximum), wording.index(total.ratio))
    lines = [
        (RowKind.LEAF, area.row.code, area.criterion.title, area.row.bounds, area.row.share, area.tally)
        for area in dossier.scores.areas
    ]
    lines.append((RowKind.TOTAL, "", words("tong_cong"), *whole, total))
    rows = [
        filled_row(
            kind,
            *map(cell, (code, title, most, wording.points(tally.points), share)),
            *([cell(str(tally.missing))] if missing else []),
            *([cell(final_points(final, code))] if final else []),
        )
        for kind, code, title, most, share, tally in lines
    ]
    return DataTable(words("bang_tong_hop"), columns, tuple(rows), whole=True)


def explanations_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Every leaf whose score does not speak for itself, with the reason and the officer's words."""
    columns = named_columns(
        words,
        (
            ("stt", 8, Align.CENTRE),
            ("tieu_chi_thanh_phan", 25, Align.LEFT),
            ("tu_cham", 12, Align.CENTRE),
            ("giai_trinh", 55, Align.LEFT),
        ),
    )
    rows = [
        filled_row(
            RowKind.LEAF,
            cell(leaf.criterion.code),
            cell(leaf.criterion.title),
            cell(_points_of_maximum(leaf, words)),
            (_reasoned(words(f"ly_do.{reason}"), leaf.explanation),),
        )
        for leaf in dossier.scores.leaves
        if (reason := _reason(leaf))
    ]
    return DataTable(words("bang_giai_trinh"), columns, tuple(rows))


def survey_table(area: Area, dossier: Dossier, words: Phrases) -> DataTable:
    """What the survey's answers gave for an area's criteria: answers, measure, interval, distribution, groups."""
    columns = named_columns(
        words,
        (
            ("stt", 8, Align.CENTRE),
            ("tieu_chi_thanh_phan", 20, Align.LEFT),
            ("so_phieu", 9, Align.CENTRE),
            ("chi_so", 20, Align.LEFT),
            ("phan_bo", 43, Align.LEFT),
        ),
    )
    rows = [
        filled_row(
            RowKind.LEAF,
            cell(leaf.criterion.code),
            cell(leaf.criterion.title),
            cell(wording.number(detail.answers)),
            cell(f"{detail.measure.words}: {detail.percent_words}", words("khoang", khoang=detail.interval.words)),
            cell(*map(share_words, detail.shares), *_groups(detail, words)),
        )
        for leaf in area.score.leaves
        if (detail := dossier.surveyed.get(leaf.criterion.code))
    ]
    return DataTable(words("bang_dieu_tra"), columns, tuple(rows))


def _groups(detail: SurveyDetail, words: Phrases) -> Iterator[str]:
    return (words("nhom_tra_loi", nhom=group_words(group)) for group in detail.groups)


def full_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Every row of the criteria set with its figures, derivation, points and proof."""
    shares = _APPRAISED_SHARES if dossier.appraised else _SHARES
    columns = named_columns(
        words, ((key, share, align) for (key, align), share in zip(_FULL, shares, strict=True) if share)
    )
    rows = [_score_row(row, dossier, words) for area in dossier.scores.areas for row in area.rows]
    total, final = dossier.scores.total, dossier.appraised.final if dossier.appraised else None
    maximum, points = cell(wording.maximum(total.maximum)), cell(wording.points(total.points))
    given = [cell(final_points(final, ""))] if final else []
    blank = [_EMPTY] if final else []
    rows.append(
        filled_row(
            RowKind.TOTAL, _EMPTY, cell(words("tong_cong")), maximum, _EMPTY, _EMPTY, points, *given, _EMPTY, *blank
        )
    )
    return DataTable("", columns, tuple(rows))


_FULL = (
    ("stt", Align.CENTRE),
    ("noi_dung", Align.LEFT),
    ("toi_da", Align.CENTRE),
    ("so_lieu", Align.LEFT),
    ("cach_tinh", Align.LEFT),
    ("tu_cham", Align.CENTRE),
    ("tham_dinh", Align.CENTRE),
    ("kiem_chung", Align.LEFT),
    ("y_kien", Align.LEFT),
)
_SHARES = (5, 18, 6, 19, 17, 7, 0, 28, 0)
_APPRAISED_SHARES = (5, 14, 6, 15, 12, 7, 9, 19, 13)
"""Percent of the width; what is not there has none."""


def evidence_table(dossier: Dossier, binder: BinderPlan, words: Phrases) -> tuple[DataTable, bool]:
    """The documents in the register's order, and whether the abstract of any stays inside.

    A column names the binder's pages where the binder shows any document.
    """
    bound = any(binder.pages_of(evidence.id) for evidence in dossier.evidence)
    columns = named_columns(
        words,
        (
            ("stt", 6, Align.CENTRE),
            ("so_ky_hieu", 17 if bound else 18, Align.LEFT),
            ("ngay", 13 if bound else 14, Align.CENTRE),
            ("co_quan", 14 if bound else 18, Align.LEFT),
            ("trich_yeu", 30 if bound else 31, Align.LEFT),
            ("tieu_chi", 10 if bound else 13, Align.LEFT),
            *([("trang_quyen", 10, Align.CENTRE)] if bound else []),
        ),
    )
    hides = any(evidence.document.evidence_class is EvidenceClass.INTERNAL for evidence in dossier.evidence)
    rows = tuple(
        _evidence_row(evidence, words, *([cell(_pages(evidence, binder))] if bound else []))
        for evidence in dossier.evidence
    )
    return DataTable("", columns, rows), hides


def _pages(evidence: Evidence, binder: BinderPlan) -> str:
    pages = binder.pages_of(evidence.id)
    return wording.span(pages[0], pages[-1]) if pages else ""


def _reason(leaf: LeafScore) -> str | None:
    """Which of the wording's reasons puts a leaf among the explanations."""
    if leaf.state is State.NOT_APPLICABLE:
        return "khong_ap_dung"
    if leaf.state is not State.SCORED or leaf.entry is None:
        return None
    if leaf.overridden:
        return "khac_cach_cham"
    if leaf.criterion.source is Source.HAND:
        return "cham_tay"
    if leaf.points and not leaf.entry.evidence:
        return "khong_kiem_chung"
    return "noi_ro" if leaf.explanation else None


def _reasoned(reason: str, explanation: str) -> Inlines:
    label: Inline = Emphasis((Text(reason),))
    return (label, Text(f" {explanation}")) if explanation else (label,)


def _points_of_maximum(leaf: LeafScore, words: Phrases) -> str:
    if leaf.points is None:
        return leaf.state.value
    if leaf.group:
        return wording.points(leaf.points)
    return words("diem_tren_toi_da", diem=wording.points(leaf.points), toi_da=wording.maximum(leaf.maximum))


def _score_row(row: ScoreRow, dossier: Dossier, words: Phrases) -> Row:
    name = (cell(row.code), cell(row.criterion.title), cell(row.bounds))
    final = [cell(final_points(dossier.appraised.final, row.code))] if dossier.appraised else []
    if row.leaf is None:
        kind, blank = RowKind.CRITERION if row.depth else RowKind.AREA, [_EMPTY] if final else []
        return filled_row(kind, *name, _EMPTY, _EMPTY, cell(wording.points(row.tally.points)), *final, _EMPTY, *blank)
    leaf = row.leaf
    return filled_row(
        RowKind.LEAF,
        *name,
        cell(*(words("so_lieu", ten=figure.label, gia_tri=figure.text) for figure in leaf.figures)),
        cell(leaf.derivation),
        cell(leaf.shown),
        *final,
        tuple(_proof(leaf, dossier, words)),
        *([tuple(remarks(row.code, dossier.appraised.appraisal, words))] if dossier.appraised else []),
    )


def _proof(leaf: LeafScore, dossier: Dossier, words: Phrases) -> Iterator[Inlines]:
    for citation in leaf.entry.evidence if leaf.entry else ():
        yield plain(cited(dossier.evidence_by_id[citation.document], citation, words))
    if (
        leaf.state is State.SCORED
        and leaf.criterion.source is Source.SURVEY
        and dossier.survey
        and dossier.survey.source
    ):
        yield plain(cited(dossier.evidence_by_id[dossier.survey.source], None, words))
    if leaf.explanation:
        yield (Emphasis((Text(words("nhan_giai_trinh")),)), Text(leaf.explanation))


def _evidence_row(evidence: Evidence, words: Phrases, *more: Cell) -> Row:
    document = evidence.document
    internal = document.evidence_class is EvidenceClass.INTERNAL
    reason = "" if internal or not document.valid_because else document.valid_because.rstrip(" .")
    return filled_row(
        RowKind.LEAF,
        cell(str(evidence.position)),
        cell(document.number),
        cell(wording.day(document.issued) if document.issued else ""),
        cell(document.issuer or ""),
        cell(document.public_abstract, words("con_hieu_luc", ly_do=reason) if reason else ""),
        cell(", ".join(evidence.criteria)),
        *more,
    )
