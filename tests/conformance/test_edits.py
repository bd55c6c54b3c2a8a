"""What is changed in a Word file by hand is found by its bookmarks, and by its words where bookmarks are lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.conformance.edits import Kind, changes
from pipeline.conformance.opened import word_entries
from pipeline.decree import PaperFiles

Spoil = Callable[[Any], None]
Found = list[tuple[str, str, str]]


@pytest.fixture
def found(small_files: PaperFiles, spoiled: Callable[[Spoil], bytes]) -> Callable[[Spoil], Found]:
    """What is told about an edited file: kind, before, after."""

    def tell(work: Spoil, without_bookmarks: bool = False) -> Found:
        edited = spoiled(work)
        if without_bookmarks:
            edited = stripped(edited)
        made, theirs = (word_entries("a.docx", content)[0] for content in (small_files.docx, edited))
        assert made is not None
        assert theirs is not None
        return [(change.kind.value, change.before, change.after) for change in changes(made, theirs)]

    return tell


def stripped(content: bytes) -> bytes:
    """A file without any bookmark, as some editors save it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", old.read(name)))
    return packed.getvalue()


def table(document: Any, columns: int) -> Any:
    """The first table with so many columns."""
    return next(each for each in document.tables if len(each.columns) == columns)


def write(paragraph: Any, text: str) -> None:
    """Another text in a paragraph, its first look kept."""
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def points(document: Any) -> None:
    """Another score in annex I."""
    write(table(document, 7).rows[3].cells[5].paragraphs[0], "9,99")


def opening(document: Any) -> None:
    """Another word in a sentence of the text."""
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Việc tự đánh giá"))
    write(paragraph, paragraph.text.replace("Chủ tịch", "Phó Chủ tịch", 1))


def removed(document: Any) -> None:
    """A paragraph less."""
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Việc tự đánh giá"))
    paragraph._p.getparent().remove(paragraph._p)


def added(document: Any) -> None:
    """A paragraph more."""
    paragraph = next(each for each in document.paragraphs if each.text.startswith("Việc tự đánh giá"))
    paragraph.insert_paragraph_before("Hoàn toàn mới, không có trong dữ liệu.")


def row_gone(document: Any) -> None:
    """A row of annex II less."""
    rows = [each for each in document.tables if len(each.columns) == 7][-1]
    rows._tbl.remove(rows.rows[2]._tr)


def bold(document: Any) -> None:
    """Only the look changed."""
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.font.bold = True


def moved(document: Any) -> None:
    """The number written by hand into the blank."""
    write(document.tables[0].rows[1].cells[0].paragraphs[0], "Số: 12/BC-UBND")


@pytest.mark.parametrize("without_bookmarks", [False, True])
@pytest.mark.parametrize(
    ("work", "kind", "before", "after"),
    [
        (points, "sửa", "", "9,99"),
        (opening, "sửa", "do Chủ tịch UBND xã", "do Phó Chủ tịch UBND xã"),
        (removed, "xóa", "Việc tự đánh giá, chấm điểm", ""),
        (added, "thêm", "", "Hoàn toàn mới"),
        (row_gone, "xóa", "2 | ", ""),
        (moved, "sửa", "Số: /BC-UBND", "Số: 12/BC-UBND"),
    ],
    ids=["points", "sentence", "removed", "added", "row", "number"],
)
def test_one_edit_is_one_change(
    *, work: Spoil, kind: str, before: str, after: str, without_bookmarks: bool, found: Callable[..., Found]
) -> None:
    """Each edit is told once, with both texts, whether the bookmarks are still there or not."""
    told = found(work, without_bookmarks)

    assert len(told) == 1
    assert told[0][0] == kind
    assert before in told[0][1]
    assert after in told[0][2]


@pytest.mark.parametrize("without_bookmarks", [False, True])
@pytest.mark.parametrize("work", [bold, lambda _: None], ids=["look", "nothing"])
def test_the_twin_has_no_change(work: Spoil, without_bookmarks: bool, found: Callable[..., Found]) -> None:
    """What only looks different is no change, nor is a file that was merely saved."""
    assert found(work, without_bookmarks) == []


def test_all_at_once_in_order(found: Callable[..., Found]) -> None:
    """Several edits are told in the order of the paper."""

    def work(document: Any) -> None:
        for edit in (points, added, moved, row_gone):
            edit(document)

    assert [kind for kind, _, _ in found(work)] == ["sửa", "thêm", "sửa", "xóa"]


def test_bookmarks_outlive_another_editor() -> None:
    """In a report that LibreOffice opened and saved, every part is found again and nothing counts as changed."""
    here = Path(__file__).parent
    made, saved = (
        word_entries("a.docx", (here / f"{name}.docx").read_bytes())[0] or ()
        for name in ("before-libreoffice", "saved-by-libreoffice")
    )
    ours, theirs = ([entry.key for entry in entries if entry.key] for entries in (made, saved))

    assert len(ours) > 40
    assert set(ours) == set(theirs)
    assert changes(made, saved) == ()


def test_bookmarks_are_names_that_word_takes(files: PaperFiles) -> None:
    """Letters, digits and low lines, at most 40, each once."""
    with zipfile.ZipFile(io.BytesIO(files.docx)) as archive:
        names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', archive.read("word/document.xml").decode())

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"cchc_[a-z0-9_]{1,35}", name) for name in names)


def test_a_stranger_file_has_no_entries() -> None:
    """What is no Word file is refused here too."""
    entries, refused = word_entries("a.docx", b"PK nothing")

    assert entries is None
    assert [finding.code for finding in refused] == ["W101"]


def test_kinds_have_names_of_their_own() -> None:
    """An officer can tell them apart."""
    assert {kind.value for kind in Kind} == {"sửa", "thêm", "xóa"}
