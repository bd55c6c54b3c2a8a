"""Reading Markdown into neutral blocks. HTML, images and unsafe links stay text and are reported, never run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.fields import REVERSING
from pipeline.markup.blocks import (
    Block,
    Break,
    Bullets,
    Code,
    Emphasis,
    Heading,
    Inline,
    Link,
    Numbered,
    Paragraph,
    Preformatted,
    Quote,
    Strong,
    Table,
    Text,
    plain_text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 6
"""Lists and quotes inside each other."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_EXTERNAL = re.compile(r"(?:https?://|mailto:)\S+")
_PAGE = re.compile(r"(?:(?:[\w.-]+/)*[\w-]+\.md)?(?:#[\w-]*)?")


@dataclass(frozen=True)
class Refused:
    """Something that is shown as text instead of being carried out."""

    line: int
    message: str


@dataclass(frozen=True)
class Markup:
    """A body in neutral form."""

    blocks: tuple[Block, ...]
    refused: tuple[Refused, ...] = ()
    pages: tuple[tuple[int, str], ...] = ()
    """Links to pages of the workspace, with their lines."""

    def section(self, title: str) -> tuple[Block, ...]:
        """The blocks below the level-2 heading with this title, up to the next one."""
        found: list[Block] = []
        inside = False
        for block in self.blocks:
            if isinstance(block, Heading) and block.level <= 2:
                inside = heading_text(block) == title
            elif inside:
                found.append(block)
        return tuple(found)


def heading_text(heading: Heading) -> str:
    """A heading's words, as they are compared with the fixed headings."""
    return " ".join(plain_text(heading.children).split())


def read_markup(text: str, first_line: int = 1) -> Markup:
    """Read a body whose first line is `first_line` of its file."""
    reader = _Reader(first_line)
    for number, line in enumerate(text.splitlines(), start=first_line):
        if REVERSING.search(line):
            reader.refused.append(Refused(number, "ký tự vô hình đảo chiều chữ bị bỏ"))
    blocks = reader.blocks(_parser().parse(REVERSING.sub("", text)))
    return Markup(tuple(blocks), tuple(reader.refused), tuple(reader.pages))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table").disable("reference")


@dataclass
class _Reader:
    first_line: int
    refused: list[Refused] = field(default_factory=list)
    pages: list[tuple[int, str]] = field(default_factory=list)
    line: int = 1
    depth: int = 0

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        """Turn a flat run of tokens into blocks; nested ones are cut out and read in turn."""
        if self.depth > DEEPEST:
            return self._flattened(tokens)
        self.depth += 1
        found: list[Block] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = self._closing(tokens, position)
            if token.map:
                self.line = token.map[0] + self.first_line
            if block := self._block(token, tokens[position + 1 : end]):
                found.append(block)
            position = end + 1
        self.depth -= 1
        return found

    def _flattened(self, tokens: Sequence[Token]) -> list[Block]:
        """Lists in lists in lists: from here on every paragraph stands by itself, so that no word is lost."""
        self.refused.append(Refused(self.line, f"danh sách, trích dẫn lồng nhau quá {DEEPEST} cấp"))
        return [Paragraph(self._inlines([token])) for token in tokens if token.type == "inline"]

    def _closing(self, tokens: Sequence[Token], start: int) -> int:
        depth = 0
        for index in range(start, len(tokens)):
            depth += tokens[index].nesting
            if depth == 0:
                return index
        return len(tokens)

    def _block(self, token: Token, inner: Sequence[Token]) -> Block | None:
        match token.type:
            case "heading_open":
                return self._heading(int(token.tag[1:]), self._inlines(inner))
            case "paragraph_open":
                return Paragraph(self._inlines(inner))
            case "bullet_list_open":
                return Bullets(self._items(inner))
            case "ordered_list_open":
                return Numbered(int(token.attrs.get("start", 1)), self._items(inner))
            case "blockquote_open":
                return Quote(tuple(self.blocks(inner)))
            case "fence" | "code_block":
                return Preformatted(token.content)
            case "table_open":
                return self._table(inner)
            case _:
                return None

    def _heading(self, level: int, children: tuple[Inline, ...]) -> Heading | None:
        if not plain_text(children).strip():
            self.refused.append(Refused(self.line, "đề mục không có chữ nào"))
            return None
        return Heading(level, children, self.line)

    def _items(self, tokens: Sequence[Token]) -> tuple[tuple[Block, ...], ...]:
        return tuple(tuple(self.blocks(tokens[start + 1 : end])) for start, end in self._runs(tokens, "list_item_open"))

    def _table(self, tokens: Sequence[Token]) -> Table:
        rows = []
        for start, end in self._runs(tokens, "tr_open"):
            row = tokens[start + 1 : end]
            self.line = (tokens[start].map or [self.line - self.first_line])[0] + self.first_line
            cells = sorted([*self._runs(row, "th_open"), *self._runs(row, "td_open")])
            rows.append(tuple(self._inlines(row[first + 1 : last]) for first, last in cells))
        return Table(rows[0] if rows else (), tuple(rows[1:]))

    def _runs(self, tokens: Sequence[Token], kind: str) -> list[tuple[int, int]]:
        """Where tokens of a kind open and close, outermost only."""
        runs = []
        position = 0
        while position < len(tokens):
            if tokens[position].type == kind:
                end = self._closing(tokens, position)
                runs.append((position, end))
                position = end
            position += 1
        return runs

    def _inlines(self, tokens: Sequence[Token]) -> tuple[Inline, ...]:
        return tuple(
            inline for token in tokens if token.type == "inline" for inline in self._spans(token.children or [])
        )

    def _spans(self, tokens: Sequence[Token]) -> list[Inline]:
        found: list[Inline] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = self._closing(tokens, position)
            found += self._span(token, tokens[position + 1 : end])
            position = end + 1
        return found

    def _span(self, token: Token, inner: Sequence[Token]) -> list[Inline]:
        match token.type:
            case "text":
                return [Text(self._plain(token.content))] if token.content else []
            case "code_inline":
                return [Code(token.content)]
            case "softbreak":
                self.line += 1
                return [Text(" ")]
            case "hardbreak":
                self.line += 1
                return [Break()]
            case "strong_open":
                return [Strong(tuple(self._spans(inner)))]
            case "em_open":
                return [Emphasis(tuple(self._spans(inner)))]
            case "link_open":
                return self._link(str(token.attrs.get("href", "")), self._spans(inner))
            case "image":
                self.refused.append(Refused(self.line, "ảnh trong phần lời không được hỗ trợ"))
                return [Text(f"[{token.content}]")]
            case _:
                return [Text(self._plain(token.content))] if token.content else []

    def _plain(self, text: str) -> str:
        if REVERSING.search(text):  # spelled as an entity, since the file itself is free of them by now
            self.refused.append(Refused(self.line, "ký tự vô hình đảo chiều chữ bị bỏ"))
            text = REVERSING.sub("", text)
        if _TAG.search(text):
            self.refused.append(Refused(self.line, f"thẻ HTML được hiện như chữ thường: {_TAG.search(text)[0]}"))  # type: ignore[index]
        return text

    def _link(self, target: str, children: list[Inline]) -> list[Inline]:
        if _EXTERNAL.fullmatch(target):
            return [Link(target, tuple(children))]
        target = unquote(target)
        if target and _PAGE.fullmatch(target):
            self.pages.append((self.line, target))
            return [Link(target, tuple(children))]
        self.refused.append(Refused(self.line, f"liên kết không dùng được: {target}"))
        return children
