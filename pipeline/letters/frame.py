"""What the year's papers share, the report among them: the unit's head, the decree's order, the report's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import wording
from pipeline.decree.paper import PORTRAIT, Addressees, Item, Paper, Recipients, one_line
from pipeline.decree.parts import (
    TITLE_LINE,
    Draft,
    Issue,
    addressees,
    annexes,
    broken,
    closed,
    letterhead,
    recipients,
    signature,
)
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Progress
from pipeline.model.papers import PaperSettings, Signatory
from pipeline.model.year import Settings
from pipeline.output import moment_of

WORDING = Path(__file__).with_name("letters.yml")
"""What an office may change of the letters' own words."""


class LetterError(Exception):
    """A paper cannot be written from what the year holds; says what is missing and where to put it."""


@dataclass(frozen=True)
class Letter:
    """What one paper says; the rest it shares with all others."""

    kind: str
    """“Kế hoạch”; empty for an official letter."""
    subject: str
    opening: str
    content: tuple[Item, ...]
    closing: str
    illustrative: bool
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatory: Signatory | None = None
    annexes: tuple[Draft, ...] = ()


def settings_of(progress: Progress) -> Settings:
    """The year's settings.

    Raises:
        LetterError: they could not be read.
    """
    located = progress.workspace.settings
    if located is None:
        raise LetterError(f"chưa đọc được {progress.workspace.settings_path}")
    return located.value


def issue_of(
    settings: Settings, *, symbol: str = "", serial: str | None = None, day: date | None = None, year: int | None = None
) -> Issue:
    """Number and date of a paper of this unit; without a symbol it carries no number."""
    body = settings.body
    return Issue(
        body=body.full_title,
        superior=body.superior,
        place=body.place,
        year=settings.year if year is None else year,
        symbol=symbol,
        serial=serial,
        day=day,
    )


def as_above(settings: Settings, own: PaperSettings, words: Phrases) -> tuple[str, ...]:
    """The recipients of a letter: its addressees and the registry, unless the settings name others."""
    filed = tuple(line for line in settings.report.recipients if wording.is_filing(line))
    return own.recipients or (words("nhu_tren"), *filed)


def laid_out(letter: Letter, issue: Issue, day: date) -> Paper:
    """The paper in the decree's order; `day` is the date of its files."""
    words = phrases()
    signatory = letter.signatory
    return Paper(
        title=one_line(f"{letter.kind or words('cong_van')} {wording.lower_first(letter.subject)}"),
        author=issue.body,
        mark=words("minh_hoa") if letter.illustrative else "",
        page=PORTRAIT,
        letterhead=letterhead(issue, words, "" if letter.kind else letter.subject),
        kind=letter.kind.upper(),
        subject=broken(letter.subject, TITLE_LINE, words) if letter.kind else (),
        addressees=addressees(letter.addressees, words) if letter.addressees else Addressees("", ()),
        bases=closed(letter.bases),
        opening=letter.opening,
        content=letter.content,
        closing=letter.closing,
        recipients=recipients(letter.recipients, words) if signatory else Recipients("", ()),
        signature=signature(signatory.lines, signatory.name) if signatory else None,
        annexes=annexes(letter.annexes, letter.kind or words("cong_van"), issue, words),
        timestamp=moment_of(day),
    )
