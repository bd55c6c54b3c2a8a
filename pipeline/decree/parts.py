"""The parts that all official papers have, made from plain facts: head, addressees, recipients, signature, annexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import wording
from pipeline.decree.lines import balanced
from pipeline.decree.paper import (
    PORTRAIT,
    Addressees,
    Annex,
    DataTable,
    Letterhead,
    Page,
    Recipients,
    Signature,
    one_line,
)
from pipeline.decree.phrases import Phrases

HEAD_LINE, TITLE_LINE, ABOUT_LINE = 23, 56, 34
"""How many characters a line of the letterhead, of the subject and of the “V/v” holds."""
ANNEX_LINE, WIDE_ANNEX_LINE, REFERENCE_LINE = 48, 75, 75
"""The same of an annex's title, upright and landscape, and of the line that names its paper."""


@dataclass(frozen=True)
class Issue:
    """Who issues a paper, and under what number and date."""

    body: str
    superior: str
    place: str
    year: int
    """What the date says while the day is blank."""
    symbol: str = ""
    """Empty for a paper without number."""
    serial: str | None = None
    day: date | None = None

    @property
    def number(self) -> str:
        """`05/BC-UBND`, or a blank before the symbol."""
        return wording.document_symbol(self.serial, self.symbol)

    @property
    def day_in_words(self) -> str:
        """`ngày 05 tháng 02 năm …`, or blanks."""
        return wording.day_in_words(self.day, self.year)


@dataclass(frozen=True)
class Draft:
    """An annex before it has its number."""

    title: str
    table: DataTable
    page: Page = PORTRAIT
    notes: tuple[str, ...] = ()


def letterhead(issue: Issue, words: Phrases, about: str = "") -> Letterhead:
    """The head of page 1; `about` is the subject of an official letter."""
    return Letterhead(
        superior=broken(issue.superior.upper(), HEAD_LINE, words),
        body=broken(issue.body.upper(), HEAD_LINE, words),
        nation=words("quoc_hieu"),
        motto=words("tieu_ngu"),
        number=words("so", so_ky_hieu=issue.number) if issue.symbol else "",
        place_and_date=words("dia_danh_ngay", dia_danh=issue.place, ngay=issue.day_in_words),
        about=broken(words("ve_viec", trich_yeu=about), ABOUT_LINE, words) if about else (),
    )


def addressees(names: Sequence[str], words: Phrases) -> Addressees:
    """A single addressee stands in one line with the label, several make a list."""
    return Addressees(words("kinh_gui"), closed(names) if len(names) > 1 else tuple(map(one_line, names)))


def recipients(names: Sequence[str], words: Phrases) -> Recipients:
    """“Lưu: VT, …” comes last, wherever it was typed."""
    return Recipients(words("noi_nhan"), closed(sorted(names, key=wording.is_filing)))


def signature(lines: Iterable[str], name: str) -> Signature:
    """The signatory, authority and position in capitals."""
    return Signature(tuple(one_line(line).upper() for line in lines), one_line(name))


def annexes(drafts: Sequence[Draft], kind: str, issue: Issue, words: Phrases) -> tuple[Annex, ...]:
    """Annexes of a paper of this kind; they are numbered from two on (Decree 30/2020/NĐ-CP, annex I)."""
    key = "kem_theo" if issue.symbol else "kem_theo_khong_so"
    reference = words(key, loai=kind, so_ky_hieu=issue.number, ngay=issue.day_in_words, don_vi=issue.body)
    return tuple(
        Annex(
            label=words("phu_luc", so=wording.roman(position)) if len(drafts) > 1 else words("phu_luc_duy_nhat"),
            title=broken(draft.title.upper(), WIDE_ANNEX_LINE if draft.page.landscape else ANNEX_LINE, words),
            reference=broken(reference, REFERENCE_LINE, words),
            page=draft.page,
            notes=draft.notes,
            table=draft.table,
        )
        for position, draft in enumerate(drafts, start=1)
    )


def broken(text: str, longest: int, words: Phrases) -> tuple[str, ...]:
    """A centred text in lines of much the same length."""
    return balanced(one_line(text), longest, words.texts["ngat_truoc"])


def closed(lines: Iterable[str], last: str = ".") -> tuple[str, ...]:
    """Lines that end with a semicolon each, the last one with its own sign."""
    bare = [one_line(line).rstrip(" ;.,") for line in lines]
    return tuple(f"{line}{last if index == len(bare) else ';'}" for index, line in enumerate(bare, start=1))
