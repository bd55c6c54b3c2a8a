"""Text as Markdown that stays text: headings with every special character spelled out, HTML that no parser splits.

The pages are read by two Markdown processors. Both take a block of HTML on a single line as it is; both see nothing
but letters in a heading whose punctuation is written as character references.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from pipeline.markup import Markup as Body
from pipeline.markup import heading_text
from pipeline.markup.blocks import Block, Heading
from pipeline.markup.html import Resolve, blocks_html

_PREFORMATTED = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_BLOCK_END = re.compile(r"(</(?:td|th|tr|li|p|div|dt|dd)>|<br>)(?=\S)")
_LINE_END = re.compile(r"\s*\n\s*")
_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9]+")
_MEANINGFUL = re.compile(r"[^\w\s,.;?()/%–“”-]|_")
_TITLE_SIGNS = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆", "\n": " "})


def as_html(text: str) -> Markup:
    """Mark text as HTML or Markdown that is ready to be put on a page: whoever made it has escaped what it holds."""
    return Markup(text)  # noqa: S704  (the one place where that is said)


def one_line(html: str) -> Markup:
    """HTML on one line, so that a Markdown processor takes it as one block; lines of `<pre>` are kept.

    A space stands after each cell and item, or the search would read two of them as one word.
    """
    kept = _PREFORMATTED.sub(lambda found: found[0].replace("\n", "&#10;"), html.strip())
    return as_html(_BLOCK_END.sub(r"\1 ", _LINE_END.sub(" ", kept)) + "\n")


def spelled(text: str) -> Markup:
    """Text for a Markdown line: each sign that means something to Markdown or HTML becomes a character reference."""
    return as_html(_MEANINGFUL.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split())))


def quoted(title: str) -> Markup:
    """A title for front matter, in YAML. Themes print it as it is, so signs of HTML give way to their look-alikes."""
    return as_html(json.dumps(title.translate(_TITLE_SIGNS), ensure_ascii=False))


def anchor(text: str) -> str:
    """What links call a heading: `Kết quả đạt được` is `ket-qua-dat-duoc`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return _NOT_IN_ANCHOR.sub("-", plain).strip("-") or "muc"


@dataclass
class Headings:
    """The headings of one page, each with an anchor of its own."""

    used: set[str] = field(default_factory=set)

    def line(self, level: int, text: str, name: str = "") -> Markup:
        """A heading as a Markdown line."""
        return Markup("{} {} {{ #{} }}\n").format("#" * level, spelled(text), self._unused(name or anchor(text)))

    def _unused(self, name: str) -> str:
        number, free = 2, name
        while free in self.used:
            number, free = number + 1, f"{name}-{number}"
        self.used.add(free)
        return free


def body_markdown(body: Body, heading: Callable[[int, str], Markup], resolve: Resolve) -> Markup:
    """What an officer wrote, as Markdown: its headings as headings, all between them as HTML."""
    parts: list[Markup] = []
    run: list[Block] = []
    for block in body.blocks:
        if isinstance(block, Heading):
            parts += [*_html(run, resolve), heading(max(2, block.level), heading_text(block))]
            run = []
        else:
            run.append(block)
    return Markup("\n").join([*parts, *_html(run, resolve)])


def _html(run: list[Block], resolve: Resolve) -> list[Markup]:
    return [one_line(f"<div>{blocks_html(run, resolve)}</div>")] if run else []
