"""What was said about a criterion in the rounds of its appraisal, as lines of a cell."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.decree.paper import Inlines, one_line
from pipeline.decree.phrases import Phrases
from pipeline.markup.blocks import Emphasis, Text
from pipeline.model.appraisal import Appraisal, Turn
from pipeline.scoring import ScoreColumn


def final_points(final: ScoreColumn, code: str) -> str:
    """The final points of a row, in brackets where nobody appraised it; without a code those of the whole."""
    if not code:
        return wording.points(final.scores.total.points)
    row, points = final.scores.find(code), final.points(code)
    if row is None or points is None:
        return "" if row is None or row.leaf is None else row.leaf.state.value
    return f"({wording.points(points)})" if final.kept(row) else wording.points(points)


def dialogue(code: str, appraisal: Appraisal, words: Phrases) -> Iterator[Inlines]:
    """A line for each time that somebody said something."""
    for turn in appraisal.dialogue(code):
        if turn.says_something:
            yield (Emphasis((Text(_who(turn, words)),)), Text(f" {one_line(_what(turn, words))}"))


def remarks(code: str, appraisal: Appraisal, words: Phrases) -> Iterator[Inlines]:
    """What the office remarked, a line a round; its points and the answers stand elsewhere."""
    for turn in appraisal.dialogue(code):
        if turn.office and turn.text:
            yield (Emphasis((Text(words("y_kien_lan", lan=str(turn.round))),)), Text(f" {one_line(turn.text)}"))


def _who(turn: Turn, words: Phrases) -> str:
    key = "tham_dinh_lan" if turn.office else "giai_trinh_lan"
    return words(key, lan=str(turn.round), ngay=wording.day(turn.day))


def _what(turn: Turn, words: Phrases) -> str:
    key = "cho_diem" if turn.office else "de_nghi_diem"
    points = "" if turn.points is None else words(key, diem=wording.points(turn.points))
    return " ".join(
        part
        for part in (points, wording.sentence(turn.text), words("de_nghi_giai_trinh") if turn.wanted else "")
        if part
    )
