"""Who has nothing of ours can verify a package with the commands of `docs/xac-minh.md`, word for word."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "xac-minh.md"
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.system


def by_hand(folder: Path) -> subprocess.CompletedProcess[str]:
    """Type everything that the page says, for the year of the test's package."""
    commands = "\n".join(_COMMANDS.findall(PAGE.read_text("utf-8"))).replace("2022", "2024")
    return subprocess.run(["bash", "-c", commands], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def received(signed: Path, authority: Any, tmp_path: Path) -> Path:
    """A folder with a package and the authority's certificate."""
    shutil.copy(signed, tmp_path)
    shutil.copy(authority.root, tmp_path / "chung-thu-goc.pem")
    return tmp_path


def test_the_commands_of_the_page_find_a_good_package_good(received: Path) -> None:
    """Every file, the manifest's signature, the report's signature, and what the report speaks of."""
    run = by_hand(received)
    lines = run.stdout.splitlines()

    assert run.returncode == 0, run.stderr
    assert (
        sum(line.endswith(": OK") for line in lines) == len((received / "ho-so/sha256sums.txt").read_text().split()) / 2
    )
    assert lines.count("1") == 2
    assert "Verification successful" in run.stderr
    assert any(line.startswith("subject=") and "Nguyễn Văn Mẫu" in _spelled(line) for line in lines)
    assert "  - Signature Validation: Signature is Valid." in lines
    assert "  - Total document signed" in lines
    manifest = (received / "ho-so/manifest.json").read_bytes()
    assert (received / "ho-so/ban-ke-da-kiem.json").read_bytes() == manifest


def _spelled(line: str) -> str:
    """A name as openssl prints it, with its bytes put together."""
    return (
        re.sub(r"\\([0-9A-F]{2})", lambda sign: chr(int(sign[1], 16)), line)
        .encode("latin-1", "replace")
        .decode("utf-8", "replace")
    )


def test_the_commands_of_the_page_find_a_forged_manifest(
    received: Path, forge: Callable[[Path], Any], tmp_path: Path
) -> None:
    """Made anew by somebody who cannot sign: openssl says so."""
    forgery = forge(received / "ho-so-2024.zip")
    forgery.replace("1-chi-dao-dieu-hanh.md", b"hoan_thanh: 19", b"hoan_thanh: 20")
    forgery.save_consistently(received / "ho-so-2024.zip")
    run = by_hand(received)

    assert "Verification failure" in run.stderr
    assert "Verification successful" not in run.stderr
    assert run.stdout.splitlines().count("1") == 2


def test_the_commands_of_the_page_find_a_replaced_file(received: Path, forge: Callable[[Path], Any]) -> None:
    """sha256sum names it."""
    forgery = forge(received / "ho-so-2024.zip")
    name = forgery.named("TL01.pdf")
    forgery.files[name] += b" "
    forgery.save(received / "ho-so-2024.zip")
    run = by_hand(received)

    assert f"{name}: FAILED" in run.stdout.splitlines()


def test_other_programs_find_the_report_in_order(signed: Path, tmp_path: Path) -> None:
    """Poppler lists the attachment; qpdf finds nothing to complain about."""
    subprocess.run(["unzip", "-q", signed, "-d", tmp_path], check=True)
    report = tmp_path / "bao-cao/bao-cao-2024.signed.pdf"
    listed = subprocess.run(["pdfdetach", "-list", report], capture_output=True, text=True, check=True)

    assert "1: manifest-bao-cao.json" in listed.stdout
