"""Our own Word file keeps the decree; each way of spoiling it is found, and nothing else is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.conformance import lint
from pipeline.decree import PaperFiles

Spoil = Callable[[Any], None]


def styled(document: Any, style: str) -> list[Any]:
    """The paragraphs of a style, also those in tables."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    identity = next(each.style_id for each in document.styles if each.name == style)
    found = [each for each in document.element.body.iter(qn("w:p")) if each.style == identity]
    return [Paragraph(each, document._body) for each in found]


def say(style: str, text: str, which: int = 0) -> Spoil:
    """Another text in a paragraph."""

    def spoil(document: Any) -> None:
        first, *others = styled(document, style)[which].runs
        first.text = text
        for run in others:
            run.text = ""

    return spoil


def swap(style: str, old: str, new: str, which: int = 0) -> Spoil:
    """Some letters replaced in a paragraph."""

    def spoil(document: Any) -> None:
        paragraph = styled(document, style)[which]
        assert old in paragraph.text
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)

    return spoil


def style(which: str, /, **font: Any) -> Spoil:
    """A style whose letters look different."""
    from docx.shared import Pt

    def spoil(document: Any) -> None:
        for key, value in font.items():
            setattr(document.styles[which].font, key, Pt(value) if key == "size" else value)

    return spoil


def form(which: str, /, **settings: Any) -> Spoil:
    """A style whose paragraphs stand differently."""

    def spoil(document: Any) -> None:
        for key, value in settings.items():
            setattr(document.styles[which].paragraph_format, key, value)

    return spoil


def page(**settings: float) -> Spoil:
    """Another page for the text, in millimetres."""
    from docx.shared import Mm

    def spoil(document: Any) -> None:
        for key, value in settings.items():
            setattr(document.sections[0], key, Mm(value))

    return spoil


def rules(document: Any) -> list[Any]:
    """The paragraphs that draw a rule: below agency, motto and subject, in this order."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    borders = document.element.body.iter(qn("w:pBdr"))
    return [Paragraph(border.getparent().getparent(), document._body) for border in borders]


def without_rule(which: int) -> Spoil:
    """One of the three rules taken away."""
    from docx.oxml.ns import qn

    def spoil(document: Any) -> None:
        border = rules(document)[which]._p.pPr.find(qn("w:pBdr"))
        border.getparent().remove(border)

    return spoil


def rule(which: int, indent: float) -> Spoil:
    """One of the three rules drawn longer or shorter."""
    from docx.shared import Mm

    def spoil(document: Any) -> None:
        paragraph = rules(document)[which].paragraph_format
        paragraph.left_indent = paragraph.right_indent = Mm(indent)

    return spoil


def on_the_first_page(document: Any) -> None:
    """The number on page 1 too."""
    document.sections[0].different_first_page_header_footer = False


def typed_number(document: Any) -> None:
    """A number that somebody typed."""
    from docx.oxml.ns import qn

    paragraph = document.sections[0].header.paragraphs[0]
    paragraph._p.remove(paragraph._p.find(qn("w:fldSimple")))
    paragraph.add_run("2")


def no_number(document: Any) -> None:
    """No number at all."""
    from docx.oxml.ns import qn

    paragraph = document.sections[0].header.paragraphs[0]
    paragraph._p.remove(paragraph._p.find(qn("w:fldSimple")))


def roman_number(document: Any) -> None:
    """Pages i, ii, iii."""
    from docx.oxml.ns import qn

    document.sections[0]._sectPr.find(qn("w:pgNumType")).set(qn("w:fmt"), "lowerRoman")


def number_at_the_foot(document: Any) -> None:
    """The number in the bottom margin."""
    section = document.sections[0]
    section.footer.paragraphs[0]._p.append(section.header.paragraphs[0]._p[-1])


def red(document: Any) -> None:
    """A red sentence."""
    from docx.shared import RGBColor

    styled(document, "Nội dung")[3].runs[0].font.color.rgb = RGBColor(255, 0, 0)


def legacy(document: Any) -> None:
    """A typeface of the old encoding."""
    styled(document, "Nội dung")[3].runs[0].font.name = ".VnTime"


def decomposed(document: Any) -> None:
    """Letters and accents apart."""
    run = styled(document, "Nội dung")[3].runs[0]
    run.text = unicodedata.normalize("NFD", run.text)


def no_recipients(document: Any) -> None:
    """Neither label nor list."""
    for name in ("Nơi nhận", "Danh sách nơi nhận"):
        for paragraph in styled(document, name):
            paragraph._p.getparent().remove(paragraph._p)


def unjustified(document: Any) -> None:
    """The text ragged on the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.styles["Nội dung"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def on_its_side(document: Any) -> None:
    """The text across the sheet."""
    from docx.shared import Mm

    portrait = document.sections[0]
    portrait.page_width, portrait.page_height = Mm(297), Mm(210)
    tables = [table._tbl for table in document.tables if len(table.columns) > 2]
    captions = [paragraph._p for paragraph in styled(document, "Tên bảng")]
    for element in (*tables, *captions):
        element.getparent().remove(element)


def counted_on(document: Any) -> None:
    """The pages of the first annex counted on from the text's."""
    from docx.oxml.ns import qn

    section = document.sections[1]._sectPr
    section.remove(section.find(qn("w:pgNumType")))


CASES: tuple[tuple[str, str, Spoil], ...] = (
    ("letter paper", "W105", page(page_width=215.9, page_height=279.4)),
    ("landscape without tables", "W105", on_its_side),
    ("left margin narrow", "W106", page(left_margin=20)),
    ("bottom margin wide", "W106", page(bottom_margin=30)),
    ("arial", "W107", style("Nội dung", name="Arial")),
    ("red", "W108", red),
    ("old encoding", "W109", legacy),
    ("decomposed", "W109", decomposed),
    ("number on page 1", "W110", on_the_first_page),
    ("number typed", "W110", typed_number),
    ("no number", "W110", no_number),
    ("roman number", "W110", roman_number),
    ("number at the foot", "W110", number_at_the_foot),
    ("number small", "W110", style("Số trang", size=11)),
    ("number left", "W110", form("Số trang", alignment=0)),
    ("annex counted on", "W110", counted_on),
    ("motto with dashes", "W111", say("Tiêu ngữ", "Độc lập – Tự do – Hạnh phúc")),
    ("nation misspelt", "W111", say("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHỈA VIỆT NAM")),
    ("motto not bold", "W112", style("Tiêu ngữ", bold=False)),
    ("nation large", "W112", style("Quốc hiệu", size=14)),
    ("motto without rule", "W113", without_rule(1)),
    ("rule half the motto", "W113", rule(1, 33)),
    ("superior bold", "W114", style("Cơ quan cấp trên", bold=True)),
    ("issuer not bold", "W114", style("Cơ quan ban hành", bold=False)),
    ("agency without rule", "W115", without_rule(0)),
    ("rule longer than the agency", "W115", rule(0, 2)),
    ("number without zero", "W116", say("Số ký hiệu", "Số: 5/BC-UBND")),
    ("number with needless zero", "W116", say("Số ký hiệu", "Số: 012/BC-UBND")),
    ("symbol of a plan", "W116", say("Số ký hiệu", "Số: 12/KH-UBND")),
    ("symbol with spaces", "W116", say("Số ký hiệu", "Số: 12/BC - UBND")),
    ("symbol in small letters", "W116", say("Số ký hiệu", "Số: 12/BC-ubnd")),
    ("number without colon", "W116", say("Số ký hiệu", "Số 12/BC-UBND")),
    ("number that is none", "W116", say("Số ký hiệu", "Số: 1.2/BC-UBND")),
    ("symbol without agency", "W116", say("Số ký hiệu", "Số: 12/BC")),
    ("number bold", "W117", style("Số ký hiệu", bold=True)),
    ("day without zero", "W118", say("Địa danh ngày tháng", "Liên Hồng, ngày 5 tháng 02 năm 2023")),
    ("month with needless zero", "W118", say("Địa danh ngày tháng", "Liên Hồng, ngày 05 tháng 03 năm 2023")),
    ("day that is none", "W118", say("Địa danh ngày tháng", "Liên Hồng, ngày 1.2 tháng 3 năm 2023")),
    ("no such day", "W118", say("Địa danh ngày tháng", "Liên Hồng, ngày 31 tháng 4 năm 2023")),
    ("no place", "W118", say("Địa danh ngày tháng", "Ngày 05 tháng 4 năm 2023")),
    ("date upright", "W119", style("Địa danh ngày tháng", italic=False)),
    ("type not bold", "W120", style("Tên loại", bold=False)),
    ("subject small", "W120", style("Trích yếu", size=12)),
    ("subject without rule", "W121", without_rule(2)),
    ("addressee without colon", "W122", swap("Kính gửi", "Kính gửi:", "Kính gửi")),
    ("addressee bold", "W122", style("Kính gửi", bold=True)),
    ("basis ends in a comma", "W123", swap("Căn cứ", "2015;", "2015,")),
    ("last basis ends in a semicolon", "W123", swap("Căn cứ", "Hồng.", "Hồng;", which=-1)),
    ("text small", "W124", style("Nội dung", size=12)),
    ("text ragged", "W125", unjustified),
    ("first line too far in", "W125", form("Nội dung", first_line_indent=1_000_000)),
    ("no room between paragraphs", "W126", form("Nội dung", space_after=0)),
    ("double lines", "W126", form("Nội dung", line_spacing=2.0)),
    ("power without point", "W127", swap("Quyền hạn chức vụ", "TM.", "TM")),
    ("name in capitals", "W127", say("Người ký", "NGUYỄN VĂN HẠNH")),
    ("name not bold", "W127", style("Người ký", bold=False)),
    ("degree before the name", "W128", say("Người ký", "ThS. Nguyễn Văn Hạnh")),
    ("recipients large", "W129", style("Danh sách nơi nhận", size=14)),
    ("label upright", "W129", style("Nơi nhận", italic=False)),
    ("recipient without semicolon", "W130", say("Danh sách nơi nhận", "- UBND thành phố")),
    ("last recipient is not the archive", "W130", say("Danh sách nơi nhận", "- Ban Chỉ đạo.", which=-1)),
    ("last recipient without point", "W130", say("Danh sách nơi nhận", "- Lưu: VT", which=-1)),
    ("annex with arabic number", "W131", swap("Phụ lục", "Phụ lục I", "Phụ lục 1")),
    ("annex title in small letters", "W132", swap("Phụ lục", "BẢNG", "Bảng")),
    ("annex of nothing", "W133", swap("Kèm theo", "(Kèm theo", "(Theo")),
    ("reference upright", "W133", style("Kèm theo", italic=False)),
    ("no recipients", "W103", no_recipients),
)


def test_our_report_keeps_the_decree(files: PaperFiles) -> None:
    """Nothing is found in either file, and nothing is left unjudged."""
    assert lint("bao-cao.docx", files.docx) == ()
    assert lint("bao-cao.pdf", files.pdf) == ()


@pytest.mark.parametrize(("code", "spoil"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_deviation_is_found_alone(
    code: str, spoil: Spoil, spoiled: Callable[[Spoil], bytes], codes: Callable[[str, bytes], set[str]]
) -> None:
    """What one spoils is found, and nothing that is still right."""
    found = codes("bao-cao.docx", spoiled(spoil))

    assert found - {"W103" if code != "W103" else ""} == {code}


def test_a_file_saved_again_is_still_right(spoiled: Callable[[Spoil], bytes]) -> None:
    """The twin of all spoilt files: the same way through python-docx, nothing changed."""
    assert lint("bao-cao.docx", spoiled(lambda _: None)) == ()


def test_findings_say_where_what_and_how(spoiled: Callable[[Spoil], bytes]) -> None:
    """A finding names paragraph and text, what is wrong, how to mend it, and the decree's place; alike ones are one."""
    (finding,) = lint("bao-cao.docx", spoiled(style("Căn cứ", italic=False)))

    assert (finding.place.path, finding.code) == ("bao-cao.docx", "W123")
    assert finding.message.startswith(f"đoạn {finding.place.line}, “Căn cứ Luật Tổ chức")
    assert "không in nghiêng hết (cũng vậy ở đoạn" in finding.message
    assert finding.mend == "chọn cả dòng, in nghiêng"
    assert "Nghị định 30/2020/NĐ-CP" in finding.basis


def test_formatting_is_what_word_shows(spoiled: Callable[[Spoil], bytes]) -> None:
    """Direct formatting outweighs the style, in both directions."""

    def work(document: Any) -> None:
        document.styles["Tiêu ngữ"].font.bold = False
        for paragraph in styled(document, "Tiêu ngữ"):
            for run in paragraph.runs:
                run.font.bold = True

    assert lint("bao-cao.docx", spoiled(work)) == ()


def test_another_editor_may_have_saved_it() -> None:
    """A report that LibreOffice opened and saved is still ours and still right."""
    assert lint("bao-cao.docx", Path(__file__).with_name("saved-by-libreoffice.docx").read_bytes()) == ()
