"""How wide a text stands on paper, by the metrics of the typeface, which are those of Times New Roman."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FONT_PACKAGE = "rinoh_typeface_texgyretermes"
_MILLIMETRES = 25.4 / 72
"""Of a point."""


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Millimetres that a line takes in `size` points; a letter that the typeface lacks counts as wide as high."""
    advances = _advances(f"{'bold' * bold}{'italic' * italic}" or "regular")
    return sum(advances.get(ord(char), 1.0) for char in text) * size * _MILLIMETRES


def load() -> None:
    """Read the typeface now, while something else is waited for, rather than at the first question."""
    for weight in ("regular", "bold"):
        _advances(weight)


def fonts() -> Path:
    """Where the fonts lie; looked up without importing the package, which would bring its typesetter along."""
    spec = find_spec(FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(FONT_PACKAGE)
    return Path(spec.origin).parent


@cache
def _advances(weight: str) -> Mapping[int, float]:
    """The width of each letter in parts of the size, by its code point."""
    from fontTools.ttLib import TTFont

    [file] = fonts().rglob(f"texgyretermes-{weight}.otf")
    with TTFont(file, lazy=True) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {char: widths[name][0] / em for char, name in font.getBestCmap().items()}
