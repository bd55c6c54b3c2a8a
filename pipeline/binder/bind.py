"""Binding: the program's pages and the scans' sheets in one file, stamped, linked, bookmarked and described."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.binder.feet import Feet
from pipeline.binder.front import LINK, forget, render
from pipeline.binder.layout import Layout
from pipeline.binder.outline import bookmark
from pipeline.binder.plan import BinderPlan, found, plan_binder
from pipeline.binder.sheet import SHORT
from pipeline.binder.stack import Stack
from pipeline.binder.stamp import RESOURCE, Stamp
from pipeline.binder.texts import title
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Severity, has_errors
from pipeline.output import whole_file

if TYPE_CHECKING:
    from pikepdf import Pdf

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""


class BinderError(Exception):
    """Scans that cannot go into a binder; nothing was written."""

    def __init__(self, *, findings: tuple[Finding, ...]) -> None:
        super().__init__("có bản chụp không đưa được vào quyển kiểm chứng")
        self.findings = findings
        """All that is wrong with the scans, warnings too."""

    @property
    def not_fetched(self) -> bool:
        """Whether nothing is wrong but that git LFS has not fetched scans yet."""
        return {finding.code for finding in self.findings if finding.severity is Severity.ERROR} == {"E428"}


def write_binder(dossier: Dossier, folder: Path, progress: Progress | None = None) -> Path:
    """Write `quyen-kiem-chung-YEAR.pdf` into `folder`, whole or not at all.

    Raises:
        BinderError: a scan cannot be read; its findings say which.
        OSError: the folder cannot be written.
        RenderError: Typst failed.
    """
    with bound(dossier, folder, progress):
        return folder / name(dossier)


@contextmanager
def bound(dossier: Dossier, folder: Path, progress: Progress | None = None) -> Iterator[Path]:
    """Make the binder, which takes its place in `folder` when the block ends well; gives the path that it will have.

    Raises:
        BinderError: a scan cannot be read; its findings say which.
        OSError: the folder cannot be written.
        RenderError: Typst failed.
    """
    plan = plan_binder(dossier)
    forget()
    if plan.layout is None or has_errors(plan.findings):
        raise BinderError(findings=plan.findings)
    path = folder / name(dossier)
    with whole_file(path) as fresh:
        with TemporaryDirectory(prefix=f".{path.stem}-", dir=folder) as scratch:
            _Binding(dossier, plan, plan.layout, progress).write(fresh, Path(scratch))
        yield path


def name(dossier: Dossier) -> str:
    """What the binder's file is called."""
    return f"quyen-kiem-chung-{dossier.year}.pdf"


class _Binding:
    """One binder being made."""

    def __init__(self, dossier: Dossier, plan: BinderPlan, layout: Layout, progress: Progress | None) -> None:
        self._dossier = dossier
        self._plan = plan
        self._layout = layout
        self._feet = Feet(dossier, layout)
        self._stamp = Stamp(self._feet.alphabet())
        self._progress = progress
        self._done = 0

    def write(self, path: Path, scratch: Path) -> None:
        from pikepdf import AccessMode, ObjectStreamMode, Pdf

        own = scratch / "own.pdf"
        own.write_bytes(render(self._dossier, self._plan.claims, self._plan.left_out, self._layout))
        forget()
        gathered = scratch / "gathered.pdf"
        _gather(gathered, self._order(own, self._stacked(scratch)))
        with Pdf.open(gathered, access_mode=AccessMode.stream) as binder:
            self._stamp_own(binder)
            self._link(binder)
            bookmark(binder, self._plan, self._layout)
            self._describe(binder)
            binder.save(path, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)

    def _stacked(self, scratch: Path) -> list[Path]:
        """The scans on their sheets.

        Raises:
            BinderError: some cannot be read.
        """
        stack = Stack(scratch, self._stamp, self._feet.of_scan, self._advance)
        files = list(stack.files([(part, self._plan.counts[part.evidence.id]) for part in self._plan.parts]))
        if stack.faults:
            told = {found(fault, part, self._dossier) for part, fault in stack.faults}
            raise BinderError(findings=tuple(sorted({*self._plan.findings, *told})))
        return files

    def _advance(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._layout.total)

    def _order(self, own: Path, sheets: Sequence[Path]) -> Iterator[dict[str, str]]:
        """Which pages of which file come one after the other."""
        pieces = {
            pages.start: {"file": str(path)} for pages, path in zip(self._layout.scans.values(), sheets, strict=True)
        }
        for position, page in enumerate(self._layout.own_pages(), start=1):
            pieces[page] = {"file": str(own), "range": str(position)}
        return (pieces[page] for page in sorted(pieces))

    def _stamp_own(self, binder: Pdf) -> None:
        """The sheets of scans are stamped as they are made; here what Typst left of its state is put back first."""
        from pikepdf import Name

        font = self._stamp.embedded(binder)
        own = set(self._layout.own_pages())
        for number, page in enumerate(binder.pages, start=1):
            if number in own:
                page.contents_add(b"q\n", prepend=True)
                page.contents_add(b"Q\n" + self._stamp.line(self._feet.of_own(number), SHORT))
                self._advance()
            page.add_resource(font, Name.Font, Name(RESOURCE), replace_existing=True)

    def _link(self, binder: Pdf) -> None:
        """Links of the program's own pages, which name pages of the binder, lead there."""
        from pikepdf import Name

        for number in self._layout.own_pages():
            for note in binder.pages[number - 1].obj.get("/Annots", ()):
                target = int(str(note.A.URI).removeprefix(LINK))
                del note["/A"]
                note.Dest = [binder.pages[target - 1].obj, Name.Fit]

    def _describe(self, binder: Pdf) -> None:
        """Title, author and language, and no moment but the dossier's own."""
        from pikepdf import Dictionary, String

        body = self._dossier.settings.body.full_title
        with binder.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = title(self._dossier)
            told["dc:creator"] = [body]
            told["dc:language"] = ["vi"]
        binder.docinfo["/CreationDate"] = f"D:{self._dossier.date:%Y%m%d}000000Z"
        binder.Root.Lang = String("vi")
        binder.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _gather(path: Path, pieces: Iterator[dict[str, str]]) -> None:
    """Put pages of files into one; qpdf's own way of doing so leaves their streams on disk, unlike pikepdf's."""
    from pikepdf import Job

    job = {"empty": "", "outputFile": str(path), "pages": list(pieces), "staticId": "", "streamData": "preserve"}
    Job(job).run()
