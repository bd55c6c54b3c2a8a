"""Which criterion a cell means: exactly, or not at all. What a spreadsheet may have changed is told, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annex.cells import Cell, Stored
from pipeline.annex.codes import read_code, split_title
from pipeline.model.criteria_set import CriteriaSet

_DATE_LIKE = re.compile(
    r"\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?(?: 00:00:00)?|\d{1,2}[-. ](?:[A-Za-z]{3}|thg \d{1,2})(?:[-. ]\d{2,4})?"
)


class MangledError(Exception):
    """A code that a spreadsheet turned into a number or a date; carries what it may have been."""

    def __init__(self, *, became: str, candidates: tuple[str, ...]) -> None:
        super().__init__(became)
        self.became = became
        self.candidates = candidates


@dataclass(frozen=True)
class Known:
    """The codes of a set."""

    leaves: frozenset[str]
    branches: frozenset[str]

    def read(self, cell: Cell) -> str | None:
        """The code that a cell holds, or that begins a title; None when it holds no code of the set.

        Raises:
            MangledError: the spreadsheet stored it in a way in which another code could have ended up too.
        """
        text = cell.text.strip()
        if cell.stored is Stored.DATE or _DATE_LIKE.fullmatch(text):
            raise MangledError(became="ngày tháng", candidates=self._dated(text))
        if cell.stored is Stored.NUMBER:
            return self._numbered(text)
        bare = re.sub(r"\s*\.\s*", ".", text).strip(" .):;(")
        for candidate in (bare, bare.casefold(), _printed(text)):
            if candidate in self.leaves or candidate in self.branches:
                return candidate
        return None

    def _numbered(self, text: str) -> str | None:
        """A number is the code that it looks like, unless one that ends in zeros would look the same."""
        same = self.looking_like(text)
        if len(same) > 1 or (same and same[0] != text):
            raise MangledError(became="số", candidates=same)
        return same[0] if same else None

    def looking_like(self, code: str) -> tuple[str, ...]:
        """All codes that a spreadsheet would store as the same number."""
        number = _as_number(code)
        return tuple(sorted(each for each in self.leaves | self.branches if number and _as_number(each) == number))

    def _dated(self, text: str) -> tuple[str, ...]:
        """Codes of two or three parts in which the date's numbers may hide."""
        parts = [str(int(part)) for part in re.findall(r"\d+", text)][:3]
        pairs = {".".join(parts), ".".join(parts[:2]), ".".join(reversed(parts[:2])), ".".join(parts[1:])}
        return tuple(sorted(code for code in self.leaves if _as_number(code) in pairs or code in pairs))


def known_codes(criteria: CriteriaSet) -> Known:
    """The codes of a set, those that are scored apart."""
    nodes = [node.criterion for node in criteria.walk()]
    leaves = frozenset(node.code for node in nodes if node.rule is not None)
    return Known(leaves, frozenset(node.code for node in nodes) - leaves)


def _as_number(code: str) -> str:
    """What a spreadsheet makes of a code that looks like a number: 1.10 becomes 1.1."""
    if not re.fullmatch(r"\d+(?:\.\d+)?", code):
        return ""
    whole, _, decimals = code.partition(".")
    bare = decimals.rstrip("0")
    return f"{int(whole)}.{bare}" if bare else str(int(whole))


def _printed(text: str) -> str:
    """A code as decisions print it, `I.` or `Tiêu chí 1.2`, or one that begins a title."""
    code = read_code(text)
    if code is not None:
        return code.text
    split = split_title(text)
    return split[0].text if split else ""
