"""The paper as a tagged PDF/A-2a, or PDF/A-3a with attachments, laid out by `paper.typ`.

Officers' texts reach Typst as strings, not as markup.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from pipeline.decree.metrics import fonts
from pipeline.decree.paper import Paper, printable, single_spaced
from pipeline.markup.blocks import Code, Link, Preformatted, Text
from pipeline.markup.html import external_only

TEMPLATE = Path(__file__).with_name("paper.typ")

_UNDRAWABLE = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PLACEHOLDER = "□"
_TAB = 4
"""Spaces that a tabulator stands for, where lines are kept as they are."""
_DRAWABLE = frozenset(string.printable)


def pdf(paper: Paper) -> bytes:
    """The PDF file. A character that no font at hand can draw becomes `□`, since PDF/A forbids to leave it out.

    Raises:
        typst.TypstError: the template is at fault.
    """
    from typst import TypstError

    compile_data = _compiler(paper.timestamp, "a-3a" if paper.attachments else "a-2a")
    data = json.dumps(neutral(paper), ensure_ascii=False)
    try:
        return compile_data(data)
    except TypstError as error:
        undrawable = _undrawable(error.diagnostic)
        if not undrawable:
            raise
        return compile_data(data.translate(dict.fromkeys(map(ord, undrawable), _PLACEHOLDER)))


def neutral(value: Any) -> Any:
    """Dataclasses as dictionaries that name their type, for the template to choose by."""
    match value:
        case str():
            return printable(value)
        case Text(text) | Code(text):
            return {"type": type(value).__name__, "text": single_spaced(printable(text))}
        case Preformatted(text):
            return {"type": "Preformatted", "text": printable(text).expandtabs(_TAB)}
        case tuple():
            return [neutral(item) for item in value]
        case Enum():
            return value.value
        case Link(target, children) if external_only(target) is None:
            return {"type": "Span", "children": neutral(children)}
        case _ if is_dataclass(value):
            entries = {field.name: neutral(getattr(value, field.name)) for field in fields(value)}
            return {"type": type(value).__name__, **entries}
        case _:
            return value


def _compiler(timestamp: int, standard: Literal["a-2a", "a-3a"]) -> Callable[[str], bytes]:
    from typst import Compiler

    compiler = Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=[fonts()], ignore_system_fonts=True)

    def compile_data(data: str) -> bytes:
        made = compiler.compile(
            format="pdf", sys_inputs={"paper": data}, pdf_standards=[standard, "ua-1"], timestamp=timestamp
        )
        assert isinstance(made, bytes)
        return made

    return compile_data


def _undrawable(diagnostic: str) -> set[str]:
    named = "".join(_UNDRAWABLE.findall(diagnostic))
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    return set(plain) - _DRAWABLE
