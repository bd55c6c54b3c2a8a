"""A scan, whatever its type, as a PDF whose pages are content and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.workspace.scan_pages import quiet
from pipeline.workspace.scans import Scan

if TYPE_CHECKING:
    from pikepdf import Pdf

_CARRY_MORE = ("/AF", "/Alternates", "/Metadata", "/OPI", "/PieceInfo", "/Ref")
"""Keys by which content drags along embedded files, and what is nobody's business."""


def opened(scan: Scan, scratch: Path) -> Pdf:
    """Open a scan; its streams stay on disk until they are written.

    What a printout shows of notes, filled forms and signatures becomes content; all else that is no content stays
    behind when its pages are placed on sheets.

    Raises:
        Exception: whatever the libraries say about a damaged file.
    """
    from pikepdf import AccessMode, Dictionary, Pdf, Stream

    quiet()
    path = scan.path if scan.path.suffix.lower() == ".pdf" else _image_as_pdf(scan, scratch)
    pdf = Pdf.open(path, access_mode=AccessMode.stream)
    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("print")
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream):
            for key in _CARRY_MORE:
                if key in thing:
                    del thing[key]
    return pdf


def _image_as_pdf(scan: Scan, scratch: Path) -> Path:
    """An image as it is, its bytes not compressed again, on pages of its own size."""
    import img2pdf

    path = scratch / f"scan-{scan.sha256}.pdf"
    if not path.exists():
        with path.open("wb") as stream:
            img2pdf.convert(scan.path.read_bytes(), outputstream=stream, rotation=img2pdf.Rotation.ifvalid, nodate=True)
    return path


def is_signed(pdf: Pdf) -> bool:
    """Whether a file carries a digital signature, which no copy of its pages can keep."""
    form = pdf.Root.get("/AcroForm")
    try:
        return form is not None and bool(int(form.get("/SigFlags", 0)) & 1)
    except (TypeError, ValueError, AttributeError):
        return False
