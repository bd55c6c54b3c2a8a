"""The main job, end to end: one line makes everything, one changed figure changes everything, one wrong one nothing."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from pipeline.cli import run

ROOT = Path(__file__).parents[1]
AREA = "docs/2022/1-chi-dao-dieu-hanh.md"
FIGURE = "nhiem_vu_hoan_thanh: 34"
"""34 of 36 tasks done: 94,44 %, one point; 36 of 36 would be a point and a half."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sample workspace."""
    root = tmp_path / "xã"
    root.mkdir()
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def build(root: Path) -> int:
    """`cchc build` on a workspace."""
    return run(["-C", str(root), "build"])


def enter(root: Path, figure: str) -> None:
    """Type another figure."""
    path = root / AREA
    text = path.read_text("utf-8")

    assert text.count(FIGURE) == 1
    path.write_text(text.replace(FIGURE, figure), "utf-8")


def docx_text(path: Path) -> str:
    """All text of a Word file, tables included."""
    return " ".join(node.text or "" for node in Document(str(path)).element.body.iter() if node.tag.endswith("}t"))


def outputs(root: Path) -> Iterator[str]:
    """The text of the home page and of both report files."""
    yield (root / "build" / "site" / "index.html").read_text("utf-8")
    yield docx_text(root / "build" / "report" / "bao-cao-2022.docx")
    yield " ".join(page.extract_text() for page in PdfReader(root / "build" / "report" / "bao-cao-2022.pdf").pages)


def test_a_changed_figure_reaches_every_output(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Table, site, Word and PDF show the total before and after an officer's change."""
    assert build(workspace) == 0
    assert "83,94" in capsys.readouterr().out
    assert all("83,94" in text for text in outputs(workspace))

    enter(workspace, "nhiem_vu_hoan_thanh: 36")

    assert build(workspace) == 0
    assert "84,44" in capsys.readouterr().out
    assert all("84,44" in text and "83,94" not in text for text in outputs(workspace))


def test_the_end_message_says_where_the_outputs_lie(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever ran the command can open what it made."""
    build(workspace)
    last = capsys.readouterr().out.splitlines()[-3:]

    assert all(Path(line.split(": ", 1)[1].strip()).is_file() for line in last)


def test_a_wrong_figure_is_told_and_leaves_the_old_outputs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line, what is wrong, how to mend it; yesterday's outputs stay as they were."""
    build(workspace)
    before = {path: path.read_bytes() for path in (workspace / "build").rglob("*") if path.is_file()}
    enter(workspace, "nhiem_vu_hoan_thanh: 37")
    capsys.readouterr()

    assert build(workspace) == 1
    err = capsys.readouterr().err
    line = (workspace / AREA).read_text("utf-8").split("nhiem_vu_hoan_thanh: 37")[0].count("\n") + 1
    assert f"{AREA}:{line}:" in err
    assert "D306" in err
    assert "lớn hơn" in err
    assert {path: path.read_bytes() for path in (workspace / "build").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "text",
    [
        "site_name: [",
        "plugins: [không-có]",
        "nav: [khong-co.md]",
        "",
        "site_name: !!python/object/apply:os.getcwd []",
        "site_name: x\nhooks: [hook.py]",
        "INHERIT: /etc/passwd",
        "site_name: x\ntheme: {name: material, custom_dir: /etc}",
    ],
)
def test_a_broken_site_configuration_leaves_nothing(
    workspace: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site that cannot be built stops the build in Vietnamese before anything is in place."""
    (workspace / "mkdocs.yml").write_text(text, "utf-8")

    assert build(workspace) == 1
    assert "mkdocs.yml" in capsys.readouterr().err
    assert list((workspace / "build").glob("*")) == []


def test_scans_that_git_lfs_has_not_fetched_only_keep_the_binder_back(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Site and report are made; where the binder would be named stands how to get it."""
    for scan in (workspace / "evidence" / "2022" / "scans").iterdir():
        content = scan.read_bytes()
        pointer = f"oid sha256:{hashlib.sha256(content).hexdigest()}\nsize {len(content)}\n"
        scan.write_text(f"version https://git-lfs.github.com/spec/v1\n{pointer}")

    assert build(workspace) == 0
    assert "git lfs pull" in capsys.readouterr().out
    assert sorted(entry.name for entry in (workspace / "build").glob("*")) == ["pages", "report", "site"]


@pytest.mark.parametrize("seed", range(12))
def test_mangled_files_never_leave_half_a_build(workspace: Path, seed: int) -> None:
    """Whatever happens to a file, the build ends with 0 and everything, or with 1 and nothing."""
    chance = random.Random(seed)
    path = chance.choice(sorted(file for file in workspace.rglob("*") if file.suffix in (".md", ".yml")))
    lines = path.read_bytes().splitlines(keepends=True)
    position = chance.randrange(len(lines))
    lines[position : position + chance.randrange(3)] = chance.choice([[], [b"\xff\n"], [b"x: [\n"], lines[:2], [b"\n"]])
    path.write_bytes(b"".join(lines))

    code = build(workspace)

    made = sorted(entry.name for entry in (workspace / "build").glob("*"))
    assert (code, made) in ((0, ["binder", "pages", "report", "site"]), (1, []))
