"""The neutral form of what officers write: blocks and inlines, without any format's syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    target: str
    """An address beginning with http, https or mailto, or a page of the workspace: `ke-hoach.md#muc-dich`."""
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Break:
    """A forced new line."""


Inline: TypeAlias = Text | Code | Strong | Emphasis | Link | Break


@dataclass(frozen=True)
class Heading:
    level: int
    children: tuple[Inline, ...]
    line: int
    """Counted from 1 in the file it comes from."""


@dataclass(frozen=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Numbered:
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quote:
    children: tuple[Block, ...]


@dataclass(frozen=True)
class Preformatted:
    text: str


@dataclass(frozen=True)
class Table:
    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Numbered | Quote | Preformatted | Table


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The words alone."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                parts.append(text)
            case Break():
                parts.append(" ")
            case Strong(children) | Emphasis(children) | Link(_, children):
                parts.append(plain_text(children))
    return "".join(parts)
