"""How fast a report is signed with a software key: whole processes, and what of it is not the start of the libraries.

Run with `nox -s bench`. The floor is `openssl cms -sign` of the same bytes, which knows nothing of PDF.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "build" / "bench" / "sign"
ROUNDS = 9
PASSPHRASE = b"mk"
LIBRARIES = "import pipeline.cli.sign, pipeline.signing.pades, pipeline.signing.credential, pypdfium2, PIL.Image"


@dataclass
class Timed:
    """Something to do, and what it took, round by round."""

    name: str
    do: Callable[[], Any]
    seconds: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Do it once."""
        started = time.perf_counter()
        self.do()
        self.seconds.append(time.perf_counter() - started)

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)


def main() -> None:
    """Set up, run in turn, print two Markdown tables."""
    report = _report()
    key, seal = _key("nguoi-ky"), _key("co-quan")
    cchc: list[str | Path] = [sys.executable, "-m", "pipeline", "sign", report, "--illustrative", "--pkcs12", key]
    openssl: list[str | Path] = ["openssl", "cms", "-sign", "-binary", "-in", report, "-outform", "DER", "-md"]
    openssl += [
        "sha256",
        "-signer",
        key.with_suffix(".pem"),
        "-inkey",
        key.with_suffix(".pem"),
        "-out",
        BENCH / "openssl.p7s",
    ]
    whole = Timed("cchc sign, whole process", lambda: _run([*cchc, "--output", BENCH / "signed.pdf"]))
    start = Timed("python starting with its libraries", lambda: _run([sys.executable, "-c", LIBRARIES]))
    floor = Timed("openssl cms -sign, same bytes", lambda: _run(openssl))
    person, organisation = _in_process(report.read_bytes(), key, seal)
    timed = (floor, start, whole, person, organisation)
    for number in range(-1, ROUNDS):
        (BENCH / "signed.pdf").unlink(missing_ok=True)
        for each in timed:
            each.run()
            if number < 0:
                each.seconds.clear()
    _print(timed)
    print("\n| goal | measured | limit | reached |\n|---|--:|--:|---|")
    for says, value in (
        ("signing beyond start, 0.5 s", whole.median - start.median),
        ("the person's signature in process, 0.5 s", person.median),
        ("the organisation's signature in process, 0.5 s", organisation.median),
    ):
        print(f"| {says} | {value:.2f} | 0.50 | {'yes' if value <= 0.5 else 'NO'} |")


def _print(timed: Sequence[Timed]) -> None:
    print(f"\n\nMedian of {ROUNDS}, in turn; {os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| what | median s | fastest s | slowest s |\n|---|--:|--:|--:|")
    for each in timed:
        print(f"| {each.name} | {each.median:.2f} | {min(each.seconds):.2f} | {max(each.seconds):.2f} |")


def _run(command: Sequence[str | Path]) -> None:
    subprocess.run(list(map(str, command)), input=PASSPHRASE + b"\n", cwd=ROOT, check=True, capture_output=True)


def _in_process(pdf: bytes, key: Path, seal: Path) -> tuple[Timed, Timed]:
    """Both signatures one after the other, with the libraries loaded and the keys open."""
    from pipeline.signing import Role, sign_pdf
    from pipeline.signing.credential import open_pkcs12

    credential, own, moment = open_pkcs12(key, PASSPHRASE), open_pkcs12(seal, PASSPHRASE), datetime.now(UTC)
    signed = sign_pdf(pdf, credential, Role.PERSON, moment=moment)
    return (
        Timed("the person's signature, in process", lambda: sign_pdf(pdf, credential, Role.PERSON, moment=moment)),
        Timed(
            "the organisation's signature, in process",
            lambda: sign_pdf(signed, own, Role.ORGANISATION, moment=moment),
        ),
    )


def _report() -> Path:
    """The sample workspace's report."""
    workspace = BENCH / "workspace"
    shutil.rmtree(BENCH, ignore_errors=True)
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / folder, workspace / folder)
    subprocess.run([sys.executable, "-m", "pipeline", "-C", workspace, "report"], cwd=ROOT, check=True)
    return next((workspace / "build" / "report").glob("*.pdf"))


def _key(stem: str) -> Path:
    """A key that vouches for itself, as PKCS#12 and as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        pkcs12,
    )

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Người ký thử")])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    path = BENCH / f"{stem}.p12"
    path.with_suffix(".pem").write_bytes(pem)
    made = pkcs12.serialize_key_and_certificates(b"", key, certificate, None, BestAvailableEncryption(PASSPHRASE))
    path.write_bytes(made)
    return path


if __name__ == "__main__":
    main()
