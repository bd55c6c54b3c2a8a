"""A scan, whatever its type, as a PDF, and such a PDF without anything but its pages."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.workspace.scan_pages import quiet
from pipeline.workspace.scans import Scan

if TYPE_CHECKING:
    from pikepdf import Pdf
    from PIL.Image import Image

_ORIENTATION = 274
"""The tag of TIFF that says how an image is to be turned."""
_SHALLOW, _DEEPEST = 255, 65535
"""White in eight and in sixteen bits."""

_CARRY_MORE = ("/AF", "/Alternates", "/Metadata", "/OPI", "/PieceInfo", "/Ref")
"""Keys by which content drags along embedded files, and what is nobody's business."""


def opened(scan: Scan, scratch: Path) -> Pdf:
    """Open a scan; its streams stay on disk until they are written.

    Raises:
        Exception: whatever the libraries say about a damaged file.
    """
    from pikepdf import AccessMode, Pdf

    quiet()
    path = scan.path if scan.path.suffix.lower() == ".pdf" else _image_as_pdf(scan, scratch)
    return Pdf.open(path, access_mode=AccessMode.stream)


def draw_notes(pdf: Pdf) -> None:
    """Make content of what a printout shows of notes, filled forms and the pictures of signatures."""
    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("print")


def bare(pdf: Pdf) -> Pdf:
    """Take away all but the pages and what they draw: actions, embedded files, forms, notes, bookmarks, metadata."""
    from pikepdf import Dictionary, Stream

    for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[key]
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream):
            for key in _CARRY_MORE:
                if key in thing:
                    del thing[key]
    return pdf


def _image_as_pdf(scan: Scan, scratch: Path) -> Path:
    """An image on pages of its own size; its bytes stay as they are, unless no PDF can hold them."""
    path = scratch / f"scan-{scan.sha256}.pdf"
    if not path.exists():
        import img2pdf

        options = {"rotation": img2pdf.Rotation.ifvalid, "nodate": True}
        try:
            made = img2pdf.convert(list(_turned(scan)) or scan.path.read_bytes(), **options)
        except Exception:  # noqa: BLE001 -- it has many ways of refusing deep or odd colours
            made = img2pdf.convert(list(_plain(scan)), **options)
        path.write_bytes(made)
    return path


def _turned(scan: Scan) -> Iterator[bytes]:
    """The frames of a TIFF that says how to turn it; none of other images. Pillow and img2pdf would both turn it."""
    from PIL import Image

    if scan.path.suffix.lower() not in (".tif", ".tiff"):
        return
    with Image.open(scan.path) as image:
        turned = image.getexif().get(_ORIENTATION, 1) != 1
    if turned:
        yield from _plain(scan)


def _plain(scan: Scan) -> Iterator[bytes]:
    """The frames of an image, upright, in colours that every PDF can hold, as PNG."""
    from PIL import Image, ImageOps, ImageSequence

    content = BytesIO(scan.path.read_bytes())  # from a path, Pillow maps the file and then turns the wrong lines
    with warnings.catch_warnings(action="ignore"), Image.open(content) as image:
        for frame in ImageSequence.Iterator(image):
            resolution = frame.info.get("dpi", (96, 96))
            stream = BytesIO()
            ImageOps.exif_transpose(_shallow(frame)).save(stream, "PNG", dpi=resolution)
            yield stream.getvalue()


def _shallow(image: Image) -> Image:
    """At most eight bits a colour."""
    image.load()
    if image.mode.startswith("I"):
        top = _DEEPEST if image.mode.startswith("I;16") else max(_SHALLOW, image.getextrema()[1])
        return image.convert("I").point(lambda level: level * _SHALLOW / top).convert("L")
    return image if image.mode in ("1", "L", "RGB") else image.convert("RGB")


def is_signed(pdf: Pdf) -> bool:
    """Whether a file carries a digital signature, which no copy of its pages can keep."""
    form = pdf.Root.get("/AcroForm")
    try:
        return form is not None and bool(int(form.get("/SigFlags", 0)) & 1)
    except (TypeError, ValueError, AttributeError):
        return False
