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
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
_LINE_END = re.compile(r"\s*\n\s*")
_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9]+")
_TITLE_SIGNS = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆", "\n": " "})


def one_line(html: str) -> Markup:
    """HTML without line ends, so that a Markdown processor takes it as one block; lines of `<pre>` are kept."""
    kept = _PREFORMATTED.sub(lambda found: found[0].replace("\n", "&#10;"), html.strip())
    return Markup(_LINE_END.sub(" ", _BETWEEN_TAGS.sub("><", kept)))


def spelled(text: str) -> Markup:
    """Text for a Markdown line: whatever is neither letter, digit nor space becomes a character reference."""
    return Markup("".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in " ".join(text.split())))


def quoted(title: str) -> Markup:
    """A title for front matter, in YAML. Themes print it as it is, so signs of HTML give way to their look-alikes."""
    return Markup(json.dumps(title.translate(_TITLE_SIGNS), ensure_ascii=False))


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
        return Markup("{} {} {{ #{} }}").format("#" * level, spelled(text), self._unused(name or anchor(text)))

    def _unused(self, name: str) -> str:
        number, free = 2, name
        while free in self.used:
            number, free = number + 1, f"{name}-{number}"
        self.used.add(free)
        return free


def body_markdown(body: Body, heading: Callable[[int, str], Markup], resolve: Resolve) -> Markup:
    """What an officer wrote, as Markdown: its headings as headings, all between them as HTML."""
    parts: list[str] = []
    run: list[Block] = []
    for block in body.blocks:
        if isinstance(block, Heading):
            parts += [*_html(run, resolve), heading(max(2, block.level), heading_text(block))]
            run = []
        else:
            run.append(block)
    return Markup("\n\n").join(map(Markup, [*parts, *_html(run, resolve)]))


def _html(run: list[Block], resolve: Resolve) -> list[str]:
    return [one_line(f"<div>{blocks_html(run, resolve)}</div>")] if run else []
