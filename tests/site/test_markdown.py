"""Text on its way into Markdown."""

from __future__ import annotations

import pytest

from pipeline.markup import read_markup
from pipeline.markup.html import external_only
from pipeline.site.markdown import Headings, anchor, body_markdown, one_line, spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kết quả đạt được", "ket-qua-dat-duoc"),
        ("Đội ngũ – 1.2", "doi-ngu-1-2"),
        ("Ghi chú về văn bản gốc", "ghi-chu-ve-van-ban-goc"),
        ("***", "muc"),
    ],
)
def test_anchors_are_what_links_call_them(text: str, expected: str) -> None:
    """Without accents, words joined by hyphens; đ is d."""
    assert anchor(text) == expected


def test_equal_headings_have_anchors_of_their_own() -> None:
    """A second heading of the same name can be linked to as well."""
    headings = Headings()

    assert "{ #muc-dich }" in headings.line(2, "Mục đích")
    assert "{ #muc-dich-2 }" in headings.line(2, "Mục đích")


def test_signs_of_markdown_are_spelled_out() -> None:
    """Nothing in a heading can begin an attribute list, a link or a tag."""
    assert not set("{}[]<>*_`#:\\!|~^=$&\"'") & set(spelled("{}[]<>*_`\\!|~^=$\"'").replace("&#", "").replace(";", ""))
    assert spelled("1. Công tác chỉ đạo, điều hành") == "1. Công tác chỉ đạo, điều hành"


def test_lines_of_a_listing_are_kept() -> None:
    """A block is one line of the file; what was preformatted still shows its lines."""
    html = one_line("<div>\n  <p>a\nb</p>\n<pre>c\n  d</pre></div>")

    assert html.count("\n") == 1
    assert "<pre>c&#10;  d</pre>" in html


def test_headings_of_a_body_are_markdown_and_the_rest_is_html() -> None:
    """Level 1 is the page's title, so the body starts at 2."""
    text = "# Một\n\nLời.\n\n### Hai\n\n- a\n- b\n"
    body = body_markdown(read_markup(text), Headings().line, external_only)

    assert [line for line in body.splitlines() if line.startswith("#")] == ["## Một { #mot }", "### Hai { #hai }"]
    assert "<div><p>Lời.</p> </div>" in body
