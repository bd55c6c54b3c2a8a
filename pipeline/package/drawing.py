"""Drawing a paper in a process of its own, which a stranger's text may fill or keep busy only so far.

Run as a module it reads a paper from its input and writes both files to its output; nothing but `Drawing` runs it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pipeline
from pipeline.decree import PaperFiles, RenderError, render
from pipeline.decree.paper import Paper

SECONDS = 20
"""A report of eighty criteria takes one."""
MOST_MEMORY = 1_000_000_000
"""Bytes; such a report takes a fifth."""


class Drawing:
    """A paper that is being drawn while other things are looked at."""

    def __init__(self, paper: Paper) -> None:
        # Neither the folder that the command runs in nor the one of a script may bring modules of its own: -P.
        home = os.pathsep.join(filter(None, (str(Path(pipeline.__path__[0]).parent), os.environ.get("PYTHONPATH"))))
        self._paper = pickle.dumps(paper)
        self._process = subprocess.Popen(  # noqa: S603 -- this very program
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": home},
        )

    def files(self) -> PaperFiles | None:
        """Both files; None where they could not be made."""
        try:
            made, _ = self._process.communicate(self._paper, timeout=SECONDS)
            files: PaperFiles = pickle.loads(made)  # noqa: S301 -- from this very program
        except (OSError, subprocess.TimeoutExpired, pickle.UnpicklingError, EOFError):
            return None
        finally:
            self._process.kill()
            self._process.wait()
        return files


def main() -> None:
    """Draw one paper; whatever goes wrong, nothing is written."""
    with suppress(ImportError):  # Windows sets no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    paper: Paper = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from this very program
    with suppress(OSError, RenderError, MemoryError):
        sys.stdout.buffer.write(pickle.dumps(render(paper, "")))


if __name__ == "__main__":
    main()
