"""Binding: the program's pages and the scans' sheets in one file, stamped, linked, bookmarked and described."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.binder.feet import Feet
from pipeline.binder.front import LINK, render
from pipeline.binder.layout import Layout
from pipeline.binder.outline import bookmark
from pipeline.binder.plan import BinderPlan, found, plan_binder
from pipeline.binder.sheet import SHORT
from pipeline.binder.stack import Stack
from pipeline.binder.stamp import RESOURCE, Stamp
from pipeline.binder.texts import title
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding
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


def write_binder(dossier: Dossier, folder: Path, progress: Progress = lambda done, of: None) -> Path:
    """Write `quyen-kiem-chung-YEAR.pdf` into `folder`, whole or not at all.

    Raises:
        BinderError: a scan cannot be read; its findings say which.
        OSError: the folder cannot be written.
        RenderError: Typst failed.
    """
    plan = plan_binder(dossier)
    if plan.layout is None:
        raise BinderError(findings=plan.findings)
    path = folder / f"quyen-kiem-chung-{dossier.year}.pdf"
    with whole_file(path) as fresh, TemporaryDirectory(prefix=f".{path.stem}-", dir=folder) as scratch:
        _Binding(dossier, plan, plan.layout, progress).write(fresh, Path(scratch))
    return path


class _Binding:
    """One binder being made."""

    def __init__(self, dossier: Dossier, plan: BinderPlan, layout: Layout, progress: Progress) -> None:
        self._dossier = dossier
        self._plan = plan
        self._layout = layout
        self._feet = Feet(dossier, layout)
        self._stamp = Stamp(self._feet.alphabet())
        self._progress = progress
        self._done = 0

    def write(self, path: Path, scratch: Path) -> None:
        from pikepdf import AccessMode, ObjectStreamMode, Pdf

        files = self._stacked(scratch)
        with ExitStack() as sources, Pdf.new() as binder:
            own = sources.enter_context(Pdf.open(BytesIO(render(self._dossier, self._plan.claims, self._plan.left_out, self._layout))))
            stacks = [sources.enter_context(Pdf.open(file, access_mode=AccessMode.stream)) for file in files]
            self._gather(binder, own, stacks)
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
        self._progress(self._done, self._layout.total)

    def _gather(self, binder: Pdf, own: Pdf, stacks: Sequence[Pdf]) -> None:
        """All pages in their order; the font of the stamps is one object for all of them."""
        from pikepdf import Name

        font = self._stamp.embedded(binder)
        sheets = chain.from_iterable(stack.pages for stack in stacks)
        ours = dict(zip(self._layout.own_pages(), own.pages, strict=True))
        for number in range(1, self._layout.total + 1):
            binder.pages.append(ours[number] if number in ours else next(sheets))
            if number in ours:
                self._stamp_own(binder, number)
                self._advance()
            binder.pages[-1].add_resource(font, Name.Font, Name(RESOURCE), replace_existing=True)

    def _stamp_own(self, binder: Pdf, number: int) -> None:
        """The sheets of scans are stamped as they are made; here what Typst left of its state is put back first."""
        page = binder.pages[-1]
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"Q\n" + self._stamp.line(self._feet.of_own(number), SHORT))

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
