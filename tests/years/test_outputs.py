"""What a reader of the site and of the report learns about other years, and that a first year shows none of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pipeline.decree.paper import DataTable, Title
from pipeline.markup.blocks import Bullets, plain_text
from pipeline.report.compose import compose
from pipeline.site import write_pages
from pipeline.site.trend_chart import trend_chart

from .conftest import AREA, dossier_at, edit


def page(root: Path, folder: Path, name: str) -> str:
    """A generated page of the year."""
    write_pages(dossier_at(root), folder)
    return (folder / name).read_text("utf-8").replace("\xa0", " ")


def test_home_shows_the_years(two_years: Path, tmp_path: Path) -> None:
    """The gain among the facts, and chart and table below."""
    home = page(two_years, tmp_path, "index.md")

    assert "+8,21 điểm phần trăm" in home
    assert "Kết quả qua các năm" in home
    for value in ("61,11 %", "75,00 %", "73,32 %", "81,53 %", "13,93/19"):
        assert value in home


def test_a_page_of_its_own_takes_the_table_from_home(two_years: Path, tmp_path: Path) -> None:
    """Whoever wants it elsewhere asks for the part `xu_huong`."""
    (two_years / "docs/qua-cac-nam.md").write_text(
        "---\ntieu_de: Qua các năm\nphan_tu_dong: xu_huong\n---\n\nSo với năm trước.\n", "utf-8"
    )
    home = page(two_years, tmp_path, "index.md")

    assert "Kết quả qua các năm" not in home
    assert 'href="qua-cac-nam.html"' in home
    assert "73,32 %" in (tmp_path / "qua-cac-nam.md").read_text("utf-8").replace("\xa0", " ")


def test_a_first_year_shows_nothing_of_it(open_years: Path, tmp_path: Path) -> None:
    """No empty table, no chart with one bar."""
    (open_years / "docs/qua-cac-nam.md").write_text("---\ntieu_de: Năm\nphan_tu_dong: xu_huong\n---\n\nLời.\n", "utf-8")
    home = page(open_years, tmp_path, "index.md")

    assert "qua các năm" not in home
    assert "Chưa có năm nào trước đó" in (tmp_path / "qua-cac-nam.md").read_text("utf-8")


def test_every_cell_names_its_year_on_a_phone(two_years: Path, tmp_path: Path) -> None:
    """A row is a card there, and the head of the table is not seen."""
    home = page(two_years, tmp_path, "index.md").partition("Tỷ lệ điểm tự chấm của từng lĩnh vực qua các năm")[2]

    assert home.count('data-label="Năm 2023"') == home.count('data-label="Năm 2024"') == 5


def test_area_pages_tell_what_became_of_weaknesses(two_years: Path, tmp_path: Path) -> None:
    """Outcome in words, points of both years, the officer's reason; what is typed stays text."""
    edit(two_years / AREA, ("giai_trinh: Tỉnh vẫn gửi", "giai_trinh: <script>x</script> Tỉnh vẫn gửi"))
    text = page(two_years, tmp_path, "2024/1-chi-dao-dieu-hanh.md")

    assert "Tồn tại của năm 2023 đã khắc phục đến đâu" in text
    assert "đang khắc phục" in text
    assert "</a>: 0,50 → 0,50" in text
    assert "&lt;script&gt;x&lt;/script&gt; Tỉnh vẫn gửi hướng dẫn muộn" in text


def test_the_chart_draws_each_share_and_tells_it_in_words(two_years: Path) -> None:
    """A bar is as long as its percentage of the ground behind it."""
    trend = dossier_at(two_years).trend
    svg = ET.fromstring(trend_chart(trend, "Các năm"))
    bars = [each for each in svg.iter("rect") if "cchc-bar" in each.attrib["class"]]
    grounds = [each for each in svg.iter("rect") if each.attrib["class"] == "cchc-rest"]
    drawn = [
        100 * float(bar.attrib["width"]) / float(one.attrib["width"]) for bar, one in zip(bars, grounds, strict=True)
    ]
    told = [amount for row in (trend.total, *trend.rows) for amount in row.amounts]

    assert drawn == pytest.approx([float(amount.percent) for amount in told if amount and amount.percent], abs=0.1)
    assert "Tổng cộng: 2023 73,32 %, 2024 81,53 %" in "".join(svg.itertext()).replace("\xa0", " ")


def test_the_report_compares_the_years(two_years: Path) -> None:
    """A table after the summary, whose columns fill the page, and a word on how the years compare."""
    paper = compose(dossier_at(two_years))
    tables = [item for item in paper.content if isinstance(item, DataTable)]
    rows = [[" ".join(map(plain_text, cell)) for cell in row.cells] for row in tables[1].rows]

    assert sum(column.share for column in tables[1].columns) == 100
    assert [cell.replace("\xa0", " ") for cell in rows[-2]] == ["", "Tổng cộng", "73,32 %", "81,53 %", "+8,21"]
    assert rows[-1] == ["", "Xếp loại", "Khá", "Tốt", ""]


def test_the_report_tells_what_became_of_weaknesses(two_years: Path) -> None:
    """Below the shortcomings of each area that has something to answer for."""
    paper = compose(dossier_at(two_years))
    after = next(
        paper.content[index + 1]
        for index, item in enumerate(paper.content)
        if isinstance(item, Title) and item.text.startswith("c) Kết quả khắc phục tồn tại, hạn chế của năm 2023")
    )

    assert isinstance(after, Bullets)
    words = ["".join(plain_text(block.children) for block in item) for item in after.items]
    assert (
        words[1]
        == "Một báo cáo gửi muộn: đã khắc phục. Điểm năm trước → năm nay: 1.2.2: 0,50 → 0,75; 1.1.3: 0,00 → 1,00."
    )


def test_the_report_of_a_first_year_has_neither(open_years: Path) -> None:
    """Its tables are those that it always has."""
    paper = compose(dossier_at(open_years))

    assert not any("qua các năm" in item.caption for item in paper.content if isinstance(item, DataTable))
