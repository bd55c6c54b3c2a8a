"""Scoring text as clauses: a condition and its points each, however the annex sets them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline import wording

NUMBER = r"\d{1,9}(?:[.,]\d{1,4})?"

_POINTS = rf"(?P<points>{NUMBER})"
_UNIT = r"\s*(?:điểm|đ)\b"
_VERB = r",?\s*(?:thì\s+)?(?:được|đạt|chấm|cho|tính|cộng)(?:\s+(?:tính|chấm|cộng|cho))?"
_END = r"\s*[.,;]*$"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"^(?P<words>.*\S)\s*(?:[:=→]|=>|->)\s*(?:đạt|được|cộng|chấm)?\s*\+?{_POINTS}(?:{_UNIT})?{_END}",
        rf"^(?P<words>.*\S)\s*(?:[–-]|{_VERB})\s*{_POINTS}{_UNIT}{_END}",
        rf"^(?P<words>.*\S)\s*\(\s*\+?{_POINTS}{_UNIT}\s*\){_END}",
        rf"^\+?{_POINTS}{_UNIT}\s*[:–-]?\s*(?:nếu|khi|đối với|cho)?\s*(?P<words>\S.*?){_END}",
    )
)
_BULLET = re.compile(r"^\s*(?:[-–+•*·▪]|[a-eđ]\))\s*")
_INTRO = re.compile(
    r"^(?:(?:cách (?:chấm|tính)(?: điểm)?|thang điểm|theo số lượng|cụ thể|trong đó|điểm (?:số )?được tính như sau"
    r"|tính điểm theo (?:các )?mức(?: độ)?(?: sau)?|số ngày chậm|nếu)\s*:\s*|nếu\s+)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=\S)\.\s+(?=[A-ZĐÂĂÊÔƠƯÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝ])")
_COMMA = re.compile(r",\s+(?=[^\d\s])")
_TOLD = re.compile(rf":\s*{NUMBER}|{NUMBER}{_UNIT}", re.IGNORECASE)
_NO_RANGE = re.compile(r"^(?:không|chưa)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """One condition in its printed words, lower case kept, and the points it gives."""

    words: str
    points: Decimal

    @property
    def negative(self) -> bool:
        """Whether it begins with a no."""
        return bool(_NO_RANGE.match(self.words))


def pieces(text: str) -> list[str]:
    """The parts of a text between line ends and semicolons, without bullets and introductions."""
    return [piece for part in re.split(r"[;\n]", text) if (piece := _bare(part))]


def _bare(part: str) -> str:
    without = _INTRO.sub("", _BULLET.sub("", part.strip()))
    return "" if without.endswith(":") else without.strip(" .")


def clauses(text: str) -> list[Clause] | None:
    """The clauses of a text, cut as fine as every part still is one; None when a part of it is not."""
    parts = pieces(text)
    sentences = _cut(_SENTENCE, parts)
    for cut in (_cut(_COMMA, sentences), sentences, parts):
        found = [clause(part) for part in cut]
        if found and all(found):
            return [each for each in found if each]
    return None


def _cut(mark: re.Pattern[str], parts: list[str]) -> list[str]:
    return [piece for part in parts for each in mark.split(part) if (piece := _bare(each))]


def clause(part: str) -> Clause | None:
    """One part as a clause."""
    for form in _FORMS:
        found = form.match(part)
        if not found or _is_share(part, found.end("points")) or _TOLD.search(found["words"]):
            continue
        words = found["words"].strip(" ,:–-")
        try:
            return Clause(words, wording.read_decimal(found["points"])) if words else None
        except ValueError:
            return None
    return None


def _is_share(part: str, end: int) -> bool:
    """Whether the number is a percentage, not points."""
    return part[end:].lstrip().startswith("%")
