"""Neutral blocks as HTML. Every character of the text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

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
)

Resolve = Callable[[str], str | None]
"""Where a link leads in the output; None makes it plain text."""


def external_only(target: str) -> str | None:
    """Keep addresses, drop links to pages: for outputs that have none."""
    return None if ".md" in target or target.startswith("#") else target


def blocks_html(blocks: Sequence[Block], resolve: Resolve = external_only) -> str:
    """Blocks one after another."""
    return "\n".join(_block(block, resolve) for block in blocks)


def inlines_html(inlines: Sequence[Inline], resolve: Resolve = external_only) -> str:
    """Inlines one after another."""
    return "".join(_inline(inline, resolve) for inline in inlines)


def _block(block: Block, resolve: Resolve) -> str:
    match block:
        case Heading(level, children):
            return f"<h{level}>{inlines_html(children, resolve)}</h{level}>"
        case Paragraph(children):
            return f"<p>{inlines_html(children, resolve)}</p>"
        case Bullets(items):
            return f"<ul>{_items(items, resolve)}</ul>"
        case Numbered(start, items):
            return f'<ol start="{start}">{_items(items, resolve)}</ol>'
        case Quote(inner):
            return f"<blockquote>{blocks_html(inner, resolve)}</blockquote>"
        case Preformatted(text):
            return f"<pre>{escape(text)}</pre>"
        case Table(header, rows):
            body = "".join(_row(row, "td", resolve) for row in rows)
            return f"<table><thead>{_row(header, 'th', resolve)}</thead><tbody>{body}</tbody></table>"


def _items(items: Sequence[Sequence[Block]], resolve: Resolve) -> str:
    return "".join(f"<li>{_item(item, resolve)}</li>" for item in items)


def _item(item: Sequence[Block], resolve: Resolve) -> str:
    """A single paragraph stands in its item without a `<p>`, so that lists stay tight."""
    if item and isinstance(item[0], Paragraph):
        return inlines_html(item[0].children, resolve) + blocks_html(item[1:], resolve)
    return blocks_html(item, resolve)


def _row(cells: Sequence[Sequence[Inline]], tag: str, resolve: Resolve) -> str:
    return f"<tr>{''.join(f'<{tag}>{inlines_html(cell, resolve)}</{tag}>' for cell in cells)}</tr>"


def _inline(inline: Inline, resolve: Resolve) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Break():
            return "<br>"
        case Strong(children):
            return f"<strong>{inlines_html(children, resolve)}</strong>"
        case Emphasis(children):
            return f"<em>{inlines_html(children, resolve)}</em>"
        case Link(target, children):
            address = resolve(target)
            inner = inlines_html(children, resolve)
            return inner if address is None else f'<a href="{escape(address)}">{inner}</a>'
