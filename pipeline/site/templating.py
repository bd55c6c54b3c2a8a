"""Templates: ours with their words and tests, and a quicker way to those of the theme."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from pipeline import wording
from pipeline.model.evidence import EvidenceClass
from pipeline.model.survey import group_words, share_words
from pipeline.rules.rule import Source
from pipeline.scoring import State
from pipeline.site.markdown import one_line, quoted

TEMPLATES = Path(__file__).parent / "templates"


@cache
def templates() -> Environment:
    """Our templates. What officers typed is escaped wherever it is put."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_compiled(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=wording.day,
        points=wording.points,
        maximum=wording.maximum,
        change=wording.change,
        index=wording.index,
        number=wording.number,
        group_words=group_words,
        share_words=share_words,
        quoted=quoted,
        html=one_line,
    )
    environment.tests.update(
        internal=lambda document: document.evidence_class is EvidenceClass.INTERNAL,
        missing=lambda leaf: leaf.state is State.MISSING,
        not_applicable=lambda leaf: leaf.state is State.NOT_APPLICABLE,
        awaiting=lambda leaf: leaf.state in (State.AWAITING_SURVEY, State.AWAITING_SUPPLY),
        surveyed=lambda leaf: leaf.criterion.rule.source is Source.SURVEY,
    )
    return environment


def hasten(theme: Any) -> None:
    """Let MkDocs use what was compiled before, and pass over the theme's icons when it looks for files to copy.

    The pages come out the same; without this, both take a quarter of the whole time.
    """
    make = theme.get_env

    def environment() -> Environment:
        made: Environment = make()
        made.bytecode_cache = _compiled()
        if isinstance(made.loader, FileSystemLoader):
            made.loader = _VisibleLoader(made.loader.searchpath)
        return made

    theme.get_env = environment


def _compiled() -> BytecodeCache | None:
    """Compiled templates live where Python keeps the bytecode of this very file, and only if it does."""
    folder = Path(cache_from_source(__file__)).parent
    usable = folder.is_dir() and os.access(folder, os.W_OK)
    return FileSystemBytecodeCache(str(folder)) if usable else None


class _VisibleLoader(FileSystemLoader):
    """Finds every file by name but lists no hidden folder: MkDocs copies nothing from there anyway."""

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _visible(Path(folder))})


def _visible(folder: Path) -> list[str]:
    names = []
    for place, below, files in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        names += [Path(place, name).relative_to(folder).as_posix() for name in files]
    return names
