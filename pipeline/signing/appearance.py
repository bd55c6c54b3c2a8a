"""What a signature looks like on the page: a picture, or a few lines of text, as a form that PDF/A accepts."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.signing.picture import Picture

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

TEXT_SIZE = 10
"""Points; Decree 30/2020/NĐ-CP, annex I, for the organisation's signature on an annex file."""
LEADING = 1.2
_FONT_PACKAGE, _FONT = "rinoh_typeface_texgyretermes", "texgyretermes-regular.otf"


def drawn_picture(
    writer: BasePdfFileWriter,
    picture: Picture,
    room: tuple[float, float],
    *,
    real_size: tuple[float, float] | None = None,
) -> StreamObject:
    """A picture in a room of (width, height) points.

    A signature fills the room and is centred; a seal (`real_size`) keeps its size and holds to the right edge, so that
    it overlaps the signature's first third whatever its size.
    """
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
    from pyhanko.pdf_utils.images import pil_image

    width, height = picture.fitted(*room)
    left = (room[0] - width) / 2
    if real_size is not None:
        scale = min(1.0, room[0] / real_size[0], room[1] / real_size[1])
        width, height = real_size[0] * scale, real_size[1] * scale
        left = room[0] - width
    bottom = (room[1] - height) / 2
    image = pil_image(picture.image, writer)
    resources = {pdf_name("/XObject"): DictionaryObject({pdf_name("/Anh"): image})}
    commands = f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm /Anh Do Q"
    return _form(commands.encode(), room, resources)


class Stand(NamedTuple):
    """Where lines of text stand in their room: 0 is left or bottom, 1 is right or top."""

    across: float
    up: float


def drawn_text(
    writer: BasePdfFileWriter, lines: Sequence[str], room: tuple[float, float], stand: Stand, size: float = TEXT_SIZE
) -> StreamObject:
    """Lines of black text in a room of (width, height) points, smaller than `size` where they do not fit."""
    from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name

    with _font().open("rb") as font:
        engine = GlyphAccumulator(writer, font, font_size=size)
        shaped = [engine.shape(line, with_actual_text=False) for line in lines]
    width, height = max(line.x_advance for line in shaped) * size, len(lines) * LEADING * size
    scale = min(1.0, room[0] / width, room[1] / height)
    top = height * scale + (room[1] - height * scale) * stand.up
    commands = [b"q 0 g %.4f 0 0 %.4f 0 %.3f cm" % (scale, scale, top)]
    for number, line in enumerate(shaped):
        left = (room[0] / scale - line.x_advance * size) * stand.across
        baseline = -size * (1 + number * LEADING)
        commands.append(b"BT /Chu %.2f Tf 1 0 0 1 %.3f %.3f Tm %s ET" % (size, left, baseline, line.graphics_ops))
    resources = {pdf_name("/Font"): DictionaryObject({pdf_name("/Chu"): engine.as_resource()})}
    return _form(b" ".join([*commands, b"Q"]), room, resources)


def nothing(room: tuple[float, float]) -> StreamObject:
    """The look of a field that waits for its signature: none, but PDF/A wants one."""
    return _form(b"", room, {})


def _form(commands: bytes, room: tuple[float, float], resources: dict[Any, Any]) -> StreamObject:
    from pyhanko.pdf_utils.generic import DictionaryObject
    from pyhanko.pdf_utils.writer import init_xobject_dictionary

    return init_xobject_dictionary(commands, *room, DictionaryObject(resources))


def _font() -> Path:
    """Where the face lies; looked up without importing its package, which would bring a typesetter along."""
    spec = find_spec(_FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(_FONT_PACKAGE)
    return Path(spec.origin).with_name(_FONT)
