"""Copies of the sound workspace that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

Lay = Callable[..., Path]


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
