"""Weaknesses from year to year: what an area file names, and what the next year says has become of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import wording
from pipeline.markup import Markup
from pipeline.markup.blocks import Block, Bullets, Heading, Numbered, Paragraph, Preformatted, Quote, Table, plain_text
from pipeline.model.assessment import REMEDIES, WEAKNESSES, AreaFile, Followed, FollowedOutcome
from pipeline.model.locked import LockedArea, LockedCriterion, LockedYear
from pipeline.scoring import Row, Scores
from pipeline.years.alike import alike, folded

_NONE = re.compile(r"(?:hien )?khong(?: co)?(?: (?:ton tai|han che|va|nao|dang ke|gi))*")
"""How officers say that there is nothing to say."""

LONGEST = 1000
"""Characters of a weakness that are kept; the area file has the rest."""


def area_of(text: Markup) -> LockedArea:
    """What is locked of an area file's text."""
    return LockedArea.model_validate({"ton_tai": weaknesses(text), "loi_van": text_hash(text)})


def weaknesses(text: Markup) -> tuple[str, ...]:
    """The weaknesses that an area file names: the items of its lists, or its paragraphs where there is no list."""
    blocks = text.section(WEAKNESSES)
    items = [_words(item) for block in blocks if isinstance(block, Bullets | Numbered) for item in block.items]
    items = items or [_words([block]) for block in blocks if not isinstance(block, Heading)]
    return tuple(item[:LONGEST] for item in items if item and not _NONE.fullmatch(folded(item)))


def text_hash(text: Markup) -> str:
    """The sha256 of the words on weaknesses and remedies."""
    words = [_words(text.section(title)) for title in (WEAKNESSES, REMEDIES)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def untold(named: Sequence[str], followed: Sequence[Followed]) -> tuple[str, ...]:
    """The weaknesses of last year of which this year's file says nothing; an officer may word them anew."""
    spare = [each for each in followed if not any(alike(each.content, weakness) for weakness in named)]
    left = [weakness for weakness in named if not any(alike(weakness, each.content) for each in followed)]
    return tuple(left) if len(left) > len(spare) else ()


@dataclass(frozen=True)
class Compared:
    """One criterion in both years."""

    code: str
    title: str
    words: str
    """`0,75 → 1,00`; in percent where the maximum differs."""
    rose: bool | None
    """Whether it gained, or is at its maximum; None where the years cannot be compared."""


@dataclass(frozen=True)
class FollowUp:
    """A weakness of last year and what has become of it."""

    content: str
    outcome: FollowedOutcome
    explanation: str
    compared: tuple[Compared, ...]


def follow_ups(file: AreaFile, last: LockedYear | None, scores: Scores) -> tuple[FollowUp, ...]:
    """What an area file says of last year's weaknesses, with the points of both years beside it."""
    return tuple(
        FollowUp(
            each.content,
            each.outcome,
            each.explanation or "",
            tuple(compared(row, last) for code in each.criteria if (row := scores.find(code))),
        )
        for each in file.last_weaknesses
    )


def compared(row: Row, last: LockedYear | None) -> Compared:
    """A criterion's points in last year's locked result and now."""
    before = last.criteria.get(row.code) if last else None
    title, settled = row.criterion.title, _settled(row)
    now = wording.points(row.tally.points) if settled else row.leaf.state.value if row.leaf else "chưa chấm xong"
    if last is None or before is None or (before.title and not alike(before.title, title)):
        missing = f"năm {last.year} không có tiêu chí này" if last else "chưa có kết quả khóa của năm trước"
        return Compared(row.code, title, f"{missing} → {now}", None)
    if before.settled_points is None:
        return Compared(row.code, title, f"năm {last.year} không có điểm → {now}", None)
    if before.maximum == row.tally.maximum or not settled:
        words = f"{wording.points(before.settled_points)} → {now}"
    else:
        words = f"{_index(before)} → {wording.index(row.tally.ratio)}"
    return Compared(row.code, title, words, _rose(before, row) if settled else None)


def _settled(row: Row) -> bool:
    """Whether it has points that no further entry would change."""
    return not row.tally.missing and (row.leaf is None or row.leaf.points is not None)


def _rose(before: LockedCriterion, row: Row) -> bool | None:
    """By points where the maximum is the same, by percentage where it is not."""
    if before.maximum == row.tally.maximum:
        full = bool(row.tally.maximum) and row.tally.points >= row.tally.maximum
        return full or row.tally.points > (before.points or 0)
    if not before.maximum or not row.tally.maximum:
        return None
    return row.tally.ratio >= 1 or row.tally.percent > (before.percent or 0)


def _index(before: LockedCriterion) -> str:
    return "—" if before.percent is None else wording.index(before.percent / 100)


def _words(blocks: Sequence[Block]) -> str:
    """The words of blocks in one line."""
    return " ".join(" ".join(text.split()) for block in blocks for text in _texts(block) if text.strip())


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield plain_text(block.children)
        case Preformatted(text):
            yield text
        case Quote(children):
            yield from (text for child in children for text in _texts(child))
        case Bullets(items) | Numbered(items=items):
            yield from (text for item in items for child in item for text in _texts(child))
        case Table(header, rows):
            yield from (plain_text(cell) for row in (header, *rows) for cell in row)
