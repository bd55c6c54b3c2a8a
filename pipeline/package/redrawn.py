"""The files that people read, made once more from the figures in a package: whether they are what the program makes.

What tables say to a program need not be what pages show to a person: a picture, a note or white ink may lie over it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

from pipeline.aside import Aside, AsideError
from pipeline.decree import PaperFiles
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.package.attached import attachment_of
from pipeline.package.manifest import SOURCES, Manifest, Role
from pipeline.signing.only_signed import adds_only_signatures
from pipeline.spreadsheet.workbook import workbook

MOST = 600_000
"""Bytes of inputs from which a report is drawn; those of eighty criteria have a quarter of it."""
MOST_WORDS = 30_000
"""Values in them; those of eighty criteria have a third of it, and each may become a paragraph or a cell."""

_LOOK = "mở tệp, so điểm nhìn thấy trên trang với điểm tính lại; hoặc xin gói do lệnh cchc package lập"


class Redrawn:
    """Report and spreadsheet as the program makes them from the figures."""

    def __init__(
        self, drawing: Aside, dossier: Dossier, manifest: Manifest, attached: Manifest | None, words: int
    ) -> None:
        """Begin to draw, the report with the manifest that it carries; `words` are the values in its inputs."""
        self._drawing, self._dossier = drawing, dossier
        if words <= MOST_WORDS and sum(file.size for file in manifest.of_role(*SOURCES)) <= MOST:
            drawing.begin(dossier, (attachment_of(attached),) if attached else ())

    def equals(self, role: Role, content: bytes) -> bool:
        """Whether a file is the one that is drawn; a PDF may have been signed since."""
        match role:
            case Role.TABLE:
                return content == workbook(self._dossier)
            case Role.REPORT:
                return self._report is not None and _adds_signatures(content, self._report.pdf)
            case Role.REPORT_WORD:
                return self._report is not None and content == self._report.docx
        return False

    @cached_property
    def _report(self) -> PaperFiles | None:
        with suppress(AsideError):
            files: PaperFiles = self._drawing.result()
            return files
        return None


def _adds_signatures(content: bytes, made: bytes) -> bool:
    return content == made or (content.startswith(made) and adds_only_signatures(content, len(made)))


def not_as_drawn(path: str) -> Finding:
    """That only the tables of a file could be held against the figures."""
    message = "tệp không giống bản dựng lại từ số liệu; các bảng điểm đọc được thì khớp, phần còn lại chưa chắc"
    return Finding(Place(path), "Z124", message, _LOOK)
