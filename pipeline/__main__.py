"""The entry of the command line."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run `cchc` and leave with its exit code."""
    # Looking for plugins of pydantic means reading the metadata of every installed package, at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    for stream in (sys.stdout, sys.stderr):
        # Where Vietnamese cannot be written as it is, as in Windows pipes, UTF-8 is what editors and forges read.
        if isinstance(stream, TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")

    from pipeline.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
