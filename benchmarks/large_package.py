"""A signed package of 200 MB, made from the sample workspace with larger scans and an authority of its own."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.package.attached import report_attachment
from pipeline.package.build import write_package
from pipeline.report import render_report
from pipeline.signing import Role, sign_detached, sign_pdf
from pipeline.signing.credential import Credential, open_pkcs12

SIZE = 200_000_000
YEAR = 2022
MOMENT = datetime(2023, 1, 9, 3, 0, tzinfo=UTC)


def large_package(workspace: Path, folder: Path) -> tuple[Path, Path]:
    """The package and the certificate of its authority, made in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in ("docs", "scores", "evidence"):
        shutil.copytree(workspace / part, folder / part)
    _enlarge(folder)
    dossier = dossier_of(examine(folder, YEAR, date(YEAR + 1, 1, 9)))
    assert dossier is not None
    root, credential = _authority(folder)
    return _signed_package(dossier, folder, credential), root


def _enlarge(workspace: Path) -> None:
    """Put noise into public scans; each lies in the package by itself and in the binder."""
    register = workspace / "evidence" / str(YEAR) / "register.yml"
    text, noise = register.read_text("utf-8"), random.Random(1)
    entries = [entry for entry in text.split("\n  TL") if "phan_loai: cong_khai" in entry and "ban_chup:" in entry]
    for entry in entries:
        name = entry.split("ban_chup: ")[1].split("\n")[0]
        scan = workspace / "evidence" / str(YEAR) / "scans" / name
        before = hashlib.sha256(scan.read_bytes()).hexdigest()
        with pikepdf.open(scan, allow_overwriting_input=True) as document:
            page = document.pages[0]
            picture = document.make_stream(noise.randbytes(SIZE // 2 // len(entries)))
            picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/BitsPerComponent": 8})
            picture.update({"/Width": 1000, "/Height": 1000, "/ColorSpace": pikepdf.Name.DeviceRGB})
            page.add_resource(picture, pikepdf.Name.XObject)
            document.save(scan, compress_streams=False)
        text = text.replace(before, hashlib.sha256(scan.read_bytes()).hexdigest())
    register.write_text(text, "utf-8")


def _signed_package(dossier: Dossier, folder: Path, credential: Credential) -> Path:
    report = render_report(dossier, (report_attachment(dossier),)).pdf
    signed = sign_pdf(report, credential, Role.PERSON, moment=MOMENT)
    made = write_package(
        dossier,
        folder / "package",
        signed_report=signed,
        sign=lambda content: sign_detached(content, credential, moment=MOMENT),
    )
    return made.path


def _authority(folder: Path) -> tuple[Path, Credential]:
    """A root and a signer below it, for this package only."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Root", root_key, root_key, authority=True)
    signer = _certificate("Signer", key, root_key, authority=False)
    path, store = folder / "root.pem", folder / "signer.p12"
    path.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    encryption = serialization.BestAvailableEncryption(b"x")
    store.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, signer, [root], encryption))
    return path, open_pkcs12(store, b"x")


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= dict.fromkeys(("key_cert_sign", "crl_sign"), authority)
    usage |= dict.fromkeys(("digital_signature", "content_commitment"), not authority)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MOMENT - timedelta(days=30))
        .not_valid_after(MOMENT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(issuer, hashes.SHA256())
    )


if __name__ == "__main__":
    print(*large_package(Path(sys.argv[1]), Path(sys.argv[2])), sep="\n")
