"""Whether two texts of different years speak of the same thing."""

from __future__ import annotations

import unicodedata

LIKENESS = 0.65
"""Share of common words from which on two texts are taken for the same. Areas of one set have less in common."""

_LONG_FORMS = {
    "cbcc": "can bo cong chuc",
    "cchc": "cai cach hanh chinh",
    "cntt": "cong nghe thong tin",
    "qppl": "quy pham phap luat",
    "tthc": "thu tuc hanh chinh",
    "ubnd": "uy ban nhan dan",
    "vbqppl": "van ban quy pham phap luat",
}
"""What one set abbreviates and another spells out, without accents."""


def alike(one: str, other: str) -> bool:
    """Whether two titles or sentences are the same but for a few words."""
    one, other = folded(one), folded(other)
    if one == other:
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= LIKENESS


def folded(text: str) -> str:
    """A text without case, accents, signs and abbreviations."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(_LONG_FORMS.get(word, word) for word in letters.split())
