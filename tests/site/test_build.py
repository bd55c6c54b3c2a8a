"""Building: strict, the same bytes every time, whole or not at all, and with MkDocs' successor too."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.site import SiteError, write_site

from .conftest import Made, Site, seen

FIGURES = re.compile(r"\d+(?:[.,/]\d+)*")


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder and the sum of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def tables(path: Path) -> list[str]:
    """All figures in the tables of a page, in order."""
    text = path.read_text("utf-8")
    return [figure for table in re.findall(r"<table.*?</table>", text, re.DOTALL) for figure in FIGURES.findall(table)]


def test_the_bare_command_is_clean_and_agrees(sample: Site, tmp_path: Path) -> None:
    """`mkdocs build --strict` over the same pages, by hand, gives the same site without a warning."""
    shutil.copy(sample.root / "mkdocs.yml", tmp_path)
    shutil.copytree(sample.pages, tmp_path / "build" / "pages")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    ours, bare = digests(sample.folder), digests(tmp_path / "build" / "site")

    assert ours.keys() == bare.keys()
    assert {name for name in ours if ours[name] != bare[name]} <= {"sitemap.xml.gz"}


def test_zensical_builds_the_same_pages(sample: Site, tmp_path: Path) -> None:
    """The same mkdocs.yml and pages give the same HTML files with the same figures in their tables."""
    shutil.copy(sample.root / "mkdocs.yml", tmp_path)
    shutil.copytree(sample.pages, tmp_path / "build" / "pages")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    other = tmp_path / "build" / "site"

    assert {path.relative_to(sample.folder) for path in sample.html} == {
        path.relative_to(other) for path in other.rglob("*.html")
    }
    for path in sample.html:
        assert tables(path) == tables(other / path.relative_to(sample.folder))


def test_no_other_host_is_asked(sample: Site) -> None:
    """Nothing is fetched from elsewhere; only an officer's links to documents lead away."""
    allowed = {evidence.document.link for evidence in sample.dossier.evidence}
    foreign = [
        f"{path.name}: {value}"
        for path in sample.html
        for tag, attributes in seen(path).elements
        for name, value in attributes.items()
        if name in ("src", "href", "srcset", "action") and re.match(r"(?:https?:)?//", value) and value not in allowed
    ]

    assert foreign == []


def test_two_builds_are_the_same_bytes(make: Made, tmp_path: Path) -> None:
    """The same dossier gives the same site in another folder, at another hour."""
    site = make({})
    shutil.copytree(site.root, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("build"))
    write_site(site.dossier, tmp_path / "other-build")

    assert digests(site.folder) == digests(tmp_path / "other-build" / "site")
    assert digests(site.pages) == digests(tmp_path / "other-build" / "pages")


def test_a_workspace_may_be_named_from_where_one_stands(make: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder gives the same site."""
    site = make({})
    monkeypatch.chdir(site.root.parent)
    write_site(site.dossier, Path("other-build"))

    assert digests(site.folder) == digests(site.root.parent / "other-build" / "site")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (None, "không có tệp mkdocs.yml"),
        ("site_name: [\n", "mkdocs.yml"),
        ("site_name: x\ntheme: no-such-theme\n", "no-such-theme"),
        ("site_name: x\nnav: [no-such-page.md]\nvalidation: {nav: {not_found: warn}}\n", "no-such-page.md"),
    ],
    ids=["missing", "not YAML", "unknown theme", "page not there"],
)
def test_a_failed_build_leaves_the_old_site(make: Made, settings: str | None, expected: str) -> None:
    """What is wrong is told in one exception, and readers keep what they had."""
    site = make({})
    before = digests(site.folder)
    if settings is None:
        (site.root / "mkdocs.yml").unlink()
    else:
        (site.root / "mkdocs.yml").write_text(settings, "utf-8")

    with pytest.raises(SiteError, match=re.escape(expected)):
        write_site(site.dossier, site.root / "build")

    assert digests(site.folder) == before
    assert {path.name for path in (site.root / "build").iterdir()} == {"pages", "site"}
