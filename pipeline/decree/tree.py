"""The paper as pandoc's document tree: structure and style names only, how things look is the Word file's matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple, TypeAlias

from pipeline.decree.pandoc import (
    LINE_BREAK,
    Node,
    Nodes,
    blocks_tree,
    header,
    inlines_tree,
    paragraph,
    string,
    styled,
    table,
)
from pipeline.decree.paper import (
    Align,
    Annex,
    Cell,
    DataTable,
    Item,
    Page,
    Paper,
    RowKind,
    Signature,
    Title,
    one_line,
)
from pipeline.markup.blocks import Block, Bullets, Numbered, Quote, Table


class Frame(Enum):
    """Tables that are not the program's own."""

    LETTERHEAD = auto()
    ENDING = auto()
    OFFICERS = auto()


AnyTable: TypeAlias = DataTable | Frame
LETTERHEAD_SHARES = (42, 58)
ENDING_SHARES = (45, 55)
"""Of the text's width, in percent."""


class PlacedTable(NamedTuple):
    """A table and the page that it stands on."""

    table: AnyTable
    page: Page


@dataclass
class Tree:
    """Blocks of the tree in the making, and its tables in order."""

    blocks: Nodes = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)


def tree(paper: Paper) -> Tree:
    """The whole paper."""
    page = Tree()
    _letterhead(page, paper)
    if paper.kind:
        _styled(page, "Tên loại", [paper.kind])
        page.blocks += [_lines("Trích yếu", paper.subject), _rule("Nét kẻ trích yếu")]
    _addressees(page, paper)
    _styled(page, "Căn cứ", paper.bases)
    _styled(page, "Nội dung", [paper.opening])
    _content(page, paper.content, paper.page)
    if paper.signature:
        _ending(page, paper, paper.signature)
    for annex in paper.annexes:
        _annex(page, annex)
    return page


def _letterhead(page: Tree, paper: Paper) -> None:
    head = paper.letterhead
    left = [_lines("Cơ quan cấp trên", head.superior), _lines("Cơ quan ban hành", head.body), _rule()]
    right = [_line("Quốc hiệu", head.nation), _line("Tiêu ngữ", head.motto), _rule()]
    about = [_lines("Trích yếu công văn", head.about)] if head.about else []
    below = [[_line("Số ký hiệu", head.number), *about], [_line("Địa danh ngày tháng", head.place_and_date)]]
    page.blocks.append(table(LETTERHEAD_SHARES, (), ([left, right], below)))
    page.tables.append(PlacedTable(Frame.LETTERHEAD, paper.page))


def _addressees(page: Tree, paper: Paper) -> None:
    label, names = paper.addressees.label, paper.addressees.names
    if len(names) == 1:
        _styled(page, "Kính gửi", [f"{label} {names[0]}"])
    elif names:
        _styled(page, "Kính gửi nhiều nơi", [label])
        _styled(page, "Nơi gửi", [f"- {name}" for name in names])


def _content(page: Tree, items: Iterable[Item], sheet: Page) -> None:
    """Officers' blocks that follow each other go into one division, so that their lists stay whole."""
    for kind, run in groupby(items, lambda item: type(item) if isinstance(item, Title | DataTable) else None):
        if kind is None:
            _blocks(page, [item for item in run if not isinstance(item, Title | DataTable)], sheet)
            continue
        for item in run:
            if isinstance(item, Title):
                page.blocks.append(header(item.level, [string(one_line(item.text))]))
            elif isinstance(item, DataTable):
                _data_table(page, item, sheet)


def _blocks(page: Tree, blocks: list[Block], sheet: Page) -> None:
    page.tables += [PlacedTable(Frame.OFFICERS, sheet)] * _count_tables(blocks)
    page.blocks.append(styled("Nội dung", blocks_tree(blocks)))


def _count_tables(blocks: Iterable[Block]) -> int:
    """Officers' tables, those in lists and quotations too."""
    count = 0
    for block in blocks:
        match block:
            case Table():
                count += 1
            case Quote(children):
                count += _count_tables(children)
            case Bullets(items) | Numbered(_, items):
                count += sum(map(_count_tables, items))
    return count


def _data_table(page: Tree, data: DataTable, sheet: Page) -> None:
    if data.caption:
        _styled(page, "Tên bảng", [data.caption])
    head = [[_line("Đầu bảng", column.title)] for column in data.columns]
    rows = (
        [_cell(cell, row.kind, column.align) for cell, column in zip(row.cells, data.columns, strict=True)]
        for row in data.rows
    )
    page.blocks.append(table([column.share for column in data.columns], head, rows))
    page.tables.append(PlacedTable(data, sheet))


def _cell(cell: Cell, kind: RowKind, align: Align) -> Nodes:
    style = "Ô bảng" + (" đậm" if kind is not RowKind.LEAF else "") + (" giữa" if align is Align.CENTRE else "")
    return [styled(style, [paragraph(inlines_tree(line))]) for line in cell or ((),)]


def _ending(page: Tree, paper: Paper, signed: Signature) -> None:
    _styled(page, "Lời kết", [paper.closing])
    names = (_line("Danh sách nơi nhận", f"- {name}") for name in paper.recipients.names)
    recipients = [_line("Nơi nhận", paper.recipients.label), *names]
    signature = [_lines("Quyền hạn chức vụ", signed.lines), _line("Người ký", signed.name)]
    page.blocks.append(table(ENDING_SHARES, (), [[recipients, signature]]))
    page.tables.append(PlacedTable(Frame.ENDING, paper.page))


def _annex(page: Tree, annex: Annex) -> None:
    page.blocks += [_lines("Phụ lục", (annex.label, *annex.title)), _lines("Kèm theo", annex.reference)]
    _styled(page, "Ghi chú", annex.notes)
    _data_table(page, annex.table, annex.page)


def _styled(page: Tree, style: str, paragraphs: Iterable[str]) -> None:
    page.blocks += [_line(style, text) for text in paragraphs]


def _line(style: str, text: str) -> Node:
    return _lines(style, (text,))


def _lines(style: str, lines: Iterable[str]) -> Node:
    """A paragraph of lines that are broken where they are."""
    nodes = [node for line in lines if line for node in (LINE_BREAK, string(one_line(line)))]
    return styled(style, [paragraph(nodes[1:])])


def _rule(style: str = "Nét kẻ") -> Node:
    """A paragraph without text, whose border is drawn when its length is known."""
    return _line(style, "\N{NO-BREAK SPACE}")
