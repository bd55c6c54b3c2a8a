"""Names of files in a package: its own two, and what any must be: fit for every disk, in one place, readable."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

MANIFEST = "manifest.json"
SIGNATURE = f"{MANIFEST}.p7s"

LONGEST_NAME = 240
"""Bytes of a whole path."""
DEEPEST = 6
"""Folders and file."""

_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN = frozenset('<>:"|?*')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Classes of characters that show nothing, or turn the direction of reading, so that a name looks like another."""


def fault_of(name: str) -> str | None:
    """Why a path must not be laid anywhere, in Vietnamese; None for a plain relative path."""
    if "\\" in name:
        return "dùng dấu gạch chéo ngược"
    if name.startswith("/") or _DRIVE.match(name):
        return "là đường dẫn tuyệt đối"
    segments = name.removesuffix("/").split("/")
    if ".." in segments:
        return "trèo ra ngoài gói bằng “..”"
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        return "có ký tự không nhìn thấy"
    if not unicodedata.is_normalized("NFC", name):
        return "viết dấu tiếng Việt ở dạng tách rời"
    if len(name.encode()) > LONGEST_NAME or len(segments) > DEEPEST:
        return "dài hoặc sâu quá mức"
    if any(not _is_plain(segment) for segment in segments):
        return "có phần mà Windows không nhận"
    return None


def _is_plain(segment: str) -> bool:
    return (
        bool(segment.strip(" ."))
        and segment == segment.strip(" ").rstrip(".")
        and not _FORBIDDEN.intersection(segment)
        and not _RESERVED.fullmatch(segment)
    )


def same_place(names: Iterable[str]) -> list[list[str]]:
    """Groups of names that some disk would take for one place: equal but for case or accents, or file and folder."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_folded(name)].append(name)
    inside = {folder: name for folded, (name, *_) in groups.items() for folder in _folders(folded)}
    doubled = [group for group in groups.values() if len(group) > 1]
    both = [[name, inside[folded]] for folded, (name, *_) in groups.items() if folded in inside and name[-1:] != "/"]
    return doubled + both


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().removesuffix("/")


def _folders(name: str) -> list[str]:
    """The folders that a path leads through."""
    parts = name.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
