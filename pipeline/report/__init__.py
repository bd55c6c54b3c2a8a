"""The report of a year as the decree wants it: a Word file to edit and a PDF to sign, from one and the same report."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path

from pipeline.dossier import Dossier
from pipeline.output import write_file
from pipeline.report.compose import compose

__all__ = ["write_report"]


def write_report(dossier: Dossier, folder: Path) -> tuple[Path, Path]:
    """Write `bao-cao-YEAR.docx` and `bao-cao-YEAR.pdf` into `folder`; neither appears unless both could be made.

    Raises:
        OSError: the folder cannot be written, or pandoc cannot be started.
        RuntimeError: pandoc or Typst failed.
    """
    from pipeline.report.docx import Pandoc
    from pipeline.report.typst import pdf

    report = compose(dossier, _timestamp(dossier))
    with Pandoc(report) as pandoc:
        made = {".pdf": pdf(report), ".docx": pandoc.docx()}
    paths = {suffix: folder / f"bao-cao-{dossier.year}{suffix}" for suffix in made}
    for suffix, content in made.items():
        write_file(paths[suffix], content)
    return paths[".docx"], paths[".pdf"]


def _timestamp(dossier: Dossier) -> int:
    """The moment that both files carry: what a reproducible build prescribes, else the dossier's day."""
    prescribed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if prescribed.isdecimal():
        return int(prescribed)
    return int(datetime.combine(dossier.date, time(), UTC).timestamp())
