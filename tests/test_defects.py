"""Every defect of `workspaces/` is found where it stands, and what is harmless is not found at all.

A defect folder holds the files that differ from `workspaces/sound` and a `defect.yml`: the `code`, `path` and `line`
of the finding that it must give, the day on which it is examined (`today`), and what an overlay cannot say: paths to
`remove`, folders to make (`make_folder`), links (`symlink`) and files to `grow` to a size in bytes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import wording
from pipeline.dossier import Progress, examine
from pipeline.model.finding import CATALOGUE, Finding
from pipeline.workspace.tree import parse

Lay = Callable[..., Path]

HERE = Path(__file__).parent
PAGES = HERE.parent / "pipeline" / "checks" / "pages"
YEAR = 2024
TODAY = date(2025, 1, 15)
ELSEWHERE = {
    "A": "appraisal",
    "K": "survey",
    "N": "annex",
    "U": "signing",
    "W": "conformance",
    "X": "spreadsheet",
    "Z": "package",
    "E427": "binder",
    "E428": "binder",
}
"""Families of codes about files that are no part of a workspace, and single codes that no check gives, with the folder
of the tests that give them."""

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_FENCED_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:input|should|value error|expected|string|valid|than|must)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Defect:
    """What a defect folder's `defect.yml` says."""

    folder: Path
    code: str
    path: str
    line: int
    today: date
    remove: list[str] = field(default_factory=list)
    make_folder: list[str] = field(default_factory=list)
    symlink: dict[str, str] = field(default_factory=dict)
    grow: dict[str, int] = field(default_factory=dict)

    def spoil(self, root: Path) -> None:
        """Do to a laid workspace what an overlay of files cannot."""
        for path in self.remove:
            shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()
        for path in self.make_folder:
            (root / path).mkdir(parents=True)
        for path, target in self.symlink.items():
            (root / path).symlink_to(target)
        for path, size in self.grow.items():
            grown = root / path
            grown.write_bytes(grown.read_bytes().ljust(size, b"\n"))


def _defect(folder: Path) -> Defect:
    told: dict[str, Any] = yaml.safe_load((folder / "defect.yml").read_text(encoding="utf-8"))
    return Defect(folder, **{**told, "today": wording.read_date(told["today"])})


def _folders(name: str) -> list[Path]:
    return sorted(entry for entry in (HERE / name).iterdir() if entry.is_dir() and entry.name != "sound")


DEFECTS = [_defect(folder) for folder in _folders("workspaces")]
HARMLESS = _folders("harmless")


def _named(case: Defect | Path) -> str:
    return (case.folder if isinstance(case, Defect) else case).name


@pytest.fixture(params=DEFECTS, ids=_named)
def defect(request: pytest.FixtureRequest) -> Defect:
    """Each defect in turn."""
    found: Defect = request.param
    return found


@pytest.fixture
def findings(defect: Defect, lay: Lay) -> tuple[Finding, ...]:
    """What is found in a workspace with this defect."""
    root = lay(defect.folder)
    defect.spoil(root)
    return examine(root, YEAR, defect.today).findings


def test_the_sound_workspace_has_no_finding_at_all(sound: Path) -> None:
    """Nothing is reported where nothing is wrong, not even a note."""
    progress = examine(sound, YEAR, TODAY)

    assert progress.findings == ()


def test_the_sound_workspace_scores_as_worked_out_by_hand(sound: Path) -> None:
    """6,75 of 9 in area 1 (one criterion does not apply), 5,39 of 6 in area 2, 3,35 of 4 in the survey."""
    scores = examine(sound, YEAR, TODAY).scores
    assert scores is not None

    assert [wording.points(area.tally.points) for area in scores.areas] == ["6,75", "5,39", "3,35"]
    assert wording.points(scores.total.points) == "15,49"
    assert wording.maximum(scores.total.maximum) == "19"
    assert scores.band.title == "Tốt"


def test_a_defect_is_found_where_it_stands(defect: Defect, findings: tuple[Finding, ...]) -> None:
    """The finding has the defect's code, file and line."""
    found = {(finding.code, finding.place.path, finding.place.line) for finding in findings}

    assert (defect.code, defect.path, defect.line) in found


def test_every_finding_speaks_vietnamese_and_says_how_to_mend_it(findings: tuple[Finding, ...]) -> None:
    """An officer who knows no English can read what is wrong and what to do."""
    for finding in findings:
        assert _VIETNAMESE.search(finding.message), finding
        assert _VIETNAMESE.search(finding.mend), finding
        assert not _ENGLISH.search(f"{finding.message} {finding.mend}"), finding


def test_a_finding_stands_on_a_line_that_its_file_has(defect: Defect, findings: tuple[Finding, ...], lay: Lay) -> None:
    """Editors and forges can jump to it; line 0 stands for the file as a whole."""
    root = lay(defect.folder)
    for finding in findings:
        file = root / finding.place.path
        lines = re.split(rb"\r\n|\r|\n", file.read_bytes()) if finding.place.line > 1 else [b""]

        assert 0 <= finding.place.line <= len(lines), finding


@pytest.mark.parametrize("folder", HARMLESS, ids=_named)
def test_what_only_looks_different_changes_nothing(folder: Path, sound: Path, lay: Lay) -> None:
    """Line ends, byte order marks, quotes, date forms and the like: no finding, and the same scores."""
    progress = examine(lay(folder), YEAR, TODAY)

    assert progress.findings == ()
    assert list(_results(progress)) == list(_results(examine(sound, YEAR, TODAY)))


def _results(progress: Progress) -> Iterator[tuple[object, ...]]:
    assert progress.scores is not None
    yield progress.scores.total, progress.scores.band
    for leaf in progress.scores.leaves:
        yield leaf.criterion.code, leaf.state, leaf.maximum, leaf.points, leaf.derivation, leaf.figures


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_a_defect(code: str) -> None:
    """A check that never fires would pass all other tests."""
    if folder := ELSEWHERE.get(code, ELSEWHERE.get(code[0])):
        sources = (HERE / folder).glob("test_*.py")

        assert any(f'"{code}"' in source.read_text(encoding="utf-8") for source in sources)
        return

    assert code in {defect.code for defect in DEFECTS}


def test_no_defect_has_an_unknown_code() -> None:
    """A code that is gone from the catalogue takes its folders with it."""
    assert {defect.code for defect in DEFECTS} <= set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_a_page(code: str) -> None:
    """The page carries the catalogue's title, a wrong example and a way to mend it."""
    lines = _FENCED.sub("", (PAGES / f"{code}.md").read_text(encoding="utf-8")).splitlines()

    assert lines[0] == f"# {code}: {CATALOGUE[code].title}"
    assert len(lines[2]) > 40
    assert [line for line in lines if line.startswith("## ")] == ["## Ví dụ sai", "## Cách sửa"]


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_mended_example_of_a_page_is_good_yaml(code: str) -> None:
    """What an officer copies from a page can at least be read."""
    mended = (PAGES / f"{code}.md").read_text(encoding="utf-8").partition("## Cách sửa")[2]
    for excerpt in _FENCED_YAML.findall(mended):
        _, faults = parse(excerpt, code)

        assert faults == []


def test_no_page_is_about_an_unknown_code() -> None:
    """A code that is gone from the catalogue takes its page with it."""
    assert {page.stem for page in PAGES.glob("*.md")} == set(CATALOGUE)
