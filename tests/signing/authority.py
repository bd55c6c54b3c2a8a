"""A certificate authority with timestamps and OCSP on loopback, for tests only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate
from werkzeug.serving import make_server

ARCH = "xa"
PASSPHRASE = "mk-1234"
LONG = ("2020-01-01T00:00:00+0000", "2099-01-01T00:00:00+0000")
SIGNING = ["digital_signature", "non_repudiation"]
KEYS = ("root", "middle", "ocsp", "tsa", "person", "organisation", "weak", "stranger")
SIGNERS = {
    "person": ("Nguyễn Văn An", "person", LONG, SIGNING),
    "organisation": ("Ủy ban nhân dân xã Mẫu", "organisation", LONG, SIGNING),
    "expired": ("Nguyễn Văn An", "person", ("2020-01-01T00:00:00+0000", "2021-01-01T00:00:00+0000"), SIGNING),
    "future": ("Nguyễn Văn An", "person", ("2098-01-01T00:00:00+0000", "2099-01-01T00:00:00+0000"), SIGNING),
    "encryption": ("Nguyễn Văn An", "person", LONG, ["key_encipherment"]),
    "weak": ("Nguyễn Văn An", "weak", LONG, SIGNING),
    "revoked": ("Trần Thị Bình", "stranger", LONG, SIGNING),
}
"""Each signer's name, key, period and key usages."""


@dataclass(frozen=True)
class Authority:
    """Where its files and its services are."""

    folder: Path
    arch: PKIArchitecture
    address: str

    @property
    def timestamp_url(self) -> str:
        return f"{self.address}/{ARCH}/tsa/tsa"

    def certificate(self, name: str) -> x509.Certificate:
        return self.arch.get_cert(CertLabel(name))

    def pem(self, name: str) -> Path:
        """A certificate as a file."""
        path = self.folder / f"{name}.pem"
        path.write_bytes(pem.armor("CERTIFICATE", self.certificate(name).dump()))
        return path

    def pkcs12(self, name: str, *, chain: bool = True) -> Path:
        """A signer's key, certificate and chain as a file that `PASSPHRASE` opens."""
        key = load_pem_private_key((self.folder / f"{SIGNERS[name][1]}.key").read_bytes(), None)
        own, *others = (load_der_x509_certificate(self.certificate(each).dump()) for each in (name, "middle", "root"))
        path = self.folder / f"{name}.p12"
        made = pkcs12.serialize_key_and_certificates(
            name.encode(),
            key,  # type: ignore[arg-type]
            own,
            others if chain else None,
            BestAvailableEncryption(PASSPHRASE.encode()),
        )
        path.write_bytes(made)
        return path


@contextmanager
def serve(folder: Path) -> Iterator[Authority]:
    """Run it until the block ends."""
    for name in KEYS:
        _write_key(folder, name)
    server = make_server("127.0.0.1", 0, None, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    config = CertomancerConfig(_config(address), key_search_dir=str(folder))
    arch = config.get_pki_arch(ArchLabel(ARCH))
    server.app = Animator(AnimatorArchStore({ARCH: arch}), with_web_ui=False, allow_time_override=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Authority(folder, arch, address)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _write_key(folder: Path, name: str) -> None:
    sizes = {"person": 2048, "stranger": 2048, "weak": 1024}
    key: Any = (
        rsa.generate_private_key(65537, sizes[name]) if name in sizes else ec.generate_private_key(ec.SECP256R1())
    )
    (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _config(address: str) -> dict[str, Any]:
    authority = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    certs: dict[str, Any] = {
        "root": _cert("root", "root", ["key_cert_sign", "crl_sign"], [authority]),
        "middle": _cert("middle", "root", ["key_cert_sign", "crl_sign"], [authority, _crl("root")]),
        "ocsp": _cert("ocsp", "middle", ["digital_signature"], [_purpose("ocsp_signing"), {"id": "ocsp_no_check"}]),
        "tsa": _cert("tsa", "root", ["digital_signature"], [_purpose("time_stamping"), _crl("root")]),
    }
    entities = {name: {"common-name": f"Cơ quan thử {name}"} for name in certs}
    for name, (title, key, period, usages) in SIGNERS.items():
        entities[name] = {"common-name": title}
        certs[name] = _cert(key, "middle", usages, [_ocsp()], period) | {"subject": name}
    certs["revoked"]["revocation"] = {"revoked-since": "2021-01-01T00:00:00+0000", "reason": "key_compromise"}
    services = {
        "ocsp": {"ocsp": {"for-issuer": "middle", "responder-cert": "ocsp", "signing-key": "ocsp"}},
        "crl-repo": {"root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P90D"}},
        "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
    }
    return {
        "external-url-prefix": address,
        "keysets": {ARCH: {"keys": {name: {"path": f"{name}.key"} for name in KEYS}}},
        "pki-architectures": {
            ARCH: {
                "keyset": ARCH,
                "entity-defaults": {"organization-name": "Đơn vị thử"},
                "entities": entities,
                "certs": certs,
                "services": services,
            }
        },
    }


def _cert(
    key: str, issuer: str, usages: list[str], more: list[dict[str, Any]], period: tuple[str, str] = LONG
) -> dict[str, Any]:
    usage = {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": usages}}
    return {
        "subject": key,
        "subject-key": key,
        "issuer": issuer,
        "validity": {"valid-from": period[0], "valid-to": period[1]},
        "extensions": [usage, *more],
    }


def _purpose(name: str) -> dict[str, Any]:
    return {"id": "extended_key_usage", "critical": True, "value": [name]}


def _crl(repository: str) -> dict[str, Any]:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [repository]}},
    }


def _ocsp() -> dict[str, Any]:
    return {
        "id": "authority_information_access",
        "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["ocsp"]}},
    }
