"""Checks of what officers wrote: the fixed headings of area files, links, and markup that is not carried out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pipeline.checks.check import Examined
from pipeline.markup import Markup, heading_text, read_markup
from pipeline.markup.blocks import Heading
from pipeline.model.assessment import SECTIONS
from pipeline.model.finding import Finding, Place
from pipeline.workspace.load import AreaDocument
from pipeline.workspace.tree import did_you_mean

_DOCS = "docs"


def text(examined: Examined) -> Iterator[Finding]:
    """Area files, then all links and refused markup."""
    for document in examined.workspace.areas:
        yield from _headings(document)
    paths = {page.file.path for page in examined.workspace.pages}
    paths |= {document.file.path for document in examined.workspace.areas} | examined.workspace.unreadable_areas
    pages = {posixpath.relpath(path, _DOCS) for path in paths}
    bodies = [(page.file.path, page.text) for page in examined.workspace.pages]
    bodies += [(document.file.path, document.text) for document in examined.workspace.areas]
    for path, markup in bodies:
        yield from _markup(path, markup, pages)
    yield from _report_text(examined)


def _report_text(examined: Examined) -> Iterator[Finding]:
    """The Markdown of the report's settings, which leads to no page."""
    settings = examined.workspace.settings
    if settings is None:
        return
    report = settings.value.report
    for key, text in (("to_chuc_cham_diem", report.organisation), ("kien_nghi", report.proposals)):
        place = settings.place("bao_cao", key)
        for refused in read_markup(text, place.line + 1).refused:
            mend = "viết bằng chữ thường, hoặc dùng Markdown"
            yield Finding(Place(place.path, refused.line, 1), "B604", refused.message, mend)


def _headings(document: AreaDocument) -> Iterator[Finding]:
    path = document.file.path
    found: dict[str, Heading] = {}
    for block in document.text.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            title = heading_text(block)
            if title not in SECTIONS or title in found:
                mend = did_you_mean(title, SECTIONS) or f"dùng “###”; đề mục “##” chỉ gồm: {'; '.join(SECTIONS)}"
                yield Finding(Place(path, block.line, 1), "B603", f"đề mục “{title}” lạ hoặc lặp lại", mend)
            found.setdefault(title, block)
    for title in SECTIONS:
        if title not in found:
            place = Place(path, document.file.body_line, 1)
            yield Finding(
                place, "B601", f"thiếu đề mục “{title}”", f"thêm dòng “## {title}” (có dấu cách sau ##) và nội dung"
            )
        elif not document.text.section(title):
            place = Place(path, found[title].line, 1)
            yield Finding(place, "B602", f"đề mục “{title}” chưa có nội dung", "viết nội dung, ít nhất một câu")


def _markup(path: str, markup: Markup, pages: set[str]) -> Iterator[Finding]:
    for refused in markup.refused:
        yield Finding(Place(path, refused.line, 1), "B604", refused.message, "viết bằng chữ thường, hoặc dùng Markdown")
    below = posixpath.relpath(posixpath.dirname(path), _DOCS)
    for line, target in markup.pages:
        page = target.partition("#")[0]
        if page and posixpath.normpath(posixpath.join(below, page)) not in pages:
            near = did_you_mean(page, sorted(posixpath.relpath(known, below) for known in pages))
            mend = near or "sửa tên trang, hoặc bỏ liên kết"
            yield Finding(Place(path, line, 1), "B605", f"không có trang “{page}”", mend)
