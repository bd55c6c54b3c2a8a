"""Official papers in the layout of Decree 30/2020/NĐ-CP: one neutral paper, rendered as Word file and as PDF.

What a paper says is composed elsewhere; nothing here knows a dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.decree.paper import Paper
from pipeline.output import write_file

__all__ = ["PaperFiles", "RenderError", "render"]


class RenderError(Exception):
    """A renderer gave up; nothing was written."""

    def __init__(self, *, renderer: str, title: str, problem: str) -> None:
        super().__init__(f"{renderer} không dựng được “{title}”: {problem}")


@dataclass(frozen=True)
class PaperFiles:
    """Both files of a paper, made but not yet written."""

    name: str
    """The bare name of both, without suffix."""
    docx: bytes
    pdf: bytes

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Put `NAME.docx` and `NAME.pdf` into `folder`.

        Raises:
            OSError: the folder cannot be written.
        """
        docx, pdf = (folder / f"{self.name}{suffix}" for suffix in (".docx", ".pdf"))
        write_file(docx, self.docx)
        write_file(pdf, self.pdf)
        return docx, pdf


def render(paper: Paper, name: str) -> PaperFiles:
    """Make both files of a paper at the same time.

    Raises:
        OSError: pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    from concurrent.futures import ThreadPoolExecutor

    from pipeline.decree.docx import Pandoc
    from pipeline.decree.typst import pdf

    with Pandoc(paper) as pandoc, ThreadPoolExecutor(1) as beside:
        drawn = beside.submit(pdf, paper)
        docx = _guarded("Pandoc", paper, pandoc.docx)
        return PaperFiles(name, docx, _guarded("Typst", paper, drawn.result))


def _guarded(renderer: str, paper: Paper, make: Callable[[], bytes]) -> bytes:
    """What a foreign renderer cannot digest is told, whatever it throws; its panics are no ordinary exceptions."""
    try:
        return make()
    except (KeyboardInterrupt, SystemExit, OSError):
        raise
    except BaseException as error:
        problem = " ".join(str(error).split())[:300]
        raise RenderError(renderer=renderer, title=paper.title, problem=problem) from error
