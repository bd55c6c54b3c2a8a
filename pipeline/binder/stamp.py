"""The line at the foot of every page, in the house's typeface, embedded once with just the characters it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.decree.typst import fonts

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from pikepdf import Object, Pdf

RESOURCE = "/Stamp"
"""The font's name in a page's resources."""

_SIZE = 9
_BASELINE = 20
"""Points above the paper's lower edge: 7 mm."""
_FACE = "texgyretermes-regular.otf"
_NAME = "TeXGyreTermes-Regular"
_SYMBOLIC, _SERIF = 4, 2


class Stamp:
    """Draws lines of text that a reader can search and copy."""

    def __init__(self, texts: Iterable[str]) -> None:
        characters = sorted(set("".join(texts)))
        self._font = _subset("".join(characters))
        cmap, metrics = self._font.getBestCmap(), self._font["hmtx"]
        names = {character: cmap.get(ord(character), ".notdef") for character in characters}
        self._glyphs = {character: self._font.getGlyphID(name) for character, name in names.items()}
        self._widths = {character: metrics[name][0] for character, name in names.items()}

    def line(self, text: str, paper_width: float) -> bytes:
        """The drawing of one line, centred at the foot of a page that is so many points wide."""
        width = sum(self._widths[character] for character in text) * _SIZE / 1000
        glyphs = "".join(f"{self._glyphs[character]:04X}" for character in text)
        left = (paper_width - width) / 2
        return f"q 0 g BT {RESOURCE} {_SIZE} Tf {left:.2f} {_BASELINE} Td <{glyphs}> Tj ET Q\n".encode()

    def embedded(self, pdf: Pdf) -> Object:
        """The font as an object of a file."""
        from pikepdf import Array, Dictionary, Name

        program = pdf.make_stream(self._font["CFF "].compile(self._font), {"/Subtype": Name.CIDFontType0C})
        head, lines = self._font["head"], self._font["hhea"]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + _NAME),
            Flags=_SYMBOLIC | _SERIF,
            FontBBox=Array([head.xMin, head.yMin, head.xMax, head.yMax]),
            ItalicAngle=0,
            Ascent=lines.ascent,
            Descent=lines.descent,
            CapHeight=662,
            StemV=85,
            FontFile3=program,
        )
        glyphs = sorted({(self._glyphs[each], self._widths[each]) for each in self._glyphs})
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0,
            BaseFont=Name("/" + _NAME),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            W=Array([item for glyph, width in glyphs for item in (glyph, Array([width]))]),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + _NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(self._to_unicode()),
        )
        return pdf.make_indirect(font)

    def _to_unicode(self) -> bytes:
        """Which character each glyph shows, for searching and copying."""
        pairs = sorted((glyph, character) for character, glyph in self._glyphs.items())
        lines = [f"<{glyph:04X}> <{character.encode('utf-16-be').hex().upper()}>" for glyph, character in pairs]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
                "1 begincodespacerange <0000> <FFFF> endcodespacerange",
                *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
                "endcmap CMapName currentdict /CMap defineresource pop end end",
            )
        ).encode()


def _subset(characters: str) -> TTFont:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=[], notdef_outline=True, recalc_timestamp=False, drop_tables=["GSUB", "GPOS"])
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    font = TTFont(fonts() / _FACE, recalcTimestamp=False, lazy=True)
    subsetter.subset(font)
    return font
