"""Every page of every scan stands on A4, as a reader shows it, with its stamp below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from pipeline.binder import write_binder
from pipeline.dossier import Dossier

UPRIGHT, ACROSS = (596, 842), (842, 596)
"""A4 in whole points."""
EDGE, FOOT = 22, 36
"""Points that stay free around a scan, and below it."""


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[str, bytes], list[Image.Image]]:
    """What a reader sees of the sheets of a scan, one pixel a point; their stamp is a bar."""
    from pipeline.binder.opened import bare, opened
    from pipeline.binder.sheet import sheet
    from pipeline.workspace.scans import read_scan

    def see(name: str, content: bytes) -> list[Image.Image]:
        (tmp_path / name).write_bytes(content)
        with opened(read_scan(tmp_path / name), tmp_path) as pdf:
            for index in range(len(pdf.pages)):
                pdf.pages[index] = sheet(
                    pdf, pdf.pages[index], lambda width: f"{width / 2 - 50} 20 100 8 re f".encode()
                )
            bare(pdf).save(tmp_path / "sheets.pdf")
        sheets = PdfDocument(tmp_path / "sheets.pdf")
        return [page.render(scale=1).to_pil().convert("L") for page in sheets]

    return see


def _bar(width: float) -> bytes:
    return f"{width / 2 - 50} 20 100 8 re f".encode()


def _ink(page: Image.Image, box: tuple[int, int, int, int] | None = None) -> tuple[int, int, int, int]:
    """Where a page is not white: left, top, right, bottom."""
    part = page.crop(box) if box else page
    found = part.point(lambda level: 255 if level < 200 else 0).getbbox()
    assert found is not None
    return found


def _points_to(page: Image.Image) -> str:
    """Where the arrow points: the half of the scan that holds more ink inside its frame."""
    left, top, right, bottom = _ink(page, (0, 0, page.width, page.height - FOOT))
    inner = page.crop((left + 6, top + 6, right - 6, bottom - 6)).point(lambda level: 1 if level < 200 else 0)
    width, height = inner.size
    halves = {
        "up": inner.crop((0, 0, width, height // 2)),
        "down": inner.crop((0, height // 2, width, height)),
        "left": inner.crop((0, 0, width // 2, height)),
        "right": inner.crop((width // 2, 0, width, height)),
    }
    ink = {name: sum(half.histogram()[1:]) for name, half in halves.items()}
    return max(ink, key=lambda name: ink[name])


PAGES: Mapping[str, tuple[float, float, dict[str, Any], str, bool]] = {
    "A4": (595, 842, {}, "up", False),
    "A4 across": (842, 595, {}, "up", True),
    "A3": (842, 1191, {}, "up", False),
    "A3 across": (1191, 842, {}, "up", True),
    "A0": (2384, 3370, {}, "up", False),
    "turned by 90": (595, 842, {"Rotate": 90}, "right", True),
    "turned by 180": (595, 842, {"Rotate": 180}, "down", False),
    "turned by 270": (842, 595, {"Rotate": 270}, "left", False),
    "turned backwards": (595, 842, {"Rotate": -90}, "left", True),
    "in a unit of its own": (200, 300, {"UserUnit": 3}, "up", False),
    "A6": (298, 420, {}, "up", False),
    "tiny": (90, 100, {}, "up", False),
    "a strip": (1800, 60, {}, "up", True),
}


@pytest.mark.parametrize("kind", PAGES)
def test_pages_of_any_kind_stand_on_a4(kind: str, seen: Any, sheets: Any) -> None:
    """A4 upright or across as the page is; the scan as a reader turns it, inside the margins, clear of the stamp."""
    width, height, keys, points_to, across = PAGES[kind]
    (page,) = seen("a.pdf", sheets().page(width, height, **keys).saved())

    assert page.size == (ACROSS if across else UPRIGHT)
    left, top, right, bottom = _ink(page, (0, 0, page.width, page.height - FOOT))
    assert left >= EDGE
    assert top >= EDGE
    assert right <= page.width - EDGE
    assert bottom <= page.height - FOOT
    assert _ink(page, (0, page.height - FOOT, page.width, page.height))
    if kind != "a strip":
        assert _points_to(page) == points_to


def test_pages_are_made_smaller_and_never_larger(seen: Any, sheets: Any) -> None:
    """A page larger than the room fills it; a small one keeps its size and stands in the middle."""
    large, small = seen("a.pdf", sheets().page(842, 1191).page(200, 200).saved())

    left, _, right, _ = _ink(large, (0, 0, large.width, large.height - FOOT))
    assert right - left == pytest.approx(0.8 * 842 * (842 - 36.9 - 22.7) / 1191, abs=3)
    left, _, right, _ = _ink(small, (0, 0, small.width, small.height - FOOT))
    assert right - left == pytest.approx(160, abs=2)
    assert (left + right) / 2 == pytest.approx(595 / 2, abs=2)


def test_what_a_reader_crops_stays_cropped(seen: Any, sheets: Any) -> None:
    """The crop box counts, the trim box of printers does not."""
    from pikepdf import Array

    whole = sheets().page(400, 400, CropBox=Array([0, 200, 400, 400]), TrimBox=Array([190, 290, 210, 310]))
    (page,) = seen("a.pdf", whole.saved())

    assert page.size == ACROSS
    left, top, right, bottom = _ink(page, (0, 0, page.width, page.height - FOOT))
    assert right - left == pytest.approx(320, abs=2)
    assert bottom - top == pytest.approx(160, abs=2)


IMAGES: Mapping[str, tuple[str, str, str, dict[str, Any]]] = {
    "grey JPEG": ("L", "JPEG", "a.jpg", {}),
    "progressive JPEG": ("RGB", "JPEG", "a.jpeg", {"progressive": True}),
    "CMYK JPEG": ("CMYK", "JPEG", "a.jpg", {}),
    "grey PNG": ("L", "PNG", "a.png", {}),
    "PNG with a palette and a transparent colour": ("P", "PNG", "a.png", {"transparency": 255}),
    "PNG with transparency": ("RGBA", "PNG", "a.png", {}),
    "grey PNG with transparency": ("LA", "PNG", "a.png", {}),
    "16-bit PNG": ("I;16", "PNG", "a.png", {}),
    "16-bit TIFF": ("I;16", "TIFF", "a.tif", {}),
    "32-bit TIFF": ("I", "TIFF", "a.tiff", {}),
    "CMYK TIFF": ("CMYK", "TIFF", "a.tif", {}),
    "Lab TIFF": ("LAB", "TIFF", "a.tif", {}),
    "TIFF with transparency": ("RGBA", "TIFF", "a.tif", {}),
    "fax TIFF": ("1", "TIFF", "a.tif", {"compression": "group4"}),
    "LZW TIFF": ("RGB", "TIFF", "a.tif", {"compression": "tiff_lzw"}),
    "JPEG in TIFF": ("RGB", "TIFF", "a.tif", {"compression": "jpeg"}),
}


@pytest.mark.parametrize("kind", IMAGES)
def test_images_of_any_kind_stand_on_a4(kind: str, seen: Any, image: Any) -> None:
    """Black on white, upright, whatever the colours, depth and compression."""
    mode, form, name, options = IMAGES[kind]
    (page,) = seen(name, image(mode, form, **options))

    assert page.size == UPRIGHT
    assert _points_to(page) == "up"
    assert page.getpixel((297, 10)) == 255
    assert page.getpixel((297, 500)) > 240


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize(("orientation", "points_to"), [(3, "down"), (6, "right"), (8, "left")])
def test_images_are_turned_as_the_camera_says(
    form: str, orientation: int, points_to: str, seen: Any, image: Any
) -> None:
    """EXIF's orientation is obeyed, once."""
    exif = Image.Exif()
    exif[274] = orientation
    (page,) = seen("a.jpg" if form == "JPEG" else "a.tif", image("L", form, exif=exif))

    assert _points_to(page) == points_to


def test_every_frame_of_a_tiff_is_a_page(seen: Any, image: Any) -> None:
    """Upright and across, each as it is."""
    import io

    first, second = (Image.open(io.BytesIO(image("L", "PNG", size))) for size in ((400, 600), (600, 400)))
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=[second])

    assert [page.size for page in seen("a.tif", stream.getvalue())] == [UPRIGHT, ACROSS]


def test_a_jpeg_goes_in_as_it_is(dossier: Callable[..., Dossier], image: Any, tmp_path: Path) -> None:
    """Its very bytes stand in the binder, not compressed again."""
    photo = image("RGB", "JPEG")

    assert photo in write_binder(dossier({"TL01": ("a.jpg", photo)}), tmp_path / "out").read_bytes()
