"""The live preview, with a change made to a file while it runs."""

from __future__ import annotations

import threading
import urllib.request
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from pipeline.site import serve


def test_a_change_rebuilds_what_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A saved file calls the rebuild, and the address shows what came of it."""
    root, site = tmp_path / "workspace", tmp_path / "site"
    (root / "docs").mkdir(parents=True)
    site.mkdir()
    (site / "index.html").write_text("cũ", "utf-8")
    running, rebuilt = threading.Event(), threading.Event()
    servers: list[LiveReloadServer] = []
    build_loop = LiveReloadServer._build_loop

    def announced(server: LiveReloadServer) -> None:
        servers.append(server)
        running.set()
        build_loop(server)

    def rebuild() -> None:
        (site / "index.html").write_text("mới", "utf-8")
        rebuilt.set()

    monkeypatch.setattr(LiveReloadServer, "_build_loop", announced)
    thread = threading.Thread(target=serve, args=(root, site, rebuild), kwargs={"host": "127.0.0.1", "port": 0})
    thread.start()
    assert running.wait(10)
    address = f"http://127.0.0.1:{servers[0].server_port}/index.html"
    before = urllib.request.urlopen(address).read().decode()
    (root / "docs" / "index.md").write_text("x", "utf-8")
    changed = rebuilt.wait(10)
    after = urllib.request.urlopen(address).read().decode()
    servers[0].shutdown()
    thread.join(10)

    assert changed
    assert before.startswith("cũ")
    assert after.startswith("mới")
    assert not thread.is_alive()
