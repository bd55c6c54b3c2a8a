"""The report of a year as the decree wants it: a Word file to edit and a PDF to sign, from one and the same report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from pipeline.dossier import Dossier
from pipeline.output import source_date_epoch, write_file
from pipeline.report.compose import compose

__all__ = ["ReportError", "ReportFiles", "render_report", "write_report"]


class ReportError(Exception):
    """A renderer gave up; nothing was written."""

    def __init__(self, *, renderer: str, problem: str) -> None:
        super().__init__(f"{renderer} không dựng được báo cáo: {problem}")


@dataclass(frozen=True)
class ReportFiles:
    """Both files, made but not yet written."""

    year: int
    docx: bytes
    pdf: bytes

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Put `bao-cao-YEAR.docx` and `bao-cao-YEAR.pdf` into `folder`.

        Raises:
            OSError: the folder cannot be written.
        """
        docx, pdf = (folder / f"bao-cao-{self.year}{suffix}" for suffix in (".docx", ".pdf"))
        write_file(docx, self.docx)
        write_file(pdf, self.pdf)
        return docx, pdf


def render_report(dossier: Dossier) -> ReportFiles:
    """Make both files of the report; pandoc works on the one while Typst works on the other.

    Raises:
        OSError: pandoc cannot be started.
        ReportError: pandoc or Typst failed.
    """
    from pipeline.report.docx import Pandoc
    from pipeline.report.typst import pdf

    report = compose(dossier, _timestamp(dossier))
    with Pandoc(report) as pandoc:
        made = _guarded("Typst", lambda: pdf(report))
        return ReportFiles(dossier.year, _guarded("Pandoc", pandoc.docx), made)


def write_report(dossier: Dossier, folder: Path) -> tuple[Path, Path]:
    """Write both files into `folder`; neither appears unless both could be made.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        ReportError: pandoc or Typst failed.
    """
    return render_report(dossier).write(folder)


def _guarded(renderer: str, make: Callable[[], bytes]) -> bytes:
    """What a foreign renderer cannot digest is told, whatever it throws; its panics are no ordinary exceptions."""
    try:
        return make()
    except (KeyboardInterrupt, SystemExit, OSError):
        raise
    except BaseException as error:
        raise ReportError(renderer=renderer, problem=" ".join(str(error).split())[:300]) from error


def _timestamp(dossier: Dossier) -> int:
    """The moment that both files carry: what a reproducible build prescribes, else the dossier's day."""
    prescribed = source_date_epoch()
    return prescribed if prescribed is not None else int(datetime.combine(dossier.date, time(), UTC).timestamp())
