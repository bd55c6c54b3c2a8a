"""The documents that prove a point, as lines of one cell: `TL02, mục II.3, trang 4`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from pipeline.model.assessment import Citation

_TOKEN = re.compile(r'((?:"(?:[^"]|"")*"|[^",;\n])+)|([,;\n])')
_CODE = re.compile(r"[0-9A-Za-zĐđ]+(?:\.[0-9A-Za-zĐđ]+)*")
_PART = re.compile(r"(mục|trang)\s+(.+)", re.IGNORECASE | re.DOTALL)
_EXAMPLE = "TL02, mục II.3, trang 4"


class Cited(NamedTuple):
    """One document with the section and the page that prove the point; empty when not given."""

    document: str
    section: str = ""
    page: str = ""


def cited(citation: Citation) -> Cited:
    """A citation of the model as plain text."""
    return Cited(citation.document, citation.section or "", citation.page or "")


def citations_text(citations: Iterable[Citation]) -> str:
    """All citations of a leaf, one a line."""
    return "\n".join(_line(cited(citation)) for citation in citations)


def _line(citation: Cited) -> str:
    parts = [citation.document]
    parts += [f"mục {_quoted(citation.section)}"] if citation.section else []
    parts += [f"trang {_quoted(citation.page)}"] if citation.page else []
    return ", ".join(parts)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if re.search(r'[",;\n]', text) else text


def read_citations(text: str, known: Collection[str]) -> list[Cited]:
    """Read what an officer wrote; `known` are the ids of the register, which tell `TL01, TL02` from a section's comma.

    Raises:
        ValueError: in Vietnamese.
    """
    found: list[Cited] = []
    begun = False
    for part, separator in _tokens(text):
        if separator:
            begun = begun and separator == ","
            continue
        if begun and not (_CODE.fullmatch(part) and part in known):
            found[-1] = _extended(found[-1], part)
            continue
        if not _CODE.fullmatch(part):
            raise ValueError(f"“{part}” không phải là mã tài liệu; viết như {_EXAMPLE}")
        found.append(Cited(part))
        begun = True
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError("dấu ngoặc kép chưa đóng")
        at = match.end()
        part = (match[1] or "").strip()
        if part or match[2]:
            tokens.append((part, match[2] or ""))
    return tokens


def _extended(citation: Cited, part: str) -> Cited:
    """The citation with one more part; a part of no kind goes on with the section before it."""
    match = _PART.fullmatch(part)
    if match is None:
        if not citation.section or citation.page:
            raise ValueError(f"“{part}” không rõ là mục, trang hay mã tài liệu; viết như {_EXAMPLE}")
        return citation._replace(section=f"{citation.section}, {_unquoted(part)}")
    value = _unquoted(match[2])
    name = "section" if match[1].casefold() == "mục" else "page"
    if getattr(citation, name):
        raise ValueError(f"“{citation.document}” có hai lần “{match[1]}”; viết như {_EXAMPLE}")
    return citation._replace(section=value) if name == "section" else citation._replace(page=value)


def _unquoted(text: str) -> str:
    stripped = text.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"').strip()
    return stripped
