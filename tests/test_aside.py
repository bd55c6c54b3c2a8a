"""A process beside: what it returns, and that it takes no more than it is given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.aside import MOST_MEMORY, Aside, AsideError


def test_a_function_is_called_elsewhere_and_its_result_comes_back() -> None:
    """In another process, with the arguments that it was given."""
    with Aside("builtins:sum", seconds=20) as aside:
        aside.begin([1, 2, 3], 4)

        assert aside.result() == 10
        assert aside.result() == 10

    with Aside("os:getpid", seconds=20) as aside:
        aside.begin()

        assert aside.result() != os.getpid()


def test_much_goes_in_and_out() -> None:
    """More than a pipe holds at once."""
    with Aside("builtins:bytes", seconds=20) as aside:
        aside.begin(b"x" * 5_000_000)

        assert aside.result() == b"x" * 5_000_000


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        pytest.param("builtins:int", ("không",), id="raises"),
        pytest.param("builtins:khong_co", (), id="is not there"),
        pytest.param("khong.co:ham", (), id="has no module"),
        pytest.param("builtins:bytearray", (2 * MOST_MEMORY,), id="takes too much memory"),
        pytest.param("os:_exit", (3,), id="ends its process"),
        pytest.param("builtins:open", (os.devnull,), id="returns what cannot be told"),
    ],
)
def test_a_failure_there_is_an_error_here(function: str, arguments: tuple[object, ...]) -> None:
    """Whatever it was."""
    with Aside(function, seconds=20) as aside:
        aside.begin(*arguments)

        with pytest.raises(AsideError):
            aside.result()


def test_what_was_never_begun_has_no_result() -> None:
    """Nor is it waited for."""
    with Aside("builtins:sum", seconds=20) as aside, pytest.raises(AsideError):
        aside.result()


def test_what_takes_too_long_is_given_up() -> None:
    """At its limit, and at the end of the block whatever the limit is."""
    with Aside("time:sleep", seconds=0.1) as aside:
        aside.begin(600)

        with pytest.raises(AsideError):
            aside.result()

    start = time.monotonic()
    with Aside("time:sleep", seconds=600) as aside:
        aside.begin(600)

    assert time.monotonic() - start < 60


def test_what_a_library_prints_is_not_taken_for_the_result() -> None:
    """The answer has the output to itself."""
    with Aside("builtins:print", seconds=20) as aside:
        aside.begin("lời lạc chỗ")

        assert aside.result() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the children of a process")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_parent(ending: signal.Signals) -> None:
    """However that is ended."""
    code = (
        "from pipeline.aside import Aside\n"
        "with Aside('time:sleep', seconds=600) as aside:\n"
        "    aside.begin(600); print(aside._process.pid, flush=True); aside.result()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().strip()
        time.sleep(0.5)
        assert _runs(child)
        parent.send_signal(ending)
        parent.wait(20)
    until = time.monotonic() + 20
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.05)

    assert not _runs(child)


def _runs(process: Path) -> bool:
    """Whether a process is there and not only waiting to be forgotten."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
