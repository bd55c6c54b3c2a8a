"""How fast a binder of 2,000 pages of scans is bound, side by side with bare concatenation of the same scans.

Run with `nox -s bench_binder`. The peers, qpdf and poppler's pdfunite, only put files together: no cover, contents,
dividers, bookmarks or stamps, nothing scaled; images were made PDF for them beforehand. Everything lies below
`build/bench/binder/`, about 2 GB.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import img2pdf
from PIL import Image, ImageFilter
from run import BENCH, ROOT, Goal, Runner, print_tables

ROUNDS = 3
IMAGES, DOCUMENTS, PAGES = 200, 200, 9
"""Scans of one page as JPEG, scans as PDF, and the pages of each of these: 2,000 pages."""
SHEETS = 20
"""Different pages; the rest repeats them."""
FOLDER = BENCH / "binder"
WORKSPACE = FOLDER / "workspace"
PEER = FOLDER / "peer"
CITED = re.compile(r"minh_chung: \[")
SCOPE = re.compile("pham_vi: cong_khai")


def main() -> None:
    """Make the scans, run in turn, print two Markdown tables."""
    _prepare()
    cchc: list[str | Path] = [sys.executable, "-m", "pipeline", "-C", WORKSPACE]
    binder = Runner("cchc binder, 2,000 pages of scans", [*cchc, "binder"], ROOT)
    scans = sorted(path.name for path in PEER.iterdir())
    qpdf = Runner("qpdf --pages, bare", ["qpdf", "--empty", "--pages", *scans, "--", FOLDER / "qpdf.pdf"], PEER)
    unite = Runner("pdfunite, bare", ["pdfunite", *scans, FOLDER / "pdfunite.pdf"], PEER)
    runners = (binder, qpdf, unite)
    for _ in range(ROUNDS):
        for runner in runners:
            runner.run()
            sys.stderr.write(".")
            sys.stderr.flush()
    goals = (
        Goal("`binder` of 2,000 pages / 60 s", lambda: binder.median, lambda: 60.0),
        Goal("`binder` memory / 300 MB", lambda: max(binder.megabytes), lambda: 300.0),
    )
    print_tables(ROUNDS, runners, goals)


def _prepare() -> None:
    """The sample workspace with 400 more documents, each cited by some criterion, all scans in the binder."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    PEER.mkdir(parents=True)
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, WORKSPACE / folder)
    shutil.copy(ROOT / "mkdocs.yml", WORKSPACE)
    names = list(_scans())
    _register(names)
    _cite([Path(name).stem for name in names])
    settings = next((WORKSPACE / "scores").glob("*/settings.yml"))
    settings.write_text(SCOPE.sub("pham_vi: chi_dan", settings.read_text("utf-8")), "utf-8")
    subprocess.run([sys.executable, "-m", "pipeline", "-C", WORKSPACE, "fmt"], cwd=ROOT, check=True)


def _scans() -> Iterator[str]:
    """Write the scans for us and for the peers, one after the other; gives their names."""
    folder = next((WORKSPACE / "evidence").glob("*/scans"))
    sheets = [_sheet(number) for number in range(SHEETS)]
    for number in range(IMAGES):
        page = sheets[number % SHEETS]
        (folder / f"A{number:04d}.jpg").write_bytes(page)
        (PEER / f"A{number:04d}.pdf").write_bytes(img2pdf.convert(page, nodate=True))
        yield f"A{number:04d}.jpg"
    for number in range(DOCUMENTS):
        pages = [sheets[(number + page) % SHEETS] for page in range(PAGES)]
        document = img2pdf.convert(pages, nodate=True)
        (folder / f"B{number:04d}.pdf").write_bytes(document)
        (PEER / f"B{number:04d}.pdf").write_bytes(document)
        yield f"B{number:04d}.pdf"


def _sheet(seed: int) -> bytes:
    """An A4 page at 200 dpi that compresses about as badly as a scanned letter."""
    draw = random.Random(seed)
    grain = Image.frombytes("L", (1654, 2339), draw.randbytes(1654 * 2339))
    paper = grain.filter(ImageFilter.GaussianBlur(1.2)).point(lambda level: 200 + level // 5)
    for line in range(200, 2100, 45):
        for word in range(150, 1500, 90):
            paper.paste(30, (word, line, word + draw.randrange(20, 80), line + 18))
    stream = io.BytesIO()
    paper.save(stream, "JPEG", quality=55, dpi=(200, 200))
    return stream.getvalue()


def _register(names: list[str]) -> None:
    path = next((WORKSPACE / "evidence").glob("*/register.yml"))
    year = path.parent.name
    lines = [
        f"  {Path(name).stem}:\n    so: {number}\n    ky_hieu: BC-UBND\n    ngay: 01/02/{year}\n    co_quan: UBND xã\n"
        f"    trich_yeu: Báo cáo số {number}\n    ban_chup: {name}\n    minh_hoa: có\n"
        for number, name in enumerate(names, start=1000)
    ]
    path.write_text(path.read_text("utf-8") + "".join(lines), "utf-8")


def _cite(names: list[str]) -> None:
    """Share the documents out among the criteria that cite any."""
    paths = sorted((WORKSPACE / "docs").glob("*/*.md"))
    places = sum(len(CITED.findall(path.read_text("utf-8"))) for path in paths)
    shares = iter([names[start::places] for start in range(places)])
    for path in paths:
        text = CITED.sub(lambda found: f"{found[0]}{', '.join(next(shares))}, ", path.read_text("utf-8"))
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
