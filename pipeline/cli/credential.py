"""The key that commands sign with: its passphrase or PIN is asked on the terminal, once, and kept nowhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from pipeline.cli.session import shown

if TYPE_CHECKING:
    from pipeline.signing.credential import Credential


def require_key_file(pkcs12: Path | None) -> None:
    """Miss the file of a key before anything else is done, or a passphrase asked.

    Raises:
        UsageError: it is not there.
    """
    if pkcs12 is not None and not pkcs12.exists():
        raise click.UsageError(f"không có tệp khóa “{shown(pkcs12)}”")


def require_address(timestamp: str) -> None:
    """Miss the form of a server's address before a passphrase is asked.

    Raises:
        UsageError: it has another.
    """
    if timestamp and urlsplit(timestamp).scheme not in ("http", "https"):
        raise click.UsageError(f"--timestamp {timestamp}: ghi cả http:// hoặc https:// ở đầu địa chỉ")


@contextmanager
def credential_from(pkcs12: Path | None, pkcs11: Path | None, certificate: str) -> Iterator[Credential]:
    """Lend the key of a PKCS#12 file or of a token.

    Raises:
        SignatureError: it cannot be had.
    """
    from pipeline.signing.credential import open_pkcs12
    from pipeline.signing.error import concerning
    from pipeline.signing.token import open_pkcs11

    if pkcs12 is not None:
        with concerning(shown(pkcs12)):
            credential = open_pkcs12(pkcs12, ask_secret(f"Mật khẩu của {pkcs12.name}").encode())
        yield credential
    elif pkcs11 is not None:
        with open_pkcs11(pkcs11, ask_secret("Mã PIN của thiết bị ký", pkcs11), certificate) as credential:
            yield credential


def ask_secret(what: str, module: Path | None = None) -> str:
    """A secret, typed unseen or piped in as a line; a token that is about to lock itself says so first."""
    from pipeline.signing.token import pin_warning

    if module is not None and (warning := pin_warning(module)):
        click.secho(warning, fg="red", err=True)
    if not sys.stdin.isatty():
        piped = sys.stdin.readline()
        if not piped:
            raise click.UsageError(f"{what}: không có màn hình để hỏi; chạy lệnh này trong cửa sổ dòng lệnh")
        return piped.rstrip("\r\n")
    return str(click.prompt(what, default="", show_default=False, hide_input=True, err=True))
