"""Scans of every kind, made on the spot, and binders of the sound workspace that hold them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf
from PIL import Image, ImageDraw

from pipeline.dossier import Dossier, Progress, dossier_of, examine

YEAR = 2024
TODAY = date(2025, 1, 15)

Lay = Callable[..., Path]
Scans = Mapping[str, tuple[str, bytes]]
"""By document: the scan's name and content."""


class Sheets:
    """PDF scans whose pages show an arrow that points up when the page stands right."""

    ARROW = b"q 0.2 w 10 10 80 80 re S 50 20 m 50 80 l S 40 65 m 50 80 l 60 65 l S Q"

    def __init__(self) -> None:
        self.pdf = Pdf.new()

    def page(self, width: float, height: float, **keys: Any) -> Sheets:
        """Add a page of so many points; the arrow fills it."""
        page = self.pdf.add_blank_page(page_size=(width, height))
        scale = f"{width / 100} 0 0 {height / 100} 0 0 cm ".encode()
        page.Contents = self.pdf.make_stream(b"q " + scale + self.ARROW + b" Q")
        for key, value in keys.items():
            page.obj["/" + key] = value
        return self

    def saved(self, **options: Any) -> bytes:
        """The file."""
        stream = io.BytesIO()
        self.pdf.save(stream, **options)
        return stream.getvalue()


@pytest.fixture
def sheets() -> type[Sheets]:
    """What makes PDF scans."""
    return Sheets


@pytest.fixture
def image() -> Callable[..., bytes]:
    """What makes image scans: mode, format, size in pixels, and the options of Pillow's writer."""

    def make(mode: str, kind: str, size: tuple[int, int] = (413, 584), **options: Any) -> bytes:
        picture = Image.new("L", size, 255)
        pen = ImageDraw.Draw(picture)
        width, height = size
        pen.rectangle((4, 4, width - 5, height - 5), outline=0, width=4)
        pen.polygon([(width // 2, height // 5), (width // 3, height // 2), (2 * width // 3, height // 2)], fill=60)
        stream = io.BytesIO()
        _as_mode(picture, mode).save(stream, kind, **options)
        return stream.getvalue()

    return make


def _as_mode(picture: Image.Image, mode: str) -> Image.Image:
    if mode == "I;16":
        return picture.convert("I").point(lambda level: level * 257).convert("I;16")
    if mode in ("RGBA", "LA"):
        picture = picture.convert(mode)
        picture.putalpha(picture.getchannel(0).point(lambda level: 0 if level > 250 else 255))
        return picture
    return picture.convert(mode)


@pytest.fixture
def workspace(lay: Lay) -> Callable[..., Path]:
    """Lay the sound workspace with other scans for some documents, all public, and a scope of the binder."""
    return lambda scans, scope="cong_khai": _changed(lay(), scans, scope)


def _changed(root: Path, scans: Scans, scope: str) -> Path:
    register = root / "evidence" / str(YEAR) / "register.yml"
    text = register.read_text("utf-8")
    for document, (name, content) in scans.items():
        text = _with_scan(text, document, name)
        (register.parent / "scans" / name).write_bytes(content)
    register.write_text(text, "utf-8")
    with (root / "scores" / str(YEAR) / "settings.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"quyen_kiem_chung: {{pham_vi: {scope}}}\n")
    return root


def _with_scan(text: str, document: str, name: str) -> str:
    """The register with a document's scan replaced, and made public."""
    item = re.search(rf"^  {document}:\n(?:    .*\n)*", text, re.MULTILINE)
    assert item is not None
    kept = re.sub(r"^    (?:phan_loai|ban_chup|sha256|so_trang): .*\n", "", item[0], flags=re.MULTILINE)
    return text.replace(item[0], f"{kept}    phan_loai: cong_khai\n    ban_chup: {name}\n")


@pytest.fixture
def examined(workspace: Callable[..., Path]) -> Callable[..., Progress]:
    """Examine the workspace that `workspace` lays."""
    return lambda scans, scope="cong_khai": examine(workspace(scans, scope), YEAR, TODAY)


@pytest.fixture
def dossier(examined: Callable[..., Progress]) -> Callable[..., Dossier]:
    """The dossier with other scans for some documents."""
    return lambda scans, scope="cong_khai": _sound(examined(scans, scope))


def _sound(progress: Progress) -> Dossier:
    found = dossier_of(progress)
    assert found is not None, progress.findings
    return found


@pytest.fixture(scope="session")
def made(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """A dossier whose binder holds a plan of three pages and a picture; tests only read it."""
    scan = Sheets().page(595, 842).page(842, 595).page(842, 1191).saved()
    root = shutil.copytree(sound, tmp_path_factory.mktemp("made") / "workspace")
    return _sound(examine(_changed(root, {"TL01": ("a.pdf", scan)}, "cong_khai"), YEAR, TODAY))


@pytest.fixture(scope="session")
def binder(made: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The binder of `made`."""
    from pipeline.binder import write_binder

    return write_binder(made, tmp_path_factory.mktemp("binder") / "out")
