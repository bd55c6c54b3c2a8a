"""Sheets, page numbers, annexes and tables over pages, read back from the finished files."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from pipeline.decree.paper import Paper

Open = Callable[[Paper], Any]


def text_edges(files: Any, page: int) -> tuple[float, float, float, float]:
    """How far all text of a page is from the left, the bottom, the right and the top edge, in millimetres."""
    from pypdfium2 import raw

    sheet = files.pages[page]
    width, height = (side * 25.4 / 72 for side in sheet.get_size())
    boxes = [box.get_bounds() for box in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    sides = [[box[side] * 25.4 / 72 for box in boxes] for side in range(4)]
    return min(sides[0]), min(sides[1]), width - max(sides[2]), height - max(sides[3])


def test_pdf_sheets_are_a4_and_text_keeps_to_the_margins(files: Any) -> None:
    """Portrait, landscape for annex I; left 30, right 15; only number and mark stand in the top and bottom margin."""
    for page, sheet in enumerate(files.pages):
        size = sorted(round(side * 25.4 / 72) for side in sheet.get_size())
        left, bottom, right, top = text_edges(files, page)

        assert size == [210, 297]
        assert left >= 29.5
        assert right >= 14.5
        assert bottom >= 19.9
        assert top >= (19.9 if files.words(page)[0] not in "23456789" else 8)


def test_word_sections_carry_the_margins(files: Any) -> None:
    """The text and each annex are sections of their own with the decree's margins; pages count from 1 in each."""
    sections = list(files.document.sections)

    assert [section.orientation.name for section in sections] == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]
    for section in sections:
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
        assert sorted(round(side.mm) for side in (section.page_width, section.page_height)) == [210, 297]
        assert (
            section._sectPr.find("{*}pgNumType").get(
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}start"
            )
            == "1"
        )


def test_pdf_page_numbers_stand_in_the_top_margin(files: Any) -> None:
    """Centred, 13 points, in the top margin; none on the first page of the text and of each annex."""
    starts = [0, *(page for page in range(len(files.pages)) if files.words(page).startswith("Phụ lục"))]
    expected = [page - max(start for start in starts if start <= page) + 1 for page in range(len(files.pages))]

    assert len(starts) == 3
    for page, number in enumerate(expected):
        first = files.words(page).split("\n")[0]
        assert (first == str(number)) is (number > 1)
        if number > 1:
            left, bottom, right, top = files.line(str(number), page)
            width, height = (side * 25.4 / 72 for side in files.pages[page].get_size())
            middle = 30 + (width - 45) / 2
            assert (left + right) / 2 == pytest.approx(middle, abs=0.5)
            assert height - 20 < bottom < top < height - 5


def test_annexes_are_numbered_from_two_on(
    files: Any, make: Callable[..., Paper], opened: Open, official_letter: Any
) -> None:
    """Roman numerals for two, none for a single one; every annex names its paper in both files."""
    single = opened(make(annexed=1))
    letter = opened(make(kind="", annexed=1))

    assert [each.text.split("\n")[0] for each in files.paragraphs("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]
    assert [each.text.split("\n")[0] for each in single.paragraphs("Phụ lục")] == ["Phụ lục"]
    assert official_letter.paragraphs("Phụ lục") == []
    for paper, kind in (
        (files, "Báo cáo số 05/BC-UBND"),
        (single, "Báo cáo số 05/BC-UBND"),
        (letter, "Công văn số 05/UBND-VP"),
    ):
        for reference in paper.paragraphs("Kèm theo"):
            told = " ".join(reference.text.split())
            assert told == f"(Kèm theo {kind} ngày 05 tháng 02 năm 2025 của Ủy ban nhân dân xã Mẫu)"
            assert reference.style.font.italic


def test_tables_over_pages_repeat_their_header(files: Any) -> None:
    """Every page of a table begins with its header, and each row stands whole on one page."""
    rows = [
        [f"Việc thứ {row} của bảng" in files.words(page) for page in range(len(files.pages))] for row in (7, 30, 60)
    ]

    for page in range(len(files.pages)):
        if "Việc thứ" in files.words(page):
            assert "STT" in files.words(page)
    assert all(sum(found) == 2 for found in rows)
    for table in files.document.tables[1:2] + files.document.tables[3:]:
        header, *below = table._tbl.tr_lst
        assert header.find("{*}trPr/{*}tblHeader") is not None
        assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in (header, *below))


@pytest.mark.parametrize(("rows", "fits"), [(20, True), (120, False)])
def test_a_whole_table_breaks_only_when_it_must(
    make: Callable[..., Paper], opened: Open, rows: int, fits: bool
) -> None:
    """A table that shall stand on one page does, unless it is longer than a page; then no row is lost."""
    paper = make(rows=rows, annexed=0)
    *before, table = paper.content
    files = opened(replace(paper, content=(*before, replace(table, whole=True))))
    pages = [files.words(page) for page in range(len(files.pages))]
    holding = [text for text in pages if "của bảng" in text]

    assert (len(holding) == 1) is fits
    assert all(f"Việc thứ {row} của bảng" in "".join(holding) for row in range(1, rows + 1))


@pytest.mark.parametrize("rows", range(1, 26, 4))
def test_no_heading_ends_a_page(make: Callable[..., Paper], opened: Open, rows: int) -> None:
    """Wherever the page ends, a heading stays with the sentence below it, a caption with its table's first row."""
    paper = make(rows=rows, annexed=0, copies=("Như trên", *["Một nơi nhận khác"] * rows, "Lưu: VT"))
    files = opened(paper)
    for page in range(len(files.pages)):
        text = files.words(page)
        assert ("II. SỐ LIỆU" in text) == ("Số liệu nêu tại bảng sau:" in text)
        if "Bảng số liệu" in text:
            assert "Việc thứ 1 của bảng" in text
    for style in ("Heading1", "Nội dung trước bảng", "Tên bảng"):
        assert all(each.style.paragraph_format.keep_with_next for each in files.paragraphs(style))


def test_bookmarks_tags_and_language(files: Any) -> None:
    """Headings and annexes are bookmarks; tables are tagged with header cells; the language is Vietnamese."""
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(files.pdf))
    root = reader.trailer["/Root"]
    kinds = [str(node.get("/S")) for node in tagged(root["/StructTreeRoot"])]

    assert [entry.title for entry in reader.outline] == [
        "I. KẾT QUẢ",
        "II. SỐ LIỆU",
        "Phụ lục I BẢNG 1",
        "Phụ lục II BẢNG 2",
    ]
    assert root["/Lang"] == "vi"
    assert reader.metadata.title == "Văn bản mẫu"
    assert kinds.count("/Table") == 3
    assert kinds.count("/TH") >= 9
    assert kinds.count("/H1") == 4


def tagged(node: Any) -> Iterator[Any]:
    """All elements of the structure tree."""
    below = node.get("/K", [])
    for child in map(resolved, below if isinstance(below, list) else [below]):
        if hasattr(child, "get") and "/S" in child:
            yield child
            yield from tagged(child)


def resolved(node: Any) -> Any:
    """What a reference of the PDF leads to."""
    return node.get_object() if hasattr(node, "get_object") else node


def test_copied_text_is_composed_vietnamese(files: Any) -> None:
    """Letters come out of the PDF as the same composed characters that went in."""
    text = files.words()

    assert unicodedata.is_normalized("NFC", text)
    assert "Kết quả tự đánh giá, chấm điểm năm 2024" in text


def test_the_mark_stands_on_every_page(make: Callable[..., Paper], opened: Open) -> None:
    """Illustrative figures say so on each page of both files."""
    files = opened(make(mark="SỐ LIỆU MINH HỌA"))
    first, *others = files.document.sections

    assert all("SỐ LIỆU MINH HỌA" in files.words(page) for page in range(len(files.pages)))
    assert first.footer.paragraphs[0].text == first.first_page_footer.paragraphs[0].text == "SỐ LIỆU MINH HỌA"
    assert all(section.footer.is_linked_to_previous for section in others)


def test_a_document_number_is_not_broken(make: Callable[..., Paper], opened: Open) -> None:
    """“2452/QĐ-UBND” stands whole on its line, wherever in the text it falls."""
    said = " ".join(f"{'và ' * (each % 7)}Quyết định số 2452/QĐ-UBND" for each in range(40))
    files = opened(replace(make(annexed=0), opening=said))
    lines = "".join(files.words(page) for page in range(len(files.pages))).splitlines()

    assert sum(line.count("2452/QĐ-UBND") for line in lines) == 40
