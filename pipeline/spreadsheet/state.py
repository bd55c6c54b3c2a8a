"""The fingerprint by which a spreadsheet knows the state of the workspace that it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.workspace.load import set_path


def state_of(root: Path, year: int, criteria_set: str, area_files: Iterable[str]) -> str:
    """The sha256 over year, criteria set and area files: the same when, and only when, their contents are.

    A file that cannot be read counts as absent; reading the workspace reports it.
    """
    digest = hashlib.sha256(f"cchc {year} {criteria_set}\n".encode())
    for path in [set_path(criteria_set), *sorted(area_files)]:
        try:
            content = (root / path).read_bytes()
        except OSError:
            continue
        digest.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
