"""A small paper with everything in it, changed as a test needs, and both of its files read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pytest

from pipeline.decree import render
from pipeline.decree.paper import LANDSCAPE, PORTRAIT, Align, Column, DataTable, Paper, Row, RowKind, Title, plain
from pipeline.decree.parts import (
    Draft,
    Issue,
    addressees,
    annexes,
    broken,
    closed,
    letterhead,
    recipients,
    signature,
)
from pipeline.decree.phrases import phrases
from pipeline.decree.sections import bullets, paragraphs

MILLIMETRE = 72 / 25.4
"""Points."""

Make = Callable[..., Paper]


def table(rows: int, caption: str = "Bảng số liệu") -> DataTable:
    """A table of three columns."""
    columns = (Column("STT", 10, Align.CENTRE), Column("Nội dung", 70), Column("Điểm", 20, Align.CENTRE))
    filled = tuple(
        Row(RowKind.LEAF, ((plain(str(row)),), (plain(f"Việc thứ {row} của bảng"),), (plain("1,50"),)), whole=True)
        for row in range(1, rows + 1)
    )
    return DataTable(caption, columns, filled)


def sample(
    *,
    body: str = "Ủy ban nhân dân xã Mẫu",
    superior: str = "Ủy ban nhân dân thành phố An Bình",
    kind: str = "Báo cáo",
    subject: str = "Kết quả tự đánh giá, chấm điểm năm 2024",
    to: tuple[str, ...] = ("Sở Nội vụ tỉnh An Bình",),
    copies: tuple[str, ...] = ("Như trên", "Lưu: VT, VP"),
    signed: tuple[str, ...] = ("TM. Ủy ban nhân dân", "Chủ tịch"),
    serial: str | None = "5",
    day: date | None = date(2025, 2, 5),
    annexed: int = 2,
    rows: int = 5,
    mark: str = "",
) -> Paper:
    """A paper of this house; an empty kind makes it an official letter."""
    words = phrases()
    symbol = "BC-UBND" if kind else "UBND-VP"
    issue = Issue(body=body, superior=superior, place="Mẫu", year=2025, symbol=symbol, serial=serial, day=day)
    drafts = [
        Draft(f"Bảng {each}", table(60, ""), LANDSCAPE if each == 1 else PORTRAIT) for each in range(1, annexed + 1)
    ]
    return Paper(
        title="Văn bản mẫu",
        author=body,
        mark=mark,
        page=PORTRAIT,
        letterhead=letterhead(issue, words, "" if kind else subject),
        kind=kind.upper(),
        subject=broken(subject, 56, words) if kind else (),
        addressees=addressees(to, words),
        bases=closed(("Căn cứ Luật Mẫu ngày 01 tháng 01 năm 2020", "Thực hiện Kế hoạch số 01/KH-UBND")),
        opening="Ủy ban nhân dân xã Mẫu báo cáo như sau:",
        content=(
            Title(1, "I. KẾT QUẢ"),
            *paragraphs(["Một đoạn văn đủ dài để xuống dòng. " * 8] * 3),
            bullets(["Việc thứ nhất", "Việc thứ hai"]),
            Title(1, "II. SỐ LIỆU"),
            *paragraphs(["Số liệu nêu tại bảng sau:"]),
            table(rows),
        ),
        closing="Trên đây là báo cáo của Ủy ban nhân dân xã Mẫu./.",
        recipients=recipients(copies, words),
        signature=signature(signed, "Nguyễn Văn Mẫu"),
        annexes=annexes(drafts, kind or words("cong_van"), issue, words),
        timestamp=1738713600,
    )


@dataclass
class Files:
    """A paper's two files, opened."""

    paper: Paper
    docx: bytes
    pdf: bytes

    @cached_property
    def document(self) -> Any:
        """The Word file."""
        import docx

        return docx.Document(io.BytesIO(self.docx))

    @cached_property
    def pages(self) -> Any:
        """The PDF, for positions."""
        import pypdfium2

        return pypdfium2.PdfDocument(self.pdf)

    def paragraphs(self, style: str) -> list[Any]:
        """The Word file's paragraphs in a style, those in tables too."""
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        identity = style.replace(" ", "")
        found = [each for each in self.document.element.body.iter(qn("w:p")) if each.style == identity]
        return [Paragraph(each, self.document) for each in found]

    def words(self, page: int = 0) -> str:
        """The text of a page of the PDF, line by line."""
        text: str = self.pages[page].get_textpage().get_text_range().replace("\r\n", "\n")
        return text

    def line(self, text: str, page: int = 0) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a text on a page of the PDF, in millimetres from the lower left corner."""
        sheet = self.pages[page].get_textpage()
        found = sheet.search(text, match_case=True).get_next()
        assert found, text
        boxes = [sheet.get_rect(rect) for rect in range(sheet.count_rects(*found))]
        sides = list(zip(*boxes, strict=True))
        left, bottom, right, top = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
        return left / MILLIMETRE, bottom / MILLIMETRE, right / MILLIMETRE, top / MILLIMETRE

    def rules(self, page: int = 0) -> list[tuple[float, float, float]]:
        """Left end, right end and height of each line in the page's upper third, from the top, in millimetres."""
        from pypdfium2 import raw

        lines = []
        for shape in self.pages[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = (side / MILLIMETRE for side in shape.get_bounds())
            if top - bottom < 1 < right - left and bottom > 198:
                lines.append((left, right, (bottom + top) / 2))
        return sorted(set(lines), key=lambda line: -line[2])


@pytest.fixture(scope="session")
def make() -> Make:
    """Build a paper, some of its facts changed."""
    return sample


@pytest.fixture(scope="session")
def opened() -> Callable[[Paper], Files]:
    """Render a paper and open both files."""

    def rendered(paper: Paper) -> Files:
        files = render(paper, "mau")
        return Files(paper, files.docx, files.pdf)

    return rendered


@pytest.fixture(scope="session")
def files(make: Make, opened: Callable[[Paper], Files]) -> Files:
    """The sample's two files."""
    return opened(make())


@pytest.fixture(scope="session")
def official_letter(make: Make, opened: Callable[[Paper], Files]) -> Files:
    """An official letter to several, without annexes, signed by a deputy, not issued yet."""
    paper = make(
        kind="",
        subject="đôn đốc hoàn thành tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm 2024",
        to=("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", "Công chức Tài chính – Kế toán"),
        signed=("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"),
        copies=("Lưu: VT", "Như trên"),
        serial=None,
        day=None,
        annexed=0,
        mark="SỐ LIỆU MINH HỌA",
    )
    return opened(replace(paper, bases=()))
