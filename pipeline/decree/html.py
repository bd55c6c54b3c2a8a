"""The paper as HTML for pandoc: structure and style names only, how things look is the Word file's matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from html import escape
from itertools import groupby
from typing import NamedTuple, TypeAlias

from pipeline.decree.paper import Align, Annex, Cell, DataTable, Item, Page, Paper, RowKind, Signature, Title, printable
from pipeline.markup.blocks import Block
from pipeline.markup.html import blocks_html, inlines_html


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
class Html:
    """HTML in the making, and its tables in order."""

    parts: list[str] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)

    @property
    def text(self) -> str:
        return printable("\n".join(self.parts))


def html(paper: Paper) -> Html:
    """The whole paper."""
    page = Html()
    _letterhead(page, paper)
    if paper.kind:
        _styled(page, "Tên loại", [escape(paper.kind)])
        _styled(page, "Trích yếu", [_lines(paper.subject)])
        page.parts.append(_rule("Nét kẻ trích yếu"))
    _addressees(page, paper)
    _styled(page, "Căn cứ", map(escape, paper.bases))
    _styled(page, "Nội dung", [escape(paper.opening)])
    _content(page, paper.content, paper.page)
    if paper.signature:
        _ending(page, paper, paper.signature)
    for annex in paper.annexes:
        _annex(page, annex)
    return page


def _letterhead(page: Html, paper: Paper) -> None:
    head = paper.letterhead
    left = _div("Cơ quan cấp trên", _lines(head.superior)) + _div("Cơ quan ban hành", _lines(head.body)) + _rule()
    right = _div("Quốc hiệu", escape(head.nation)) + _div("Tiêu ngữ", escape(head.motto)) + _rule()
    about = _div("Trích yếu công văn", _lines(head.about)) if head.about else ""
    below = (_div("Số ký hiệu", escape(head.number)) + about, _div("Địa danh ngày tháng", escape(head.place_and_date)))
    page.parts.append(_table(LETTERHEAD_SHARES, "", [_tr("td", (left, right)), _tr("td", below)]))
    page.tables.append(PlacedTable(Frame.LETTERHEAD, paper.page))


def _addressees(page: Html, paper: Paper) -> None:
    label, names = paper.addressees.label, paper.addressees.names
    if len(names) == 1:
        _styled(page, "Kính gửi", [escape(f"{label} {names[0]}")])
    elif names:
        _styled(page, "Kính gửi nhiều nơi", [escape(label)])
        _styled(page, "Nơi gửi", [f"- {escape(name)}" for name in names])


def _content(page: Html, items: Iterable[Item], sheet: Page) -> None:
    """Officers' blocks that follow each other go into one division, so that their lists stay whole."""
    for kind, run in groupby(items, lambda item: type(item) if isinstance(item, Title | DataTable) else None):
        if kind is None:
            _blocks(page, [item for item in run if not isinstance(item, Title | DataTable)], sheet)
            continue
        for item in run:
            if isinstance(item, Title):
                page.parts.append(f"<h{item.level}>{escape(item.text)}</h{item.level}>")
            elif isinstance(item, DataTable):
                _data_table(page, item, sheet)


def _blocks(page: Html, blocks: list[Block], sheet: Page) -> None:
    text = blocks_html(blocks)
    page.tables += [PlacedTable(Frame.OFFICERS, sheet)] * text.count("<table>")
    page.parts.append(_div("Nội dung", text, wrap=False))


def _data_table(page: Html, table: DataTable, sheet: Page) -> None:
    if table.caption:
        _styled(page, "Tên bảng", [escape(table.caption)])
    head = _tr("th", (_div("Đầu bảng", escape(column.title)) for column in table.columns))
    rows = (
        _tr("td", (_cell(cell, row.kind, column.align) for cell, column in zip(row.cells, table.columns, strict=True)))
        for row in table.rows
    )
    page.parts.append(_table([column.share for column in table.columns], head, rows))
    page.tables.append(PlacedTable(table, sheet))


def _cell(cell: Cell, kind: RowKind, align: Align) -> str:
    style = "Ô bảng" + (" đậm" if kind is not RowKind.LEAF else "") + (" giữa" if align is Align.CENTRE else "")
    return "".join(_div(style, inlines_html(line)) for line in cell) or _div(style, "")


def _ending(page: Html, paper: Paper, signed: Signature) -> None:
    _styled(page, "Lời kết", [escape(paper.closing)])
    recipients = _div("Nơi nhận", escape(paper.recipients.label)) + "".join(
        _div("Danh sách nơi nhận", f"- {escape(name)}") for name in paper.recipients.names
    )
    signature = _div("Quyền hạn chức vụ", _lines(signed.lines)) + _div("Người ký", escape(signed.name))
    page.parts.append(_table(ENDING_SHARES, "", [_tr("td", (recipients, signature))]))
    page.tables.append(PlacedTable(Frame.ENDING, paper.page))


def _annex(page: Html, annex: Annex) -> None:
    _styled(page, "Phụ lục", [_lines((annex.label, *annex.title))])
    _styled(page, "Kèm theo", [_lines(annex.reference)])
    _styled(page, "Ghi chú", map(escape, annex.notes))
    _data_table(page, annex.table, annex.page)


def _styled(page: Html, style: str, paragraphs: Iterable[str]) -> None:
    page.parts += [_div(style, paragraph) for paragraph in paragraphs]


def _div(style: str, inner: str, wrap: bool = True) -> str:
    return f'<div data-custom-style="{style}">{f"<p>{inner}</p>" if wrap else inner}</div>'


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(map(escape, lines))


def _table(shares: Iterable[int], head: str, rows: Iterable[str]) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in shares)
    header = f"<thead>{head}</thead>" if head else ""
    return f"<table><colgroup>{columns}</colgroup>{header}<tbody>{''.join(rows)}</tbody></table>"


def _tr(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _rule(style: str = "Nét kẻ") -> str:
    """A paragraph without text, whose border is drawn when its length is known."""
    return _div(style, "\N{NO-BREAK SPACE}")
