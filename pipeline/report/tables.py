"""The report's four tables: the summary, the explanations, the full table and the list of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline import wording
from pipeline.binder import BinderPlan
from pipeline.decree.paper import Align, Cell, Column, DataTable, Inlines, Row, RowKind, plain
from pipeline.dossier import Dossier, Evidence
from pipeline.markup.blocks import Emphasis, Inline, Text, plain_text
from pipeline.model.assessment import Citation
from pipeline.model.evidence import EvidenceClass
from pipeline.report.phrases import Phrases
from pipeline.rules.rule import Source
from pipeline.scoring import LeafScore, State
from pipeline.scoring import Row as ScoreRow

_LONGEST_WHOLE = 700
"""Characters of a cell up to which its row surely fits on one page."""

_EMPTY: Cell = ()


def summary_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Maximum, points and percentage of each area and in total; the unscored only where there are any."""
    missing = dossier.scores.provisional
    columns = _columns(
        words,
        ("stt", 8, Align.CENTRE),
        ("linh_vuc", 42 if missing else 56, Align.LEFT),
        ("toi_da", 12, Align.CENTRE),
        ("tu_cham", 12, Align.CENTRE),
        ("ty_le", 12, Align.CENTRE),
        *([("chua_cham", 14, Align.CENTRE)] if missing else []),
    )
    total = dossier.scores.total
    whole = (wording.maximum(total.maximum), wording.index(total.ratio))
    lines = [
        (RowKind.LEAF, area.row.code, area.criterion.title, area.row.bounds, area.row.share, area.tally)
        for area in dossier.scores.areas
    ]
    lines.append((RowKind.TOTAL, "", words("tong_cong"), *whole, total))
    rows = [
        _row(
            kind,
            *map(_cell, (code, title, most, wording.points(tally.points), share)),
            *([_cell(str(tally.missing))] if missing else []),
        )
        for kind, code, title, most, share, tally in lines
    ]
    return DataTable(words("bang_tong_hop"), columns, tuple(rows), whole=True)


def explanations_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Every leaf whose score does not speak for itself, with the reason and the officer's words."""
    columns = _columns(
        words,
        ("stt", 9, Align.CENTRE),
        ("tieu_chi_thanh_phan", 29, Align.LEFT),
        ("tu_cham", 14, Align.CENTRE),
        ("giai_trinh", 48, Align.LEFT),
    )
    rows = [
        _row(
            RowKind.LEAF,
            _cell(leaf.criterion.code),
            _cell(leaf.criterion.title),
            _cell(_points_of_maximum(leaf, words)),
            (_reasoned(words(f"ly_do.{reason}"), leaf.explanation),),
        )
        for leaf in dossier.scores.leaves
        if (reason := _reason(leaf))
    ]
    return DataTable(words("bang_giai_trinh"), columns, tuple(rows))


def full_table(dossier: Dossier, words: Phrases) -> DataTable:
    """Every row of the criteria set with its figures, derivation, points and proof."""
    columns = _columns(
        words,
        ("stt", 5, Align.CENTRE),
        ("noi_dung", 20, Align.LEFT),
        ("toi_da", 6, Align.CENTRE),
        ("so_lieu", 21, Align.LEFT),
        ("cach_tinh", 15, Align.LEFT),
        ("tu_cham", 7, Align.CENTRE),
        ("kiem_chung", 26, Align.LEFT),
    )
    rows = [_score_row(row, dossier, words) for area in dossier.scores.areas for row in area.rows]
    total = dossier.scores.total
    maximum, points = _cell(wording.maximum(total.maximum)), _cell(wording.points(total.points))
    rows.append(_row(RowKind.TOTAL, _EMPTY, _cell(words("tong_cong")), maximum, _EMPTY, _EMPTY, points, _EMPTY))
    return DataTable("", columns, tuple(rows))


def evidence_table(dossier: Dossier, binder: BinderPlan, words: Phrases) -> tuple[DataTable, bool]:
    """The documents in the register's order, and whether the abstract of any stays inside.

    A column names the binder's pages where the binder shows any document.
    """
    bound = any(binder.pages_of(evidence.id) for evidence in dossier.evidence)
    columns = _columns(
        words,
        ("stt", 6, Align.CENTRE),
        ("so_ky_hieu", 17 if bound else 18, Align.LEFT),
        ("ngay", 13 if bound else 14, Align.CENTRE),
        ("co_quan", 15 if bound else 18, Align.LEFT),
        ("trich_yeu", 27 if bound else 31, Align.LEFT),
        ("tieu_chi", 10 if bound else 13, Align.LEFT),
        *([("trang_quyen", 12, Align.CENTRE)] if bound else []),
    )
    hides = any(evidence.document.evidence_class is EvidenceClass.INTERNAL for evidence in dossier.evidence)
    rows = tuple(
        _evidence_row(evidence, words, *([_cell(_pages(evidence, binder))] if bound else []))
        for evidence in dossier.evidence
    )
    return DataTable("", columns, rows), hides


def _pages(evidence: Evidence, binder: BinderPlan) -> str:
    pages = binder.pages_of(evidence.id)
    return wording.span(pages[0], pages[-1]) if pages else ""


def _columns(words: Phrases, *columns: tuple[str, int, Align]) -> tuple[Column, ...]:
    return tuple(Column(words(f"cot.{key}"), share, align) for key, share, align in columns)


def _row(kind: RowKind, *cells: Cell) -> Row:
    longest = max(sum(len(plain_text(line)) for line in cell) for cell in cells)
    return Row(kind, cells, whole=longest <= _LONGEST_WHOLE)


def _cell(*texts: str) -> Cell:
    return tuple(plain(text) for text in texts if text)


def _reason(leaf: LeafScore) -> str | None:
    """Which of the wording's reasons puts a leaf among the explanations."""
    if leaf.state is State.NOT_APPLICABLE:
        return "khong_ap_dung"
    if leaf.state is not State.SCORED or leaf.entry is None:
        return None
    if leaf.overridden:
        return "khac_cach_cham"
    if leaf.criterion.rule and leaf.criterion.rule.source is Source.HAND:
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
    name = (_cell(row.code), _cell(row.criterion.title), _cell(row.bounds))
    if row.leaf is None:
        kind = RowKind.CRITERION if row.depth else RowKind.AREA
        return _row(kind, *name, _EMPTY, _EMPTY, _cell(wording.points(row.tally.points)), _EMPTY)
    leaf = row.leaf
    return _row(
        RowKind.LEAF,
        *name,
        _cell(*(words("so_lieu", ten=figure.label, gia_tri=figure.text) for figure in leaf.figures)),
        _cell(leaf.derivation),
        _cell(leaf.state.value if leaf.points is None else wording.points(leaf.points)),
        tuple(_proof(leaf, dossier, words)),
    )


def _proof(leaf: LeafScore, dossier: Dossier, words: Phrases) -> Iterator[Inlines]:
    for citation in leaf.entry.evidence if leaf.entry else ():
        yield plain(_cited(dossier.evidence_by_id[citation.document], citation, words))
    if leaf.state is State.SCORED and _is_surveyed(leaf) and dossier.survey and dossier.survey.source:
        yield plain(_cited(dossier.evidence_by_id[dossier.survey.source], None, words))
    if leaf.explanation:
        yield (Emphasis((Text(words("nhan_giai_trinh")),)), Text(leaf.explanation))


def _is_surveyed(leaf: LeafScore) -> bool:
    return leaf.criterion.rule is not None and leaf.criterion.rule.source is Source.SURVEY


def _cited(evidence: Evidence, citation: Citation | None, words: Phrases) -> str:
    document = evidence.document
    reference = words(
        "vien_dan" if document.issued else "vien_dan_khong_ngay",
        stt=str(evidence.position),
        so_ky_hieu=document.number,
        ngay=wording.day(document.issued) if document.issued else "",
    )
    return ", ".join([reference, *_where(citation, words)])


def _where(citation: Citation | None, words: Phrases) -> Iterable[str]:
    if citation and citation.section:
        numbered = wording.is_bare_number(citation.section)
        yield words("muc", muc=citation.section) if numbered else citation.section
    if citation and citation.page:
        yield words("trang", trang=citation.page)


def _evidence_row(evidence: Evidence, words: Phrases, *more: Cell) -> Row:
    document = evidence.document
    internal = document.evidence_class is EvidenceClass.INTERNAL
    reason = "" if internal or not document.valid_because else document.valid_because.rstrip(" .")
    return _row(
        RowKind.LEAF,
        _cell(str(evidence.position)),
        _cell(document.number),
        _cell(wording.day(document.issued) if document.issued else ""),
        _cell(document.issuer or ""),
        _cell(document.public_abstract, words("con_hieu_luc", ly_do=reason) if reason else ""),
        _cell(", ".join(evidence.criteria)),
        *more,
    )
