"""What is inside a scan: how many pages, and what keeps them from being read. Opens the file, unlike `scans`."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model.evidence import Document
from pipeline.workspace.scans import Scan

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

LARGEST_IMAGE = 150_000_000
"""Bytes of an image once it is decoded: A4 in colour at 600 dpi has 105 million."""
LARGEST_PAGE = 2400
"""Points on the longer side, just above A1; brought to A4, print would be a third of its size."""
SMALLEST_PAGE = 3
"""Points; nothing can be seen on less."""

_PAGES = re.compile(r"\d{1,5}(?:\s*(?:-|–|,|;|và|đến)\s*\d{1,5})*")


@dataclass(frozen=True)
class ScanFault:
    """What is wrong with a scan; who knows its place makes a finding of it."""

    code: str
    message: str
    mend: str


@dataclass(frozen=True)
class Inside:
    """What a look into a scan gave."""

    pages: int | None
    """None when they cannot be counted."""
    faults: tuple[ScanFault, ...] = ()


def pages_inside(document: Document, scan: Scan) -> Inside:
    """The pages of a document's scan: as registered while the file is the registered one, else by opening it."""
    registered = document.pages if document.sha256 == scan.sha256 else None
    if scan.pointer:
        return Inside(registered, (_not_fetched(scan),))
    return look_inside(scan) if registered is None else Inside(registered)


@cache
def look_inside(scan: Scan) -> Inside:
    """Open a scan, once in a run, and read every page as far as a binder needs it. Never raises for what it holds."""
    if scan.pointer:
        return Inside(None, (_not_fetched(scan),))
    return _pdf(scan) if scan.path.suffix.lower() == ".pdf" else _image(scan)


def cited_pages(text: str) -> tuple[int, ...]:
    """The page numbers in a citation's “3”, “2–4” or “1, 5”; none when it says something else."""
    return tuple(map(int, re.findall(r"\d+", text))) if _PAGES.fullmatch(text) else ()


def damaged(scan: Scan) -> ScanFault:
    """What to say when a file cannot be opened or its pages cannot be read."""
    if scan.path.suffix.lower() == ".pdf":
        return ScanFault("E421", f"“{scan.path.name}” bị hỏng, không đọc được trang", "quét lại, hoặc lấy lại tệp gốc")
    return ScanFault("E423", f"“{scan.path.name}” bị hỏng, không mở được ảnh", "quét hoặc chụp lại văn bản")


def locked(scan: Scan) -> ScanFault:
    """What to say when a file opens only with a password."""
    mend = "mở bằng mật khẩu rồi lưu lại thành tệp không có mật khẩu"
    return ScanFault("E420", f"“{scan.path.name}” có mật khẩu, người nhận không mở được", mend)


def _not_fetched(scan: Scan) -> ScanFault:
    message = f"“{scan.path.name}” mới chỉ là con trỏ git LFS, chưa có nội dung"
    return ScanFault("E428", message, "chạy `git lfs pull` để tải bản chụp về")


def _pdf(scan: Scan) -> Inside:
    from pikepdf import PasswordError, Pdf

    quiet()
    try:
        with Pdf.open(scan.path) as pdf:
            faults = tuple(_page_faults(scan, pdf))
            count = len(pdf.pages)
            repaired = bool(pdf.get_warnings())
    except PasswordError:
        return Inside(None, (locked(scan),))
    except Exception:  # noqa: BLE001 -- a stranger's file may break its reader in any way
        return Inside(None, (damaged(scan),))
    if not count:
        return Inside(None, (ScanFault("E422", f"“{scan.path.name}” không có trang nào", "quét lại văn bản"),))
    if repaired and not _has_end(scan):
        return Inside(None, (damaged(scan),))
    if repaired:
        message = f"“{scan.path.name}” có chỗ hỏng, chương trình đã khôi phục được {count} trang"
        faults += (ScanFault("E425", message, "mở tệp, xem có đủ trang không; tốt nhất là quét lại"),)
    return Inside(count, faults)


def _has_end(scan: Scan) -> bool:
    """Whether the end of a PDF is there; without it, pages that could be found may well be empty."""
    with scan.path.open("rb") as stream:
        stream.seek(max(0, scan.size - 1024))
        return b"%%EOF" in stream.read()


def _page_faults(scan: Scan, pdf: Pdf) -> Iterator[ScanFault]:
    """Pages whose content or size is no good; reading each also makes the file show its damage."""
    large = [number for number, page in enumerate(pdf.pages, start=1) if max(size_of(page)) > LARGEST_PAGE]
    if large:
        message = f"“{scan.path.name}” trang {large[0]} lớn hơn khổ A1, thu về A4 sẽ khó đọc"
        yield ScanFault("E424", message, "quét lại đúng khổ giấy, hoặc chia thành nhiều trang")


def size_of(page: Page) -> tuple[float, float]:
    """Width and height in points as a reader sees the page: cropped, turned, in its own unit.

    Raises:
        ValueError: it has no size that anything can be seen on.
    """
    box = [float(corner) for corner in page.cropbox]
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit
    if not min(width, height) >= SMALLEST_PAGE:
        raise ValueError(box)
    return (height, width) if page.rotation % 180 else (width, height)


def _image(scan: Scan) -> Inside:
    from PIL import Image

    quiet()
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(scan.path) as image:
            frames = getattr(image, "n_frames", 1)
            for frame in range(frames):
                image.seek(frame)
                if image.width * image.height * len(image.getbands()) > LARGEST_IMAGE:
                    return Inside(None, (_too_many_pixels(scan),))
                image.load()
    except Image.DecompressionBombError:
        return Inside(None, (_too_many_pixels(scan),))
    except Exception:  # noqa: BLE001 -- a stranger's file may break its decoder in any way
        return Inside(None, (damaged(scan),))
    return Inside(frames)


def _too_many_pixels(scan: Scan) -> ScanFault:
    return ScanFault("E429", f"“{scan.path.name}” có quá nhiều điểm ảnh", "quét lại ở 200–300 dpi")


def quiet() -> None:
    """Libraries tell of damage in findings here, not on the terminal."""
    for name in ("pikepdf", "img2pdf", "PIL"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
