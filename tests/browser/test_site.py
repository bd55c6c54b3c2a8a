"""The website in a real Chromium: on a phone, in the dark, searched in Vietnamese, and cut off from other hosts."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.dossier import dossier_of, examine
from pipeline.site import write_site
from pipeline.site.trend_chart import trend_chart
from pipeline.years.trend import Amount, Trend, TrendRow, TrendYear

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
YEAR = 2022


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace's website."""
    root = tmp_path_factory.mktemp("w")
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    dossier = dossier_of(examine(root, YEAR, date(2023, 1, 15)))
    assert dossier is not None
    return write_site(dossier, root / "build")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The website on loopback, below a path as on a portal."""
    below = site.parent / "portal"
    below.mkdir()
    (below / "cchc").symlink_to(site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(below)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/cchc"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def pages(site: Path) -> list[str]:
    """Every page of the website."""
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html") if path.name != "404.html")


def phone(browser: Browser, **options: str) -> Page:
    """A page as wide as an old phone."""
    return browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2, **options)  # type: ignore[arg-type]


def test_no_page_scrolls_sideways_on_a_phone(site: Path, address: str, browser: Browser) -> None:
    """At 360 px everything fits the width."""
    page = phone(browser)
    too_wide = []
    for path in pages(site):
        page.goto(f"{address}/{path}")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(path)

    assert too_wide == []


def test_no_page_asks_another_host_or_fails(site: Path, address: str, browser: Browser) -> None:
    """A portal may be cut off from the internet: nothing is fetched elsewhere, nothing is missing, no script fails."""
    page = browser.new_page()
    foreign, failed = [], []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(address) else None)
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    for path in pages(site):
        page.goto(f"{address}/{path}", wait_until="networkidle")

    assert foreign == []
    assert failed == []


def test_search_finds_vietnamese(address: str, browser: Browser) -> None:
    """A citizen types two words with their accents and is led to the pages that hold them."""
    page = browser.new_page()
    page.goto(f"{address}/index.html")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("một cửa")
    page.wait_for_selector(".md-search-result__item")
    hits = page.locator(".md-search-result__item").all_inner_texts()

    assert any("một cửa" in hit.lower() for hit in hits)


def test_dark_scheme_is_dark(address: str, browser: Browser) -> None:
    """The site follows the device's scheme, charts and tables included."""
    backgrounds = {}
    for scheme in ("light", "dark"):
        page = phone(browser, color_scheme=scheme)
        page.goto(f"{address}/index.html", wait_until="networkidle")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        backgrounds[scheme] = sum(map(int, colour.strip("rgba()").split(",")[:3]))

    assert backgrounds["light"] > 600
    assert backgrounds["dark"] < 200


def test_chart_has_a_text_alternative(address: str, browser: Browser) -> None:
    """A screen reader is told what the chart shows."""
    page = browser.new_page()
    page.goto(f"{address}/index.html")
    chart = page.get_by_role("img").filter(has=page.locator("title, desc")).first

    assert chart.count() == 1
    assert "%" in (chart.locator("desc").first.text_content() or chart.get_attribute("aria-label") or "")


def test_nothing_in_a_chart_is_cut_off(site: Path, address: str, browser: Browser) -> None:
    """Every word of every chart ends within its picture, the longest name of the years' chart too."""
    amount = Amount(Decimal(15), Decimal(16), Decimal("93.75"))
    years = tuple(TrendYear(year, "bo", amount, "Tốt", False, False, True) for year in (2023, 2024))
    long = TrendRow("10", "Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức", (amount, amount))
    page = phone(browser)
    cut = []
    for path in ("index.html", "linh-vuc.html"):
        page.goto(f"{address}/{path}")
        page.evaluate(
            "svg => document.querySelector('article').insertAdjacentHTML('beforeend', svg)",
            trend_chart(Trend(years, (long,)), "Các năm"),
        )
        cut += page.evaluate(
            """[...document.querySelectorAll('svg[role=img] text')].filter(text => {
                const box = text.getBBox(), room = text.ownerSVGElement.viewBox.baseVal
                return box.x < room.x - 1 || box.x + box.width > room.x + room.width + 1
            }).map(text => text.textContent)"""
        )

    assert cut == []


def test_tables_fit_a_phone(site: Path, address: str, browser: Browser) -> None:
    """No table has to be pushed sideways, those that officers wrote included."""
    page = phone(browser)
    pushed = []
    for path in pages(site):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        script = "[...document.querySelectorAll('.md-typeset__scrollwrap')].some(e => e.scrollWidth > e.clientWidth)"
        if page.evaluate(script):
            pushed.append(path)

    assert pushed == []


def test_the_search_is_announced_by_name(address: str, browser: Browser) -> None:
    """A screen reader says what the dialog is."""
    page = browser.new_page()
    page.goto(f"{address}/index.html", wait_until="networkidle")

    assert page.locator('[role="dialog"][aria-label="Tìm kiếm"]').count() == 1
