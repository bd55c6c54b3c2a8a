"""The commands `cchc package` and `cchc verify` as an officer and a receiving office use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run

MOMENT = datetime(2025, 1, 15, 3, 0, tzinfo=UTC)

Lay = Callable[..., Path]
PASSPHRASE = "mat khau thu"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Type a line when asked for a secret."""
    import io

    return lambda line: monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def test_an_officer_makes_the_report_signs_it_and_packs(
    lay: Lay, authority: Any, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Three commands, then the receiving office's one; no secret is in a command or on the screen."""
    root = lay()
    folder, key = ["-C", str(root), "--year", "2024"], ["--pkcs12", str(authority.pkcs12), "--illustrative"]
    assert run([*folder, "report"]) == 0
    typed(PASSPHRASE)
    assert run([*folder, "sign", *key]) == 0
    typed(PASSPHRASE)
    assert run([*folder, "package", *key]) == 0
    told = capsys.readouterr()
    package = root / "build/package/ho-so-2024.zip"
    assert run(["verify", str(package), "--trust", str(authority.root)]) == 0
    verdict = capsys.readouterr().out

    assert "báo cáo đã ký" in told.out
    assert "bảng kê đã ký" in told.out
    assert PASSPHRASE not in told.out + told.err
    assert verdict.startswith("HỢP LỆ, NHƯNG CÓ ĐIỀU CẦN LƯU Ý: ho-so-2024.zip\n")
    shown = ("Người ký", "Cơ quan cấp", "Thời điểm ký", "Toàn vẹn", "Hiệu lực khi ký", "Thời hạn chứng thư")
    assert [verdict.count(f"{title}:") for title in shown] == [2] * 6


def test_without_a_signature_it_is_said_plainly(lay: Lay, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the report nor the manifest is signed, and both are said to be so."""
    root = lay()

    assert run(["-C", str(root), "package"]) == 0
    told = capsys.readouterr()
    assert "gói mang báo cáo CHƯA KÝ" in told.err
    assert "báo cáo CHƯA KÝ" in told.out
    assert "bảng kê CHƯA KÝ" in told.out


def test_a_report_signed_for_other_figures_is_left_out(
    lay: Lay, office: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the officer learns why, and what to do."""
    root = lay()
    report = root / "build/report/bao-cao-2024.signed.pdf"
    report.parent.mkdir(parents=True)
    report.write_bytes(office.signed_report)
    area = root / "docs/2024/1-chi-dao-dieu-hanh.md"
    area.write_text(area.read_text("utf-8").replace("hoan_thanh: 19", "hoan_thanh: 20"), "utf-8")

    assert run(["-C", str(root), "package"]) == 0
    assert "được ký khi số liệu còn khác" in capsys.readouterr().err


def test_illustrative_figures_are_not_signed_unless_told(
    lay: Lay, authority: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked and nothing is written."""
    root = lay()

    assert run(["-C", str(root), "package", "--pkcs12", str(authority.pkcs12)]) == 1
    assert "số liệu minh họa" in capsys.readouterr().err
    assert not (root / "build/package").exists()


def test_a_wrong_passphrase_leaves_nothing_behind(
    lay: Lay, authority: Any, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told, once, without trying again."""
    root = lay()
    typed("sai")

    assert run(["-C", str(root), "package", "--pkcs12", str(authority.pkcs12), "--illustrative"]) == 1
    assert "Chưa ghi gói nào" in capsys.readouterr().err
    assert not (root / "build/package").exists()


@pytest.mark.parametrize("options", [["--pkcs12", "a", "--pkcs11", "b"], ["--timestamp", "http://127.0.0.1/"]])
def test_contradictory_options_are_wrong_usage(options: list[str], sound: Path) -> None:
    """Exit 2, before anything is done."""
    assert run(["-C", str(sound), "package", *options]) == 2


def test_a_package_that_does_not_verify_ends_with_1(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdict stands in the first line."""
    path = tmp_path / "ho-so.zip"
    content = bytearray(signed.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert run(["verify", str(path)]) == 1
    assert capsys.readouterr().out.startswith("KHÔNG HỢP LỆ: ho-so.zip\n")


def test_programs_get_json(signed: Path, authority: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Level, checks, signatures, findings and the manifest."""
    assert run(["verify", str(signed), "--trust", str(authority.root), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert told["format"] == "cchc-verdict/1"
    assert told["level"] == "remarks"
    assert {check["level"] for check in told["checks"]} == {"valid"}
    assert [(each["path"], each["good"]) for each in told["signatures"]] == [
        ("manifest.json.p7s", True),
        ("bao-cao/bao-cao-2024.signed.pdf", True),
        ("bao-cao/bao-cao-2024.signed.pdf", True),
    ]
    assert told["manifest"]["total"]["points"] == "15.49"


def test_a_report_is_verified_by_itself(
    office: Any, authority: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its signature, and the total that it prints against the one that it carries."""
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(office.signed_report)

    assert run(["verify", str(path), "--trust", str(authority.root)]) == 0
    assert "tổng điểm 15,49" in capsys.readouterr().out


def test_a_report_without_a_manifest_says_so(
    office: Any, authority: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A signed PDF that another program made proves nothing about evidence: "Z115"."""
    from pipeline.report import render_report

    path = tmp_path / "bao-cao.pdf"
    report = render_report(office.dossier).pdf
    path.write_bytes(authority.sign(report))

    assert run(["verify", str(path), "--trust", str(authority.root)]) == 0
    assert "Z115" in capsys.readouterr().out


@pytest.mark.parametrize("cut", [None, 5_000])
def test_a_pdf_that_proves_nothing_is_not_called_valid(
    cut: int | None, office: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither signed nor carrying a manifest, be it whole or cut off: "Z101"."""
    from pipeline.report import render_report

    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(render_report(office.dossier).pdf[:cut])

    assert run(["verify", str(path)]) == 1
    out = capsys.readouterr().out

    assert out.startswith("KHÔNG HỢP LỆ: bao-cao.pdf\n")
    assert "Z101" in out


def test_a_pdf_with_a_password_is_told_so(office: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not that it is packed in a strange way."""
    import io

    import pikepdf

    path = tmp_path / "bao-cao.pdf"
    with pikepdf.open(io.BytesIO(office.signed_report)) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert run(["verify", str(path)]) == 1
    assert "tệp đặt mật khẩu" in capsys.readouterr().out


def test_a_root_that_is_not_the_signers_is_doubted_first(
    signed: Path, stranger: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who named the wrong authority reads so, under the mistakes and apart from the remarks."""
    assert run(["verify", str(signed), "--trust", str(stranger.root)]) == 1
    wrong, _, remarks = capsys.readouterr().out.partition("\nCần lưu ý\n")

    assert "Cơ quan cấp đáng tin: KHÔNG" in wrong
    assert "kiểm tra xem --trust đã nêu đúng chứng thư gốc" in wrong
    assert "Z122" not in wrong
    assert "Z122" in remarks


@pytest.mark.parametrize(("file", "code"), [("no.zip", 2), ("", 2)])
def test_what_is_no_file_is_wrong_usage(file: str, code: int, tmp_path: Path) -> None:
    """Exit 2."""
    assert run(["verify", str(tmp_path / file)]) == code


def test_a_file_that_is_no_certificate_is_not_trusted(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rather than verifying against nothing."""
    path = tmp_path / "ca.pem"
    path.write_text("không phải chứng thư")

    assert run(["verify", str(signed), "--trust", str(path)]) == 1
    assert "ca.pem" in capsys.readouterr().err


def test_the_schema_of_the_manifest_is_printed(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For whoever writes a program that reads packages."""
    assert run(["-C", str(sound), "package", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Manifest"
