"""Sites to look at: the repository's own year, and the sound workspace with whatever a test puts into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.site import write_site

ROOT = Path(__file__).parents[2]
SAMPLE_YEAR, SOUND_YEAR = 2022, 2024


@dataclass(frozen=True)
class Site:
    """A built site and what it was built from."""

    dossier: Dossier
    root: Path

    @property
    def pages(self) -> Path:
        """The generated Markdown."""
        return self.root / "build" / "pages"

    @property
    def folder(self) -> Path:
        """The built site."""
        return self.root / "build" / "site"

    @property
    def html(self) -> list[Path]:
        """Every built page."""
        return sorted(self.folder.rglob("*.html"))


@dataclass
class Seen(HTMLParser):
    """What a browser makes of a page: its elements, and its text without scripts."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _skipped: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element with its attributes."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._skipped = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        """Text counts again after a script."""
        self._skipped = False

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.words += [] if self._skipped else [data]

    @property
    def text(self) -> str:
        """All text, blanks made single."""
        return " ".join(" ".join(self.words).split())


def seen(path: Path) -> Seen:
    """Read a built page as a browser does."""
    page = Seen()
    page.feed(path.read_text("utf-8"))
    page.close()
    return page


def dossier_at(root: Path, year: int) -> Dossier:
    """Whether a workspace is sound is for the tests of its checks; here it only has to be complete."""
    dossier = dossier_of(replace(examine(root, year, date(year + 1, 1, 5)), findings=()))
    assert dossier is not None
    return dossier


def configure(root: Path) -> None:
    """Give a workspace the repository's mkdocs.yml without its list of pages, which names those of one year."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (root / "mkdocs.yml").write_text(settings + "\n", "utf-8")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own year, built with the repository's own mkdocs.yml."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    dossier = dossier_at(root, SAMPLE_YEAR)
    write_site(dossier, root / "build")
    return Site(dossier, root)


Edits = Mapping[str, tuple[str, str]]
Made = Callable[[Edits], Site]


def made_from(sound: Path, root: Path, edits: Edits) -> Site:
    """Build the sound workspace in a new folder, some texts of its files replaced: by path, what by what."""
    shutil.copytree(sound, root)
    configure(root)
    for name, (old, new) in edits.items():
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    dossier = dossier_at(root, SOUND_YEAR)
    write_site(dossier, root / "build")
    return Site(dossier, root)


@pytest.fixture
def make(sound: Path, tmp_path: Path) -> Made:
    """Build the sound workspace with changes."""
    return lambda edits: made_from(sound, tmp_path / "workspace", edits)
