"""What a year's result comes from: its files, each with its sha256, so that a later change shows."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.workspace.load import Workspace, is_text, locked_path, register_path, scans_path, set_path
from pipeline.workspace.reader import leads_inside

PRIVATE = "private"
"""A folder that stays on one machine: its files are no inputs, or every other copy of the workspace would lack them."""

_TEXT = frozenset({".csv", ".json", ".md", ".txt", ".yaml", ".yml"})
"""Files that git or an editor may give other line ends."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Differences:
    """What became of a locked year's inputs, file by file."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def inputs_of(workspace: Workspace) -> dict[str, str]:
    """Every input of a year with its sha256, scans included, by path."""
    settings = workspace.settings
    found = inputs_at(workspace.root, workspace.year, settings.value.criteria_set if settings else None)
    below = scans_path(workspace.year)
    scans = {f"{below}/{name}": scan.sha256 for name, scan in workspace.scans.items()}
    return dict(sorted((found | scans).items()))


def inputs_at(root: Path, year: int, criteria_set: str | None) -> dict[str, str]:
    """The inputs of any year without its scans: the register that is among them carries their hashes."""
    found = {**_below(root, f"scores/{year}"), **_below(root, f"docs/{year}")}
    named = [register_path(year), locked_path(year - 1), *([set_path(criteria_set)] if criteria_set else [])]
    found |= {path: root / path for path in named}
    found.pop(locked_path(year), None)
    return {path: digest for path, file in found.items() if (digest := sha256_of(file, root))}


def sha256_of(path: Path, root: Path) -> str | None:
    """The hash of a file's content, of a text file with Unix line ends; None where there is no file inside `root`."""
    if not path.is_file() or not leads_inside(path, root):
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if path.suffix in _TEXT:
        content = content.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.sha256(content).hexdigest()


def source_of(files: Mapping[str, str]) -> str:
    """One hash over all inputs: of the lines that `sha256sum` would print for them."""
    lines = "".join(f"{files[path]}  {path}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> Differences:
    """What changed, what is gone and what came since."""
    return Differences(
        changed=tuple(path for path in before if path in now and now[path] != before[path]),
        missing=tuple(path for path in before if path not in now),
        added=tuple(path for path in now if path not in before),
    )


def _below(root: Path, folder: str) -> dict[str, Path]:
    """All files below a folder but hidden and private ones, by path; a Mac may spell a name with its accents apart."""
    if not (root / folder).is_dir():
        return {}
    found: dict[str, Path] = {}
    for entry in sorted((root / folder).iterdir()):
        if entry.name.startswith((".", "~$")) or entry.name == PRIVATE or not is_text(entry.name):
            continue
        path = f"{folder}/{unicodedata.normalize('NFC', entry.name)}"
        if entry.is_dir() and not entry.is_symlink():
            found |= _below(root, path)
        else:
            found[path] = entry
    return found
