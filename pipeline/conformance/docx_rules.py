"""The ways in which people draw a line below a text in Word, and how long it is. Millimetres."""

from __future__ import annotations

import re
from typing import Any

from pipeline.conformance.docx_formatting import Values, values, w

_MM_OF_EMU = 1 / 36_000
_MM_OF_POINT = 25.4 / 72
_MM_OF_TWIP = 25.4 / 1440
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_LINES = frozenset({"line", "straightConnector1"})
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in|)")
_UNITS = {"pt": _MM_OF_POINT, "": _MM_OF_POINT, "mm": 1.0, "cm": 10.0, "in": 25.4}


def drawn_length(paragraph: Any) -> float:
    """Of a line that is anchored in a paragraph; 0 when there is none."""
    for drawing in paragraph.iter(w("drawing")):
        shape = next(drawing.iter(f"{_DRAWING}prstGeom"), None)
        extent = next(drawing.iter(f"{_PLACED}extent"), None)
        if shape is not None and shape.get("prst") in _LINES and extent is not None:
            return _whole(extent.get("cx")) * _MM_OF_EMU
    for line in paragraph.iter(f"{_VML}line"):
        return abs(_abscissa(line.get("to")) - _abscissa(line.get("from")))
    for shape in paragraph.iter(f"{_VML}shape"):
        style = dict(part.strip().split(":", 1) for part in (shape.get("style") or "").split(";") if ":" in part)
        width, height = (_abscissa(style.get(key, "0")) for key in ("width", "height"))
        if width > 10 * max(height, 0.1):
            return width
    return 0.0


def border_rule(look: Values, room: float, side: str) -> float:
    """Of a paragraph's border, which is as long as the paragraph is wide; 0 without one."""
    if look.get("pBdr") is None or look.get(f"pBdr/{side}", "none") in ("none", "nil"):
        return 0.0
    indents = sum(_whole(look.get(f"ind.{name}")) for name in ("left", "right"))
    return max(0.0, room - indents * _MM_OF_TWIP)


def is_underlined(paragraph: Any) -> bool:
    """Whether every visible run is underlined by itself."""
    runs = [run for run in paragraph.iter(w("r")) if "".join(run.itertext(w("t"))).strip()]
    return bool(runs) and all(values(run.find(w("rPr"))).get("u", "none") != "none" for run in runs)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and text.isascii() else 0


def _abscissa(text: str | None) -> float:
    found = _LENGTH.match((text or "").strip())
    return float(found[1]) * _UNITS[found[2]] if found else 0.0
