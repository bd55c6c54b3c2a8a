"""The receiving office's side of the table: the form that it fills in, and its points and remarks read back."""

from __future__ import annotations

from pathlib import Path

from pipeline.dossier import Dossier
from pipeline.output import write_file

__all__ = ["write_form"]


def write_form(dossier: Dossier, number: int, folder: Path) -> Path:
    """Write `tham-dinh-YEAR-lan-N.xlsx`: what the office reads, and the cells that it fills in.

    Raises:
        OSError: the folder cannot be written.
    """
    from pipeline.appraisal.form import form

    path = folder / f"tham-dinh-{dossier.year}-lan-{number}.xlsx"
    write_file(path, form(dossier, number))
    return path
