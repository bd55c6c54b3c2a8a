"""Archives from strangers: what two programs could read in two ways is refused, and nothing is written anywhere."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.package import archive as reading
from pipeline.package.frame import CENTRAL, ENDING, LOCAL, Entry, directory, header
from pipeline.package.integrity import read_package

Zipped = Callable[..., Path]
DAY = date(2024, 12, 31)


def codes(path: Path) -> set[str]:
    """The codes with which a file is refused."""
    return {finding.code for finding in read_package(path).findings}


def framed(*files: tuple[str, bytes]) -> bytes:
    """A package's frame around any files, names and all."""
    entries, body = [], b""
    for name, content in files:
        entry = Entry(name, len(content), zlib.crc32(content), len(body))
        entries.append(entry)
        body += header(entry, DAY) + content
    return body + directory(entries, DAY)


@pytest.fixture
def laid(tmp_path: Path) -> Callable[[bytes], Path]:
    """Bytes as a file."""

    def lay(content: bytes) -> Path:
        path = tmp_path / "goi.zip"
        path.write_bytes(content)
        return path

    return lay


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json",
        "bao-cao/../../x.pdf",
        "/etc/passwd",
        "C:/Windows/x.dll",
        "c:x.pdf",
        "bao-cao\\x.pdf",
        "..\\x.pdf",
        "./x.pdf",
        "bao-cao//x.pdf",
        "x.pdf ",
        "x.pdf.",
        "con",
        "aux.txt",
        "x\ny.pdf",
        "x\x1b[31m.pdf",
        "bao-cao\u202efdp.exe",
        "a\u0302.pdf",
        "x:y",
        "a/b/c/d/e/f/g.pdf",
        "x" * 250,
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, laid: Any) -> None:
    """Z103: out of the package, to a device, to a stream, or to something that looks like another."""
    assert codes(laid(framed(("manifest.json", b"{}"), (name, b"x")))) == {"Z103"}


def test_a_link_is_refused(tmp_path: Path) -> None:
    """Z103: the target of a symbolic link could lie anywhere."""
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("bao-cao/x.pdf")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert codes(path) == {"Z103"}


@pytest.mark.parametrize(
    "names",
    [("a.pdf", "a.pdf"), ("a.pdf", "A.PDF"), ("Đ1.pdf", "đ1.pdf"), ("ﬁ.pdf", "fi.pdf"), ("a", "a/b")],
    ids=["same", "case", "letters", "ligature", "folder"],
)
def test_two_names_for_one_place_are_refused(names: tuple[str, str], laid: Any) -> None:
    """Z104: a disk would keep only one of them, and nobody knows which."""
    assert codes(laid(framed(*((name, b"") for name in names)))) == {"Z104"}


def test_a_name_in_another_encoding_is_refused(laid: Any) -> None:
    """Z103: without the flag for UTF-8, every program guesses differently."""
    content = framed(("xã.pdf", b"x"))
    unflagged = content.replace(struct.pack("<HH", 20, 0x0800), struct.pack("<HH", 20, 0))

    assert codes(laid(unflagged)) == {"Z103"}
    assert codes(laid(content.replace("xã".encode(), b"x\xe3\xa0"))) == {"Z103"}


def test_truncated_and_extended_archives_are_refused(signed: Path, laid: Any) -> None:
    """Z102, wherever it was cut and whatever was put before or after it."""
    whole = signed.read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:30], b"", whole + b"x", b"x" + whole, b"PK\x05\x06"):
        assert codes(laid(content)) == {"Z102"}, len(content)


def test_overlapping_entries_are_refused(laid: Any) -> None:
    """Z102: two names for the same bytes make a bomb of a small file."""
    content = framed(("a.pdf", b"x" * 1000), ("b.pdf", b"y" * 1000))
    first = content.rfind(b"PK\x01\x02", 0, content.rfind(b"PK\x01\x02"))
    second = content.rfind(b"PK\x01\x02")
    at = second + CENTRAL.size - 4
    overlapping = content[:at] + content[first + CENTRAL.size - 4 : first + CENTRAL.size] + content[at + 4 :]

    assert codes(laid(overlapping)) == {"Z102"}


def test_hidden_bytes_between_files_are_refused(laid: Any) -> None:
    """Z102: what no name leads to was put there for somebody."""
    content, hidden = framed(("manifest.json", b"{}")), b"hidden"
    at = len(content) - ENDING.size - CENTRAL.size - len("manifest.json")
    shifted = content[:at] + hidden + content[at:]
    start = struct.pack("<I", at + len(hidden))

    assert codes(laid(shifted[:-6] + start + shifted[-2:])) == {"Z102"}


def test_a_header_that_contradicts_the_list_is_refused(laid: Any) -> None:
    """Z102: one program shows the one name, another the other."""
    content = framed(("bao-cao/a.pdf", b"x"))

    assert codes(laid(content.replace(b"a.pdf", b"b.pdf", 1))) == {"Z102"}


def test_64_bit_fields_comments_and_several_disks_are_refused(laid: Any, tmp_path: Path) -> None:
    """Z102: no package needs them, and they let two readers see two archives."""
    large = tmp_path / "large.zip"
    with zipfile.ZipFile(large, "w") as archive, archive.open(zipfile.ZipInfo("a"), "w", force_zip64=True) as stream:
        stream.write(b"x")
    commented = tmp_path / "commented.zip"
    with zipfile.ZipFile(commented, "w") as archive:
        archive.writestr("a", b"x")
        archive.comment = b"PK\x05\x06" + bytes(18)
    content = framed(("a", b"x"))
    disk = content[:-18] + b"\x01\0" + content[-16:]

    assert codes(large) == codes(laid(disk)) == {"Z102"}
    assert codes(commented) <= {"Z102", "Z107"}
    assert codes(commented)


def test_encrypted_entries_and_strange_compression_are_refused(laid: Any, zipped: Zipped) -> None:
    """Z106."""
    content = framed(("a", b"x"))
    encrypted = content.replace(struct.pack("<HH", 20, 0x0800), struct.pack("<HH", 20, 0x0801))
    packed = zipped({"a": b"x" * 100}, compression=zipfile.ZIP_LZMA)

    assert codes(packed) == {"Z106"}
    assert codes(laid(encrypted)) == {"Z106"}


def test_a_bomb_by_its_own_word_is_refused_unread(zipped: Zipped) -> None:
    """Z105: a hundred times its size, and more than a megabyte."""
    assert codes(zipped({"manifest.json": bytes(3_000_000)}, compression=zipfile.ZIP_DEFLATED)) == {"Z105"}


def test_a_bomb_that_lies_about_its_size_is_stopped(zipped: Zipped, laid: Any) -> None:
    """Z105: nothing more than what was declared is unpacked."""
    path = zipped({"manifest.json": b"{}" + b" " * 500_000}, compression=zipfile.ZIP_DEFLATED)
    content = path.read_bytes().replace(struct.pack("<I", 500_002), struct.pack("<I", 1000))

    assert codes(laid(content)) == {"Z105"}


def test_too_many_files_and_too_long_a_list_are_refused(zipped: Zipped) -> None:
    """Z105: counted before the list is read."""
    assert codes(zipped({f"{number}": b"" for number in range(4_001)})) == {"Z105"}


def test_an_archive_in_the_package_is_not_opened(laid: Any, zipped: Zipped) -> None:
    """A bomb inside a bomb stays a file of a few bytes, and one that no manifest names."""
    inner = zipped({"x": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED).read_bytes()

    assert codes(laid(framed(("manifest.json", b"{}"), ("inner.zip", inner)))) == {"Z107"}


def test_a_damaged_file_is_told_apart(laid: Any) -> None:
    """Z110: its own sum is wrong."""
    content = framed(("manifest.json", b"{}"))

    assert codes(laid(content.replace(b"{}", b"[]"))) == {"Z110"}


def test_an_honest_archive_of_another_program_is_read(signed: Path, tmp_path: Path) -> None:
    """Unpacked and packed again: every content is the same, and Z120 says that the frame is not."""
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(signed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.mkdir("bao-cao")
        for name in old.namelist():
            new.writestr(name, old.read(name))
    contents = read_package(path)

    assert {finding.code for finding in contents.findings} == {"Z120"}
    assert contents.manifest is not None
    assert contents.checked == len(contents.manifest.files)


def test_streamed_archives_are_read(tmp_path: Path, signed: Path) -> None:
    """Programs that do not know a size beforehand put it after the content."""
    path = tmp_path / "streamed.zip"

    class Pipe:
        """Something to write to that cannot go back."""

        def __init__(self) -> None:
            self.file = path.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    pipe = Pipe()
    with zipfile.ZipFile(signed) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:  # type: ignore[call-overload]
        for name in old.namelist():
            new.writestr(name, old.read(name))
    pipe.file.close()

    assert {finding.code for finding in read_package(path).findings} == {"Z120"}


def test_sizes_of_the_frame_are_those_of_the_format() -> None:
    """APPNOTE 6.3: 30, 46 and 22 bytes."""
    assert (LOCAL.size, CENTRAL.size, ENDING.size) == (30, 46, 22)


def test_a_package_is_what_any_zip_program_reads(signed: Path) -> None:
    """Python's own reader finds nothing to complain about."""
    with zipfile.ZipFile(signed) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:3] == ["manifest.json", "manifest.json.p7s", "DOC-TRUOC.txt"]


def test_a_hostile_name_cannot_speak_to_the_terminal(laid: Any) -> None:
    """Control characters are shown as what they are not."""
    (finding,) = read_package(laid(framed(("x\x1b]0;y\x07.pdf", b"x")))).findings

    assert "\x1b" not in finding.place.path + finding.message
    assert reading.LARGEST_DIRECTORY < 10_000_000
