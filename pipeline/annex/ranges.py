"""Ranges in words: `từ 80% đến dưới 100%`, `trên 90%`, `80% ≤ tỷ lệ < 90%`, `5 tin trở lên`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline import wording
from pipeline.annex.clauses import NUMBER

_SPOKEN = (
    (r"phần trăm", "%"),
    (r">=|=>|lớn hơn hoặc bằng|ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn", "≥"),
    (r"<=|=<|nhỏ hơn hoặc bằng|không quá|không vượt quá|không hơn|nhiều nhất|không trên", "≤"),
    (r"chưa (?:đến|đạt|đủ|tới)|nhỏ hơn|ít hơn|thấp hơn|dưới", "<"),
    (r"lớn hơn|nhiều hơn|cao hơn|vượt quá|vượt|trên|quá|hơn", ">"),
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}[.]\d{1,2}[.]\d{4}|tháng \d|quý (?:\d|[IV])|năm \d{4}", re.IGNORECASE)
_UNIT = r"(?:\s*%|\s+[^\W\d_]+){0,3}?"
_TWO = re.compile(
    rf"(?P<low>(?:từ\s*)?[≥>]?)\s*(?P<a>{NUMBER}){_UNIT}\s*(?:đến|tới|[–-]|và)\s*(?:mức\s*)?(?P<high>[<≤]?)\s*(?P<b>{NUMBER})"
    r"(?P<unit>\s*%)?(?!\s*(?:trở|[<>≤≥]))"
)
_DOWN = re.compile(
    rf"(?:từ\s*)?(?P<high>[<≤])\s*(?P<a>{NUMBER})\s*%?\s*(?:đến|tới|[–-])\s*(?P<low>[≥>]?)\s*(?P<b>{NUMBER})(?P<unit>\s*%)?"
)
_BETWEEN = re.compile(rf"(?P<a>{NUMBER})\s*%?\s*(?P<low>[<≤])[^\d<≤≥>]*(?P<high>[<≤])\s*(?P<b>{NUMBER})(?P<unit>\s*%)?")
_ONWARDS = re.compile(rf"(?:từ|đạt)?\s*(?P<a>{NUMBER})(?P<words>{_UNIT})\s*(?P<way>trở lên|trở xuống)")
_ONE = re.compile(rf"(?P<sign>[≥>≤<]|từ(?=\s*\d)|đến(?=\s*\d))?\s*(?P<a>{NUMBER})(?P<unit>\s*%)?")


@dataclass(frozen=True)
class Range:
    """Bounds under the keys that a step declares them with, and the words around them."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    words: str = ""
    """What the range is of, once the range is taken out."""
    exact: bool = False
    """Printed as one number, with neither `from` nor `below`."""

    @property
    def low(self) -> Decimal | None:
        """The lower bound."""
        return self.above if self.at_least is None else self.at_least

    @property
    def high(self) -> Decimal | None:
        """The upper bound."""
        return self.below if self.at_most is None else self.at_most


def read_range(text: str) -> Range | None:
    """The one range of a condition; None when there is none, a date, or more than one."""
    if _DATE.search(text):
        return None
    signs = text.casefold()
    for spoken, sign in _SPOKEN:
        signs = re.sub(spoken, sign, signs)
    try:
        found = next((found for read in _READERS if (found := read(signs)) is not None), None)
    except ValueError:
        return None
    return None if found is None or re.search(r"\d", found.words) else found


def _between(text: str) -> Range | None:
    found = _BETWEEN.search(text)
    return _spanned(found["low"] == "<", found, text) if found else None


def _two(text: str) -> Range | None:
    found = _TWO.search(text)
    return _spanned(">" in found["low"], found, text) if found else None


def _spanned(above: bool, found: re.Match[str], text: str) -> Range | None:
    low, high = _value(found["a"]), _value(found["b"])
    if low > high:
        return None
    lower = Range(above=low) if above else Range(at_least=low)
    upper = replace(lower, below=high) if found["high"] == "<" else replace(lower, at_most=high)
    return replace(upper, words=_around(found, text))


def _down(text: str) -> Range | None:
    """From above downwards: `dưới 100% đến 80%`."""
    found = _DOWN.search(text)
    if not found or _value(found["b"]) > _value(found["a"]):
        return None
    lower = Range(above=_value(found["b"])) if found["low"] == ">" else Range(at_least=_value(found["b"]))
    high = _value(found["a"])
    upper = replace(lower, below=high) if found["high"] == "<" else replace(lower, at_most=high)
    return replace(upper, words=_around(found, text))


def _onwards(text: str) -> Range | None:
    found = _ONWARDS.search(text)
    if not found:
        return None
    words = f"{_around(found, text)} {found['words'].replace('%', ' ').strip()}".strip()
    if found["way"] == "trở lên":
        return Range(at_least=_value(found["a"]), words=words)
    return Range(at_most=_value(found["a"]), words=words)


def _one(text: str) -> Range | None:
    found = _ONE.search(text)
    if not found:
        return None
    value, words = _value(found["a"]), _around(found, text)
    match found["sign"]:
        case "≥" | "từ":
            return Range(at_least=value, words=words)
        case ">":
            return Range(above=value, words=words)
        case "≤" | "đến":
            return Range(at_most=value, words=words)
        case "<":
            return Range(below=value, words=words)
    return Range(at_least=value, at_most=value, words=words, exact=True)


def _around(found: re.Match[str], text: str) -> str:
    left = re.sub(r"(?:\btừ|\bđạt|\bđược|[≥>≤<])\s*$", "", text[: found.start()].rstrip()).strip()
    return " ".join(f"{left} {text[found.end() :]}".replace("%", " ").split()).strip(" ,.-–:()")


def _value(text: str) -> Decimal:
    return wording.read_decimal(text)


_READERS = (_between, _down, _two, _onwards, _one)
