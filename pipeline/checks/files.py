"""Checks that the year's files are there, once each, and belong to this year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.checks.check import Examined
from pipeline.model.finding import Finding, Place
from pipeline.workspace.load import years
from pipeline.workspace.tree import did_you_mean


def files(examined: Examined) -> Iterator[Finding]:
    """Missing, doubled and foreign files."""
    yield from _years(examined)
    yield from _areas(examined)
    yield from _navigation(examined)


def _years(examined: Examined) -> Iterator[Finding]:
    workspace = examined.workspace
    typed = (
        workspace.settings,
        workspace.register,
        workspace.survey,
        workspace.survey_mapping,
        workspace.supplied,
        workspace.appraisal,
        *(area.file.head for area in workspace.areas),
    )
    for located in typed:
        if located is not None and located.value.year != workspace.year:
            message = f"tệp ghi năm {located.value.year} nhưng nằm trong thư mục năm {workspace.year}"
            yield Finding(located.place("nam"), "Y703", message, f"sửa “nam: {workspace.year}”, hoặc chuyển tệp")


def _areas(examined: Examined) -> Iterator[Finding]:
    workspace = examined.workspace
    if workspace.criteria_set is None:
        return
    known = {area.code: area for area in workspace.criteria_set.value.areas}
    seen: dict[str, str] = {}
    for document in workspace.areas:
        code, path = document.file.head.value.area, document.file.path
        place = document.file.head.place("linh_vuc")
        if code not in known:
            message = f"bộ tiêu chí không có lĩnh vực {code}"
            yield Finding(place, "Y704", message, f"chọn một trong: {', '.join(known)}")
        elif code in seen:
            message = f"lĩnh vực {code} đã có tệp {seen[code]}"
            yield Finding(place, "Y702", message, "giữ lại một tệp")
        elif Path(path).name.split("-")[0] != code:
            message = f"tên tệp không bắt đầu bằng “{code}-”"
            yield Finding(place, "Y705", message, f"đổi tên tệp thành “{code}-….md”")
        seen.setdefault(code, path)
    unread = {Path(path).name.split("-")[0] for path in workspace.unreadable_areas}
    for code, area in known.items():
        if code not in seen and code not in unread:
            message = f"chưa có tệp cho lĩnh vực {code} ({area.title})"
            folder = f"docs/{workspace.year}"
            yield Finding(
                Place(folder), "Y701", message, f"tạo tệp {folder}/{code}-….md theo mẫu của các lĩnh vực khác"
            )


def _navigation(examined: Examined) -> Iterator[Finding]:
    """Every page of the site is in the list of `mkdocs.yml`, and every entry of the list is a page.

    The list is one year's. Once it is a later year's, the areas of an earlier one are not looked for in it, so that the
    earlier year can still be appraised, reported and packed.
    """
    workspace = examined.workspace
    tree = workspace.navigation
    if tree is None:
        return
    listed = dict(_listed(tree.data["nav"], ("nav",)))
    later = tuple(f"{year}/" for year in years(workspace.root) if year > workspace.year)
    pages = {Path(page.file.path).name: page.file.path for page in workspace.pages}
    if any(page.startswith(later) for page in listed):
        listed = {page: where for page, where in listed.items() if not page.startswith(later)}
    else:
        pages |= {f"{workspace.year}/{area.slug}.md": area.file.path for area in workspace.areas}
    unreadable = {finding.place.path.removeprefix("docs/") for finding in workspace.findings}
    for page, where in listed.items():
        if page not in pages and page not in unreadable:
            mend = did_you_mean(page, sorted(set(pages) - set(listed))) or "sửa tên, hoặc xóa dòng này"
            message = f"danh mục nêu trang “{page}” không có trong trang web của năm {workspace.year}"
            yield Finding(tree.place(*where), "Y706", message, mend)
    for page, path in pages.items():
        if page not in listed:
            mend = f"thêm dòng “- Tên trang: {page}” vào nav của {tree.path}"
            yield Finding(Place(path, 1, 1), "Y706", f"trang “{page}” chưa có trong danh mục của trang web", mend)


def _listed(entry: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The Markdown pages of a list that may nest, with their places."""
    if isinstance(entry, str) and entry.endswith(".md"):
        yield entry, path
    children = entry.items() if isinstance(entry, dict) else enumerate(entry) if isinstance(entry, list) else ()
    for key, child in children:
        yield from _listed(child, (*path, key))
