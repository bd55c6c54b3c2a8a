"""Same input, same bytes: outputs made in two folders, time zones, locales and months are identical.

Adding an output to the comparison is one line of OUTPUTS.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMON = ("docs", "scores", "evidence", "mkdocs.yml")

OUTPUTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("report", ("report",), "report"),
    ("site", ("site",), "site"),
    ("spreadsheet", ("export", "xlsx"), "export"),
    ("json", ("export", "json"), "export"),
    ("csv", ("export", "csv"), "export"),
    ("criteria", ("export", "criteria"), "export"),
    ("plan", ("letter", "plan"), "letters"),
    ("invitation", ("letter", "invitation"), "letters"),
    ("request", ("letter", "appraisal"), "letters"),
    ("appraisal form", ("export", "appraisal"), "export"),
    ("binder", ("binder",), "binder"),
    ("package", ("package",), "package"),
)
"""Name, command, and the folder of `build/` in which its files appear."""

HERE_AND_NOW = {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE_AND_LATER = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2"}

A_MONTH_LATER = """
import datetime, time

SECONDS = 31 * 24 * 3600
clock, now, today = time.time, datetime.datetime.now, datetime.date
moments = {name: getattr(time, name) for name in ("localtime", "gmtime")}
time.time = lambda: clock() + SECONDS
time.time_ns = lambda: int(time.time() * 1e9)
for name, real in moments.items():
    setattr(time, name, lambda at=None, real=real: real(time.time() if at is None else at))


class Alike(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])


class Later(datetime.datetime, metaclass=Alike):
    @classmethod
    def now(cls, tz=None):
        return now(tz) + datetime.timedelta(seconds=SECONDS)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


datetime.datetime = Later
"""
"""What Python runs at its start when it stands in a folder of the path as `sitecustomize.py`."""


def python(arguments: list[str], folder: Path, surroundings: dict[str, str]) -> str:
    """Run Python with other surroundings and nothing that prescribes a moment."""
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    path = os.pathsep.join([surroundings.get("PYTHONPATH", ""), str(ROOT)]).strip(os.pathsep)
    environment = {**inherited, **surroundings, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=False, timeout=300
    )

    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, str]]]:
    """The same workspace in two places, each with the surroundings in which commands are run there."""
    found = []
    for name, surroundings in (("một", HERE_AND_NOW), ("nơi khác, sâu hơn/hai", THERE_AND_LATER)):
        root = tmp_path_factory.mktemp("noi") / name
        for part in COMMON:
            source = ROOT / part
            (shutil.copytree if source.is_dir() else _copy)(source, root / part)
        found.append((root, dict(surroundings)))
    later = tmp_path_factory.mktemp("clock")
    (later / "sitecustomize.py").write_text(A_MONTH_LATER, "utf-8")
    found[1][1]["PYTHONPATH"] = str(later)
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def test_the_other_clock_is_a_month_ahead(places: list[tuple[Path, dict[str, str]]]) -> None:
    """Every way in which Python tells the time is shifted, so that the comparison below means something."""
    ask = (
        "import datetime, time; print(int(time.time()), int(datetime.datetime.now().timestamp()),"
        "datetime.date.today().toordinal(), int(time.mktime(time.localtime())))"
    )
    here, there = (list(map(int, python(["-c", ask], *place).split())) for place in places)

    assert [later - now > least for now, later, least in zip(here, there, (2e6, 2e6, 28, 2e6), strict=True)] == [
        True
    ] * 4


@pytest.mark.parametrize(("command", "folder"), [output[1:] for output in OUTPUTS], ids=[each[0] for each in OUTPUTS])
def test_outputs_are_the_same_bytes(
    command: tuple[str, ...], folder: str, places: list[tuple[Path, dict[str, str]]]
) -> None:
    """Neither folder nor zone nor language nor the day leaves a trace in what is made."""
    made = []
    for root, surroundings in places:
        shutil.rmtree(root / "build", ignore_errors=True)
        python(["-m", "pipeline", "--year", "2022", *command], root, surroundings)
        made.append({name: _digest(path) for name, path in files(root / "build" / folder)})

    assert made[0]
    assert made[0] == made[1]


def files(folder: Path) -> list[tuple[str, Path]]:
    """What a command has made, by name."""
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
