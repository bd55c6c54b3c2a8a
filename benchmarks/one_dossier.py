"""Load, check and score one dossier, as the process that `dossiers.py` starts: `one_dossier.py FOLDER [twice]`.

It imports nothing of its own that could be taken for the program's time, and tells what the parts took, in seconds.
"""

from __future__ import annotations

import gc
import os
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter

LEAVES = 80


def examine(root: Path) -> None:
    """Insist that the dossier is complete and without a finding."""
    from datetime import date

    from pipeline.dossier import dossier_of
    from pipeline.dossier import examine as examined

    progress = examined(root, 2024, date(2025, 1, 15))
    dossier = dossier_of(progress)
    assert dossier is not None, progress.findings
    assert not progress.findings, progress.findings
    assert len(dossier.scores.leaves) == LEAVES


def main(root: Path, *, twice: bool) -> None:
    """As the command line starts and ends: no garbage to look for, no plugins of other programs."""
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    clock = [perf_counter()]
    __import__("pipeline.dossier")
    clock.append(perf_counter())
    examine(root)
    clock.append(perf_counter())
    if twice:
        examine(root)
        clock.append(perf_counter())
    print(*(after - before for before, after in pairwise(clock)))
    gc.freeze()


if __name__ == "__main__":
    main(Path(sys.argv[1]), twice="twice" in sys.argv)
