"""The reminder (công văn đôn đốc): one letter to one unit, with all that it owes today."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.decree.paper import Align, Item, Paper, Row
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Progress
from pipeline.letters.frame import WORDING, Letter, as_above, issue_of, laid_out, settings_of
from pipeline.letters.owed import Duty, Owed
from pipeline.letters.tables import overdue, row, table
from pipeline.model.year import Settings


def reminder(progress: Progress, due: Owed) -> Paper:
    """The letter to one unit, which works while the year still has errors: that is when it is needed.

    Raises:
        LetterError: the settings cannot be read.
    """
    words, settings = phrases(WORDING), settings_of(progress)
    own, unit = settings.letters.reminder, due.unit.title
    letter = Letter(
        kind="",
        subject=own.subject or words("don_doc.trich_yeu", nam=str(settings.year)),
        opening=words(
            "don_doc.mo_dau",
            nam=str(settings.year),
            ngay=wording.day(progress.today),
            don_vi=settings.body.full_title,
            bo_phan=unit,
            dem=_counted(due, words),
        ),
        content=tuple(_content(progress, settings, due, words)),
        closing=_closing(settings, unit, words),
        illustrative=settings.illustrative,
        addressees=own.addressees or (unit,),
        bases=own.bases,
        recipients=as_above(settings, own, words),
        signatory=own.signatory or settings.report.signatory,
    )
    return laid_out(letter, issue_of(settings, symbol=own.symbol, year=progress.today.year), progress.today)


def _counted(due: Owed, words: Phrases) -> str:
    counts = (("dem_tieu_chi", len(due.duties)), ("dem_moc", len(due.deadlines)))
    return words("don_doc.va").join(words(f"don_doc.{key}", so=f"{count:02}") for key, count in counts if count)


def _content(progress: Progress, settings: Settings, due: Owed, words: Phrases) -> Iterator[Item]:
    if due.duties:
        columns = (
            ("ma", 10, Align.CENTRE),
            ("ten", 21, Align.LEFT),
            ("con_thieu", 38, Align.LEFT),
            ("can_lam", 31, Align.LEFT),
        )
        yield table(words("don_doc.bang_viec"), columns, [_row(duty) for duty in due.duties], words)
    if due.deadlines:
        yield overdue(due.deadlines, settings, words, progress.today)


def _closing(settings: Settings, unit: str, words: Phrases) -> str:
    by, body = settings.letters.reminder.reply_by, settings.body.full_title
    if by is None:
        return words("don_doc.ket_thuc", don_vi=body, bo_phan=unit)
    return words("don_doc.ket_thuc_co_han", don_vi=body, bo_phan=unit, han=wording.day(by))


def _row(duty: Duty) -> Row:
    return row(duty.code, duty.title, _sentence(duty.lack), _sentence(duty.mend))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
