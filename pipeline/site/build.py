"""Pages into a site with MkDocs, in this process: strict, quiet, whole or not at all."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.dossier import Dossier
from pipeline.output import EPOCH, source_date_epoch, whole_folder
from pipeline.site.pages import write_pages
from pipeline.site.templating import hasten
from pipeline.workspace.load import CONFIGURATION
from pipeline.workspace.tree import parse


class SiteError(Exception):
    """The site could not be built; the one from before is untouched."""

    def __init__(self, *, messages: tuple[str, ...]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        """What is wrong, one sentence each."""


def write_site(dossier: Dossier, build: Path) -> Path:
    """Build `build/pages` and from it `build/site`, which is returned.

    Raises:
        SiteError: the configuration is missing or broken, or MkDocs warns of something.
        OSError: a folder cannot be written.
    """
    with _dated(dossier), whole_folder(build / "pages") as pages, whole_folder(build / "site") as site:
        write_pages(dossier, pages)
        _built(dossier.root / CONFIGURATION, pages=pages, site=site)
    return build / "site"


def _built(configuration: Path, *, pages: Path, site: Path) -> None:
    if not configuration.is_file():
        raise SiteError(messages=(f"không có tệp {CONFIGURATION} ở thư mục gốc; lấy lại tệp này từ git",))
    if refused := _refused(configuration):
        raise SiteError(messages=refused)
    with _listening() as messages:
        _run(configuration, pages, site, messages)
    if messages:
        raise SiteError(messages=tuple(dict.fromkeys(map(_explained, messages))))


def _refused(configuration: Path) -> tuple[str, ...]:
    """What MkDocs would run or fetch from elsewhere: the file is data here, like everything in a workspace."""
    tree, findings = parse(configuration.read_text("utf-8", "replace"), CONFIGURATION)
    found = [f"{CONFIGURATION}:{finding.place.line}: {finding.message}" for finding in findings]
    if tree is not None and isinstance(tree.data, dict):
        theme = tree.data.get("theme")
        keys = [key for key in _RUNS_OR_FETCHES if key in tree.data]
        keys += [key for key in _RUNS_OR_FETCHES if isinstance(theme, dict) and key in theme]
        found += [f"{CONFIGURATION}: không dùng “{key}”; xóa mục này" for key in keys]
    return tuple(found)


_RUNS_OR_FETCHES = ("hooks", "INHERIT", "custom_dir")

_EXPLAINED = (
    (r"Config value '(.+?)': Required configuration not provided\.?", "thiếu “{}”"),
    (r"Config value '(.+?)': (.+)", "“{}” không dùng được ({})"),
    (
        r"A reference to '(\d{4})/.+?' is included in the 'nav' .*",
        "nav nêu các trang của năm {}; thay bằng trang của năm này",
    ),
    (r"A reference to '(.+?)' is included in the 'nav' .*", "nav nêu trang “{}” không có; sửa tên hoặc xóa dòng này"),
    (r".*not included in the \"nav\" configuration: (.+)", "nav chưa có trang: {}; thêm vào nav"),
    (r".*contains a link '(.+?)'.*", "liên kết “{}” không dẫn tới đâu"),
)


def _explained(message: str) -> str:
    """What MkDocs says, in Vietnamese where it is something that an office can mend."""
    for pattern, words in _EXPLAINED:
        if found := re.fullmatch(pattern, message):
            return f"{CONFIGURATION}: {words.format(*found.groups())}"
    return f"{CONFIGURATION}: MkDocs báo “{message}”"


def _run(configuration: Path, pages: Path, site: Path, messages: list[str]) -> None:
    """Hand over to MkDocs; whatever it raises becomes a message like those that it logs."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        config: Any = load_config(
            config_file=str(configuration), docs_dir=str(pages.resolve()), site_dir=str(site.resolve())
        )
        hasten(config.theme)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except Abort as error:
        messages += [] if messages else [str(error)]
    except MkDocsException as error:
        messages.append(str(error))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of printing it."""
    messages: list[str] = []
    listener = _Listener(messages)
    logger = logging.getLogger("mkdocs")
    before = logger.propagate, logger.level
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
        logger.propagate, level = before
        logger.setLevel(level)


class _Listener(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(" ".join(record.getMessage().split()))


@contextmanager
def _dated(dossier: Dossier) -> Iterator[None]:
    """Let the dossier's day stand for the day of the build, unless the caller has set one."""
    before = os.environ.get(EPOCH)
    if source_date_epoch() is None:
        moment = datetime.combine(dossier.date, datetime.min.time(), UTC)
        os.environ[EPOCH] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        del os.environ[EPOCH]
        if before is not None:
            os.environ[EPOCH] = before
