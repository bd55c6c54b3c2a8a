"""The pages of the site as plain Markdown on disk: the static pages, a page an area, the list of check codes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline import checks
from pipeline.dossier import Area, Dossier
from pipeline.markup import Markup as Body
from pipeline.model.finding import CATALOGUE
from pipeline.site.charts import areas_chart, share_bar
from pipeline.site.links import Links, Site
from pipeline.site.markdown import Headings, as_html, body_markdown
from pipeline.site.templating import templates
from pipeline.site.trend_chart import trend_chart

ASSETS = Path(__file__).parent / "assets"
EXPLANATIONS = Path(checks.__file__).parent / "pages"
"""A page about every code of a finding, written with the program."""
CHECKS = "kiem-tra.md"
"""The page that explains every code of a finding to officers."""


@dataclass(frozen=True)
class Page:
    """One Markdown file to be."""

    path: str
    title: str
    template: str
    body: Body
    about: Area | None = None
    """The area of an area page."""


def write_pages(dossier: Dossier, folder: Path) -> None:
    """Put everything that MkDocs reads into an empty folder.

    Raises:
        OSError: the folder cannot be written, or a public scan cannot be read.
    """
    site = Site(dossier)
    for page in _pages(dossier):
        _write(folder / page.path, _rendered(site, page))
    shutil.copytree(ASSETS, folder / "assets")
    for name, place in site.scans.items():
        _copy(dossier.scans[str(dossier.evidence_by_id[name].document.scan)].path, folder / place)


def _pages(dossier: Dossier) -> Iterator[Page]:
    yield Page(CHECKS, "Mã kiểm tra", "kiem_tra", Body(()))
    for page in dossier.pages:
        head = page.file.head.value
        yield Page(Path(page.file.path).name, head.title, head.generated or "page", page.text)
    for area in dossier.areas:
        criterion = area.score.criterion
        path = f"{dossier.year}/{area.slug}.md"
        yield Page(path, f"{criterion.code}. {criterion.title}", "area", area.document.text, area)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _rendered(site: Site, page: Page) -> str:
    links, headings = Links(site, page.path), Headings()
    template = templates().get_template(f"{page.template}.md.j2")
    return template.render(
        dossier=site.dossier,
        page=page,
        area=page.about,
        links=links,
        heading=headings.line,
        body=lambda: body_markdown(page.body, headings.line, links.resolve),
        areas_chart=areas_chart,
        share_bar=share_bar,
        trend_chart=trend_chart,
        catalogue=CATALOGUE,
        explained=_explained,
    )


def _explained(code: str) -> Markup:
    """The program's own page about a code, below the heading that stands for its title."""
    path = EXPLANATIONS / f"{code}.md"
    if not path.is_file():
        return Markup()
    lines, fenced = [], False
    for line in path.read_text("utf-8").splitlines():
        fenced ^= line.startswith("```")
        level, _, words = line.partition(" ")
        if fenced or level not in ("#", "##"):
            lines.append(line)
        elif level == "##":
            lines.append(f"**{words}**")
    return as_html("\n".join(lines).strip())
