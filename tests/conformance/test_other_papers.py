"""Papers that are not ours: a PDF of another maker, a Word file typed from scratch with direct formatting."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.conformance import lint

OFFICE = Path(__file__).with_name("office.typ")

Codes = Callable[[str, bytes], set[str]]

CASES: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("letter paper", "W105", {"paper": "us-letter"}),
    ("landscape without tables", "W105", {"flipped": True}),
    ("left margin narrow", "W106", {"left": 20}),
    ("right margin narrow", "W106", {"right": 10}),
    ("top margin narrow", "W106", {"top": 14}),
    ("another face", "W107", {"font": "New Computer Modern"}),
    ("grey", "W108", {"colour": "404040"}),
    ("number on page 1", "W110", {"first": True}),
    ("no number", "W110", {"numbered": False}),
    ("roman number", "W110", {"style": "i"}),
    ("number at the foot", "W110", {"at": "bottom"}),
    ("number to the right", "W110", {"where": "right"}),
    ("number small", "W110", {"number-size": 10}),
    ("motto with dashes", "W111", {"motto": "Độc lập – Tự do – Hạnh phúc"}),
    ("motto not bold", "W112", {"motto-bold": False}),
    ("motto small", "W112", {"motto-size": 11}),
    ("rule half the motto", "W113", {"motto-rule": 30}),
    ("motto without rule", "W113", {"motto-rule": 0}),
    ("issuer not bold", "W114", {"issuer-bold": False}),
    ("rule longer than the agency", "W115", {"agency-rule": 50}),
    ("number without zero", "W116", {"number": "Số: 7/KH-UBND"}),
    ("symbol of a report", "W116", {"number": "Số: 07/BC-UBND"}),
    ("month with needless zero", "W118", {"date": "Xã Mẫu, ngày 05 tháng 04 năm 2024"}),
    ("date upright", "W119", {"date-style": "normal"}),
    ("type in small letters", "W120", {"kind": "Kế hoạch"}),
    ("type not bold", "W120", {"kind-bold": False}),
    ("rule longer than half the subject", "W121", {"subject-rule": 80}),
    ("basis upright", "W123", {"basis-style": "normal"}),
    ("text small", "W124", {"size": 12}),
    ("text ragged", "W125", {"justify": False}),
    ("no first line", "W125", {"indent": 0}),
    ("first line too far in", "W125", {"indent": 20}),
    ("no room between paragraphs", "W126", {"gap": 0}),
    ("double lines", "W126", {"leading": 1.8}),
    ("power without point", "W127", {"power": "TM ỦY BAN NHÂN DÂN"}),
    ("name not bold", "W127", {"signer-bold": False}),
    ("degree before the name", "W128", {"signer": "TS. Nguyễn Văn Mẫu"}),
    ("label upright", "W129", {"label-style": "normal"}),
    ("recipients large", "W129", {"list-size": 13}),
    ("no archive", "W130", {"recipients": ["- UBND huyện;", "- Lãnh đạo UBND xã."]}),
    ("recipient without dash", "W130", {"recipients": ["- UBND huyện;", "Lãnh đạo UBND xã;", "- Lưu: VT."]}),
    ("recipient without semicolon", "W130", {"recipients": ["- UBND huyện", "- Lưu: VT."]}),
)
ALONG = {"size": {"W120", "W123", "W127"}, "motto-size": {"W113"}, "font": {"W111", "W113"}}
"""What a change of one thing cannot but change as well."""


def set_by(given: Mapping[str, Any]) -> bytes:
    """The plan as PDF."""
    import typst

    from pipeline.decree.metrics import fonts

    made = typst.compile(OFFICE, font_paths=[fonts()], sys_inputs={"given": json.dumps(given)})
    assert isinstance(made, bytes)
    return made


def test_a_right_plan_has_nothing_wrong() -> None:
    """The twin of all spoilt plans: not even something left unjudged."""
    assert lint("kh.pdf", set_by({})) == ()


@pytest.mark.parametrize(("code", "given"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_deviation_of_a_pdf_is_found_alone(code: str, given: Mapping[str, Any], codes: Codes) -> None:
    """What one changes is found on the page itself, and nothing that is still right."""
    along = set().union(*(ALONG.get(key, set()) for key in given))

    assert codes("kh.pdf", set_by(given)) - along == {code}


def test_a_long_recipient_takes_two_lines() -> None:
    """The second one needs no dash, and the first no semicolon, even when it begins with a name."""
    given = {"recipients": ["- Ủy ban nhân dân huyện và", "Sở Nội vụ (để báo cáo);", "- Lưu: VT."]}

    assert lint("kh.pdf", set_by(given)) == ()


def test_number_and_day_may_be_blank() -> None:
    """A paper that is not issued yet leaves room for both, whatever the blanks are made of."""
    for blank in ("\u00a0" * 8, "…", "....", " " * 10):
        given = {"number": f"Số: {blank}/KH-UBND", "date": f"Xã Mẫu, ngày {blank} tháng {blank} năm 2024"}

        assert lint("kh.pdf", set_by(given)) == (), blank


def test_what_cannot_be_judged_is_said() -> None:
    """A page without letters is told, and does not count as right."""
    import pikepdf

    pdf = pikepdf.open(io.BytesIO(set_by({})))
    pdf.add_blank_page(page_size=(595.276, 841.89))
    stream = io.BytesIO()
    pdf.save(stream)

    found = lint("kh.pdf", stream.getvalue())

    assert ("W104", "trang 3 không có chữ đọc được") in [(each.code, each.message.partition(" (")[0]) for each in found]


def typed(font: str | None = "Times New Roman", line: str = "vml") -> bytes:
    """A letter with no style of ours: direct formatting, drawn lines, bold by hand."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import parse_xml
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    normal = document.styles["Normal"].font
    normal.size = Pt(14)
    if font:
        normal.name = font

    def write(paragraph: Any, text: str, size: float = 14, align: Any = ALIGN.CENTER, **look: bool) -> Any:
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.italic = Pt(size), look.get("bold"), look.get("italic")
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(6)
        return paragraph

    head = document.add_table(2, 2)
    left, right = head.rows[0].cells
    write(left.paragraphs[0], "UBND HUYỆN MẪU", 13)
    issuer = write(left.add_paragraph(), "ỦY BAN NHÂN DÂN XÃ MẪU", 13, bold=True)
    write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    motto = write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    for paragraph, points in ((issuer, 72), (motto, 158)):
        paragraph.add_run()._r.append(parse_xml(LINES[line].format(points=points, emu=points * 12700)))
    below = head.rows[1].cells
    write(below[0].paragraphs[0], "Số: 15/UBND-VP", 13)
    write(below[0].add_paragraph(), "V/v đôn đốc tự chấm điểm", 12)
    write(below[1].paragraphs[0], "Xã Mẫu, ngày 12 tháng 3 năm 2024", 13, italic=True)
    write(document.add_paragraph(), "Kính gửi: Các bộ phận chuyên môn của xã")
    for text in ("Ủy ban nhân dân xã đề nghị các bộ phận hoàn thành việc tự chấm điểm.", "Trân trọng./."):
        body = write(document.add_paragraph(), text, align=ALIGN.JUSTIFY)
        body.paragraph_format.first_line_indent = Mm(10)
    end = document.add_table(1, 2).rows[0].cells
    write(end[0].paragraphs[0], "Nơi nhận:", 12, ALIGN.LEFT, bold=True, italic=True)
    for text in ("- Như trên;", "- Lưu: VT."):
        write(end[0].add_paragraph(), text, 11, ALIGN.LEFT)
    write(end[1].paragraphs[0], "KT. CHỦ TỊCH", bold=True)
    write(end[1].add_paragraph(), "PHÓ CHỦ TỊCH", bold=True)
    write(end[1].add_paragraph(), "Trần Thị Mẫu", bold=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
LINES = {
    "vml": f'<w:pict {_W} xmlns:v="urn:schemas-microsoft-com:vml"><v:line from="0,0" to="{{points}}pt,0"/></w:pict>',
    "drawing": f"<w:drawing {_W} {_WP} {_A}><wp:anchor>"
    '<wp:extent cx="{emu}" cy="0"/><a:graphic><a:graphicData><a:prstGeom prst="line"/></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing>",
}


@pytest.mark.parametrize("line", LINES)
def test_a_letter_typed_by_hand_is_understood(line: str) -> None:
    """No type name but “V/v”, drawn lines of either kind, a deputy's signature: right is right."""
    assert lint("cv.docx", typed(line=line)) == ()


def test_the_theme_gives_the_face_that_nobody_chose(codes: Codes) -> None:
    """Word's own default is not Times New Roman, although no run names another face."""
    assert codes("cv.docx", typed(font=None)) == {"W107"}


def test_small_tables_of_figures_are_no_text() -> None:
    """Two columns with the borders of a style hold figures, which may be small and stand close together."""
    import docx
    from docx.shared import Pt

    document = docx.Document(io.BytesIO(typed()))
    table = document.add_table(2, 2, style="Table Grid")
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].add_run("Số liệu 12,5").font.size = Pt(11)
    document.paragraphs[1]._p.addnext(table._tbl)
    stream = io.BytesIO()
    document.save(stream)

    assert lint("cv.docx", stream.getvalue()) == ()


def test_boxes_are_told(codes: Codes) -> None:
    """Text in a text box is not read as if it were missing without a word."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document(io.BytesIO(typed()))
    space = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    run = document.add_paragraph().add_run()._r
    run.append(parse_xml(f'<w:drawing {_W} xmlns:wps="{space}"><wps:txbx/></w:drawing>'))
    stream = io.BytesIO()
    document.save(stream)

    assert [finding.code for finding in lint("cv.docx", stream.getvalue())] == ["W104"]
