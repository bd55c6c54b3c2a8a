"""Nothing about a respondent leaves the private folder: planted names are looked for in everything that comes out."""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run

NAMES = (
    "Nguyễn Thị Bí Mật",
    "Trần Văn Kín",
    "bimat@vidu.vn",
    "0912345678",
    "Cô Lan ở xóm Đình",
    "Hoàng Giấu Tên",
    "Lê Ẩn Danh",
    "Phạm Trang Tính",
)
MANNER, RESULT = "Thái độ phục vụ của công chức", "Kết quả giải quyết"
REPOSITORY = Path(__file__).parents[2]
Captured = pytest.CaptureFixture[str]


def planted(poll: Any, *, label: str = "Hài lòng") -> Path:
    """A workbook full of names: in its file's and its sheet's name, headings, options, e-mails and free text."""
    head = ["Dấu thời gian", "Địa chỉ email", "Họ và tên", MANNER, RESULT, "Ai phục vụ tốt? [Hoàng Giấu Tên]", "Góp ý"]
    rows = [
        ["02/11/2024", "bimat@vidu.vn", "Nguyễn Thị Bí Mật", "Hài lòng", "Rất hài lòng", "Có", "Cô Lan ở xóm Đình"]
        for _ in range(11)
    ]
    rows.append(["02/11/2024", "bimat@vidu.vn", "Trần Văn Kín", label, "Hài lòng", "Có", "gọi 0912345678"])
    content: bytes = poll.xlsx([head, *rows], titles=["Phạm Trang Tính"])
    path: Path = poll.file(content, "Lê Ẩn Danh.xlsx")
    return path


def leaked(text: str) -> list[str]:
    """The planted names that a text holds, whatever its letters' form."""
    plain = unicodedata.normalize("NFC", html.unescape(text)).casefold()
    return [name for name in NAMES if name.casefold() in plain]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything below a folder as text; what is packed is unpacked, of a PDF its pages."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield from unpacked(path.name, path.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A file's texts, each with the name of the part that it stands in."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from unpacked(f"{name}/{part}", archive.read(part))
    elif content.startswith(b"%PDF"):
        import pypdf

        yield name, "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    else:
        yield name, name + content.decode("utf-8", "ignore")


def test_nothing_planted_comes_out_of_anything(poll: Any, capsys: Captured) -> None:
    """Terminal, results, score, explanation, findings in every form, site, report, spreadsheets and data."""
    file = planted(poll)
    (poll.root / "mkdocs.yml").write_text(
        (REPOSITORY / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0], "utf-8"
    )
    shown = []
    for command in (
        ["import", "survey", str(file), "--dry-run"],
        ["import", "survey", str(file), "--yes"],
        ["check"],
        ["check", "--format", "json"],
        ["score", "--json"],
        ["score", "explain", "3.1"],
        ["build"],
        ["export", "xlsx"],
        ["export", "json"],
        ["export", "csv"],
        ["fmt"],
    ):
        assert run(["-C", str(poll.root), *command]) == 0, command
        captured = capsys.readouterr()
        shown.append(captured.out + captured.err)
    folders = [poll.root / name for name in ("build", "scores", "docs", "evidence")]
    public = [(name, text) for folder in folders for name, text in texts(folder)]
    report = next(text for name, text in public if name.endswith("bao-cao-2024.pdf"))

    assert leaked("".join(shown)) == []
    assert [(name, found) for name, text in public if (found := leaked(text))] == []
    assert "12 phiếu" in poll.results.read_text("utf-8")
    assert "Khoảng tin cậy" in " ".join(report.split())


def test_the_detector_finds_what_is_there(poll: Any) -> None:
    """The test above would see a name in a workbook, in a file's name or in a sheet's."""
    file = planted(poll)
    found = {name for _, text in unpacked(file.name, file.read_bytes()) for name in leaked(text)}

    assert found == set(NAMES)


@pytest.mark.parametrize("label", ["Trần Văn Kín", "Cô Lan ở xóm Đình", "=Nguyễn Thị Bí Mật"])
def test_an_answer_that_nobody_foresaw_is_told_by_its_place(poll: Any, capsys: Captured, label: str) -> None:
    """What stands where a level should may be free text: cell and length are told, never what it says."""
    file = planted(poll, label=label)

    assert run(["-C", str(poll.root), "import", "survey", str(file), "--yes"]) == 1
    told = capsys.readouterr()
    assert leaked(told.out + told.err) == []
    assert "trang tính 1, ô D13" in told.err


def test_a_name_for_a_group_is_not_told(poll: Any, capsys: Captured) -> None:
    """A column of groups may hold anything, too."""
    groups = {"cot": "Họ và tên", "cac_nhom": {"dan": {"ten": "Người dân"}}}
    poll.declare({"3.1": poll.criterion(MANNER)}, nhom_tra_loi=groups)

    assert run(["-C", str(poll.root), "import", "survey", str(planted(poll)), "--yes"]) == 1
    told = capsys.readouterr()
    assert "K108" in told.err
    assert leaked(told.out + told.err) == []


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 Tr\xe1\xba\xa7n V\xc4\x83n K\xc3\xadn", b"\xff\xfe\x00", b'a,b\n"x', b""]
)
def test_a_spoilt_file_does_not_tell_its_name(poll: Any, capsys: Captured, content: bytes) -> None:
    """A file is called by its number; its own name may be that of a person."""
    file = poll.file(content, "Trần Văn Kín.csv")

    assert run(["-C", str(poll.root), "import", "survey", str(file), "--yes"]) == 1
    assert run(["-C", str(poll.root), "import", "survey", str(file.with_name("Lê Ẩn Danh.csv")), "--yes"]) == 1
    told = capsys.readouterr()
    assert leaked(told.out + told.err) == []


def test_the_private_folder_is_all_that_holds_answers(poll: Any) -> None:
    """The command copies nothing: the file that was read is the only new one beside the results."""
    file = planted(poll)
    before = {path for path in poll.root.rglob("*") if path.is_file()}

    assert run(["-C", str(poll.root), "import", "survey", str(file), "--yes"]) == 0
    assert {path for path in poll.root.rglob("*") if path.is_file()} == before
