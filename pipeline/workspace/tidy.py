"""Writing a workspace's files in the house's own form, without touching comments, order or meaning.

Unix line ends, NFC, no byte order mark, one newline at the end; numbers with a comma,
dates as 29/10/2022, answers as có/không; the sha256 of scans that have none yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.fields import Declared, Notes
from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import AreaFile, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Register
from pipeline.model.finding import Finding
from pipeline.model.supplied import SuppliedResults
from pipeline.model.survey_mapping import SurveyMapping
from pipeline.model.year import Settings
from pipeline.workspace.load import (
    PageHead,
    Workspace,
    appraisal_path,
    markdown_files,
    register_path,
    set_path,
    settings_path,
    supplied_path,
    survey_mapping_path,
    survey_path,
)
from pipeline.workspace.reader import Located, Reader
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
                text = _with_hashes(text, workspace, located.value)
        after = _ended(text)
        if after != before:
            changed.append(Tidied(path, before, after))
    return changed, tuple(sorted(set(findings)))


def _files(workspace: Workspace) -> list[tuple[str, type[Declared], str]]:
    """The files of the year that are there and not frozen, with their models and the key of their items."""
    year = workspace.year
    files: list[tuple[str, type[Declared], str]] = [
        (settings_path(year), Settings, ""),
        (register_path(year), Register, "tai_lieu"),
        (survey_path(year), SurveyResults, "ket_qua"),
        (survey_mapping_path(year), SurveyMapping, "tieu_chi"),
        (supplied_path(year), SuppliedResults, "ket_qua"),
        (appraisal_path(year), Appraisal, ""),
    ]
    if workspace.settings is not None:
        files.append((set_path(workspace.settings.value.criteria_set), CriteriaSet, ""))
    files += [(path, AreaFile, "tieu_chi") for path in markdown_files(workspace.root, f"docs/{year}")]
    files += [(path, PageHead, "") for path in markdown_files(workspace.root, "docs")]
    frozen = {path for located in workspace.locked.values() for path in located.value.files}
    return [file for file in files if file[0] not in frozen and (workspace.root / file[0]).is_file()]


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


def _with_hashes(text: str, workspace: Workspace, register: Register) -> str:
    """Add the sha256 below `ban_chup` of documents that have a scan and no sha256."""
    lines = text.split("\n")
    located = workspace.register
    if located is None:
        return text
    found = [
        (located.place("tai_lieu", name, "ban_chup").line, document.scan)
        for name, document in register.documents.items()
        if document.scan and document.sha256 is None and document.scan in workspace.scans
    ]
    for line, scan in sorted(found, reverse=True):
        indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        if lines[line - 1].lstrip().startswith("ban_chup:"):
            lines.insert(line, f"{indent}sha256: {workspace.scans[scan].sha256}")
    return "\n".join(lines)


def _ended(text: str) -> str:
    """One newline at the end. Blanks at the ends of lines stay: in Markdown they may be a forced new line."""
    return text.rstrip("\n") + "\n"
