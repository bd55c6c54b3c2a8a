"""The images of a signature and of a seal: whether they are as the decree wants them, and how large they are."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.finding import Finding, Place
from pipeline.signing.block import MM
from pipeline.signing.error import SignatureError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 10_000_000
"""Bytes."""
MOST_PIXELS = 16_000_000
"""A seal of 40 mm at 1,200 dots an inch has a quarter of it."""
SEAL_SIZES = 20 * MM, 50 * MM
"""What an image may say of its own size and be believed."""


@dataclass(frozen=True)
class Picture:
    """An image ready to be drawn."""

    image: Image
    """With transparency."""
    own_width: float | None
    """Points, where the file tells its resolution."""

    @property
    def ratio(self) -> float:
        """Width by height."""
        return self.image.width / self.image.height

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The largest size in points that keeps its shape and stays inside."""
        scale = min(width / self.ratio, height)
        return scale * self.ratio, scale

    def seal_size(self, otherwise: float) -> tuple[float, float]:
        """Its real size in points: as the file says, else as told."""
        told = self.own_width is not None and SEAL_SIZES[0] <= self.own_width <= SEAL_SIZES[1]
        width = self.own_width if told and self.own_width is not None else otherwise
        return width, width / self.ratio


def read_picture(content: bytes) -> Picture:
    """The image of a signature or a seal.

    Raises:
        SignatureError: it is none, or too large.
    """
    from PIL import Image, UnidentifiedImageError

    mend = "dùng ảnh PNG nền trong suốt, quét ở 300 đến 600 điểm mỗi inch"
    if len(content) > LARGEST_FILE:
        raise SignatureError("U114", "ảnh lớn hơn 10 MB", mend)
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG",))
        if image.width * image.height > MOST_PIXELS:
            raise SignatureError("U114", f"ảnh quá lớn: {image.width} × {image.height} điểm", mend)
        dots = image.info.get("dpi", (0, 0))[0]
        own_width = image.width / dots * 72 if dots > 1 else None
        return Picture(image.convert("RGBA"), own_width)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SignatureError("U114", "ảnh không phải là PNG, hoặc đã hỏng", mend) from error


def remarks(picture: Picture, name: str, *, seal: bool) -> list[Finding]:
    """What the decree would have otherwise about an image: its ground, its colour."""
    found = []
    if picture.image.getchannel("A").getextrema()[0] == 255:
        found.append("nền ảnh không trong suốt, sẽ che mất chữ ở dưới")
    red, _, blue = _ink(picture.image)
    if seal and red <= blue:
        found.append("ảnh con dấu không có màu đỏ")
    if not seal and blue <= red:
        found.append("ảnh chữ ký không có màu xanh")
    mend = "quét lại và tách nền; chữ ký màu xanh, con dấu màu đỏ"
    return [Finding(Place(name), "U115", message, mend) for message in found]


def _ink(image: Image) -> tuple[float, float, float]:
    """The mean colour of what is not transparent."""
    from PIL import ImageStat

    opaque = image.getchannel("A").point(lambda value: 255 if value > 127 else 0)
    mean = ImageStat.Stat(image.convert("RGB"), mask=opaque).mean if opaque.getbbox() else [0.0, 0.0, 0.0]
    return mean[0], mean[1], mean[2]
