"""How a run and a paragraph of a Word file really look: defaults, theme, table style, styles, direct formatting."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_TOGGLES = ("b", "i", "caps", "smallCaps")
_DEEPEST = 50
"""Styles based on each other; a circle ends here."""

Values = dict[str, str]
"""Properties by name: of elements their value, of attributes as `ind.left`, of what lies within as `numPr/numId`."""


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{NS}}}{name}"


def parse(archive: zipfile.ZipFile, part: str) -> Any:
    """The root of a part; None when there is none.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    from lxml import etree  # type: ignore[import-untyped]

    if part not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(part), parser)


def values(element: Any) -> Values:
    """What a `rPr` or `pPr` sets."""
    found: Values = {}
    for child in element if element is not None else ():
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        found[name] = child.get(w("val"), "1")
        for key, value in child.attrib.items():
            found[f"{name}.{str(key).rpartition('}')[2]}"] = str(value)
        for inner in child:
            if isinstance(inner.tag, str):
                found[f"{name}/{inner.tag.rpartition('}')[2]}"] = inner.get(w("val"), "1")
    return found


def is_on(value: str | None) -> bool:
    """Whether a switch is set."""
    return value is not None and value.casefold() not in _OFF


def over(below: Values, layer: Values) -> Values:
    """One layer over another; a typeface by name takes the place of one by theme."""
    named = {f"{key}Theme" for key in ("rFonts.ascii", "rFonts.hAnsi") if key in layer}
    return {key: value for key, value in below.items() if key not in named} | layer


@dataclass(frozen=True)
class Style:
    """One style as written, without those it is based on."""

    based_on: str
    run: Values
    paragraph: Values
    table: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Formatting:
    """All styles of a file, ready to be asked."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    defaults: Style = field(default_factory=lambda: Style("", {}, {}))
    default_paragraph: str = ""
    theme: Mapping[str, str] = field(default_factory=dict)
    """The typeface behind each name such as `minorHAnsi`."""

    def paragraph(self, own: Values, table_style: str = "") -> Values:
        """What holds for a paragraph whose `pPr` says `own`."""
        merged = dict(self.defaults.paragraph)
        for style in (*self._chain(table_style), *self._chain(own.get("pStyle", self.default_paragraph))):
            merged |= style.paragraph
        return merged | own

    def run(self, own: Values, paragraph: Values, table_style: str = "") -> Values:
        """What holds for a run whose `rPr` says `own`; switches set by two styles cancel each other, as in Word."""
        of_paragraph = self._merged(paragraph.get("pStyle", self.default_paragraph))
        layers = (self._merged(table_style), of_paragraph, self._merged(own.get("rStyle", "")))
        merged = dict(self.defaults.run)
        for layer in layers:
            merged = over(merged, layer)
        for toggle in _TOGGLES:
            if sum(is_on(layer.get(toggle)) for layer in layers) % 2 == 0:
                merged[toggle] = "1" if is_on(self.defaults.run.get(toggle)) else "0"
        return over(merged, own)

    def table(self, own: Values) -> Values:
        """What holds for a table whose `tblPr` says `own`."""
        merged: Values = {}
        for style in self._chain(own.get("tblStyle", "")):
            merged |= style.table
        return merged | own

    def font(self, run: Values) -> str:
        """The typeface that letters of Vietnamese take."""
        for script in ("ascii", "hAnsi"):
            if theme := run.get(f"rFonts.{script}Theme"):
                return self.theme.get(theme, theme)
            if name := run.get(f"rFonts.{script}"):
                return name
        return "Times New Roman"

    def _merged(self, style: str) -> Values:
        merged: Values = {}
        for layer in self._chain(style):
            merged = over(merged, layer.run)
        return merged

    def _chain(self, name: str) -> list[Style]:
        chain: list[Style] = []
        while name in self.styles and len(chain) < _DEEPEST:
            chain.insert(0, self.styles[name])
            name = self.styles[name].based_on
        return chain


def formatting(archive: zipfile.ZipFile) -> Formatting:
    """The styles and the theme of a file."""
    root = parse(archive, "word/styles.xml")
    if root is None:
        return Formatting(theme=dict(_theme(archive)))
    defaults = root.find(w("docDefaults"))
    run, paragraph = (
        values(defaults.find(f"{w(name)}Default/{w(name)}")) if defaults is not None else {} for name in ("rPr", "pPr")
    )
    styles = list(root.iter(w("style")))
    return Formatting(
        {style.get(w("styleId"), ""): _style(style) for style in styles},
        Style("", run, paragraph),
        next((style.get(w("styleId"), "") for style in styles if _is_default_paragraph(style)), ""),
        dict(_theme(archive)),
    )


def _style(element: Any) -> Style:
    parent = element.find(w("basedOn"))
    return Style(
        parent.get(w("val"), "") if parent is not None else "",
        values(element.find(w("rPr"))),
        values(element.find(w("pPr"))),
        values(element.find(w("tblPr"))),
    )


def _is_default_paragraph(style: Any) -> bool:
    return style.get(w("type")) == "paragraph" and is_on(style.get(w("default")))


def _theme(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    root = parse(archive, "word/theme/theme1.xml")
    for kind in ("major", "minor") if root is not None else ():
        latin = root.find(f".//{_DRAWING}{kind}Font/{_DRAWING}latin")
        if latin is not None and latin.get("typeface"):
            yield f"{kind}HAnsi", latin.get("typeface")
            yield f"{kind}Ascii", latin.get("typeface")
