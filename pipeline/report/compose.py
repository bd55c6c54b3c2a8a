"""From a dossier to its report: the decree's order of parts, the wording of `report.yml`, the dossier's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import wording
from pipeline.binder import plan_binder
from pipeline.decree.paper import LANDSCAPE, DataTable, Item, Paper, Title
from pipeline.decree.parts import Draft
from pipeline.decree.phrases import Phrases, phrases
from pipeline.decree.sections import numbered, paragraphs, unnumbered
from pipeline.dossier import Area, Dossier
from pipeline.letters.frame import Letter, issue_of, laid_out
from pipeline.markup import read_markup
from pipeline.model.assessment import REMEDIES, RESULTS, WEAKNESSES
from pipeline.report.answers import answers_table
from pipeline.report.tables import (
    evidence_table,
    explanations_table,
    full_table,
    summary_table,
    survey_table,
)
from pipeline.report.years import followed_items, trend_items
from pipeline.rules.rule import Source
from pipeline.scoring import Appraised, AreaScore, State

WORDING = Path(__file__).with_name("report.yml")
"""What an office may change of the report's own words."""


def compose(dossier: Dossier) -> Paper:
    """The report of a dossier, ready for any renderer."""
    words, settings, own = phrases(WORDING), dossier.settings, dossier.settings.report
    blanks = {"don_vi": settings.body.full_title, "nam": str(dossier.year)}
    report = Letter(
        kind=words("ten_loai"),
        subject=own.subject,
        opening=words("mo_dau", **blanks),
        content=tuple(_content(dossier, words)),
        closing=words("ket_thuc", **blanks),
        illustrative=dossier.illustrative,
        addressees=own.addressees,
        bases=own.bases,
        recipients=own.recipients,
        signatory=own.signatory,
        annexes=_annexes(dossier, words),
    )
    return laid_out(report, issue_of(settings, symbol=own.symbol, serial=own.serial, day=own.issued), dossier.date)


def score_tables(dossier: Dossier) -> tuple[DataTable, ...]:
    """The report's tables that print self-scored points, without laying out the binder, which none of them needs."""
    words = phrases(WORDING)
    tables = [part for part in _content(dossier, words) if isinstance(part, DataTable)]
    title = words("cot.tu_cham")
    return tuple(
        table
        for table in (*tables, full_table(dossier, words))
        if any(column.title == title for column in table.columns)
    )


def _content(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    sections = (
        ("to_chuc", _organisation(dossier)),
        ("ket_qua", _results(dossier, words)),
        ("ton_tai", _shortcomings(dossier, words)),
        ("giai_trinh", _explanations(dossier, words)),
        ("kien_nghi", numbered(read_markup(dossier.settings.report.proposals).blocks)),
    )
    for position, (key, items) in enumerate(sections, start=1):
        yield Title(1, f"{wording.roman(position)}. {words(key).upper()}")
        yield from items


def _organisation(dossier: Dossier) -> Iterator[Item]:
    return numbered(read_markup(dossier.settings.report.organisation).blocks)


def _results(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    yield Title(2, f"1. {words('ket_qua_chung')}")
    yield from paragraphs(_overall(dossier, words))
    yield summary_table(dossier, words)
    yield from trend_items(dossier, words)
    yield Title(2, f"2. {words('ket_qua_linh_vuc')}")
    for position, area in enumerate(dossier.areas, start=1):
        yield Title(3, f"2.{position}. {_area_title(area, words)}")
        yield from paragraphs([_area_points(area.score, words)])
        yield from _surveyed(area, dossier, words)
        yield from unnumbered(area.document.text.section(RESULTS))


def _overall(dossier: Dossier, words: Phrases) -> Iterator[str]:
    criteria = dossier.criteria_set
    yield words("bo_tieu_chi", bo_tieu_chi=criteria.title)
    yield _total(dossier, words)
    if dossier.appraised is not None:
        yield _appraised(dossier.appraised, words)
    leaves = dossier.scores.leaves
    left_out = [leaf.criterion.code for leaf in leaves if leaf.state is State.NOT_APPLICABLE and not leaf.maximum]
    if left_out:
        yield words("giam_toi_da", tong_diem=wording.maximum(criteria.total), ma=", ".join(left_out))
    awaiting = [leaf.criterion.code for leaf in dossier.scores.leaves if leaf.state is State.AWAITING_SURVEY]
    if awaiting:
        yield words("chua_dieu_tra", ma=", ".join(awaiting))
    elif dossier.survey and dossier.survey.answers:
        yield words("co_dieu_tra", so_phieu=wording.number(dossier.survey.answers))
    yield words("chi_tiet")


def _total(dossier: Dossier, words: Phrases) -> str:
    total, band = dossier.scores.total, dossier.scores.band.title
    missing = [leaf.criterion.code for leaf in dossier.scores.leaves if not leaf.settled]
    return words(
        "tong_diem_tam_tinh" if dossier.scores.provisional else "tong_diem",
        diem=wording.points(total.points),
        toi_da=wording.maximum(total.maximum),
        ty_le=wording.index(total.ratio),
        xep_loai=band,
        so_chua_cham=str(total.missing),
        ma_chua_cham=", ".join(missing),
        toi_da_da_cham=wording.maximum(total.scored_maximum),
        ty_le_da_cham=wording.index(total.scored_ratio),
    )


def _appraised(table: Appraised, words: Phrases) -> str:
    number, told = next(reversed(table.appraisal.rounds.items()))
    final = table.final.scores
    return words(
        "sau_tham_dinh",
        lan=str(number),
        ngay=wording.day(told.day),
        co_quan=told.office,
        diem=wording.points(final.total.points),
        toi_da=wording.maximum(final.total.maximum),
        ty_le=wording.index(final.total.ratio),
        chenh_lech=wording.change(table.total_change),
        xep_loai=final.band.title,
    )


def _area_title(area: Area, words: Phrases) -> str:
    return words("linh_vuc", ma=area.score.criterion.code, ten=area.score.criterion.title)


def _area_points(area: AreaScore, words: Phrases) -> str:
    tally = area.tally
    if area.row.group:
        return words("diem_ngoai_toi_da", diem=wording.points(tally.points))
    surveyed = all(leaf.criterion.source is Source.SURVEY for leaf in area.leaves)
    return words(
        "diem_linh_vuc_tam_tinh" if tally.missing else "diem_dieu_tra" if surveyed else "diem_linh_vuc",
        diem=wording.points(tally.points),
        toi_da=wording.maximum(tally.maximum),
        ty_le=wording.index(tally.ratio),
        so_chua_cham=str(tally.missing),
    )


def _surveyed(area: Area, dossier: Dossier, words: Phrases) -> Iterator[Item]:
    """What the answers gave, where they were imported: a sentence about how, and the table."""
    found = (dossier.surveyed.get(leaf.criterion.code) for leaf in area.score.leaves)
    details = [detail for detail in found if detail]
    if details:
        methods = sorted({detail.interval.method for detail in details}, key=lambda method: method.value)
        yield from paragraphs([words("mo_dau_dieu_tra", cach="; ".join(method.words for method in methods))])
        yield survey_table(area, dossier, words)


def _shortcomings(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    for position, area in enumerate(dossier.areas, start=1):
        yield Title(2, f"{position}. {_area_title(area, words)}")
        for key, section in (("ton_tai_linh_vuc", WEAKNESSES), ("giai_phap_linh_vuc", REMEDIES)):
            yield Title(3, words(key))
            yield from unnumbered(area.document.text.section(section))
        yield from followed_items(dossier, area, words)


def _explanations(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    table = explanations_table(dossier, words)
    yield from paragraphs([words("mo_dau_giai_trinh" if table.rows else "khong_giai_trinh")])
    if table.rows:
        yield table
    if dossier.appraised and (answers := answers_table(dossier, dossier.appraised, words)).rows:
        yield from paragraphs([words("mo_dau_tham_dinh")])
        yield answers


def _annexes(dossier: Dossier, words: Phrases) -> tuple[Draft, ...]:
    evidence, hides = evidence_table(dossier, plan_binder(dossier), words)
    notes = [words("ghi_chu_diem"), *([words("ghi_chu_tham_dinh")] if dossier.appraised else [])]
    return (
        Draft(words("phu_luc_diem"), full_table(dossier, words), LANDSCAPE, tuple(notes)),
        Draft(words("phu_luc_kiem_chung"), evidence, notes=(words("ghi_chu_noi_bo"),) if hides else ()),
    )
