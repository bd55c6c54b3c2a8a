"""The binder as a reader uses it: page numbers, bookmarks, links, dividers, the list of what stays out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from pipeline.binder import plan_binder, write_binder
from pipeline.dossier import Dossier

Make = Callable[..., Dossier]


@pytest.fixture(scope="module")
def texts(binder: Path) -> list[str]:
    """The words of each page, whatever breaks the lines."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(binder).pages]


def test_it_is_one_file_in_its_folder(binder: Path) -> None:
    """Named after the year; nothing else is left beside it."""
    assert [path.name for path in binder.parent.iterdir()] == ["quyen-kiem-chung-2024.pdf"]


def test_every_page_is_numbered_in_one_row(texts: list[str]) -> None:
    """From the cover to the last page, with the total; the words can be searched and copied."""
    numbers = [re.search(r"Trang (\d+)/(\d+)", text) for text in texts]

    assert [found and (int(found[1]), int(found[2])) for found in numbers] == [
        (number, len(texts)) for number in range(1, len(texts) + 1)
    ]


def test_the_pages_of_a_scan_name_document_and_criterion(made: Dossier, texts: list[str]) -> None:
    """And say that the data are an example, as they are."""
    pages = plan_binder(made).pages_of("TL01")
    assert pages is not None

    assert [texts[page - 1] for page in pages] == [
        f"Trang {page}/{len(texts)} – TL01 – [1.1.1] – minh họa" for page in pages
    ]


def test_a_divider_names_the_claim(made: Dossier, texts: list[str]) -> None:
    """Code, title, points of the maximum, derivation, document with section and page, pages of the binder."""
    layout = plan_binder(made).layout
    assert layout is not None
    pages = layout.scans["TL01"]
    leaf = next(leaf for leaf in made.scores.leaves if leaf.criterion.code == "1.1.2")
    text = texts[layout.claims["1.1.2"].start - 1]

    for said in ("1.1.2", leaf.criterion.title, "1,00 trên 1 điểm tối đa", leaf.derivation, "02/KH-UBND", "mục II"):
        assert said in text
    assert f"{pages[0]}–{pages[-1]}" in text


def test_an_explanation_stands_on_its_divider(made: Dossier, texts: list[str]) -> None:
    """What stands in for proof is there in full."""
    layout = plan_binder(made).layout
    assert layout is not None
    text = texts[layout.claims["1.5"].start - 1]

    assert "Ba sáng kiến đã họp xét xong, quyết định công nhận đang chờ ký." in text
    assert "Tiêu chí này không có tài liệu kiểm chứng." in text


def test_cover_and_contents(made: Dossier, texts: list[str]) -> None:
    """Who, what, which year, how many pages; the contents name every divider and scan with its page."""
    layout = plan_binder(made).layout
    assert layout is not None
    contents = " ".join(texts[1 : min(page for pages in layout.claims.values() for page in pages) - 1])

    assert "QUYỂN TÀI LIỆU KIỂM CHỨNG" in texts[0]
    assert made.settings.body.full_title.upper() in texts[0]
    assert f"tổng cộng {len(texts)} trang" in texts[0]
    assert "SỐ LIỆU MINH HỌA" in texts[0]
    for code, pages in layout.claims.items():
        assert re.search(rf"\b{re.escape(code)}\. .*?\b{pages.start}\b", contents)
    assert re.search(rf"TL01 – 02/KH-UBND ngày 05/02/2024\W+{layout.scans['TL01'].start}\b", contents)


def test_the_last_pages_list_what_stays_out(made: Dossier, texts: list[str]) -> None:
    """Number, symbol, date, reason, and the sha256 of a scan that is not shown."""
    hidden = hashlib.sha256(made.scans["TL02.pdf"].path.read_bytes()).hexdigest()

    assert "45/BC-UBND ngày 02/12/2024 Chỉ dẫn chiếu, không gửi bản chụp" in texts[-1]
    assert hidden in re.sub(r"[\s\u200b]", "", texts[-1])
    assert "12/BB-UBND ngày 28/11/2024 Không có bản chụp" in texts[-1]


def test_nothing_internal_is_told(dossier: Make, tmp_path: Path) -> None:
    """Not even the abstract of an internal document, wherever it is cited."""
    path = write_binder(dossier({}), tmp_path)
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)

    assert "Biên bản họp xét thi đua" not in text
    assert "Tài liệu nội bộ, không công bố trích yếu" in text


def test_bookmarks_lead_to_area_criterion_and_document(made: Dossier, binder: Path) -> None:
    """Three levels, each at the page where the thing stands."""
    layout = plan_binder(made).layout
    assert layout is not None
    reader = PdfReader(binder)
    found = dict(_bookmarks(reader, reader.outline))

    assert found["Bìa"] == 1
    assert found["Mục lục"] == layout.contents
    for area in made.scores.areas:
        title = f"Lĩnh vực {area.criterion.code}: {area.criterion.title}"
        assert found[title] == layout.claims[area.leaves[0].criterion.code].start
        for leaf in area.leaves:
            code = leaf.criterion.code
            assert found[f"{title} > {code}. {leaf.criterion.title}"] == layout.claims[code].start
    assert layout.scans["TL01"].start in [page for path, page in found.items() if " > TL01 – " in path]


def _bookmarks(reader: PdfReader, items: Any, above: str = "") -> Iterator[tuple[str, int]]:
    last = ""
    for item in items:
        if isinstance(item, list):
            yield from _bookmarks(reader, item, f"{last} > ")
        else:
            last = above + item.title
            page = reader.get_destination_page_number(item)
            assert page is not None
            yield last, page + 1


def test_links_lead_to_the_pages_that_they_name(made: Dossier, binder: Path) -> None:
    """From the contents and the dividers to dividers and scans; a cited page leads to that very page."""
    layout = plan_binder(made).layout
    assert layout is not None
    with pikepdf.open(binder) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        links = {
            number: [pages[note.Dest[0].objgen] for note in page.obj.get("/Annots", ())]
            for number, page in enumerate(pdf.pages, start=1)
        }

    contents = range(layout.contents, layout.claims["1.1.1"].start)
    assert {page for number in contents for page in links[number]} == {
        *(claim.start for claim in layout.claims.values()),
        *(scan.start for scan in layout.scans.values()),
        layout.remainder,
    }
    assert links[layout.claims["1.1.2"].start] == [layout.scans["TL01"][0]] * 2
    assert all(not links[page] for pages_of_scan in layout.scans.values() for page in pages_of_scan)


def test_it_says_what_it_is(made: Dossier, binder: Path) -> None:
    """Title, author and language; readers open it with its bookmarks in sight."""
    reader = PdfReader(binder)
    root: Any = reader.trailer["/Root"]

    assert reader.metadata is not None
    assert reader.metadata.title == "Quyển tài liệu kiểm chứng năm 2024 của Ủy ban nhân dân xã Mẫu"
    assert reader.metadata.author == made.settings.body.full_title
    assert root["/Lang"] == "vi"
    assert root["/PageMode"] == "/UseOutlines"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_typeface_of_the_stamps_is_there_once(binder: Path) -> None:
    """However many pages carry one."""
    with pikepdf.open(binder) as pdf:
        fonts = {page.Resources.Font["/Stamp"].objgen for page in pdf.pages}

    assert len(fonts) == 1


def test_same_dossier_same_bytes(made: Dossier, binder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another folder, another time zone and another month."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    assert write_binder(made, tmp_path / "elsewhere").read_bytes() == binder.read_bytes()


def test_an_example_is_told_apart_from_facts(texts: list[str]) -> None:
    """The cover says so in red, and so does the foot of every page."""
    assert "SỐ LIỆU MINH HỌA – KHÔNG DÙNG LÀM CĂN CỨ" in texts[0]
    assert all("– minh họa" in text for text in texts)


def test_progress_is_told(made: Dossier, tmp_path: Path) -> None:
    """Page by page, up to the last."""
    told: list[tuple[int, int]] = []
    write_binder(made, tmp_path, lambda done, of: told.append((done, of)))

    total = plan_binder(made).pages
    assert told == [(done, total) for done in range(1, total + 1)]


@pytest.mark.system
def test_qpdf_finds_nothing_wrong(binder: Path) -> None:
    """The file is sound to another program's eyes."""
    import subprocess

    checked = subprocess.run(["qpdf", "--check", str(binder)], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stderr
    assert "No syntax or stream encoding errors found" in checked.stdout
