"""The entry of the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `cchc` and leave with its exit code."""
    from pipeline.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
