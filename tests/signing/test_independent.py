"""Programs that are not ours find our signatures valid: poppler's `pdfsig` and `openssl`."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.signing import sign_detached
from pipeline.signing.cms_form import der_length
from pipeline.signing.credential import Credential

pytestmark = pytest.mark.system

Open = Callable[[str], Credential]
TOKEN_CONTENT = bytes.fromhex("2a864886f70d0109100104")
"""The object identifier of a timestamp's content."""


def pdfsig(file: Path) -> str:
    """What poppler says of a file's signatures, with no certificates of its own."""
    return subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout


def parts(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Each signature's CMS and the bytes that it covers, cut out of the file by its byte range alone."""
    found = []
    for match in re.finditer(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", pdf):
        start, length, second, rest = map(int, match.groups())
        cms = bytes.fromhex(pdf[start + length + 1 : second - 1].decode())
        found.append((cms[: der_length(cms)], pdf[start : start + length] + pdf[second : second + rest]))
    return found


def openssl(folder: Path, cms: bytes, content: bytes, root: Path) -> subprocess.CompletedProcess[str]:
    """What openssl says of a CMS signature, with the root as its only trust."""
    (folder / "signature.der").write_bytes(cms)
    (folder / "content").write_bytes(content)
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature.der", "-cades"]
    command += ["-content", folder / "content", "-CAfile", root, "-purpose", "any", "-out", folder / "out"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_poppler_finds_both_signatures_valid(sealed: bytes, tmp_path: Path) -> None:
    """Names, kind and coverage as we tell them."""
    file = tmp_path / "signed.pdf"
    file.write_bytes(sealed)
    told = pdfsig(file)

    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert "Nguyễn Văn An" in told
    assert "Ủy ban nhân dân xã Mẫu" in told
    assert told.count("Total document signed") == 1


def test_poppler_finds_a_change(sealed: bytes, tmp_path: Path) -> None:
    """The twin: one byte of the text."""
    file = tmp_path / "spoilt.pdf"
    file.write_bytes(sealed[:3000] + bytes([sealed[3000] ^ 1]) + sealed[3001:])

    assert "Signature is Valid." not in pdfsig(file)


def test_openssl_verifies_what_is_cut_out_of_the_pdf(sealed: bytes, authority: Any, tmp_path: Path) -> None:
    """Each CMS over the bytes of its range, up to the root, the certificate hashes included."""
    cut = parts(sealed)

    assert len(cut) == 2
    for cms, content in cut:
        done = openssl(tmp_path, cms, content, authority.pem("root"))
        assert done.returncode == 0, done.stderr
        assert openssl(tmp_path, cms, content + b" ", authority.pem("root")).returncode != 0


def test_openssl_verifies_a_detached_signature(
    credential: Open, authority: Any, moment: datetime, tmp_path: Path
) -> None:
    """As an office without this program would."""
    signature = sign_detached(b"manifest", credential("organisation"), moment=moment)

    assert openssl(tmp_path, signature, b"manifest", authority.pem("root")).returncode == 0
    assert openssl(tmp_path, signature, b"Manifest", authority.pem("root")).returncode != 0


def test_long_term_signatures_are_valid_elsewhere(archived: bytes, authority: Any, tmp_path: Path) -> None:
    """What is added for the long term does not spoil the signatures; the last timestamp covers the whole file."""
    file = tmp_path / "archived.pdf"
    file.write_bytes(archived)
    told = pdfsig(file)
    signatures = [cut for cut in parts(archived) if TOKEN_CONTENT not in cut[0][:80]]

    assert told.count("Signature is Valid.") == 2
    assert told.count("Total document signed") == 1
    assert len(signatures) == 2
    for cms, content in signatures:
        assert openssl(tmp_path, cms, content, authority.pem("root")).returncode == 0
