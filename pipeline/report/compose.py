"""From a dossier to its report: the decree's order of parts, the wording of `report.yml`, the dossier's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline import wording
from pipeline.binder import plan_binder
from pipeline.decree.lines import balanced
from pipeline.decree.paper import (
    LANDSCAPE,
    PORTRAIT,
    Addressees,
    Annex,
    Item,
    Letterhead,
    Paper,
    Recipients,
    Signature,
    Title,
    one_line,
)
from pipeline.dossier import Area, Dossier
from pipeline.markup import heading_text, read_markup
from pipeline.markup.blocks import Block, Heading, Paragraph, Text
from pipeline.model.assessment import REMEDIES, RESULTS, WEAKNESSES
from pipeline.report.phrases import Phrases, phrases
from pipeline.report.tables import evidence_table, explanations_table, full_table, summary_table
from pipeline.rules.rule import Source
from pipeline.scoring import AreaScore, State

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NUMBERED = re.compile(r"(?:[\dIVX]+[.)]|[a-zđ]\))\s")
_HEAD_LINE, _TITLE_LINE, _ANNEX_LINE = 22, 56, 75
"""How many characters a line of the letterhead, of the subject and of an annex's title holds."""


def compose(dossier: Dossier, timestamp: int) -> Paper:
    """The report of a dossier, ready for any renderer."""
    words = phrases()
    settings = dossier.settings.report
    return Paper(
        title=f"{words('ten_loai').capitalize()} {_lower_first(one_line(settings.subject))}",
        author=dossier.settings.body.full_title,
        mark=words("minh_hoa") if dossier.illustrative else "",
        page=PORTRAIT,
        letterhead=_letterhead(dossier, words),
        kind=words("ten_loai"),
        subject=_broken(settings.subject, _TITLE_LINE, words),
        addressees=Addressees(words("kinh_gui"), _addressed(settings.addressees)),
        bases=_closed(settings.bases, "."),
        opening=words("mo_dau", don_vi=dossier.settings.body.full_title, nam=str(dossier.year)),
        content=tuple(_content(dossier, words)),
        closing=words("ket_thuc", don_vi=dossier.settings.body.full_title, nam=str(dossier.year)),
        recipients=Recipients(words("noi_nhan"), _closed(settings.recipients, ".")),
        signature=Signature(
            settings.signatory.authority.upper(), settings.signatory.position.upper(), settings.signatory.name
        ),
        annexes=_annexes(dossier, words),
        timestamp=timestamp,
    )


def _letterhead(dossier: Dossier, words: Phrases) -> Letterhead:
    body, report = dossier.settings.body, dossier.settings.report
    return Letterhead(
        superior=_broken(body.superior.upper(), _HEAD_LINE, words),
        body=_broken(body.full_title.upper(), _HEAD_LINE, words),
        nation=words("quoc_hieu"),
        motto=words("tieu_ngu"),
        number=words("so", so_ky_hieu=wording.document_symbol(report.serial, report.symbol)),
        place_and_date=words(
            "dia_danh_ngay", dia_danh=body.place, ngay=wording.day_in_words(report.issued, dossier.year)
        ),
    )


def _broken(text: str, longest: int, words: Phrases) -> tuple[str, ...]:
    return balanced(text, longest, words("ngat_truoc").split())


def _addressed(names: Sequence[str]) -> tuple[str, ...]:
    """A single addressee stands in one line with the label, several make a list."""
    return _closed(names, ".") if len(names) > 1 else tuple(map(one_line, names))


def _closed(lines: Sequence[str], last: str) -> tuple[str, ...]:
    """Lines that end with a semicolon each, the last one with its own sign."""
    bare = [one_line(line).rstrip(" ;.,") for line in lines]
    return tuple(f"{line}{last if index == len(bare) else ';'}" for index, line in enumerate(bare, start=1))


def _content(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    sections = (
        ("to_chuc", _organisation(dossier)),
        ("ket_qua", _results(dossier, words)),
        ("ton_tai", _shortcomings(dossier, words)),
        ("giai_trinh", _explanations(dossier, words)),
        ("kien_nghi", _numbered(read_markup(dossier.settings.report.proposals).blocks)),
    )
    for numeral, (key, items) in zip(ROMAN, sections, strict=False):
        yield Title(1, f"{numeral}. {words(key).upper()}")
        yield from items


def _organisation(dossier: Dossier) -> Iterator[Item]:
    return _numbered(read_markup(dossier.settings.report.organisation).blocks)


def _results(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    yield Title(2, f"1. {words('ket_qua_chung')}")
    yield from _paragraphs(_overall(dossier, words))
    yield summary_table(dossier, words)
    yield Title(2, f"2. {words('ket_qua_linh_vuc')}")
    for position, area in enumerate(dossier.areas, start=1):
        yield Title(3, f"2.{position}. {_area_title(area, words)}")
        yield from _paragraphs([_area_points(area.score, words)])
        yield from _unnumbered(area.document.text.section(RESULTS))


def _overall(dossier: Dossier, words: Phrases) -> Iterator[str]:
    criteria = dossier.criteria_set
    yield words("bo_tieu_chi", bo_tieu_chi=criteria.title)
    yield _total(dossier, words)
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


def _area_title(area: Area, words: Phrases) -> str:
    return words("linh_vuc", ma=area.score.criterion.code, ten=area.score.criterion.title)


def _area_points(area: AreaScore, words: Phrases) -> str:
    tally = area.tally
    if area.row.group:
        return words("diem_ngoai_toi_da", diem=wording.points(tally.points))
    surveyed = all(leaf.criterion.rule and leaf.criterion.rule.source is Source.SURVEY for leaf in area.leaves)
    return words(
        "diem_linh_vuc_tam_tinh" if tally.missing else "diem_dieu_tra" if surveyed else "diem_linh_vuc",
        diem=wording.points(tally.points),
        toi_da=wording.maximum(tally.maximum),
        ty_le=wording.index(tally.ratio),
        so_chua_cham=str(tally.missing),
    )


def _shortcomings(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    for position, area in enumerate(dossier.areas, start=1):
        yield Title(2, f"{position}. {_area_title(area, words)}")
        for key, section in (("ton_tai_linh_vuc", WEAKNESSES), ("giai_phap_linh_vuc", REMEDIES)):
            yield Title(3, words(key))
            yield from _unnumbered(area.document.text.section(section))


def _explanations(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    table = explanations_table(dossier, words)
    yield from _paragraphs([words("mo_dau_giai_trinh" if table.rows else "khong_giai_trinh")])
    if table.rows:
        yield table


def _paragraphs(texts: Iterable[str]) -> Iterator[Block]:
    return (Paragraph((Text(text),)) for text in texts)


def _numbered(blocks: Sequence[Block]) -> Iterator[Item]:
    """An officer's headings become the section's own, numbered unless the officer did it."""
    titles = [heading_text(block) for block in blocks if isinstance(block, Heading)]
    by_hand = any(_NUMBERED.match(title) for title in titles)
    position = 0
    for block in blocks:
        if isinstance(block, Heading):
            position += 1
            yield Title(2, heading_text(block) if by_hand else f"{position}. {heading_text(block)}")
        else:
            yield block


def _unnumbered(blocks: Sequence[Block]) -> Iterator[Item]:
    for block in blocks:
        yield Title(4, heading_text(block)) if isinstance(block, Heading) else block


def _annexes(dossier: Dossier, words: Phrases) -> tuple[Annex, ...]:
    report = dossier.settings.report
    reference = words(
        "kem_theo",
        so_ky_hieu=wording.document_symbol(report.serial, report.symbol),
        ngay=wording.day_in_words(report.issued, dossier.year),
        don_vi=dossier.settings.body.full_title,
    )
    evidence, hides = evidence_table(dossier, plan_binder(dossier), words)
    drafts = (
        ("phu_luc_diem", LANDSCAPE, (words("ghi_chu_diem"),), full_table(dossier, words)),
        ("phu_luc_kiem_chung", PORTRAIT, (words("ghi_chu_noi_bo"),) if hides else (), evidence),
    )
    return tuple(
        Annex(
            label=words("phu_luc", so=numeral),
            title=_broken(words(key).upper(), _ANNEX_LINE, words),
            reference=_broken(reference, _ANNEX_LINE, words),
            page=page,
            notes=notes,
            table=table,
        )
        for numeral, (key, page, notes, table) in zip(ROMAN, drafts, strict=False)
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
