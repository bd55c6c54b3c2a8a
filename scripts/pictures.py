"""Make the README's pictures from the sample workspace: the site's home and the report's first page.

Needs Chromium. Run from the root of the repository: `nox -s pictures`.
"""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from playwright.sync_api import sync_playwright

from pipeline.dossier import dossier_of, examine
from pipeline.report import write_report
from pipeline.site import write_site
from pipeline.workspace.load import years

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "images"


def main() -> None:
    """Build both outputs aside and picture them."""
    dossier = dossier_of(examine(ROOT, years(ROOT)[-1], datetime.now(UTC).date()))
    if dossier is None:
        raise SystemExit("the sample workspace has errors: cchc check")
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        site = write_site(dossier, Path(folder))
        _, pdf = write_report(dossier, Path(folder) / "report")
        _picture_site(site)
        _picture_report(pdf)


def _picture_site(site: Path) -> None:
    """The site as a server shows it: a page opened as a file has no search."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html", wait_until="networkidle")
        page.screenshot(path=IMAGES / "site.png")
        browser.close()
        server.shutdown()


def _picture_report(pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=1.4).to_pil().save(IMAGES / "report.png", optimize=True)


if __name__ == "__main__":
    main()
