"""The invitation (GM) to the conference, with its programme as annex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline import wording
from pipeline.decree.paper import Align, DataTable, Item, Paper
from pipeline.decree.parts import Draft, closed
from pipeline.decree.phrases import Phrases, phrases
from pipeline.decree.sections import bullets
from pipeline.dossier import Progress
from pipeline.letters.frame import WORDING, Letter, LetterError, as_above, issue_of, laid_out, settings_of
from pipeline.letters.tables import row, table
from pipeline.markup.blocks import Paragraph, Strong, Text
from pipeline.model.year import Conference, ProgrammeItem, Settings


def conference_of(progress: Progress, settings: Settings) -> Conference:
    """The year's conference.

    Raises:
        LetterError: the settings say nothing of one.
    """
    if settings.conference is None:
        raise LetterError(f"chưa có hội nghị: ghi nhóm “hoi_nghi” trong {progress.workspace.settings_path}")
    return settings.conference


def invitation(progress: Progress) -> Paper:
    """The invitation.

    Raises:
        LetterError: the settings cannot be read or say nothing of a conference.
    """
    words, settings = phrases(WORDING), settings_of(progress)
    own, conference = settings.letters.invitation, conference_of(progress, settings)
    letter = Letter(
        kind=words("giay_moi.ten_loai"),
        subject=own.subject or words("giay_moi.trich_yeu", hoi_nghi=wording.lower_first(conference.title)),
        opening=words("giay_moi.mo_dau", don_vi=settings.body.full_title),
        content=tuple(_content(conference, words)),
        closing=words("giay_moi.ket_thuc"),
        illustrative=settings.illustrative,
        addressees=own.addressees,
        bases=own.bases,
        recipients=as_above(settings, own, words),
        signatory=own.signatory or settings.report.signatory,
        annexes=(Draft(words("giay_moi.phu_luc"), _programme(conference, words)),),
    )
    issue = issue_of(settings, symbol=own.symbol, serial=own.serial, day=own.issued)
    return laid_out(letter, issue, own.issued or date(settings.year, 1, 1))


def _content(conference: Conference, words: Phrases) -> Iterator[Item]:
    yield bullets(closed(conference.participants or [words("giay_moi.chua_co_khach")]))
    yield _fact("hoi_nghi", f"{conference.title}.", words)
    if conference.chair:
        yield _fact("chu_tri", f"{conference.chair}.", words)
    yield _fact("thoi_gian", f"{_when(conference, words)}.", words)
    yield _fact("dia_diem", f"{conference.place}.", words)
    yield _fact("noi_dung", words("giay_moi.chuong_trinh"), words)


def _fact(key: str, text: str, words: Phrases) -> Paragraph:
    return Paragraph((Strong((Text(f"{words(f'giay_moi.{key}')}:"),)), Text(f" {text}")))


def _when(conference: Conference, words: Phrases) -> str:
    day = {"thu": wording.weekday(conference.day), "ngay": wording.day_in_words(conference.day, conference.day.year)}
    when = (
        words("giay_moi.luc", gio=conference.begins, **day)
        if conference.begins
        else words("giay_moi.chua_co_gio", **day)
    )
    return words("giay_moi.trong", khi=when, thoi_luong=conference.length) if conference.length else when


def _programme(conference: Conference, words: Phrases) -> DataTable:
    """Times and speakers get a column only where they are known."""
    items = conference.programme or _outline(conference, words)
    timed, spoken = any(item.begins for item in items), any(item.who for item in items)
    columns = [("stt", 7, Align.CENTRE), ("noi_dung", 93 - 16 * timed - 25 * spoken, Align.LEFT)]
    columns[1:1] = [("thoi_gian", 16, Align.CENTRE)] if timed else []
    columns += [("nguoi", 25, Align.LEFT)] if spoken else []
    rows = [
        row(
            str(position),
            *([item.begins or ""] if timed else []),
            item.title,
            *([item.who or ""] if spoken else []),
        )
        for position, item in enumerate(items, start=1)
    ]
    return table("", columns, rows, words)


def _outline(conference: Conference, words: Phrases) -> tuple[ProgrammeItem, ...]:
    titles = (
        words("giay_moi.mo_hoi_nghi"),
        *conference.agenda,
        words("giay_moi.thao_luan"),
        words("giay_moi.ket_luan"),
    )
    return tuple(ProgrammeItem.model_construct(title=title, begins=None, who=None) for title in titles)
