"""How wide a line of text is when set in Times, measured with the typeface that the PDF is set in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.conformance.document import Run

_UNIT = 1000
_MM_OF_POINT = 25.4 / 72


def width_of(line: Iterable[Run]) -> float:
    """Millimetres of a line."""
    lengths = (_face(run.bold, run.italic).getlength(run.text) * run.size / _UNIT for run in line)
    return float(sum(lengths)) * _MM_OF_POINT


@cache
def _face(bold: bool, italic: bool) -> Any:
    from PIL import ImageFont

    from pipeline.decree.typst import fonts

    name = {(False, False): "regular", (True, False): "bold", (False, True): "italic", (True, True): "bolditalic"}
    return ImageFont.truetype(fonts() / f"texgyretermes-{name[bold, italic]}.otf", _UNIT)
