"""The pages that the program makes: cover, contents, a divider for each claim, what stays out.

Typst lays them out and tells on which of these pages each stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.binder.claims import Claim, LeftOut
from pipeline.binder.layout import Layout, interleaved, provisional
from pipeline.binder.texts import texts, title
from pipeline.decree import RenderError
from pipeline.decree.typst import fonts
from pipeline.dossier import Dossier

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).with_name("front.typ")
LINK = "page:"
"""How the template marks a link to a page of the binder."""


def lay_out(dossier: Dossier, claims: Sequence[Claim], out: Sequence[LeftOut], counts: Mapping[str, int]) -> Layout:
    """Find out on which page everything stands; the template's lines stay the same whatever the numbers are.

    Raises:
        RenderError: Typst failed.
    """
    with _guarded(dossier):
        marks = json.loads(_compiler(texts(dossier, claims, out, provisional(claims))).query("<mark>", field="value"))
    return interleaved({mark["name"]: int(mark["page"]) for mark in marks}, claims, counts)


def render(dossier: Dossier, claims: Sequence[Claim], out: Sequence[LeftOut], layout: Layout) -> bytes:
    """The program's own pages as a PDF without the scans; its links name pages of the binder.

    Raises:
        RenderError: Typst failed.
    """
    with _guarded(dossier):
        made = _compiler(texts(dossier, claims, out, layout)).compile(format="pdf", timestamp=0, pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def forget() -> None:
    """Let Typst drop what it keeps of finished layouts, most of the memory that a long binder takes.

    It keeps what one of the last ten compilations has used, and has no other way to be asked.
    """
    from typst import Compiler

    compiler = Compiler(ignore_system_fonts=True)
    for _ in range(11):
        compiler.compile(b" ", format="pdf")


def _compiler(told: Mapping[str, Any]) -> Compiler:
    from typst import Compiler

    return Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[fonts()],
        ignore_system_fonts=True,
        sys_inputs={"binder": json.dumps(told, ensure_ascii=False), "link": LINK},
    )


@contextmanager
def _guarded(dossier: Dossier) -> Iterator[None]:
    """What Typst cannot digest is told, whatever it throws; its panics are no ordinary exceptions."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, OSError):
        raise
    except BaseException as error:
        problem = " ".join(str(error).split())[:300]
        raise RenderError(renderer="Typst", title=title(dossier), problem=problem) from error
