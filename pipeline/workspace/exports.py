"""Exports of raw survey answers, told by the columns that each survey program always writes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """A heading or an answer as it is compared: whatever its Unicode form, blanks, case, closing colon or asterisk."""
    visible = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _BLANKS.sub(" ", visible).strip().rstrip(":* ").casefold()


@dataclass(frozen=True)
class Exporter:
    """A survey program, by its fixed columns; each of them may be headed in several ways."""

    title: str
    marks: tuple[frozenset[str], ...]
    """All of them are there in every export."""
    identity: tuple[frozenset[str], ...] = ()
    """Columns that tell answers apart, the surest first."""
    submitted: frozenset[str] = frozenset()
    """When the answers were handed in; empty in rows that were not finished, where the program writes such rows."""
    partial: bool = False
    """Whether unfinished rows are exported too."""
    separator: str = ""
    """What stands between groups and question, or between code and text, in a heading."""
    coded: bool = False
    """Whether a code stands before the text."""
    leading: bool = False
    """Whether only the first column tells the program."""

    def wrote(self, headings: Sequence[str]) -> bool:
        """Whether a table with these headings comes from this program."""
        own = {part for heading in headings[: 1 if self.leading else None] for part in self.forms(heading)[:2]}
        return all(mark & own for mark in self.marks)

    def forms(self, heading: str) -> list[str]:
        """A heading, then its code and its text, or what is left of it without one group after the other."""
        whole = plain(heading)
        if not self.separator or self.separator not in whole:
            return [whole]
        if self.coded:
            code, _, rest = whole.partition(self.separator)
            return [whole, code, rest]
        parts = whole.split(self.separator)
        return [whole, *(self.separator.join(parts[at:]) for at in range(1, len(parts)))]


def _one_of(*headings: str) -> frozenset[str]:
    return frozenset(map(plain, headings))


_SENT = _one_of("submitdate", "Date submitted", "Ngày gửi", "Ngày nộp")
_TIMESTAMP = _one_of("Timestamp", "Dấu thời gian")

LIMESURVEY = Exporter(
    "LimeSurvey",
    (_one_of("id", "Response ID", "ID trả lời"), _SENT, _one_of("lastpage", "Last page", "Trang cuối")),
    identity=(_one_of("id", "Response ID", "ID trả lời"),),
    submitted=_SENT,
    partial=True,
    separator=". ",
    coded=True,
)
KOBO = Exporter(
    "KoboToolbox",
    (_one_of("_id", "_uuid"), _one_of("_submission_time")),
    identity=(_one_of("_uuid"), _one_of("_id")),
    submitted=_one_of("_submission_time"),
    separator="/",
)
GOOGLE = Exporter("Google Forms", (_TIMESTAMP,), submitted=_TIMESTAMP, leading=True)
TABLE = Exporter("bảng thường", ())
"""Any other table with a heading row."""

EXPORTERS = (LIMESURVEY, KOBO, GOOGLE)


def exporter_of(headings: Sequence[str]) -> Exporter:
    """The program that wrote a table with these headings."""
    return next((each for each in EXPORTERS if each.wrote(headings)), TABLE)
