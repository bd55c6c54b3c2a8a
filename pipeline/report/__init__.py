"""The report of a year as the decree wants it: what it says, composed from a dossier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.decree import PaperFiles, render
from pipeline.decree.paper import Attachment, Paper
from pipeline.dossier import Dossier
from pipeline.report.compose import compose

__all__ = ["render_report", "report_paper", "write_explanation", "write_report"]


def render_report(dossier: Dossier, attachments: tuple[Attachment, ...] = ()) -> PaperFiles:
    """Make `bao-cao-YEAR` as Word file and PDF; the PDF carries the attachments along.

    Raises:
        OSError: pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    return render(report_paper(dossier, attachments), f"bao-cao-{dossier.year}")


def report_paper(dossier: Dossier, attachments: tuple[Attachment, ...] = ()) -> Paper:
    """What both files are drawn from."""
    return replace(compose(dossier), attachments=attachments)


def write_report(dossier: Dossier, folder: Path, attachments: tuple[Attachment, ...] = ()) -> tuple[Path, Path]:
    """Write both files into `folder`; neither appears unless both could be made.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    return render_report(dossier, attachments).write(folder)


def write_explanation(dossier: Dossier, number: int, folder: Path) -> tuple[Path, Path]:
    """Write `giai-trinh-YEAR-lan-N`, the commune's answer to one round of the appraisal, as Word file and PDF.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    from pipeline.report.explanation import compose_explanation

    assert dossier.appraised is not None
    paper = compose_explanation(dossier, dossier.appraised, number)
    return render(paper, f"giai-trinh-{dossier.year}-lan-{number}").write(folder)
