"""How fast the commands are, side by side with a peer in one run: whole processes, medians, on the sample workspace.

Run with `nox -s bench`. The peer `doorstop`, which checks requirement items as `cchc check` checks criteria, is
installed into an environment of its own below `build/bench/`. LibreOffice, which turns the report's Word file into a
PDF, is left out where it is not installed, and the tables say so. `dossiers.py` times dossiers instead of commands; it
runs at the end.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import dossiers

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "build" / "bench"
ROUNDS = 9
DOORSTOP = "doorstop==3.2"
DOCUMENTS, LEAVES = 50, 73
"""What the sample workspace holds; the peer gets as many items, each leaf linked to a document, all reviewed."""


@dataclass
class Runner:
    """One command line and what it took, round by round."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Of the seconds, what processors were busy with it: much the same on a machine that others use too."""
    megabytes: list[float] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)
    """Seconds that the process itself prints, where it does."""

    def run(self) -> None:
        """Run the whole process once."""
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)}
        started = time.perf_counter()
        with subprocess.Popen(
            [str(part) for part in self.command],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            said = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name}: exit code {process.returncode}")
        self.seconds.append(time.perf_counter() - started)
        self.processor.append(usage.ru_utime + usage.ru_stime)
        self.megabytes.append(usage.ru_maxrss / 1024)
        with suppress(ValueError):
            self.inside.append(float(said))

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Goal:
    """What a command is held against, in seconds or megabytes."""

    says: str
    value: Callable[[], float]
    limit: Callable[[], float]

    def line(self) -> str:
        """A row of the second table."""
        value, limit = self.value(), self.limit()
        return f"| {self.says} | {value:.2f} | {limit:.2f} | {'yes' if value <= limit else 'NO'} |"


def main() -> None:
    """Set up, run in turn, print two Markdown tables."""
    workspace = _workspace()
    doorstop = Runner("doorstop", [_doorstop()], _items())
    cchc: list[str | Path] = [sys.executable, "-m", "pipeline", "-C", workspace]
    check = Runner("cchc check", [*cchc, "check"], ROOT)
    site = Runner("cchc site", [*cchc, "site"], ROOT)
    mkdocs = Runner("mkdocs build, same pages", [sys.executable, "-m", "mkdocs", "build", "-q"], workspace)
    report = Runner("cchc report", [*cchc, "report"], ROOT)
    one_pdf: list[str | Path] = [sys.executable, ROOT / "benchmarks" / "one_pdf.py", workspace, BENCH / "report.pdf"]
    pdf = Runner("the report's PDF alone", one_pdf, ROOT)
    build = Runner("cchc build", [*cchc, "build"], ROOT)
    package, root = _package()
    verify = Runner("cchc verify, 200 MB signed", [*cchc, "verify", package, "--trust", root], ROOT)
    unseen = Runner("cchc verify --no-redraw, same", [*verify.command, "--no-redraw"], ROOT)
    hashing = Runner("sha256sum, same file", ["sha256sum", package], ROOT)
    office = _libreoffice(workspace / "build" / "report" / "bao-cao-2022.docx")
    runners = (doorstop, check, site, mkdocs, report, pdf, *office, build, verify, unseen, hashing)
    for number in range(-1, ROUNDS):
        for runner in runners:
            runner.run()
            if number < 0:
                runner.seconds.clear()
                runner.processor.clear()
                runner.megabytes.clear()
        sys.stderr.write("." if number >= 0 else "warm ")
        sys.stderr.flush()
    goals = (
        Goal("`check` / a third of doorstop, s", lambda: check.median, lambda: doorstop.median / 3),
        Goal("`check` memory / 60 MB", lambda: max(check.megabytes), lambda: 60.0),
        Goal("`site` / 1.3 × bare mkdocs, s", lambda: site.median, lambda: 1.3 * mkdocs.median),
        Goal("`report`, both files / 1.2 s", lambda: report.median, lambda: 1.2),
        Goal("the report's PDF alone, whole process / 0.5 s", lambda: pdf.median, lambda: 0.5),
        Goal("the report's PDF alone, from its dossier / 0.5 s", lambda: statistics.median(pdf.inside), lambda: 0.5),
        *(Goal("`report` / LibreOffice, s", lambda: report.median, lambda: office[0].median) for _ in office),
        Goal("`build` / bare mkdocs + 2 s", lambda: build.median, lambda: mkdocs.median + 2),
        Goal("`verify` of 200 MB / 2 × sha256sum, s", lambda: verify.median, lambda: 2 * hashing.median),
        Goal("`verify --no-redraw`, same / 2 × sha256sum, s", lambda: unseen.median, lambda: 2 * hashing.median),
        Goal("`verify` memory / 300 MB", lambda: max(verify.megabytes), lambda: 300.0),
    )
    print_tables(ROUNDS, runners, goals)
    if not office:
        print("\nLibreOffice is not installed here: nothing was compared with its conversion.")
    dossiers.main()


def print_tables(rounds: int, runners: Sequence[Runner], goals: Sequence[Goal]) -> None:
    """What each took, and what it is held against."""
    load = f"load {os.getloadavg()[1]:.1f} at the end" if hasattr(os, "getloadavg") else "load unknown"
    where = f"{os.cpu_count()} cores, {load}, Python {sys.version.split()[0]}"
    print(f"\n\nMedian of {rounds} whole processes, in turn; {where}\n")
    print("| command | median s | fastest s | slowest s | processor s | most memory MB |\n|---|--:|--:|--:|--:|--:|")
    for runner in runners:
        times = f"{runner.median:.2f} | {min(runner.seconds):.2f} | {max(runner.seconds):.2f}"
        times += f" | {statistics.median(runner.processor):.2f}"
        print(f"| {runner.name} | {times} | {max(runner.megabytes):.0f} |")
    print("\n| goal | measured | limit | reached |\n|---|--:|--:|---|")
    for goal in goals:
        print(goal.line())


def _workspace() -> Path:
    """A copy of the sample workspace with its generated pages, so that the bare build has something to build."""
    copy = BENCH / "workspace"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, copy / folder)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    return copy


def _package() -> tuple[Path, Path]:
    """The large package and its authority, made by another process: Linux counts a parent's memory as a child's."""
    make: list[str | Path] = [sys.executable, ROOT / "benchmarks" / "large_package.py", ROOT, BENCH / "package"]
    told = subprocess.run(make, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    package, root = told.stdout.splitlines()
    return Path(package), Path(root)


def _libreoffice(docx: Path) -> tuple[Runner, ...]:
    """The peer for the report, with a profile of its own; `cchc report` makes the Word file in the round before."""
    program = shutil.which("soffice")
    if program is None:
        return ()
    profile = (BENCH / "libreoffice").resolve().as_uri()
    command: list[str | Path] = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        BENCH,
    ]
    return (Runner("LibreOffice, same Word file to PDF", [*command, docx], ROOT),)


def _doorstop() -> Path:
    """The peer in its own environment."""
    environment = BENCH / "doorstop"
    program = environment / "bin" / "doorstop"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin" / "pip", "install", "-q", DOORSTOP], check=True)
    return program


def _items() -> Path:
    """A git repository with the peer's items, each with a text."""
    folder = BENCH / "items"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    program = _doorstop()
    commands: tuple[list[str | Path], ...] = (
        ["git", "init", "-q"],
        [program, "create", "DOC", "./documents"],
        [program, "create", "REQ", "./leaves", "--parent", "DOC"],
        [program, "add", "DOC", "-c", str(DOCUMENTS)],
        [program, "add", "REQ", "-c", str(LEAVES)],
    )
    for command in commands:
        _quietly(command, folder)
    for number, item in enumerate(sorted(folder.glob("*/*.yml"))):
        link = f"links:\n- DOC{number % DOCUMENTS + 1:03d}" if item.parent.name == "leaves" else "links: []"
        text = item.read_text("utf-8").replace("text: ''", "text: Item.").replace("links: []", link)
        item.write_text(text, "utf-8")
    for step in ("clear", "review"):
        _quietly([program, step, "all"], folder)
    return folder


def _quietly(command: Sequence[str | Path], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
