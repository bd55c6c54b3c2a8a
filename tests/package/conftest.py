"""A test authority, a commune's dossier, and packages made from it: signed, unsigned, and by an attacker's hand."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from pipeline.dossier import Dossier
from pipeline.package.asides import woken
from pipeline.package.attached import report_attachment
from pipeline.package.build import Package, write_package
from pipeline.package.contents import item
from pipeline.package.manifest import Role, checksums, read_manifest
from pipeline.package.names import MANIFEST, SIGNATURE
from pipeline.package.verdict import Verdict
from pipeline.package.verify import verify
from pipeline.package.write import write_archive
from pipeline.report import render_report
from pipeline.signing import Role as SignerRole
from pipeline.signing import Trust, sign_detached, sign_pdf
from pipeline.signing.credential import Credential, open_pkcs12

Lay = Callable[..., Path]
YEAR = 2024
TODAY = date(2025, 1, 15)
MOMENT = datetime(2025, 1, 15, 3, 0, tzinfo=UTC)
PASSPHRASE = b"mat khau thu"


@dataclass(frozen=True)
class Authority:
    """An authority with a person and an organisation who sign."""

    root: Path
    """Its certificate, PEM."""
    trust: Trust
    person: Credential
    organisation: Credential
    pkcs12: Path
    """The person's key."""

    def sign(self, pdf: bytes) -> bytes:
        """A paper, signed by both."""
        signed = sign_pdf(pdf, self.person, SignerRole.PERSON, moment=MOMENT)
        return sign_pdf(signed, self.organisation, SignerRole.ORGANISATION, moment=MOMENT)


def _certificate(name: str, issuer: str, key: Any, signing_key: Any, *, authority: bool) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MOMENT - timedelta(days=365))
        .not_valid_after(MOMENT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_cert_sign=authority,
                crl_sign=authority,
                **usage,
            ),
            critical=True,
        )
        .sign(signing_key, hashes.SHA256())
    )


def _authority(folder: Path, name: str) -> Authority:
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate(name, name, root_key, root_key, authority=True)
    path = folder / "ca.pem"
    path.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    trust = Trust((root.public_bytes(serialization.Encoding.DER),))
    person, organisation = (_store(folder, each, root, root_key) for each in ("Nguyễn Văn Mẫu", "UBND xã Mẫu"))
    return Authority(path, trust, open_pkcs12(person, PASSPHRASE), open_pkcs12(organisation, PASSPHRASE), pkcs12=person)


def _store(folder: Path, holder: str, root: x509.Certificate, root_key: Any) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    certificate = _certificate(holder, str(issuer), key, root_key, authority=False)
    store = folder / f"{holder}.p12"
    encryption = serialization.BestAvailableEncryption(PASSPHRASE)
    store.write_bytes(pkcs12.serialize_key_and_certificates(b"mau", key, certificate, [root], encryption))
    return store


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The authority that readers trust."""
    return _authority(tmp_path_factory.mktemp("authority"), "Cơ quan chứng thực mẫu")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that calls itself the same and is somebody else."""
    return _authority(tmp_path_factory.mktemp("stranger"), "Cơ quan chứng thực mẫu")


@dataclass(frozen=True)
class Office:
    """A commune with its dossier and its signer."""

    dossier: Dossier
    authority: Authority
    signed_report: bytes

    def sign(self, content: bytes) -> bytes:
        """The signature beside some bytes."""
        return sign_detached(content, self.authority.person, moment=MOMENT)

    def package(self, folder: Path, *, signed: bool = True) -> Package:
        """Its package."""
        report = self.signed_report if signed else None
        return write_package(self.dossier, folder, signed_report=report, sign=self.sign if signed else None)


@pytest.fixture(scope="session")
def office(sound_dossier: Dossier, authority: Authority) -> Office:
    """The commune of the sound workspace."""
    pdf = render_report(sound_dossier, (report_attachment(sound_dossier),)).pdf
    return Office(sound_dossier, authority, authority.sign(pdf))


@pytest.fixture(scope="session")
def signed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its package, report and manifest signed."""
    return office.package(tmp_path_factory.mktemp("signed")).path


@pytest.fixture(scope="session")
def unsigned(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its package without any signature."""
    return office.package(tmp_path_factory.mktemp("unsigned"), signed=False).path


class Forgery:
    """A package in the hands of somebody who can do everything but sign."""

    def __init__(self, package: Path) -> None:
        with zipfile.ZipFile(package) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}

    def named(self, ending: str) -> str:
        """The one file whose path ends so."""
        (name,) = (name for name in self.files if name.endswith(ending))
        return name

    def replace(self, ending: str, old: bytes, new: bytes) -> str:
        """Change bytes in a file; returns its path."""
        name = self.named(ending)
        assert old in self.files[name]
        self.files[name] = self.files[name].replace(old, new)
        return name

    def save(self, path: Path) -> Path:
        """Lay the files into a package as they are, the manifest unchanged."""
        manifest = read_manifest(self.files[MANIFEST])
        order = [name for name in self.files if name not in (MANIFEST, SIGNATURE)]
        items = [item(name, self.files[name], Role.INPUT) for name in order]
        write_archive(path, self.files[MANIFEST], self.files.get(SIGNATURE), items, manifest.day)
        return path

    def save_consistently(self, path: Path) -> Path:
        """Make all hashes in checksums and manifest fit what the files hold now; a signature is kept as it was."""
        told = json.loads(self.files[MANIFEST])
        for entry in told["files"]:
            self._rehash(entry)
        manifest = read_manifest(json.dumps(told).encode())
        sums = self.named("sha256sums.txt")
        self.files[sums] = checksums(file for file in manifest.files if file.path != sums).encode()
        self._rehash(next(entry for entry in told["files"] if entry["path"] == sums))
        self.files[MANIFEST] = read_manifest(json.dumps(told).encode()).as_bytes()
        return self.save(path)

    def _rehash(self, entry: dict[str, Any]) -> None:
        made = item(entry["path"], self.files[entry["path"]], Role(entry["role"])).entry
        entry["size"], entry["sha256"] = made.size, made.sha256


@pytest.fixture
def forge() -> Callable[[Path], Forgery]:
    """Take a package apart."""
    return Forgery


@pytest.fixture
def verified(authority: Authority) -> Callable[[Path], Verdict]:
    """Verify a file as somebody does who trusts the authority and leaves nothing out."""

    def verdict(path: Path) -> Verdict:
        with woken(draw=True) as asides:
            return verify(path, authority.trust, asides)

    return verdict


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """Any ZIP file, made by Python's own writer."""

    def made(files: dict[str, bytes], **options: Any) -> Path:
        path = tmp_path / "goi.zip"
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", **options) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        path.write_bytes(stream.getvalue())
        return path

    return made


@pytest.fixture
def told() -> Callable[[Verdict], Iterator[tuple[str, str]]]:
    """What was found: code and file."""
    return lambda verdict: ((finding.code, finding.place.path) for finding in verdict.findings)
