"""The report of a year as the decree wants it: what it says, composed from a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from pipeline.decree import PaperFiles, render
from pipeline.decree.paper import Attachment
from pipeline.dossier import Dossier
from pipeline.output import source_date_epoch
from pipeline.report.compose import compose

__all__ = ["render_report", "write_report"]


def render_report(dossier: Dossier, attachments: tuple[Attachment, ...] = ()) -> PaperFiles:
    """Make `bao-cao-YEAR` as Word file and PDF; the PDF carries the attachments along.

    Raises:
        OSError: pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    paper = replace(compose(dossier, _timestamp(dossier)), attachments=attachments)
    return render(paper, f"bao-cao-{dossier.year}")


def write_report(dossier: Dossier, folder: Path, attachments: tuple[Attachment, ...] = ()) -> tuple[Path, Path]:
    """Write both files into `folder`; neither appears unless both could be made.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    return render_report(dossier, attachments).write(folder)


def _timestamp(dossier: Dossier) -> int:
    """The moment that both files carry: what a reproducible build prescribes, else the dossier's day."""
    prescribed = source_date_epoch()
    return prescribed if prescribed is not None else int(datetime.combine(dossier.date, time(), UTC).timestamp())
