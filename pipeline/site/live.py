"""The live preview: the built site on this machine, built anew whenever a file of the workspace changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

WATCHED = ("docs", "scores", "evidence", "mkdocs.yml")
"""What an officer edits."""


def serve(root: Path, site: Path, rebuild: Callable[[], None], *, host: str, port: int) -> None:
    """Show `site` until the user presses Ctrl-C; open pages reload after each rebuild.

    `rebuild` builds the site in its place and reports what is wrong by itself; while it keeps the old site, so does
    the preview.

    Raises:
        OSError: the port is taken.
    """
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(rebuild, host=host, port=port, root=str(site), mount_path="/")
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    server.error_handler = lambda code: _page(site, code)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def _page(site: Path, code: int) -> bytes | None:
    """The site's own page for an error, if it has one."""
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
