"""The nodes of pandoc's own document tree, which it reads as JSON, and officers' blocks made of them.

A node names its type in `t` and has its contents in `c`. Texts are strings in it: nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from pipeline.decree.paper import printable, single_spaced
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
from pipeline.markup.html import external_only

Node: TypeAlias = dict[str, Any]
Nodes: TypeAlias = list[Node]

API_VERSION = [1, 23, 1]
"""Of the tree: pandoc refuses one whose first two numbers are not its own."""

_PLAIN = ["", [], []]
"""The attributes of a node that has none: identifier, classes, pairs of name and value."""
_LEFT = {"t": "AlignDefault"}
_COUNTED = [{"t": "DefaultStyle"}, {"t": "DefaultDelim"}]
LINE_BREAK: Node = {"t": "LineBreak"}


def document(blocks: Nodes) -> Node:
    """A whole document."""
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}


def string(text: str) -> Node:
    """Words on one line; a tree may have spaces within a word."""
    return {"t": "Str", "c": single_spaced(printable(text))}


def paragraph(inlines: Nodes) -> Node:
    """A paragraph in the style that the blocks around it give."""
    return {"t": "Para", "c": inlines}


def styled(style: str, blocks: Nodes) -> Node:
    """Blocks whose paragraphs have a style of the Word file, called by its name."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def header(level: int, inlines: Nodes) -> Node:
    """A heading; level 1 is the highest."""
    return {"t": "Header", "c": [level, _PLAIN, inlines]}


def table(shares: Sequence[float | None], head: Sequence[Nodes], rows: Iterable[Sequence[Nodes]]) -> Node:
    """A table of cells with blocks; each column's share of the width in percent, None for what suits its cells."""
    columns = [[_LEFT, {"t": "ColWidth", "c": share / 100} if share else {"t": "ColWidthDefault"}] for share in shares]
    body = [_PLAIN, 0, [], [_row(row) for row in rows]]
    return {
        "t": "Table",
        "c": [_PLAIN, [None, []], columns, [_PLAIN, [_row(head)] if head else []], [body], [_PLAIN, []]],
    }


def _row(cells: Sequence[Nodes]) -> list[Any]:
    return [_PLAIN, [[_PLAIN, _LEFT, 1, 1, blocks] for blocks in cells]]


def blocks_tree(blocks: Sequence[Block]) -> Nodes:
    """Officers' blocks one after another."""
    return [_block(block) for block in blocks]


def inlines_tree(inlines: Sequence[Inline]) -> Nodes:
    """Officers' inlines one after another."""
    return [node for inline in inlines for node in _inline(inline)]


def _block(block: Block) -> Node:
    match block:
        case Heading(level, children):
            return header(level, inlines_tree(children))
        case Paragraph(children):
            return paragraph(inlines_tree(children))
        case Bullets(items):
            return {"t": "BulletList", "c": [_item(item) for item in items]}
        case Numbered(start, items):
            return {"t": "OrderedList", "c": [[start, *_COUNTED], [_item(item) for item in items]]}
        case Quote(inner):
            return {"t": "BlockQuote", "c": blocks_tree(inner)}
        case Preformatted(text):
            return {"t": "CodeBlock", "c": [_PLAIN, printable(text).removesuffix("\n")]}
        case Table(head, rows):
            return table([None] * len(head), _cells(head), map(_cells, rows))


def _item(item: Sequence[Block]) -> Nodes:
    """A first paragraph stands in its item as bare words, so that lists stay tight.

    The sign of an item belongs to a paragraph, so that one without, or with a table first, gets an empty one.
    """
    if item and isinstance(item[0], Paragraph):
        return [*_bare(item[0].children), *blocks_tree(item[1:])]
    own = [] if item and not isinstance(item[0], Table) else [paragraph([string("")])]
    return [*own, *blocks_tree(item)]


def _cells(cells: Sequence[Sequence[Inline]]) -> list[Nodes]:
    return [_bare(cell) for cell in cells]


def _bare(inlines: Sequence[Inline]) -> Nodes:
    return [{"t": "Plain", "c": inlines_tree(inlines)}] if inlines else []


def _inline(inline: Inline) -> Nodes:
    match inline:
        case Text(text):
            return [string(text)]
        case Code(text):
            return [{"t": "Code", "c": [_PLAIN, single_spaced(printable(text))]}]
        case Break():
            return [LINE_BREAK]
        case Strong(children):
            return [{"t": "Strong", "c": inlines_tree(children)}]
        case Emphasis(children):
            return [{"t": "Emph", "c": inlines_tree(children)}]
        case Link(target, children):
            address, inner = external_only(target), inlines_tree(children)
            return inner if address is None else [{"t": "Link", "c": [_PLAIN, inner, [address, ""]]}]
