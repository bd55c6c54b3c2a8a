"""What goes into a package, what stays out, and that the same dossier gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.dossier import dossier_of, examine
from pipeline.model.evidence import EvidenceClass
from pipeline.package import frame
from pipeline.package.attached import report_attachment, report_manifest
from pipeline.package.build import is_current
from pipeline.package.contents import item
from pipeline.package.manifest import ATTACHED, Covers, Manifest, Role, read_manifest, schema, state_of
from pipeline.package.names import MANIFEST
from pipeline.package.pdf import attached_manifest
from pipeline.package.write import PackingError, write_archive
from pipeline.report import render_report

Lay = Callable[..., Path]
TODAY = date(2025, 1, 15)
DAY = date(2024, 12, 31)


def manifest_in(package: Path) -> Manifest:
    """The manifest of a package."""
    with zipfile.ZipFile(package) as archive:
        return read_manifest(archive.read(MANIFEST))


def replaced(path: Path, old: str, new: str) -> None:
    """Change a text file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def choose(root: Path, scope: str) -> None:
    """Choose which scans are handed on."""
    settings = root / "scores/2024/settings.yml"
    settings.write_text(f"{settings.read_text('utf-8')}quyen_kiem_chung: {{pham_vi: {scope}}}\n", "utf-8")


def dossier_at(root: Path) -> Any:
    """The dossier of a workspace."""
    dossier = dossier_of(examine(root, 2024, TODAY))
    assert dossier is not None
    return dossier


def test_every_file_is_told_with_size_hash_role_and_class(signed: Path) -> None:
    """The manifest can be checked with nothing but `sha256sum`."""
    manifest = manifest_in(signed)
    with zipfile.ZipFile(signed) as archive:
        for file in manifest.files:
            content = archive.read(file.path)
            assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        told = {file.path for file in manifest.files}
        assert told == set(archive.namelist()) - {MANIFEST, f"{MANIFEST}.p7s"}

    assert {file.role for file in manifest.files} == set(Role)
    assert {file.evidence_class for file in manifest.files} == {EvidenceClass.PUBLIC}


def test_only_public_scans_go_unless_the_settings_say_more(lay: Lay, tmp_path: Path) -> None:
    """What stays is told with its hash; the choice is made in the year's settings."""
    root = lay()
    before = report_manifest(dossier_at(root))
    replaced(
        root / "scores/2024/settings.yml", "moc_thoi_gian:", "quyen_kiem_chung: {pham_vi: chi_dan}\nmoc_thoi_gian:"
    )
    after = report_manifest(dossier_at(root))
    scan = root / "evidence/2024/scans/TL02.pdf"

    assert [file.document for file in before.of_role(Role.SCAN)] == ["TL01", "TL04"]
    kept = {each.document: each for each in before.left_out}
    assert kept["TL02"].sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (kept["TL03"].has_scan, kept["TL03"].sha256) == (False, None)
    assert [file.document for file in after.of_role(Role.SCAN)] == ["TL01", "TL02", "TL04"]
    assert "TL02" not in {each.document for each in after.left_out}


def test_what_is_internal_is_not_told_unless_it_is_chosen(signed: Path, lay: Lay) -> None:
    """Number, symbol and date are; abstract and notes are not, in the register that goes along."""
    with zipfile.ZipFile(signed) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist() if "/sets/" not in name)
    root = lay()
    choose(root, "noi_bo")
    source = (root / "evidence/2024/register.yml").read_bytes()

    assert b"12/BB-UBND" in texts
    assert "Biên bản họp xét thi đua".encode() not in texts
    assert "Bản gốc lưu tại Văn phòng".encode() not in texts
    (register,) = report_manifest(dossier_at(root)).of_role(Role.REGISTER)
    assert register.sha256 == hashlib.sha256(source).hexdigest()


def test_the_report_carries_what_it_speaks_of(office: Any) -> None:
    """As PDF/A-3 wants an attachment: with its relation to the report, its type and what it is."""
    pdf = render_report(office.dossier, (report_attachment(office.dossier),)).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (attached,) = document.Root.AF
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert str(attached.AFRelationship) == "/Supplement"
        assert str(attached.UF) == ATTACHED

    told = attached_manifest(pdf)
    assert told == report_manifest(office.dossier)
    assert told is not None
    assert told.covers is Covers.REPORT
    assert not {Role.REPORT, Role.REPORT_WORD, Role.BINDER} & {file.role for file in told.files}


def test_the_signed_report_carries_the_same(office: Any) -> None:
    """Signing adds to the file and takes nothing from it."""
    assert attached_manifest(office.signed_report) == report_manifest(office.dossier)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/2024/1-chi-dao-dieu-hanh.md", "hoan_thanh: 19", "hoan_thanh: 20"),
        ("scores/2024/settings.yml", "Nguyễn Văn Mẫu", "Nguyễn Văn Mới"),
        ("evidence/2024/register.yml", "so: 45", "so: 46"),
    ],
)
def test_a_signed_report_of_other_figures_is_not_taken(office: Any, lay: Lay, path: str, old: str, new: str) -> None:
    """Whatever changed after signing: figures, settings or the register."""
    root = lay()
    assert is_current(dossier_at(root), office.signed_report)

    replaced(root / path, old, new)

    assert not is_current(dossier_at(root), office.signed_report)


def test_pages_of_the_website_do_not_outdate_a_report(office: Any, lay: Lay) -> None:
    """They are no part of what was signed."""
    root = lay()
    replaced(root / "docs/index.md", "---\n\n", "---\n\nMới. ")

    assert is_current(dossier_at(root), office.signed_report)


PACK = """
import sys
from datetime import date
from pathlib import Path
from pipeline.dossier import dossier_of, examine
from pipeline.package.build import write_package
dossier = dossier_of(examine(Path(sys.argv[1]), 2024, date.fromisoformat(sys.argv[3])))
write_package(dossier, Path(sys.argv[2]), signed_report=None, sign=None)
"""


def test_the_same_dossier_gives_the_same_bytes(lay: Lay, sound: Path, tmp_path: Path) -> None:
    """In another folder, time zone and locale, and a month later."""
    places = ((sound, "UTC", "C", "2025-01-15"), (lay(), "Asia/Ho_Chi_Minh", "vi_VN.UTF-8", "2025-02-15"))
    made = []
    for number, (root, zone, language, day) in enumerate(places):
        folder = tmp_path / str(number)
        environment = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(number)}
        subprocess.run([sys.executable, "-c", PACK, root, folder, day], check=True, env=environment)
        made.append((folder / "ho-so-2024.zip").read_bytes())

    assert made[0] == made[1]


def test_the_state_is_what_sha256sum_would_print(office: Any) -> None:
    """Sorted lines of hash, two blanks and path, hashed once more."""
    files = report_manifest(office.dossier).files
    lines = sorted((file.path, file.sha256) for file in files if file.path.startswith("du-lieu/"))
    text = "".join(f"{sha256}  {path}\n" for path, sha256 in lines)

    assert state_of(files) == hashlib.sha256(text.encode()).hexdigest()


def test_a_manifest_fits_its_own_schema_and_is_read_back(signed: Path) -> None:
    """Every field that the schema asks for is there, and nothing else."""
    manifest, told = manifest_in(signed), json.loads(schema())

    assert set(json.loads(manifest.as_bytes())) == set(told["properties"])
    assert read_manifest(manifest.as_bytes()) == manifest


def test_a_scan_that_changes_meanwhile_stops_the_packing(tmp_path: Path) -> None:
    """The old package stays, since a half true one is worse than none."""
    path, scan = tmp_path / "goi.zip", tmp_path / "TL01.pdf"
    path.write_bytes(b"old")
    scan.write_bytes(b"new")
    told = item("kiem-chung/ban-chup/TL01.pdf", b"before", Role.SCAN)

    with pytest.raises(PackingError, match="thay đổi trong lúc đóng gói"):
        write_archive(path, b"{}", None, [type(told)(told.entry, scan)], DAY)
    assert path.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == [scan, path]


def test_a_package_beyond_the_format_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four gigabytes, or four thousand files: the officer is told to choose less."""
    monkeypatch.setattr("pipeline.package.write.LARGEST", 1000)
    with pytest.raises(PackingError, match="4 GB"):
        write_archive(tmp_path / "goi.zip", b"{}", None, [item("x", bytes(2000), Role.SCAN)], DAY)
    many = [item(str(number), b"", Role.SCAN) for number in range(frame.MOST_FILES)]
    with pytest.raises(PackingError, match="4000 tệp"):
        write_archive(tmp_path / "goi.zip", b"{}", None, many, DAY)

    assert list(tmp_path.iterdir()) == []


# The kernel's own mark of the process: what getrusage tells would begin with the memory of the tests themselves.
LARGE = """
import sys
from datetime import date
from pathlib import Path
from pipeline.package.contents import Item
from pipeline.package.manifest import FileEntry, Role
from pipeline.package.write import write_archive
scan = Path(sys.argv[1])
entry = FileEntry(path="kiem-chung/ban-chup/TL01.pdf", size=scan.stat().st_size, sha256=sys.argv[2],
                  role=Role.SCAN, evidence_class="cong_khai")
write_archive(scan.with_name("goi.zip"), b"{}", None, [Item(entry, scan)], date(2024, 12, 31))
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_large_scans_stream_through(tmp_path: Path) -> None:
    """Half a gigabyte passes in less than 300 MB."""
    scan = tmp_path / "TL01.pdf"
    with scan.open("wb") as stream:
        stream.truncate(500_000_000)
    with scan.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    run = subprocess.run([sys.executable, "-c", LARGE, scan, sha256], capture_output=True, text=True, check=True)

    assert int(run.stdout) < 300
    assert (tmp_path / "goi.zip").stat().st_size > 500_000_000


def test_a_pointer_to_a_scan_that_is_not_here_is_told_as_kept(lay: Lay) -> None:
    """Git LFS left only the pointer: the hash is known, the scan is not at hand."""
    root = lay()
    scan = root / "evidence/2024/scans/TL01.pdf"
    sha256 = hashlib.sha256(scan.read_bytes()).hexdigest()
    size = scan.stat().st_size
    scan.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n")
    manifest = report_manifest(dossier_at(root))

    kept = {each.document: (each.sha256, each.size) for each in manifest.left_out}
    assert kept["TL01"] == (sha256, size)
    assert "TL01" not in {file.document for file in manifest.files}


def test_an_unsigned_package_carries_the_report_that_can_be_made_now(unsigned: Path) -> None:
    """Never an old one that happens to lie in the build folder."""
    names = {file.path for file in manifest_in(unsigned).of_role(Role.REPORT)}

    assert names == {"bao-cao/bao-cao-2024.pdf"}


def test_locking_a_year_does_not_outdate_its_report(office: Any, lay: Lay) -> None:
    """The lock is put on what was signed and sent; it says nothing new about the scores."""
    root = lay()
    locked = "nam: {year}\nnguon: " + "0" * 64 + "\ntieu_chi: {{}}\n"
    (root / "scores/2024/locked.yml").write_text(locked.format(year=2024))

    assert is_current(dossier_at(root), office.signed_report)

    (root / "scores/2023").mkdir()
    (root / "scores/2023/locked.yml").write_text(locked.format(year=2023))

    assert not is_current(dossier_at(root), office.signed_report)
