"""The files that people read, made once more from the figures in a package: whether they are what the program makes.

What tables say to a program need not be what pages show to a person: a picture, a note or white ink may lie over it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.package.attached import attachment_of
from pipeline.package.manifest import SOURCES, Manifest, Role

MOST = 1_500_000
"""Bytes of inputs from which a report is drawn; those of eighty criteria have a tenth of it."""

_LOOK = "mở tệp, so điểm nhìn thấy trên trang với điểm tính lại; hoặc xin gói do lệnh cchc package lập"


@dataclass(frozen=True)
class Redrawn:
    """Report and spreadsheet as the program makes them; nothing where it could not."""

    pdf: bytes = b""
    docx: bytes = b""
    xlsx: bytes = b""

    def equals(self, role: Role, content: bytes) -> bool:
        """Whether a file is the one that was drawn, where one was; a PDF may have been signed since."""
        made = {Role.REPORT: self.pdf, Role.REPORT_WORD: self.docx, Role.TABLE: self.xlsx}.get(role)
        if not made:
            return False
        return content == made or (role is Role.REPORT and _is_signed_only(content, made))


def redrawn(dossier: Dossier, manifest: Manifest, attached: Manifest | None) -> Redrawn:
    """Make the spreadsheet, and the report with the manifest that it carries."""
    from pipeline.decree import RenderError
    from pipeline.report import render_report
    from pipeline.spreadsheet.workbook import workbook

    xlsx = workbook(dossier)
    if sum(file.size for file in manifest.of_role(*SOURCES)) > MOST:
        return Redrawn(xlsx=xlsx)
    try:
        made = render_report(dossier, (attachment_of(attached),) if attached else ())
    except (OSError, RenderError):
        return Redrawn(xlsx=xlsx)
    return Redrawn(made.pdf, made.docx, xlsx)


def _is_signed_only(content: bytes, made: bytes) -> bool:
    from pipeline.signing.page_changes import shows_its_beginning

    return content.startswith(made) and shows_its_beginning(content, len(made))


def not_as_drawn(path: str) -> Finding:
    """That only the tables of a file could be held against the figures."""
    message = "tệp không giống bản dựng lại từ số liệu; các bảng điểm đọc được thì khớp, phần còn lại chưa chắc"
    return Finding(Place(path), "Z124", message, _LOOK)
