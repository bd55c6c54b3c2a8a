"""Annexes built by code, in the shapes in which decisions are published."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from pipeline.annex import Imported, read_annex

Merge = tuple[int, int, int, int]
Build = Callable[..., bytes]
Read = Callable[..., Imported]

HEADINGS = ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Cách chấm", "Tài liệu kiểm chứng")


@pytest.fixture(scope="session")
def word() -> Build:
    """Build a DOCX: paragraphs, then tables of rows; `merges` are corners in the first table, from 0."""

    def built(*tables: Sequence[Sequence[str]], preface: Iterable[str] = (), merges: Iterable[Merge] = ()) -> bytes:
        import docx

        document = docx.Document()
        for text in preface:
            document.add_paragraph(text)
        for index, rows in enumerate(tables):
            table = document.add_table(len(rows), max(len(row) for row in rows))
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
            for top, left, bottom, right in merges if index == 0 else ():
                text = table.cell(top, left).text
                table.cell(top, left).merge(table.cell(bottom, right)).text = text
            document.add_paragraph()
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return built


@pytest.fixture(scope="session")
def excel() -> Build:
    """Build an XLSX of one sheet; values are stored as they are, `merges` count from 0, corners included."""

    def built(rows: Sequence[Sequence[Any]], merges: Iterable[Merge] = (), title: str = "Phụ lục") -> bytes:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        for top, left, bottom, right in merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return built


@pytest.fixture
def read_docx(word: Build) -> Read:
    """Import a DOCX built from these tables."""

    def read(*tables: Sequence[Sequence[str]], **build: Any) -> Imported:
        return read_annex("phu-luc.docx", word(*tables, **build))

    return read


@pytest.fixture
def read_xlsx(excel: Build) -> Read:
    """Import an XLSX built from these rows."""

    def read(rows: Sequence[Sequence[Any]], **build: Any) -> Imported:
        return read_annex("phu-luc.xlsx", excel(rows, **build))

    return read


@pytest.fixture(scope="session")
def headings() -> tuple[str, ...]:
    """The columns of most annexes."""
    return HEADINGS


@pytest.fixture(scope="session")
def printed() -> list[list[str]]:
    """A small annex in which everything is understood and adds up."""
    return [
        list(HEADINGS),
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["I", "CHỈ ĐẠO, ĐIỀU HÀNH", "4", "", ""],
        ["1.1", "Kế hoạch cải cách hành chính", "2,5", "", ""],
        ["1.1.1", "Ban hành kế hoạch", "1", "Có: 1; không: 0", "- Kế hoạch năm;\n- Báo cáo"],
        ["1.1.2", "Mức độ hoàn thành kế hoạch", "1,5", "", "Báo cáo năm"],
        ["", "Hoàn thành 100% kế hoạch", "1,5", "", ""],
        ["", "Từ 80% đến dưới 100%", "1", "", ""],
        ["", "Dưới 80%", "0", "", ""],
        ["1.2", "Tuyên truyền", "1,5", "", ""],
        ["a)", "Tin, bài trên đài truyền thanh", "1", "Mỗi tin, bài 0,1 điểm, tối đa 1 điểm", "Danh sách tin"],
        ["b)", "Hình thức tuyên truyền mới", "0,5", "Có hình thức mới: 0,5; không có: 0", "Ảnh chụp"],
        ["II", "TÁC ĐỘNG", "2", "", ""],
        ["2.1", "Mức độ hài lòng", "2", "Điều tra xã hội học", ""],
        ["", "Tổng cộng", "6", "", ""],
    ]
