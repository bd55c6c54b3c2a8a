"""Bookmarks around the parts of the Word file, so that what somebody changes in Word can be found again.

Bookmarks rather than content controls: Word and LibreOffice keep them wherever a part is moved to, and nobody sees
them. Running text carries none; it is told by the heading above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from pipeline.decree.paper import DataTable
from pipeline.decree.tree import PlacedTable
from pipeline.wording import fold

if TYPE_CHECKING:
    from docx.document import Document

PREFIX = "cchc_"
LONGEST = 40
"""Characters that Word takes for a name; it has to consist of letters, digits and low lines."""

_UNMARKED = ("Nội dung", "Danh sách", "Trích dẫn", "Nguyên văn", "Nét kẻ", "Hết phần", "Ô bảng", "Đầu bảng")
"""How the styles of running text, of cells and of what says nothing begin."""
_MARKED = ("Danh sách nơi nhận",)


def mark_parts(document: Document, tables: Sequence[PlacedTable]) -> None:
    """Give every styled paragraph, heading and row of our own tables a name of its own."""
    from docx.oxml.ns import qn

    body: Any = document.element.body
    styles = {style.style_id: style.name for style in document.styles}
    parts = [each for each in body.iter(qn("w:p")) if _is_part(each, styles)]
    ours = [
        element
        for element, placed in zip(body.iter(qn("w:tbl")), tables, strict=True)
        if isinstance(placed.table, DataTable)
    ]
    named = [*((_part(each, styles[each.style]), each) for each in parts), *_rows(ours)]
    for number, (name, paragraph) in enumerate(_distinct(named), start=1):
        _mark(paragraph, number, f"{PREFIX}{name}")


def _is_part(paragraph: Any, styles: Mapping[str, str]) -> bool:
    name = styles.get(paragraph.style, "")
    return bool(name) and (name.startswith(_MARKED) or not name.startswith(_UNMARKED))


def _part(paragraph: Any, style: str) -> str:
    """Headings are called by what they say, all other parts by their style."""
    from docx.oxml.ns import qn

    if style.casefold().startswith("heading"):
        return "muc_" + slug("".join(paragraph.itertext(qn("w:t"))))
    return slug(style)


def _rows(tables: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Rows are called by what their first cell says, such as the code of a criterion; the mark stands in it."""
    from docx.oxml.ns import qn

    for number, table in enumerate(tables, start=1):
        for row in table.tr_lst[1:]:
            first = row.tc_lst[0]
            yield f"bang_{number}_{slug(''.join(first.itertext(qn('w:t')))) or 'tong'}", first.p_lst[0]


def _distinct(named: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Names made short enough and, from the second of a kind on, numbered."""
    taken: set[str] = set()
    for name, paragraph in named:
        short = name[: LONGEST - len(PREFIX) - 4].rstrip("_")
        free = next(each for each in _numbered(short) if each not in taken)
        taken.add(free)
        yield free, paragraph


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in count(2))


def _mark(paragraph: Any, number: int, name: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    space = nsdecls("w")
    start = parse_xml(f'<w:bookmarkStart {space} w:id="{number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {space} w:id="{number}"/>')
    if paragraph.pPr is None:
        paragraph.insert(0, start)
    else:
        paragraph.pPr.addnext(start)
    paragraph.append(end)


def slug(text: str) -> str:
    """A text in small letters without accents, all else low lines."""
    return fold(text).replace(" ", "_")
