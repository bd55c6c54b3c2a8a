"""The report of a year as the decree wants it: what it says, composed from a dossier."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from pipeline.decree import PaperFiles, render
from pipeline.dossier import Dossier
from pipeline.output import source_date_epoch
from pipeline.report.compose import compose

__all__ = ["render_report", "write_explanation", "write_report"]


def render_report(dossier: Dossier) -> PaperFiles:
    """Make `bao-cao-YEAR` as Word file and PDF.

    Raises:
        OSError: pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    return render(compose(dossier, _timestamp(dossier)), f"bao-cao-{dossier.year}")


def write_report(dossier: Dossier, folder: Path) -> tuple[Path, Path]:
    """Write both files into `folder`; neither appears unless both could be made.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    return render_report(dossier).write(folder)


def write_explanation(dossier: Dossier, number: int, folder: Path) -> tuple[Path, Path]:
    """Write `giai-trinh-YEAR-lan-N`, the commune's answer to one round of the appraisal, as Word file and PDF.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    from pipeline.report.explanation import compose_explanation

    assert dossier.appraised is not None
    paper = compose_explanation(dossier, dossier.appraised, number, _timestamp(dossier))
    return render(paper, f"giai-trinh-{dossier.year}-lan-{number}").write(folder)


def _timestamp(dossier: Dossier) -> int:
    """The moment that both files carry: what a reproducible build prescribes, else the dossier's day."""
    prescribed = source_date_epoch()
    return prescribed if prescribed is not None else int(datetime.combine(dossier.date, time(), UTC).timestamp())
