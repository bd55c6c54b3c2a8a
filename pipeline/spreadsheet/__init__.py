"""The table of a year as files that other programs open: XLSX to edit and read back, JSON and CSV to compute with."""

from __future__ import annotations

from pathlib import Path

from pipeline.dossier import Dossier
from pipeline.output import write_file

__all__ = ["write_csv", "write_json", "write_xlsx"]


def write_xlsx(dossier: Dossier, folder: Path) -> Path:
    """Write `bang-diem-YEAR.xlsx`: the full table with live totals, open to edits only in its input cells.

    Raises:
        OSError: the folder cannot be written.
    """
    from pipeline.spreadsheet.workbook import workbook

    return _written(folder / f"bang-diem-{dossier.year}.xlsx", workbook(dossier))


def write_json(dossier: Dossier, folder: Path) -> Path:
    """Write `bang-diem-YEAR.json`, in the form that `data.schema()` describes.

    Raises:
        OSError: the folder cannot be written.
    """
    from pipeline.spreadsheet.data import as_json

    return _written(folder / f"bang-diem-{dossier.year}.json", as_json(dossier).encode("utf-8"))


def write_csv(dossier: Dossier, folder: Path) -> Path:
    """Write `bang-diem-YEAR.csv`: one line a row of the table, for Excel with Vietnamese settings.

    Raises:
        OSError: the folder cannot be written.
    """
    from pipeline.spreadsheet.csv_table import as_csv

    return _written(folder / f"bang-diem-{dossier.year}.csv", as_csv(dossier).encode("utf-8-sig"))


def _written(path: Path, content: bytes) -> Path:
    write_file(path, content)
    return path
