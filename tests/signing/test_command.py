"""`cchc sign` as an officer meets it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.signing import Trust
from pipeline.signing.verify import verify_pdf

Sign = Callable[..., int]
SECRET = "mk-1234"


@pytest.fixture
def workspace(sound: Path, paper: bytes, tmp_path: Path) -> Path:
    """The sound workspace with its report already made."""
    root = shutil.copytree(sound, tmp_path / "w")
    folder = root / "build" / "report"
    folder.mkdir(parents=True)
    (folder / "bao-cao-2024.pdf").write_bytes(paper)
    return root


@pytest.fixture
def sign(workspace: Path, authority: Any, monkeypatch: pytest.MonkeyPatch) -> Sign:
    """Run the command on the workspace with a signer's file, its passphrase typed."""

    def run_it(name: str, *options: str, secret: str = SECRET) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{secret}\n"))
        return run(["-C", str(workspace), "sign", *options, "--pkcs12", str(authority.pkcs12(name))])

    return run_it


def test_the_report_is_signed_by_both_in_turn(
    sign: Sign, workspace: Path, trust: Trust, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second call goes on where the first ended; the report itself stays as it is."""
    report = workspace / "build" / "report" / "bao-cao-2024.pdf"
    before = report.read_bytes()

    assert sign("person", "--illustrative") == 0
    told = capsys.readouterr().out
    assert "bao-cao-2024.signed.pdf" in told
    assert "Nguyễn Văn An" in told
    assert re.search(r"Mức PAdES B-B, lúc \d\d:\d\d:\d\d ngày \d\d/\d\d/\d{4}", told)
    assert sign("organisation", "--illustrative") == 0
    assert report.read_bytes() == before
    verdicts = verify_pdf(report.with_name("bao-cao-2024.signed.pdf").read_bytes(), trust)
    assert [each.good for each in verdicts] == [True, True]


def test_illustrative_figures_are_not_signed_unless_told(
    sign: Sign, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The dossier says so for its own report, the mark on the pages for a file that was sent."""
    report = workspace / "build" / "report" / "bao-cao-2024.pdf"
    other = shutil.copy(report, workspace / "gui-den.pdf")

    assert sign("person") == 1
    assert sign("person", str(other)) == 1
    assert capsys.readouterr().err.count("U118") == 2
    assert not list(workspace.rglob("*.signed.pdf"))
    assert sign("person", str(other), "--illustrative") == 0


def test_the_dossier_counts_even_where_the_pages_do_not_tell(sign: Sign, workspace: Path, authority: Any) -> None:
    """A report without the mark, from a dossier that is an example."""
    import typst

    words = "#place(dx: 110mm, dy: 200mm)[TM. ỦY BAN NHÂN DÂN]\n#place(dx: 115mm, dy: 240mm)[Nguyễn Văn An]"
    plain = typst.compile(words.encode(), format="pdf")
    (workspace / "build" / "report" / "bao-cao-2024.pdf").write_bytes(plain)
    (workspace / "van-ban.pdf").write_bytes(plain)

    assert sign("person") == 1
    assert sign("person", str(workspace / "van-ban.pdf")) == 0


def test_a_wrong_passphrase_writes_nothing_and_is_shown_nowhere(
    sign: Sign, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One try, one finding."""
    assert sign("person", "--illustrative", secret="bí-mật-sai") == 1
    told = capsys.readouterr()

    assert "U102" in told.err
    assert "bí-mật-sai" not in told.out + told.err
    assert not list(workspace.rglob("*.signed.pdf"))


def test_a_report_made_anew_does_not_overwrite_what_was_signed(
    sign: Sign, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The signed file of an earlier report stays until somebody moves it."""
    folder = workspace / "build" / "report"
    assert sign("person", "--illustrative") == 0
    signed = (folder / "bao-cao-2024.signed.pdf").read_bytes()
    report = folder / "bao-cao-2024.pdf"
    report.write_bytes(report.read_bytes() + b"\n")

    assert sign("person", "--illustrative") == 1
    assert "U112" in capsys.readouterr().err
    assert (folder / "bao-cao-2024.signed.pdf").read_bytes() == signed


def test_fields_are_prepared_for_another_program(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No key is needed, and the same report gives the same bytes."""
    folder = workspace / "build" / "report"

    assert run(["-C", str(workspace), "sign", "--prepare"]) == 0
    assert "bao-cao-2024.prepared.pdf" in capsys.readouterr().out
    first = (folder / "bao-cao-2024.prepared.pdf").read_bytes()
    assert run(["-C", str(workspace), "sign", "--prepare"]) == 0
    assert (folder / "bao-cao-2024.prepared.pdf").read_bytes() == first


def test_a_prepared_file_is_signed_under_the_signed_name(sign: Sign, workspace: Path) -> None:
    """`x.prepared.pdf` becomes `x.signed.pdf`."""
    folder = workspace / "build" / "report"
    run(["-C", str(workspace), "sign", "--prepare"])

    assert sign("person", str(folder / "bao-cao-2024.prepared.pdf"), "--illustrative") == 0
    assert (folder / "bao-cao-2024.signed.pdf").exists()


def test_an_annex_is_signed_with_its_symbol(sign: Sign, workspace: Path, trust: Trust) -> None:
    """By the organisation alone."""
    annex = shutil.copy(workspace / "build" / "report" / "bao-cao-2024.pdf", workspace / "phu-luc.pdf")

    assert sign("organisation", str(annex), "--annex", "--symbol", "05/BC-UBND", "--illustrative") == 0
    (verdict,) = verify_pdf((workspace / "phu-luc.signed.pdf").read_bytes(), trust)
    assert verdict.field == "ky_kem_theo"
    assert verdict.good


def test_a_timestamp_and_the_long_term(sign: Sign, workspace: Path, authority: Any, trust: Trust) -> None:
    """By two options each."""
    file = shutil.copy(workspace / "build" / "report" / "bao-cao-2024.pdf", workspace / "a.pdf")
    stamp = ("--illustrative", "--timestamp", authority.timestamp_url)

    assert sign("person", str(file), *stamp, "--output", str(workspace / "bt.pdf")) == 0
    lta = ("--lta", "--trust", str(authority.pem("root")), "--output", str(workspace / "lta.pdf"))
    assert sign("person", str(file), *stamp, *lta) == 0
    levels = [verify_pdf((workspace / name).read_bytes(), trust)[0].level for name in ("bt.pdf", "lta.pdf")]
    assert levels == ["PAdES B-T", "PAdES B-LTA"]


def test_a_picture_that_is_none_is_named(
    sign: Sign, workspace: Path, capsys: pytest.CaptureFixture[str], seal_png: bytes
) -> None:
    """The finding stands at the picture; one that is only odd is told and used."""
    picture = workspace / "dau.png"
    picture.write_bytes(b"GIF89a")
    assert sign("person", "--illustrative", "--image", str(picture)) == 1
    assert re.search(r"dau\.png: lỗi U114", capsys.readouterr().err)

    picture.write_bytes(seal_png)
    assert sign("person", "--illustrative", "--image", str(picture)) == 0
    assert re.search(r"dau\.png: cảnh báo U115", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--pkcs12 TỆP hoặc --pkcs11"),
        (["--list"], "--list cần --pkcs11"),
        (["--prepare", "--page", "1"], "--page và --box"),
        (["--prepare", "--page", "1", "--box", "1,2,3"], "bốn số mm"),
        (["--prepare", "--page", "1", "--box", "a,b,c,d"], "bốn số mm"),
        (["--prepare", "khong-co.pdf"], "không có tệp"),
        (["--pkcs12", "a.p12", "--lta"], "--lta cần --timestamp"),
        (["--pkcs12", "a.p12", "--annex"], "--annex cần TỆP"),
        (["--pkcs12", "a.p12", "--role", "chairman"], "chọn một trong"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(
    workspace: Path, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is asked or opened."""
    assert run(["-C", str(workspace), "sign", *options]) == 2
    assert words in capsys.readouterr().err


def test_a_module_that_is_none_is_named(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding stands at the module, not at the paper."""
    module = workspace / "mo-dun.so"
    module.write_bytes(b"none")
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))

    assert run(["sign", "--pkcs11", str(module), "--list"]) == 1
    assert run(["-C", str(workspace), "sign", "--illustrative", "--pkcs11", str(module)]) == 1
    assert len(re.findall(r"mo-dun\.so: lỗi U104", capsys.readouterr().err)) == 2


def test_a_year_without_report_is_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What to do first is said."""
    shutil.rmtree(workspace / "build")

    assert run(["-C", str(workspace), "sign", "--prepare"]) == 2
    assert "cchc report" in capsys.readouterr().err


def test_the_passphrase_is_no_option() -> None:
    """What stands on a command line is in the history of the terminal."""
    from pipeline.cli.sign import sign as command

    names = {name for parameter in command.params for name in (*parameter.opts, parameter.name or "")}

    assert not any(word in name for name in names for word in ("pass", "pin", "secret", "mat_khau"))
