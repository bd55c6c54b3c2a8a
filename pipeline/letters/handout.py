"""What is handed out and shown at the conference: what is scored, who does what, by when and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline import wording
from pipeline.decree.paper import LANDSCAPE, Align, DataTable, Item, Paper, Title
from pipeline.decree.parts import Draft
from pipeline.decree.phrases import Phrases, phrases
from pipeline.decree.sections import paragraphs
from pipeline.dossier import Progress
from pipeline.letters.frame import WORDING, Letter, LetterError, issue_of, laid_out, settings_of
from pipeline.letters.tables import criteria, deadlines, most, row, table, titles
from pipeline.markup.blocks import Numbered, Paragraph, Text
from pipeline.model.criteria_set import Bands, BandScale, CriteriaSet
from pipeline.model.year import Settings
from pipeline.scoring import LeafScore, Scores


def handout(progress: Progress) -> Paper:
    """The conference's document, which carries no number and no signature.

    Raises:
        LetterError: the settings or the criteria set cannot be read.
    """
    words, settings = phrases(WORDING), settings_of(progress)
    located, scores = progress.workspace.criteria_set, progress.scores
    if located is None or scores is None:
        raise LetterError(f"chưa đọc được bộ tiêu chí “{settings.criteria_set}”")
    letter = Letter(
        kind=words("tai_lieu.ten_loai"),
        subject=words("tai_lieu.trich_yeu", nam=str(settings.year)),
        opening=_opening(settings, words),
        content=tuple(_content(settings, located.value, scores, words)),
        closing="",
        illustrative=settings.illustrative or located.value.illustrative,
        annexes=(Draft(words("tai_lieu.phu_luc"), criteria(scores, settings, words), LANDSCAPE),),
    )
    day = settings.conference.day if settings.conference else None
    return laid_out(letter, issue_of(settings, day=day), day or date(settings.year, 1, 1))


def _opening(settings: Settings, words: Phrases) -> str:
    conference = settings.conference
    if conference is None:
        return words("tai_lieu.mo_dau_khong_hoi_nghi", don_vi=settings.body.full_title)
    day = wording.day_in_words(conference.day, conference.day.year)
    title, place = wording.lower_first(conference.title), wording.lower_first(conference.place)
    return words(
        "tai_lieu.mo_dau",
        hoi_nghi=title,
        ngay=day,
        dia_diem=place,
    )


def _content(settings: Settings, criteria_set: CriteriaSet, scores: Scores, words: Phrases) -> Iterator[Item]:
    sections = (
        ("cham_gi", _what(settings, criteria_set, scores, words)),
        ("ai", _who(settings, scores, words)),
        ("moc", _when(settings, words)),
        ("cach_lam", _how(words)),
    )
    for position, (key, items) in enumerate(sections, start=1):
        yield Title(1, f"{wording.roman(position)}. {words(f'tai_lieu.{key}').upper()}")
        yield from items


def _what(settings: Settings, criteria_set: CriteriaSet, scores: Scores, words: Phrases) -> Iterator[Item]:
    introduction = words(
        "tai_lieu.bo_tieu_chi",
        nam=str(settings.year),
        bo_tieu_chi=criteria_set.title,
        tong_diem=wording.maximum(criteria_set.total),
        so_linh_vuc=str(len(scores.areas)),
        so_tieu_chi=str(len(scores.leaves)),
    )
    yield from paragraphs([introduction])
    yield _areas(settings, scores, words)
    yield _bands(criteria_set.bands, words)


def _areas(settings: Settings, scores: Scores, words: Phrases) -> DataTable:
    columns = (
        ("stt", 7, Align.CENTRE),
        ("linh_vuc", 42, Align.LEFT),
        ("toi_da", 10, Align.CENTRE),
        ("so_tieu_chi", 10, Align.CENTRE),
        ("chu_tri", 31, Align.LEFT),
    )
    rows = [
        row(
            area.row.code,
            area.criterion.title,
            most(area.row),
            str(len(area.leaves)),
            titles(settings, dict.fromkeys(unit for code in _codes(area.leaves) for unit in settings.leads(code))),
        )
        for area in scores.areas
    ]
    return table(words("tai_lieu.bang_linh_vuc"), columns, rows, words)


def _bands(bands: Bands, words: Phrases) -> DataTable:
    unit = f"{wording.NARROW}%" if bands.scale is BandScale.PERCENT else " điểm"
    above, rows = "", []
    for band in bands.bands:
        begin = f"{wording.number(band.at_least)}{unit}"
        key = "tu" if not above else "tu_den" if band is not bands.bands[-1] or band.at_least > 0 else "duoi"
        rows.append(row(band.title, words(f"tai_lieu.{key}", tu=begin, den=above)))
        above = begin
    caption = words("tai_lieu.bang_xep_loai", thang=words(f"tai_lieu.thang.{bands.scale}"))
    return table(caption, (("xep_loai", 40, Align.LEFT), ("muc", 60, Align.LEFT)), rows, words)


def _who(settings: Settings, scores: Scores, words: Phrases) -> Iterator[Item]:
    columns = (
        ("stt", 7, Align.CENTRE),
        ("bo_phan", 25, Align.LEFT),
        ("cham", 44, Align.LEFT),
        ("ho_tro", 24, Align.LEFT),
    )

    def named(codes: tuple[str, ...]) -> list[str]:
        rows = [(code, scores.find(code)) for code in codes]
        return [words("ma_ten", ma=code, ten=found.criterion.title) for code, found in rows if found]

    rows = [
        row(str(position), unit.title, named((*unit.leads, *unit.compiles)), named(unit.supports))
        for position, unit in enumerate(settings.units.values(), start=1)
    ]
    yield table(words("tai_lieu.bang_bo_phan"), columns, rows, words)
    leads = {code: settings.leads(code) for code in _codes(scores.leaves)}
    shared = ", ".join(code for code, units in leads.items() if len(units) > 1)
    nobody = ", ".join(code for code, units in leads.items() if not units)
    told = (("trung", shared), ("chua_giao", nobody))
    yield from paragraphs(words(f"tai_lieu.{key}", ma=codes) for key, codes in told if codes)


def _codes(leaves: Iterable[LeafScore]) -> Iterator[str]:
    return (leaf.criterion.code for leaf in leaves)


def _when(settings: Settings, words: Phrases) -> Iterator[Item]:
    if settings.deadlines:
        yield deadlines(settings, words)
    else:
        yield from paragraphs([words("tai_lieu.chua_co_moc")])


def _how(words: Phrases) -> Iterator[Item]:
    steps: list[str] = words.texts["tai_lieu"]["buoc"]
    yield Numbered(1, tuple((Paragraph((Text(step),)),) for step in steps))
