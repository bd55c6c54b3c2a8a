"""The styles of the Word file, each under the name that Word shows: change one and every such paragraph follows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BODY_SIZE, HEAD_SIZE, MOTTO_SIZE = 14, 12, 13
"""Points of the text, of the agencies' names and of the motto."""
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def twips(millimetres: float) -> int:
    """Word's unit of length, a twentieth of a point."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Look:
    """A paragraph style. Sizes and gaps in points, indents in millimetres."""

    name: str
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    first_line: float = 0
    left: float = 0
    line: float = 1
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    """The level in Word's navigation pane, from 0; None for what is not a heading."""
    colour: str = ""
    spaced: float = 0

    @property
    def id(self) -> str:
        """As pandoc makes ids of custom styles."""
        return self.name.replace(" ", "")


LOOKS = (
    Look("Nội dung", align="both", after=6, first_line=12.7, line=1.15),
    Look("Nội dung sau bảng", align="both", before=8, after=6, first_line=12.7, line=1.15),
    Look("Nội dung trước bảng", align="both", after=6, first_line=12.7, line=1.15, keep_next=True),
    Look("Danh sách", align="both", after=6, line=1.15),
    Look("Trích dẫn", italic=True, align="both", after=6, left=12.7),
    Look("Nguyên văn", after=6, left=12.7),
    Look("Cơ quan cấp trên", HEAD_SIZE, align="center"),
    Look("Cơ quan ban hành", HEAD_SIZE, bold=True, align="center"),
    Look("Quốc hiệu", HEAD_SIZE, bold=True, align="center"),
    Look("Tiêu ngữ", MOTTO_SIZE, bold=True, align="center"),
    Look("Nét kẻ", 2, align="center", before=3),
    Look("Nét kẻ trích yếu", 2, align="center", before=3, after=8),
    Look("Số ký hiệu", 13, align="center", before=4),
    Look("Trích yếu công văn", 12, align="center", before=6),
    Look("Địa danh ngày tháng", 13, italic=True, align="center", before=4),
    Look("Tên loại", bold=True, align="center", before=12),
    Look("Trích yếu", bold=True, align="center"),
    Look("Kính gửi", align="center", before=10, after=8),
    Look("Kính gửi dài", before=10, after=8),
    Look("Kính gửi nhiều nơi", before=10, after=2),
    Look("Nơi gửi", after=5),
    Look("Căn cứ", italic=True, align="both", after=6, first_line=12.7, line=1.15),
    Look("Tên bảng", 12, bold=True, align="center", before=8, after=4, keep_next=True),
    Look("Đầu bảng", 11, bold=True, align="center", before=2, after=2, keep_next=True),
    Look("Ô bảng", 11, before=1, after=1),
    Look("Ô bảng giữa", 11, align="center", before=1, after=1),
    Look("Ô bảng đậm", 11, bold=True, before=1, after=1, keep_next=True),
    Look("Ô bảng đậm giữa", 11, bold=True, align="center", before=1, after=1, keep_next=True),
    Look("Lời kết", align="both", after=12, first_line=12.7, line=1.15, keep_next=True, keep_lines=True),
    Look(
        "Lời kết sau bảng",
        align="both",
        before=8,
        after=12,
        first_line=12.7,
        line=1.15,
        keep_next=True,
        keep_lines=True,
    ),
    Look("Nơi nhận", 12, bold=True, italic=True, keep_next=True),
    Look("Danh sách nơi nhận", 11, keep_next=True),
    Look("Quyền hạn chức vụ", bold=True, align="center", keep_next=True),
    Look("Người ký", bold=True, align="center", before=85),
    Look("Phụ lục", bold=True, align="center", after=4, keep_next=True, outline=0),
    Look("Kèm theo", italic=True, align="center", after=6, keep_next=True),
    Look("Ghi chú", 12, italic=True, after=4, keep_next=True),
    Look("Hết phần", 1),
    Look("Số trang", 13, align="center"),
    Look("Dấu minh họa", 10, bold=True, align="center", colour="B00000", spaced=0.5),
)

HEADINGS = (
    Look("heading 1", bold=True, before=10, after=6, left=12.7, keep_next=True, keep_lines=True, outline=0),
    Look("heading 2", bold=True, before=7, after=6, left=12.7, keep_next=True, keep_lines=True, outline=1),
    Look("heading 3", bold=True, before=7, after=6, left=12.7, keep_next=True, keep_lines=True, outline=2),
    Look("heading 4", italic=True, before=7, after=6, left=12.7, keep_next=True, keep_lines=True, outline=3),
)

RENAMED = {
    "FirstParagraph": "Nộidung",
    "BodyText": "Nộidung",
    "BlockText": "Tríchdẫn",
    "SourceCode": "Nguyênvăn",
    "Table": "Bảngsốliệu",
}
"""Pandoc's own styles and what stands for them here."""


def styles_xml() -> str:
    """The whole styles part."""
    looks = [_paragraph_style(look, look.id) for look in LOOKS]
    headings = [_paragraph_style(look, look.name.title().replace(" ", ""), builtin=True) for look in HEADINGS]
    return f'<w:styles xmlns:w="{_NAMESPACE}">{_DEFAULTS}{"".join(headings + looks)}{_TABLES}</w:styles>'


_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'

_DEFAULTS = f"""
<w:docDefaults>
  <w:rPrDefault><w:rPr>{_FONTS}<w:sz w:val="28"/><w:szCs w:val="28"/>
    <w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
  <w:pPrDefault/>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
  <w:rPr>{_FONTS}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
  <w:rPr><w:color w:val="000000"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>
"""


def _borders(sides: str, value: str) -> str:
    return "".join(f'<w:{side} w:val="{value}" w:sz="4" w:space="0" w:color="auto"/>' for side in sides.split())


def _cell_margins(millimetres: float) -> str:
    sides = (f'<w:{side} w:w="{twips(millimetres)}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar>"


_SIDES = "top left bottom right insideH insideV"
_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_cell_margins(1.25)}</w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Bảngsốliệu"><w:name w:val="Bảng số liệu"/>
  <w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:tblPr><w:jc w:val="center"/><w:tblBorders>{_borders(_SIDES, "single")}</w:tblBorders></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Khungvănbản"><w:name w:val="Khung văn bản"/>
  <w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>{_cell_margins(0)}</w:tblPr></w:style>
"""


def _paragraph_style(look: Look, identity: str, builtin: bool = False) -> str:
    custom = "" if builtin else ' w:customStyle="1"'
    follows = "" if look.outline is None else '<w:next w:val="Nộidung"/>'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identity}"><w:name w:val="{escape(look.name)}"/>'
        f'<w:basedOn w:val="Normal"/>{follows}<w:qFormat/>'
        f"<w:pPr>{_paragraph(look)}</w:pPr><w:rPr>{_run(look)}</w:rPr></w:style>"
    )


def _paragraph(look: Look) -> str:
    """Paragraph properties, in the order that the schema lays down."""
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return (
        ("<w:keepNext/>" if look.keep_next else "")
        + ("<w:keepLines/>" if look.keep_lines else "")
        + f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"'
        + f' w:line="{look.line * 240:.0f}" w:lineRule="auto"/>'
        + f'<w:ind w:left="{twips(look.left)}" w:firstLine="{twips(look.first_line)}"/><w:jc w:val="{look.align}"/>'
        + outline
    )


def _run(look: Look) -> str:
    """Character properties, in the order that the schema lays down."""
    return (
        ("<w:b/><w:bCs/>" if look.bold else "")
        + ("<w:i/><w:iCs/>" if look.italic else "")
        + (f'<w:color w:val="{look.colour}"/>' if look.colour else "")
        + (f'<w:spacing w:val="{look.spaced * 20:.0f}"/>' if look.spaced else "")
        + f'<w:sz w:val="{look.size * 2:.0f}"/><w:szCs w:val="{look.size * 2:.0f}"/>'
    )
