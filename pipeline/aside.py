"""A function in a process of its own: it takes no more time and memory than it is given, and other work goes on.

Run as a module it reads the function's arguments from its input and writes the result to its output; nothing but
`Aside` runs it.
"""

from __future__ import annotations

import gc
import math
import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pipeline

MOST_MEMORY = 300_000_000
"""Bytes of data that such a process may hold."""

_PR_SET_PDEATHSIG = 1
"""What Linux calls the wish to be ended when the parent ends."""


class AsideError(Exception):
    """The function failed, or was stopped because it took too much."""


class Aside:
    """A process that imports at once what it will need, and calls a function when told to; it ends with the block.

    What it takes and gives is pickled, since both ends are this program; strangers' bytes are only ever arguments.
    """

    def __init__(self, function: str, *needed: str, seconds: float) -> None:
        """Wake the process.

        `function` is `MODULE:NAME`, `needed` are modules that it imports late, `seconds` is how long it may take.
        """
        # Neither the folder that the command runs in nor the one of a script may bring modules of its own: -P.
        home = os.pathsep.join(filter(None, (str(Path(pipeline.__path__[0]).parent), os.environ.get("PYTHONPATH"))))
        self._seconds = seconds
        self._waiting = ThreadPoolExecutor(1)
        self._made: Future[tuple[bytes, bytes]] | None = None
        self._process = subprocess.Popen(  # noqa: S603 -- this very program
            [sys.executable, "-P", "-m", __name__, str(math.ceil(seconds)), function, *needed],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": home},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process, self._waiting:
            self._process.kill()

    def begin(self, *arguments: object) -> None:
        """Call the function, and wait for nothing."""
        told = pickle.dumps(arguments)
        self._made = self._waiting.submit(self._process.communicate, told, timeout=self._seconds)

    def result(self) -> Any:
        """What the function returned, waited for.

        Raises:
            AsideError: it raised something, took too long or too much, or was never begun.
        """
        try:
            if self._made is None:
                raise AsideError
            return pickle.loads(self._made.result()[0])  # noqa: S301 -- from this very program
        except (OSError, subprocess.TimeoutExpired, pickle.UnpicklingError, EOFError) as error:
            raise AsideError from error


def main(seconds: str, function: str, *needed: str) -> None:
    """Do the one thing; where it fails, nothing is written."""
    gc.disable()
    _limit(int(seconds))
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    module, name = function.split(":")
    call = getattr(import_module(module), name)
    for module in needed:
        import_module(module)
    answer.write(pickle.dumps(call(*pickle.load(sys.stdin.buffer))))  # noqa: S301 -- from this very program
    answer.flush()
    # Who asked waits for the end of this process, not for the tidying up before it.
    os._exit(0)


def _limit(seconds: int) -> None:
    """Let neither this process nor what it starts outgrow or outlive its purpose, not even its parent."""
    with suppress(ImportError):  # Windows sets no such limits
        import resource

        for limit, most in ((resource.RLIMIT_DATA, MOST_MEMORY), (resource.RLIMIT_CPU, seconds + 1)):
            _, highest = resource.getrlimit(limit)
            lower = most if highest == resource.RLIM_INFINITY else min(most, highest)
            resource.setrlimit(limit, (lower, lower))
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
