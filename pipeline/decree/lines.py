"""Breaking centred texts, such as a long name or a subject, into lines that look balanced."""

from __future__ import annotations

from collections.abc import Collection

_READS_WELL = 10
"""How many characters of evenness a break in front of a joining word is worth."""


def balanced(text: str, longest: int, joining: Collection[str]) -> tuple[str, ...]:
    """As few lines of about `longest` characters as the text needs, of much the same length.

    A line rather begins with one of the `joining` words (“of”, “in the year”, “city of”) than inside a phrase.
    """
    words = text.split(" ")
    lines = []
    for left in range(-(-len(text) // longest), 1, -1):
        cut = _cut(words, len(" ".join(words)) / left, joining)
        lines.append(" ".join(words[:cut]))
        words = words[cut:]
    return tuple(line for line in (*lines, " ".join(words)) if line)


def _cut(words: list[str], target: float, joining: Collection[str]) -> int:
    """How many words the next line takes."""

    def unevenness(end: int) -> float:
        reads_well = words[end].casefold() in joining or " ".join(words[end : end + 2]).casefold() in joining
        return abs(len(" ".join(words[:end])) - target) - (_READS_WELL if reads_well else 0)

    return min(range(1, len(words)), key=unevenness, default=1)
