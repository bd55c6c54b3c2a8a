"""A check that raw survey answers lie in the private folder only, and that git leaves this folder alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.check import Examined
from pipeline.model.finding import Finding, Place
from pipeline.workspace.raw_answers import looks_raw
from pipeline.years.inputs import PRIVATE

_SHARED = ("docs", "evidence", "scores")
_MEND = f"mở thư mục, chuyển tệp phiếu (.csv, .xlsx) vào {PRIVATE}/; nếu đã đưa vào git thì xóa cả trong lịch sử"


def private(examined: Examined) -> Iterator[Finding]:
    """Answers where others read them; their folder is told, since a file's name may be that of a person."""
    root = examined.workspace.root
    for name in _SHARED:
        for folder, files in sorted(_folders(root / name)):
            raw = sum(looks_raw(path) for path in files)
            if raw:
                message = f"thư mục này có {raw} tệp phiếu trả lời; thông tin người trả lời không được nằm ở đây"
                place = folder.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
                yield Finding(Place(place), "D339", message, _MEND)
    if (root / PRIVATE).is_dir() and _seen_by_git(root):
        message = f"git đang theo dõi tệp trong {PRIVATE}/"
        mend = f"thêm dòng /{PRIVATE}/ vào .gitignore, rồi chạy git rm -r --cached {PRIVATE}"
        yield Finding(Place(PRIVATE), "D339", message, mend)


def _folders(top: Path) -> Iterator[tuple[Path, list[Path]]]:
    for place, _, names in os.walk(top):
        folder = Path(place)
        yield folder, [path for name in names if (path := folder / name).is_file()]


def _seen_by_git(root: Path) -> bool:
    """Whether git holds, or would take in, anything of the private folder; no git means no."""
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        return False
    options = ("-z", "--cached", "--others", "--exclude-standard", "--", PRIVATE)
    asked = [git, "-c", "core.fsmonitor=false", "ls-files", *options]
    told = subprocess.run(asked, cwd=root, capture_output=True, check=False)  # noqa: S603 - git's own path, fixed words
    return bool(told.stdout)
