"""Which paragraph is which part of an official paper: told by what it says and where it stands, not by style names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile

from pipeline.conformance.document import Align, Document, Paragraph, Side
from pipeline.conformance.lists import lists

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_HEAD = 30
"""Paragraphs within which the head of a paper has come to its end."""
_LONGEST_SUBJECT = 8
_LONGEST_DATE = 90
_ALIKE = 0.8
"""How much of a text must agree for it to be meant."""
_NUMBER = re.compile(r"Số\b.{0,12}[:./]", re.IGNORECASE)
_DATE = re.compile(r"ngày.*tháng.*năm", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục(?:\s+(?:số\s+)?[\dIVXLC]+)?[.:]?", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*(?::|$)", re.IGNORECASE)
_POWER = re.compile(r"(?:TM|KT|TL|TUQ|Q)\b\.?\s")

Paragraphs = tuple[Paragraph, ...]


@dataclass(frozen=True)
class AnnexPart:
    """The head of an annex."""

    label: Paragraph
    title: Paragraphs
    reference: Paragraphs
    """“(Kèm theo …)”"""


@dataclass(frozen=True)
class Parts:
    """The parts of a paper; None or empty where there is none."""

    nation: Paragraph | None = None
    motto: Paragraph | None = None
    columns: bool = True
    """Whether agency and nation stand side by side, so that they can be told apart."""
    superior: Paragraphs = ()
    issuer: Paragraphs = ()
    number: Paragraph | None = None
    date: Paragraph | None = None
    beside: Paragraphs = ()
    """All that stands below the nation on the right; somebody may have drawn the rule from there."""
    kind: Paragraph | None = None
    subject: Paragraphs = ()
    addressees: Paragraphs = ()
    bases: Paragraphs = ()
    body: Paragraphs = ()
    """From the bases to the signature, tables included."""
    label: Paragraph | None = None
    """“Nơi nhận:”"""
    recipients: Paragraphs = ()
    powers: Paragraphs = ()
    """By whose authority and as what the signer signs."""
    signer: Paragraph | None = None
    annexes: tuple[AnnexPart, ...] = ()

    @property
    def letter(self) -> bool:
        """Whether it is an official letter, which names no type."""
        return self.kind is None and any(each.text.casefold().startswith("v/v") for each in self.subject)


def parts_of(document: Document) -> Parts:
    """The parts of a paper, as far as they can be found."""
    every = [part for paragraph in document.paragraphs for part in _broken(paragraph)]
    annexes = [index for index, each in enumerate(every) if _begins_annex(each)]
    main = every[: annexes[0]] if annexes else every
    head = _head(main)
    start = max((main.index(each) for each in _flat(head) if each in main), default=-1) + 1
    ending = _ending(main)
    stop = min((main.index(each) for each in _flat(ending) if each in main), default=len(main))
    addressees, start = _addressees(main, start)
    bases, start = _bases(main, start, stop)
    return replace(
        head,
        addressees=addressees,
        bases=bases,
        body=tuple(main[start:stop]),
        label=ending.label,
        recipients=ending.recipients,
        powers=ending.powers,
        signer=ending.signer,
        annexes=tuple(_annex(every[index : index + _HEAD]) for index in annexes),
    )


def _flat(parts: Parts) -> list[Paragraph]:
    single = (parts.nation, parts.motto, parts.number, parts.date, parts.kind, parts.label, parts.signer)
    several = (*parts.superior, *parts.issuer, *parts.subject, *parts.recipients, *parts.powers)
    return [each for each in (*single, *several) if each]


def _broken(paragraph: Paragraph) -> Sequence[Paragraph]:
    """Nation and motto, type and subject, an annex's label and title are often one paragraph with forced breaks."""
    first = paragraph.texts[0] if paragraph.texts else ""
    heads = len(paragraph.lines) > 1 and not paragraph.table
    if heads and (_is(first, NATION) or _type_name(first) or _ANNEX.fullmatch(first)):
        rest = replace(paragraph, lines=paragraph.lines[1:], gap=None)
        return (replace(paragraph, lines=paragraph.lines[:1], rule=None), rest) if rest.text else (paragraph,)
    return (paragraph,)


def _is(text: str, model: str) -> bool:
    """Whether a text means the model, in whatever letters and with a slip or two."""
    folded = text.casefold().replace("–", "-")
    return len(text) < 2 * len(model) and SequenceMatcher(None, folded, model.casefold()).ratio() > _ALIKE


def _type_name(text: str) -> str:
    """The name of a type in capitals, if a line consists of one."""
    bare = text.upper().strip(" :.")
    return bare if bare in lists().types else ""


def _head(main: Sequence[Paragraph]) -> Parts:
    top = [each for each in main[:_HEAD] if not each.table]
    nation = next((each for each in top if _is(each.text, NATION)), None)
    motto = next((each for each in top if _is(each.text, MOTTO)), None)
    number = next((each for each in top if _NUMBER.match(each.text) and "/" in each.text), None)
    date = next((each for each in top if _DATE.search(each.text) and _is_date(each)), None)
    kind = next((each for each in top if _type_name(each.text) and each is not number), None)
    agency = _agency(top, nation, number, kind)
    issuer = _issuer(agency)
    columns = nation is None or nation.side is Side.RIGHT
    return Parts(
        nation=nation,
        motto=motto,
        columns=columns,
        superior=tuple(each for each in agency if each not in issuer) if columns else (),
        issuer=tuple(issuer) if columns else (),
        number=number,
        date=date,
        beside=tuple(each for each in top if each.side is Side.RIGHT and each is not kind),
        kind=kind,
        subject=_subject(top, kind),
    )


def _is_date(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) < _LONGEST_DATE and not text.startswith("(") and not text.startswith(lists().bases)


def _agency(
    top: Sequence[Paragraph], nation: Paragraph | None, number: Paragraph | None, kind: Paragraph | None
) -> list[Paragraph]:
    stop = min((top.index(each) for each in (number, kind) if each), default=len(top))
    return [each for each in top[:stop] if each.side is Side.LEFT and each is not nation and not _is(each.text, MOTTO)]


def _issuer(agency: Sequence[Paragraph]) -> list[Paragraph]:
    """The bold lines; where all are bold, those from the last that names a body on."""
    bold = [each for each in agency if each.bold]
    if bold and len(bold) == len(agency):
        return bold[max(index for index, each in enumerate(bold) if not index or _names_body(each)) :]
    return bold or list(agency[-1:])


def _names_body(paragraph: Paragraph) -> bool:
    return paragraph.text.upper().startswith(lists().bodies)


def _subject(top: Sequence[Paragraph], kind: Paragraph | None) -> Paragraphs:
    """The lines below the type; a letter's stand below its number and begin with “V/v”."""
    if kind is None:
        letter = next((index for index, each in enumerate(top) if each.text.casefold().startswith("v/v")), None)
        if letter is None:
            return ()
        below = takewhile(_in_head, top[letter + 1 : letter + _LONGEST_SUBJECT])
        left = (each for each in below if each.side is Side.LEFT)
        return (top[letter], *(each for each in left if each.align is Align.CENTRE and each.runs[0].size <= 13))
    found: list[Paragraph] = []
    for each in top[top.index(kind) + 1 :][:_LONGEST_SUBJECT]:
        if _addresses(each) or each.text.startswith(lists().bases) or not (each.align is Align.CENTRE or each.bold):
            break
        found.append(each)
        if each.rule:
            break
    return tuple(found)


def _in_head(paragraph: Paragraph) -> bool:
    """Whether the head of a letter goes on; a short letter's recipients stand close below it."""
    return not (_addresses(paragraph) or _RECIPIENTS.match(paragraph.text))


def _addresses(paragraph: Paragraph) -> bool:
    return paragraph.text.casefold().startswith("kính gửi")


def _addressees(main: Sequence[Paragraph], start: int) -> tuple[Paragraphs, int]:
    """“Kính gửi” and the list below it."""
    label = next((index for index in range(start, min(start + 4, len(main))) if _addresses(main[index])), None)
    if label is None:
        return (), start
    end = label + 1
    while end < len(main) and (main[end].item or main[end].text.startswith(("-", "–"))):
        end += 1
    return tuple(main[label:end]), end


def _bases(main: Sequence[Paragraph], start: int, stop: int) -> tuple[Paragraphs, int]:
    end = start
    while end < stop and _is_basis(main[end], main[end - 1] if end > start else None):
        end += 1
    return tuple(main[start:end]), end


def _is_basis(paragraph: Paragraph, above: Paragraph | None) -> bool:
    """Italic or one of a row that semicolons hold together; a report may begin its text with the same words."""
    linked = paragraph.text.endswith(";") or (above is not None and above.text.endswith(";"))
    return paragraph.text.startswith(lists().bases) and (paragraph.italic or linked)


def _ending(main: Sequence[Paragraph]) -> Parts:
    """Recipients on the left, signature on the right; without recipients, the signature by its powers."""
    at = max((index for index, each in enumerate(main) if _RECIPIENTS.match(each.text)), default=None)
    if at is None:
        first = next((index for index, each in enumerate(main) if _POWER.match(each.text) and each.bold), None)
        signature = list(main[first : first + 6]) if first is not None else []
        return Parts(powers=tuple(signature[:-1]), signer=signature[-1] if len(signature) > 1 else None)
    label = main[at]
    near = [each for each in main[max(0, at - 4) :] if each.block == label.block and not each.table]
    signature = [each for each in near if each.side is Side.RIGHT and each is not label]
    left = [each for each in main[at + 1 :] if each.block == label.block and each.side is not Side.RIGHT]
    return Parts(
        label=label,
        recipients=tuple(left),
        powers=tuple(signature[:-1]),
        signer=signature[-1] if len(signature) > 1 else None,
    )


def _begins_annex(paragraph: Paragraph) -> bool:
    placed = paragraph.align is Align.CENTRE or paragraph.bold
    return bool(_ANNEX.fullmatch(paragraph.text)) and placed and not paragraph.table


def _annex(following: Sequence[Paragraph]) -> AnnexPart:
    label, *rest = following
    title: list[Paragraph] = []
    for each in rest:
        if each.text.startswith("(") or each.table or not (each.align is Align.CENTRE or each.bold):
            break
        title.append(each)
    return AnnexPart(label, tuple(title), _reference(rest[len(title) :]))


def _reference(rest: Sequence[Paragraph]) -> Paragraphs:
    if not rest or not rest[0].text.startswith("("):
        return ()
    end = next((index for index, each in enumerate(rest[:4]) if each.text.endswith(")")), 0)
    return tuple(rest[: end + 1])
