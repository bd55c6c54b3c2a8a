"""The pages of a year that was appraised: every column, who said what and when, and no more than may be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.site import write_pages

from .conftest import Site, configure, dossier_at, seen

HARMLESS = Path(__file__).parents[1] / "harmless" / "appraised-in-two-rounds"
AREA = "1-chi-dao-dieu-hanh"


@pytest.fixture(scope="module")
def appraised(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sound workspace with two rounds; the office types HTML, the explanation cites an internal document."""
    import shutil

    from pipeline.site import write_site

    root = tmp_path_factory.mktemp("appraised") / "w"
    for layer in (sound, HARMLESS):
        shutil.copytree(layer, root, dirs_exist_ok=True)
    configure(root)
    path = root / "scores/2024/appraisal.yml"
    text = path.read_text("utf-8").replace("Báo cáo chưa nêu", "<b>Báo cáo</b> {{ 7*7 }} chưa nêu")
    path.write_text(text.replace("[{ma: TL02, muc: I.1, trang: 1}]", "[{ma: TL05, muc: kín, trang: 99}]"), "utf-8")
    dossier = dossier_at(root, 2024)
    write_site(dossier, root / "build")
    return Site(dossier, root)


def test_the_first_page_shows_each_columns_total_and_band(appraised: Site) -> None:
    """Self-score, appraisal, explanation, second appraisal, final points."""
    text = seen(appraised.folder / "index.html").text
    row = text.partition("Tổng cộng, xếp loại")[2]

    assert row.strip().startswith("19 15,49 Tốt 13,99 Khá 14,49 Khá 14,49 Khá 14,49 Khá −1,00")
    assert "Sau thẩm định" in text
    assert "14,49 điểm" in text.partition("Sau thẩm định")[2][:40]


def test_an_area_page_tells_the_dialogue(appraised: Site) -> None:
    """With its days, the difference and the reason."""
    text = seen(appraised.folder / "2024" / f"{AREA}.html").text.partition("Chênh lệch, lý do và trao đổi")[2]

    assert "−1,00 : Chưa có quyết định công nhận sáng kiến." in text.replace(" : ", " : ")
    assert "25/01/2025, UBND xã Mẫu: đề nghị 1,00 điểm. Mục I.1 của báo cáo" in text
    assert "10/02/2025, Hội đồng thẩm định tỉnh Mẫu: cho 1,00 điểm. Chấp nhận giải trình" in text


def test_what_the_office_types_stays_text(appraised: Site) -> None:
    """Tags and templates are shown, not run."""
    page = seen(appraised.folder / "2024" / f"{AREA}.html")

    assert "<b>Báo cáo</b> {{ 7*7 }} chưa nêu" in page.text


def test_an_internal_document_stays_inside(appraised: Site) -> None:
    """Its number may be told, not where in it the proof stands."""
    text = seen(appraised.folder / "2024" / f"{AREA}.html").text

    assert "TL05 12/BB-UBND" in text
    assert "kín" not in text
    assert "trang 99" not in text


def test_a_year_without_an_appraisal_shows_nothing_of_it(sound: Path, tmp_path: Path) -> None:
    """No heading, no column, no empty table."""
    write_pages(dossier_at(sound, 2024), tmp_path)

    for path in tmp_path.rglob("*.md"):
        assert path.stem == "kiem-tra" or "hẩm định" not in path.read_text("utf-8")
