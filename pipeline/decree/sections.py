"""Texts as parts of a paper: sentences as paragraphs, an officer's headings as titles with or without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.decree.paper import Item, Title, one_line
from pipeline.markup import heading_text
from pipeline.markup.blocks import Block, Bullets, Heading, Paragraph, Text

_NUMBERED = re.compile(r"(?:[\dIVX]+[.)]|[a-zđ]\))\s")


def paragraphs(texts: Iterable[str]) -> Iterator[Block]:
    """One paragraph a text."""
    return (Paragraph((Text(one_line(text)),)) for text in texts)


def bullets(texts: Iterable[str]) -> Bullets:
    """A list with dashes, one item a text."""
    return Bullets(tuple((paragraph,) for paragraph in paragraphs(texts)))


def numbered(blocks: Sequence[Block]) -> Iterator[Item]:
    """An officer's headings become the section's own, numbered unless the officer did it."""
    titles = [heading_text(block) for block in blocks if isinstance(block, Heading)]
    by_hand = any(_NUMBERED.match(title) for title in titles)
    position = 0
    for block in blocks:
        if isinstance(block, Heading):
            position += 1
            yield Title(2, heading_text(block) if by_hand else f"{position}. {heading_text(block)}")
        else:
            yield block


def unnumbered(blocks: Sequence[Block]) -> Iterator[Item]:
    """An officer's headings stand below those of the section."""
    for block in blocks:
        yield Title(4, heading_text(block)) if isinstance(block, Heading) else block
