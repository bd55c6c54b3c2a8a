"""How fast dossiers of 80 criteria are loaded, checked and scored: one in a new process, a thousand in one process."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
STARTS = 15
MARKS = (100, 300, 1000)
"""After how many dossiers time and memory are read."""
LIMIT = 0.150
"""Seconds from the start of the interpreter to one scored dossier."""


class Mark(NamedTuple):
    """What some dossiers took."""

    dossiers: int
    seconds: float
    megabytes: float
    """Resident after them."""


class Start(NamedTuple):
    """A fresh process from its start to its end, in seconds."""

    whole: float
    processor: float
    """Of the whole, what a processor was busy with it: the same on a machine that others use too."""
    parts: tuple[float, ...]


def start(*arguments: str) -> Start:
    """Run this interpreter once."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(HERE.parent)}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Start(seconds, processor, tuple(float(each) for each in told.stdout.split()))


def many(folder: Path, number: int = MARKS[-1]) -> list[Mark]:
    """Examine `number` different dossiers one after the other, and read the clock and the memory at the marks."""
    from one_dossier import examine
    from workspaces import write_workspace

    roots = [write_workspace(folder / f"xa-{each:04d}", each) for each in range(number)]
    marks = []
    started = time.perf_counter()
    for done, root in enumerate(roots, start=1):
        examine(root)
        if done in MARKS:
            marks.append(Mark(done, time.perf_counter() - started, resident()))
    return marks


def resident() -> float:
    """Megabytes in memory now; where the system does not tell, the most there ever were."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def slope(marks: Sequence[Mark]) -> tuple[float, float]:
    """Seconds a dossier by least squares through the marks, and the largest residual as a share of its mark's time."""
    fit = statistics.linear_regression([mark.dossiers for mark in marks], [mark.seconds for mark in marks])
    off = (abs(mark.seconds - fit.intercept - fit.slope * mark.dossiers) / mark.seconds for mark in marks)
    return fit.slope, max(off)


def print_starts(root: Path) -> None:
    """One dossier in a fresh process, and how its time divides."""
    own = [str(HERE / "one_dossier.py"), str(root)]
    start(*own)
    bare, whole = zip(*((start("-c", "pass"), start(*own)) for _ in range(STARTS)), strict=True)
    imports, first = (statistics.median(each.parts[part] for each in whole) for part in (0, 1))
    again = statistics.median(start(*own, "twice").parts[2] for _ in range(STARTS // 3))
    print(f"\nOne dossier of 80 criteria in a fresh process, median of {STARTS}, in milliseconds\n")
    print("| | whole process | fastest | processor time |\n|---|--:|--:|--:|")
    for name, runs in (("bare interpreter", bare), ("load, check, score", whole)):
        times = statistics.median(each.whole for each in runs), min(each.whole for each in runs)
        busy = statistics.median(each.processor for each in runs)
        print(f"| {name} | " + " | ".join(f"{each * 1000:.0f}" for each in (*times, busy)) + " |")
    print(
        f"\nOf it: imports {imports * 1000:.0f}, the dossier {first * 1000:.0f}; a second dossier {again * 1000:.0f}."
    )
    median = statistics.median(each.whole for each in whole)
    print(
        f"\n| goal | measured | limit | reached |\n|---|--:|--:|---|\n| one dossier from the start, s | {median:.3f} "
        f"| {LIMIT:.3f} | {'yes' if median <= LIMIT else 'NO'} |"
    )


def print_many(folder: Path) -> None:
    """Many dossiers in one process: the slope of the time, and the memory."""
    marks = many(folder)
    print("\nDifferent dossiers of 80 criteria, one after the other in one process\n")
    print("| dossiers | seconds | ms each | resident MB |\n|--:|--:|--:|--:|")
    for mark in marks:
        each = mark.seconds / mark.dossiers * 1000
        print(f"| {mark.dossiers} | {mark.seconds:.1f} | {each:.1f} | {mark.megabytes:.1f} |")
    each, off = slope(marks)
    growth = marks[-1].megabytes - marks[0].megabytes
    print(f"\nSlope {each * 1000:.1f} ms a dossier; the straight line misses no mark by more than {off * 100:.1f} %;")
    print(f"memory from {marks[0].dossiers} to {marks[-1].dossiers} dossiers: {growth:+.1f} MB.")


def main() -> None:
    """Print both measurements as Markdown."""
    from workspaces import write_workspace

    with tempfile.TemporaryDirectory() as folder:
        print_starts(write_workspace(Path(folder) / "xa", 0))
        print_many(Path(folder))


if __name__ == "__main__":
    main()
