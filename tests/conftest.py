"""The two years that tests of all rooms look at: the sound workspace, and the repository's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.dossier import Dossier, dossier_of, examine

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

Lay = Callable[..., Path]
Edits = Mapping[str, tuple[str, str]]
"""By path: what is replaced by what; where nothing is to be replaced, the file goes."""


@pytest.fixture(scope="session")
def sound() -> Path:
    """The workspace in which nothing is wrong; tests read it and leave it as it is."""
    return Path(__file__).parent / "workspaces" / "sound"


@pytest.fixture
def lay(sound: Path, tmp_path: Path) -> Lay:
    """Lay a copy of the sound workspace, with the files of the given overlays on top."""

    def laid(*overlays: Path) -> Path:
        root = tmp_path / "workspace"
        for layer in (sound, *overlays):
            shutil.copytree(layer, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("defect.yml"))
        return root

    return laid


@pytest.fixture(scope="session")
def edit() -> Callable[[Path, Edits], None]:
    """Change files of a workspace; a text that is to be replaced must be there."""

    def edited(root: Path, edits: Edits) -> None:
        for name, (old, new) in edits.items():
            path = root / name
            if not old:
                path.unlink()
                continue
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), "utf-8")

    return edited


@pytest.fixture(scope="session")
def sound_dossier(sound: Path) -> Dossier:
    """The sound year."""
    dossier = dossier_of(examine(sound, 2024, date(2025, 1, 15)))
    assert dossier is not None
    return dossier


@pytest.fixture(scope="session")
def own_dossier() -> Dossier:
    """The repository's own year; whether it is sound is for the tests of its checks."""
    progress = examine(Path(__file__).parents[1], 2022, date(2023, 1, 5))
    dossier = dossier_of(replace(progress, findings=()))
    assert dossier is not None
    return dossier
