"""Breaking centred texts, such as a long name or a subject, into lines that look balanced."""

from __future__ import annotations

from collections.abc import Collection

_READS_WELL = 10
"""How many characters of evenness a break in front of a joining word is worth."""


def balanced(text: str, longest: int, joining: Collection[str]) -> tuple[str, ...]:
    """As few lines of at most `longest` characters as the text needs, of much the same length.

    A line rather begins with one of the `joining` words (“of”, “in the year”, “city of”) than inside a phrase. Only a
    single word may be longer than a line.
    """
    words = text.split(" ")
    lines = []
    while len(words) > 1 and (length := len(" ".join(words))) > longest:
        cut = _cut(words, length / -(-length // longest), longest, joining)
        lines.append(" ".join(words[:cut]))
        words = words[cut:]
    return tuple(line for line in (*lines, " ".join(words)) if line)


def _cut(words: list[str], target: float, longest: int, joining: Collection[str]) -> int:
    """How many words the next line takes."""

    def unevenness(end: int) -> float:
        reads_well = words[end].casefold() in joining or " ".join(words[end : end + 2]).casefold() in joining
        return abs(len(" ".join(words[:end])) - target) - (_READS_WELL if reads_well else 0)

    fitting = (end for end in range(1, len(words)) if len(" ".join(words[:end])) <= longest)
    return min(fitting, key=unevenness, default=1)
