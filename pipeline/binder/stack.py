"""Every scan as a file of A4 sheets on disk, so that memory does not grow with the binder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.binder.claims import Part
from pipeline.binder.opened import bare, draw_notes, is_signed, opened
from pipeline.binder.sheet import sheet
from pipeline.binder.stamp import Stamp
from pipeline.workspace.scan_pages import ScanFault, damaged, locked

if TYPE_CHECKING:
    from pikepdf import Pdf

Label = Callable[[Part, int, bool], str]
"""The stamp of a part's page, counted from 0, and whether the scan is digitally signed."""


class Stack:
    """Puts scans on sheets. A bad one is told and does not keep the others from being looked at."""

    def __init__(self, folder: Path, stamp: Stamp, label: Label, turned: Callable[[], None]) -> None:
        self.faults: list[tuple[Part, ScanFault]] = []
        self._folder = folder
        self._stamp = stamp
        self._label = label
        self._turned = turned

    def files(self, parts: Sequence[tuple[Part, int]]) -> Iterator[Path]:
        """One file of sheets a scan; each part comes with the pages that its scan should have."""
        for number, (part, pages) in enumerate(parts):
            path = self._folder / f"{number}.pdf"
            if fault := self._put(part, pages, path):
                self.faults.append((part, fault))
            yield path

    def _put(self, part: Part, pages: int, path: Path) -> ScanFault | None:
        from pikepdf import PasswordError

        try:
            with opened(part.scan, self._folder) as pdf:
                if len(pdf.pages) != pages:
                    return _miscounted(part, pages, len(pdf.pages))
                self._turn(part, pdf)
                bare(pdf).save(path, static_id=True, compress_streams=False)
        except PasswordError:
            return locked(part.scan)
        except OSError as error:
            if error.errno:  # of the disk, not of the scan
                raise
            return damaged(part.scan)
        except Exception:  # noqa: BLE001 -- a stranger's file may break its reader in any way
            return damaged(part.scan)
        return None

    def _turn(self, part: Part, pdf: Pdf) -> None:
        """Put a sheet in the place of every page."""
        signed = is_signed(pdf)
        draw_notes(pdf)
        for index in range(len(pdf.pages)):
            foot = partial(self._stamp.line, self._label(part, index, signed))
            pdf.pages[index] = sheet(pdf, pdf.pages[index], foot)
            self._turned()


def _miscounted(part: Part, registered: int, found: int) -> ScanFault:
    message = f"“{part.scan.path.name}” có {found} trang nhưng sổ kiểm chứng ghi {registered} trang"
    return ScanFault("E427", message, f"xóa dòng so_trang của “{part.evidence.id}” rồi chạy `cchc fmt`")
