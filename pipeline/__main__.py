"""The entry of the command line."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `cchc` and leave with its exit code."""
    # Looking for plugins of pydantic means reading the metadata of every installed package, at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from pipeline.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
