"""Officers' Markdown becomes neutral blocks; what could be run is shown as text."""

from __future__ import annotations

import pytest

from pipeline.markup import read_markup
from pipeline.markup.html import blocks_html


def html(text: str) -> str:
    """The HTML that a body turns into."""
    return blocks_html(read_markup(text).blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một *hai* **ba**", "<p>Một <em>hai</em> <strong>ba</strong></p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> trích", "<blockquote><p>trích</p></blockquote>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("[xã](https://example.vn/?a=1&b=2)", '<p><a href="https://example.vn/?a=1&amp;b=2">xã</a></p>'),
        (
            "|a|b|\n|-|-|\n|1|2|",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
    ],
)
def test_plain_markdown(text: str, expected: str) -> None:
    """The common forms come out as one expects."""
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- x -->",
        "![x](../../../etc/passwd)",
        "[x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](java\u200bscript:alert(1))",
        "[x](vbscript:msgbox)",
        "[x](//la.vn/x)",
        "[x](data:text/html,a)",
        "[x](file:///etc/passwd)",
        "[x](../../../../etc/passwd)",
        "<javascript:alert(1)>",
        '[x](https://a.vn "on\'><script>")',
    ],
)
def test_nothing_typed_becomes_a_tag(text: str) -> None:
    """No script, no image, no address but http, https, mailto and pages."""
    out = html(text)

    assert not any(
        tag in out for tag in ("<script", "<img", "<!--", 'javascript:alert(1)"', 'href="file', 'href="data', 'passwd"')
    )


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_characters_that_turn_the_text_around_are_dropped(char: str) -> None:
    """In text, in code and in what stands as it is typed; each line of them is told."""
    markup = read_markup(f"a{char}b\n\n`c{char}d`\n\n    e{char}f", first_line=10)

    assert char not in blocks_html(markup.blocks)
    assert [refused.line for refused in markup.refused] == [10, 12, 14]


def test_refused_markup_is_reported_with_its_line() -> None:
    """An officer learns on which line something was taken as text."""
    markup = read_markup("Một\n\n<b>hai</b>\n\n![ảnh](a.png)", first_line=10)

    assert [(refused.line, refused.message.split()[0]) for refused in markup.refused] == [
        (12, "thẻ"),
        (14, "ảnh"),
    ]


def test_sections_end_at_the_next_heading_of_their_level() -> None:
    """A smaller heading belongs to its section."""
    markup = read_markup("## Một\n\na\n\n### nhỏ\n\nb\n\n## Hai\n\nc")

    assert blocks_html(markup.section("Một")) == "<p>a</p>\n<h3>nhỏ</h3>\n<p>b</p>"
    assert blocks_html(markup.section("Hai")) == "<p>c</p>"
    assert markup.section("Ba") == ()


def test_characters_that_reverse_the_reading_order_are_dropped_however_they_are_spelled() -> None:
    """As they are, and as entities, which are characters only after the text was taken apart."""
    read = read_markup("Đạt \u202e49,38\u202c điểm\n\nĐạt &#x202E;49,38&#x202C; điểm")

    assert blocks_html(read.blocks) == "<p>Đạt 49,38 điểm</p>\n<p>Đạt 49,38 điểm</p>"
    assert [each.line for each in read.refused] == [1, 3]
