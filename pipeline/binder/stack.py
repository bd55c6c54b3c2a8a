"""All scans as A4 sheets in a few files on disk, a batch of scans in each, so that neither memory nor open files grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.binder.claims import Part
from pipeline.binder.opened import is_signed, opened
from pipeline.binder.sheet import sheet
from pipeline.binder.stamp import Stamp
from pipeline.workspace.scan_pages import ScanFault, damaged, locked

if TYPE_CHECKING:
    from pikepdf import Pdf

_BATCH = 64
"""Scans that are open at a time; far below what a system lets one process open."""

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
        """Files whose pages, one after the other, are the sheets of all parts; each part comes with its page count."""
        for number, start in enumerate(range(0, len(parts), _BATCH)):
            path = self._folder / f"{number}.pdf"
            self._batch(parts[start : start + _BATCH], path)
            yield path

    def _batch(self, parts: Iterable[tuple[Part, int]], path: Path) -> None:
        from pikepdf import ObjectStreamMode, Pdf

        with ExitStack() as sources, Pdf.new() as batch:
            for part, pages in parts:
                if fault := self._part(part, pages, batch, sources):
                    self.faults.append((part, fault))
            batch.save(path, static_id=True, compress_streams=False, object_stream_mode=ObjectStreamMode.disable)

    def _part(self, part: Part, pages: int, batch: Pdf, sources: ExitStack) -> ScanFault | None:
        from pikepdf import PasswordError

        try:
            source = sources.enter_context(opened(part.scan, self._folder))
            if len(source.pages) != pages:
                return _miscounted(part, pages, len(source.pages))
            self._sheets(part, source, batch)
        except PasswordError:
            return locked(part.scan)
        except OSError as error:
            if error.errno:
                raise
            return damaged(part.scan)
        except Exception:  # noqa: BLE001 -- a stranger's file may break its reader in any way
            return damaged(part.scan)
        return None

    def _sheets(self, part: Part, source: Pdf, batch: Pdf) -> None:
        signed = is_signed(source)
        for index, page in enumerate(source.pages):
            text = self._label(part, index, signed)
            sheet(page, batch, lambda width, text=text: self._stamp.line(text, width))
            self._turned()


def _miscounted(part: Part, registered: int, found: int) -> ScanFault:
    name = part.scan.path.name
    message = f"“{name}” có {found} trang nhưng sổ kiểm chứng ghi {registered} trang"
    return ScanFault("E427", message, f"xóa dòng so_trang của “{part.evidence.id}” rồi chạy `cchc fmt`")
