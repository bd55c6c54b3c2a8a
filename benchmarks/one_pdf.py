"""Make the report's PDF alone, as the process that `run.py` starts: `one_pdf.py WORKSPACE FILE`.

It prints the seconds from the dossier to the PDF; the rest of the process is starting, reading, checking and scoring.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

YEAR = 2022


def main(workspace: Path, file: Path) -> None:
    """From the workspace's files to the PDF, as the command line starts and ends."""
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    import time
    from datetime import date

    from pipeline.decree.typst import pdf
    from pipeline.dossier import dossier_of, examine
    from pipeline.output import write_file
    from pipeline.report.compose import compose

    dossier = dossier_of(examine(workspace, YEAR, date(YEAR + 1, 1, 9)))
    assert dossier is not None
    started = time.perf_counter()
    write_file(file, pdf(compose(dossier)))
    print(time.perf_counter() - started, flush=True)
    gc.freeze()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
