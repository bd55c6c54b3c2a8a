"""A Word file as a neutral document: its sections, paragraphs with their real look, rules and page numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.conformance.document import Align, Document, Paragraph, Run, Sheet, Side
from pipeline.conformance.docx_formatting import Formatting, Values, formatting, is_on, parse, values, w
from pipeline.conformance.docx_numbering import page_numbers
from pipeline.conformance.docx_rules import border_rule, drawn_length, is_underlined
from pipeline.decree.metrics import text_width

_MM = 25.4 / 1440
"""Of a twip, a twentieth of a point."""
_INSET = 8
_FIGURES_COLUMNS = 3
"""A table with so many columns, or with visible borders, is one of figures rather than a frame for layout."""
_ALIGNS = {
    "center": Align.CENTRE,
    "both": Align.BOTH,
    "distribute": Align.BOTH,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
}
_TEXT_BOX = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"
_BOXES = "chữ trong hộp chữ (text box) chưa được xét; thể thức nên trình bày bằng đoạn văn và bảng không viền"


def read_docx(name: str, archive: zipfile.ZipFile) -> Document:
    """All that a reader of the file sees of it.

    Raises:
        lxml.etree.XMLSyntaxError: a part is no XML. And whatever else a spoilt file leads to.
    """
    look = formatting(archive)
    body = parse(archive, "word/document.xml").find(w("body"))
    walk = _Walk(look)
    walk.through(body)
    sections = list(body.iter(w("sectPr")))
    return Document(
        name,
        "đoạn",
        tuple(
            _sheet(section, place, tables=index in walk.with_tables)
            for index, (section, place) in enumerate(zip(sections, walk.section_starts, strict=False))
        ),
        tuple(walk.paragraphs),
        tuple(page_numbers(archive, look, sections, walk.section_starts)),
        (_BOXES,) if next(body.iter(_TEXT_BOX), None) is not None else (),
    )


@dataclass(frozen=True)
class _Spot:
    """Where in the file a paragraph stands."""

    room: float = 160.0
    """Millimetres of width that it has."""
    side: Side = Side.WHOLE
    block: int = 0
    table: bool = False
    style: str = ""
    """Of its table."""


@dataclass
class _Walk:
    """Going through the body once, counting paragraphs as a reader would."""

    look: Formatting
    paragraphs: list[Paragraph] = field(default_factory=list)
    section_starts: list[int] = field(default_factory=lambda: [1])
    with_tables: set[int] = field(default_factory=set)
    """Which sections hold tables of figures, from 0."""
    _place: int = 0
    _block: int = 0
    _after: float | None = None
    """Points below the paragraph before; None at the top of the text, of a cell, and after a table."""

    def through(self, parent: Any, spot: _Spot | None = None) -> None:
        """Read all that a body, a cell or a content control holds."""
        for child in parent:
            if child.tag == w("p"):
                self._paragraph(child, spot or _Spot())
            elif child.tag == w("tbl"):
                self._table(child, spot)
            elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("customXml"), w("smartTag")):
                self.through(child, spot)

    def _table(self, table: Any, outer: _Spot | None) -> None:
        properties = values(table.find(w("tblPr")))
        style = properties.get("tblStyle", "")
        rows = [row for row in table.iter(w("tr")) if _table_of(row) is table]
        figures = bool(outer and outer.table) or _holds_figures(rows, self.look.table(properties))
        if figures:
            self.with_tables.add(len(self.section_starts) - 1)
        for row in rows:
            self._block += 1
            cells = [cell for cell in row.iter(w("tc")) if _table_of(cell) is table]
            for index, cell in enumerate(cells):
                side = (Side.LEFT if index == 0 else Side.RIGHT) if len(cells) > 1 else Side.WHOLE
                width = values(cell.find(w("tcPr"))).get("tcW.w", "")
                room = int(width) * _MM if width.isdecimal() else 80.0
                self._after = None
                self.through(cell, _Spot(room, side, self._block, figures, style))
        self._after = None

    def _paragraph(self, element: Any, spot: _Spot) -> None:
        self._place += 1
        own = values(element.find(w("pPr")))
        look = self.look.paragraph(own, spot.style)
        lines = tuple(self._lines(element, own, spot.style))
        read = Paragraph(
            self._place,
            lines,
            _ALIGNS.get(look.get("jc", ""), Align.LEFT),
            _first_line(look),
            None if self._after is None else self._after + _points(look, "spacing.before"),
            _leading(look, lines),
            spot.side,
            spot.block,
            spot.table,
            look.get("numPr/numId", "0") != "0",
            _first_line(look) <= 0 and _twips(look, "ind.left") > _INSET,
        )
        self._keep(read, element, look, spot)
        self._after = _points(look, "spacing.after")
        if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            self.section_starts.append(self._place + 1)

    def _keep(self, read: Paragraph, element: Any, look: Values, spot: _Spot) -> None:
        """An empty paragraph only lends its rule to the text above it."""
        above = self.paragraphs[-1] if self.paragraphs else None
        length = drawn_length(element) or border_rule(look, spot.room, "bottom")
        if read.text:
            width = max(map(_width, read.lines))
            if is_underlined(element) and not length:
                length = width
            self.paragraphs.append(replace(read, width=width, rule=length or None))
        elif above and above.block == spot.block and above.side == spot.side and not above.rule:
            length = length or border_rule(look, spot.room, "top")
            self.paragraphs[-1] = replace(above, rule=length or None)

    def _lines(self, element: Any, own: Values, table_style: str) -> Iterator[tuple[Run, ...]]:
        line: list[Run] = []
        for run in _runs(element):
            look = self.look.run(values(run.find(w("rPr"))), own, table_style)
            for text in _pieces(run):
                if text == "\n":
                    yield tuple(line)
                    line = []
                elif not is_on(look.get("vanish")):
                    line.append(_run(text, look, self.look))
        yield tuple(line)


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph, also of links, fields and tracked insertions; not those of boxes anchored in it."""
    for child in element:
        if child.tag == w("r"):
            yield child
        elif child.tag in (w("hyperlink"), w("fldSimple"), w("ins"), w("sdt"), w("sdtContent"), w("smartTag")):
            yield from _runs(child)


def _pieces(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag in (w("br"), w("cr")):
            yield "\n"
        elif child.tag in (w("tab"), w("ptab")):
            yield "\t"
        elif child.tag == w("noBreakHyphen"):
            yield "-"


def _run(text: str, look: Values, styles: Formatting) -> Run:
    size = look.get("sz", "20")
    colour = look.get("color", "auto")
    return Run(
        text.upper() if is_on(look.get("caps")) else text,
        styles.font(look),
        int(size) / 2 if size.isdecimal() else 10.0,
        is_on(look.get("b")),
        is_on(look.get("i")),
        "000000" if colour == "auto" else colour.upper(),
    )


def _points(look: Values, key: str) -> float:
    value = look.get(key, "0")
    return int(value) / 20 if value.isdecimal() else 0.0


def _twips(look: Values, key: str) -> float:
    """A length in millimetres."""
    value = look.get(key, "0")
    return int(value) * _MM if value.isdecimal() else 0.0


def _first_line(look: Values) -> float:
    return _twips(look, "ind.firstLine") - _twips(look, "ind.hanging")


def _leading(look: Values, lines: tuple[tuple[Run, ...], ...]) -> float | None:
    value = look.get("spacing.line", "240")
    if not value.isdecimal():
        return None
    if look.get("spacing.lineRule", "auto") == "auto":
        return int(value) / 240
    sizes = [run.size for line in lines for run in line if run.visible]
    # “At least” grows with the letters and never falls below a single line.
    least = 1.0 if look["spacing.lineRule"] == "atLeast" else 0.0
    return max(least, int(value) / 20 / (max(sizes) * 1.15)) if sizes else None


def _table_of(element: Any) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag != w("tbl"):
        parent = parent.getparent()
    return parent


def _holds_figures(rows: list[Any], look: Values) -> bool:
    """A frame for layout has one or two columns and no borders."""
    if max((len(row.findall(w("tc"))) for row in rows), default=0) >= _FIGURES_COLUMNS:
        return True
    return any(look.get(f"tblBorders/{side}", "none") not in ("none", "nil") for side in ("insideV", "top"))


def _sheet(section: Any, place: int, *, tables: bool) -> Sheet:
    said = values(section)
    width, height, *margins = (
        _millimetres(said.get(key))
        for key in ("pgSz.w", "pgSz.h", "pgMar.top", "pgMar.right", "pgMar.bottom", "pgMar.left")
    )
    gutter = _millimetres(said.get("pgMar.gutter")) or 0
    top, right, bottom, left = margins
    return Sheet(
        place, width or 0, height or 0, top, right, bottom, left + gutter if left is not None else None, tables
    )


def _millimetres(value: str | None) -> float | None:
    bare = (value or "").removeprefix("-")
    return int(bare) * _MM if bare.isdecimal() else None


def _width(line: Iterable[Run]) -> float:
    """Millimetres of a line set in Times."""
    return sum(text_width(run.text, run.size, bold=run.bold, italic=run.italic) for run in line)
