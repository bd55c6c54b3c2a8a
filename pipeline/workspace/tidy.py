"""Writing a workspace's files in the house's own form, without touching comments, order or meaning.

Unix line ends, NFC, no byte order mark, one newline at the end; numbers with a comma,
dates as 29/10/2022, answers as có/không; the sha256 and the pages of scans that have none yet.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from pipeline.fields import Declared, Notes
from pipeline.model.assessment import AreaFile, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Register
from pipeline.model.finding import Finding
from pipeline.model.supplied import SuppliedResults
from pipeline.model.year import Settings
from pipeline.workspace.load import (
    PageHead,
    Workspace,
    markdown_files,
    register_path,
    set_path,
    settings_path,
    supplied_path,
    survey_path,
)
from pipeline.workspace.reader import Located, Reader
from pipeline.workspace.scan_pages import look_inside
from pipeline.workspace.scans import Scan
from pipeline.workspace.tree import Scalar


@dataclass(frozen=True)
class Tidied:
    """A file that would be written differently."""

    path: str
    before: str
    after: str


def tidy(workspace: Workspace) -> tuple[list[Tidied], tuple[Finding, ...]]:
    """What would change in every file of the year, and why some files were left alone."""
    changed: list[Tidied] = []
    findings: list[Finding] = []
    for path, model, items in _files(workspace):
        reader = Reader(workspace.root)
        text = reader.text(path)
        if text is None:
            findings += reader.findings
            continue
        before = reader.contents[path].decode("utf-8")
        located = _read(reader, path, model, items)
        findings += reader.findings
        if located is not None and not reader.findings:
            text = _rewritten(text, reader.notes)
            if isinstance(located.value, Register):
                text = _with_scans(text, workspace, located.value)
        after = _ended(text)
        if after != before:
            changed.append(Tidied(path, before, after))
    return changed, tuple(sorted(set(findings)))


def _files(workspace: Workspace) -> list[tuple[str, type[Declared], str]]:
    """The files of the year that are there, with their models and the key of their items."""
    year = workspace.year
    files: list[tuple[str, type[Declared], str]] = [
        (settings_path(year), Settings, ""),
        (register_path(year), Register, "tai_lieu"),
        (survey_path(year), SurveyResults, "ket_qua"),
        (supplied_path(year), SuppliedResults, "ket_qua"),
    ]
    if workspace.settings is not None:
        files.append((set_path(workspace.settings.value.criteria_set), CriteriaSet, ""))
    files += [(path, AreaFile, "tieu_chi") for path in markdown_files(workspace.root, f"docs/{year}")]
    files += [(path, PageHead, "") for path in markdown_files(workspace.root, "docs")]
    return [file for file in files if (workspace.root / file[0]).is_file()]


def _read(reader: Reader, path: str, model: type[Declared], items: str) -> Located[Declared] | None:
    if not path.endswith(".md"):
        return reader.yaml(path, model, items=items)
    page = reader.page(path, model, items=items)
    return page.head if page else None


def _rewritten(text: str, notes: Notes) -> str:
    """Put each value's own form in place of what was typed, last first so that positions hold."""
    edits = {value.start: (value, form) for value, form in notes if isinstance(value, Scalar) and value.plain}
    for start in sorted(edits, reverse=True):
        value, form = edits[start]
        if form != str(value):
            text = text[:start] + (f'"{form}"' if value.flow and "," in form else form) + text[value.end :]
    return text


def _with_scans(text: str, workspace: Workspace, register: Register) -> str:
    """Add the sha256 below `ban_chup` of documents that have a scan and no sha256, and the scan's pages below that.

    Pages are those of the file with this sha256: a new one brings new pages, and a file that has changed gets none.
    """
    located = workspace.register
    if located is None:
        return text
    added: dict[int, list[str]] = {}
    gone: set[int] = set()
    for name, document in register.documents.items():
        scan = workspace.scans.get(document.scan or "")
        if scan is None or document.sha256 not in (None, scan.sha256):
            continue
        lines = {key: located.place("tai_lieu", name, key).line for key in ("ban_chup", "sha256", "so_trang")}
        if document.sha256 is None:
            added[lines["ban_chup"]] = [f"sha256: {scan.sha256}", *_pages_line(scan)]
            gone |= {lines["so_trang"]} if document.pages is not None else set()
        elif document.pages is None:
            added[lines["sha256"]] = _pages_line(scan)
    return "\n".join(_edited(text.split("\n"), added, gone))


def _pages_line(scan: Scan) -> list[str]:
    pages = look_inside(scan).pages
    return [f"so_trang: {pages}"] if pages else []


def _edited(lines: list[str], added: Mapping[int, list[str]], gone: Container[int]) -> Iterator[str]:
    """Lines, counted from 1, with others added below and some left out; items in braces stay as they are."""
    for number, line in enumerate(lines, start=1):
        bare = line.lstrip()
        if number not in gone or not bare.startswith("so_trang:"):
            yield line
        if bare.startswith(("ban_chup:", "sha256:")):
            yield from (line[: len(line) - len(bare)] + text for text in added.get(number, ()))


def _ended(text: str) -> str:
    """One newline at the end. Blanks at the ends of lines stay: in Markdown they may be a forced new line."""
    return text.rstrip("\n") + "\n"
