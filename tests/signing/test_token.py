"""Tokens: SoftHSM stands for one, its keys without labels as on tokens in use."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.signing import Role, SignatureError, Trust, sign_pdf
from pipeline.signing.token import list_certificates, open_pkcs11, pin_warning
from pipeline.signing.verify import verify_pdf

pytestmark = pytest.mark.system

LIBRARIES = Path("/usr/lib")
PIN = "246810"
IDS = {"person": "01", "organisation": "a2b3", "expired": "0c"}


def _library(name: str) -> Path:
    return next(path for path in LIBRARIES.rglob(name) if path.is_file())


class Token:
    """A token with the authority's signers on it."""

    def __init__(self, folder: Path, authority: Any) -> None:
        self.folder = folder
        self.store = folder / "tokens"
        self.store.mkdir()
        self.config = folder / "softhsm2.conf"
        self.config.write_text(f"directories.tokendir = {self.store}\nobjectstore.backend = file\nlog.level = ERROR\n")
        self.module = shutil.copy(_library("libsofthsm2.so"), folder / "module.so")
        self.authority = authority

    def fill(self) -> None:
        """Initialise it and lay keys and certificates on it."""
        import pkcs11

        command = ["softhsm2-util", "--module", self.module, "--init-token", "--free", "--label", "The thu"]
        subprocess.run([*command, "--so-pin", "13579135", "--pin", PIN], check=True, capture_output=True)
        (token,) = pkcs11.lib(str(self.module)).get_tokens(token_label="The thu")
        with token.open(rw=True, user_pin=PIN) as session:
            for name, identity in IDS.items():
                self._lay(session, name, bytes.fromhex(identity))
            self._certificate(session, "middle", b"\x10")
            self._certificate(session, "root", b"\x11")
            self._certificate(session, "encryption", b"\x12")
        pkcs11.unload(str(self.module))

    def _lay(self, session: Any, name: str, identity: bytes) -> None:
        from asn1crypto.keys import PrivateKeyInfo
        from asn1crypto.pem import unarmor
        from pkcs11 import Attribute, KeyType
        from pkcs11.util.ec import decode_ec_private_key
        from pkcs11.util.rsa import decode_rsa_private_key

        file = self.authority.folder / f"{'organisation' if name == 'organisation' else 'person'}.key"
        info = PrivateKeyInfo.load(unarmor(file.read_bytes())[2])
        inner = info["private_key"].parsed
        if info.algorithm == "rsa":
            attributes = decode_rsa_private_key(inner.dump())
        else:
            inner["parameters"] = info["private_key_algorithm"]["parameters"]
            attributes = decode_ec_private_key(inner.dump())
        attributes |= {Attribute.ID: identity, Attribute.TOKEN: True, Attribute.PRIVATE: True, Attribute.SIGN: True}
        assert attributes[Attribute.KEY_TYPE] in (KeyType.RSA, KeyType.EC)
        attributes.pop(Attribute.LABEL, None)
        session.create_object(attributes)
        self._certificate(session, name, identity)

    def _certificate(self, session: Any, name: str, identity: bytes) -> None:
        from pkcs11 import Attribute
        from pkcs11.util.x509 import decode_x509_certificate

        attributes = decode_x509_certificate(self.authority.certificate(name).dump())
        session.create_object(attributes | {Attribute.ID: identity, Attribute.TOKEN: True})


@pytest.fixture
def token(tmp_path: Path, authority: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Token]:
    """A token plugged in, its module not yet loaded."""
    import pkcs11

    made = Token(tmp_path, authority)
    monkeypatch.setenv("SOFTHSM2_CONF", str(made.config))
    made.fill()
    yield made
    pkcs11.unload(str(made.module))


@pytest.fixture
def spied(token: Token, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """The module behind OpenSC's spy, and the log of every call that reaches it."""
    import pkcs11

    log = token.folder / "calls.log"
    spy = Path(shutil.copy(_library("pkcs11-spy.so"), token.folder / "spy.so"))
    monkeypatch.setenv("PKCS11SPY", str(token.module))
    monkeypatch.setenv("PKCS11SPY_OUTPUT", str(log))
    yield spy, log
    pkcs11.unload(str(spy))


def logins(log: Path) -> int:
    """How often a PIN was given."""
    return log.read_text("utf-8", "replace").count(": C_Login\n")


def test_certificates_are_listed_by_id(token: Token) -> None:
    """Without a PIN the keys stay unknown; with it, certificates without key are told apart."""
    public = {each.id: each for each in list_certificates(token.module)}
    known = {each.id: each.has_key for each in list_certificates(token.module, PIN)}

    assert set(IDS.values()) < set(public)
    assert public["a2b3"].certificate.subject.startswith("Ủy ban nhân dân xã Mẫu")
    assert public["a2b3"].certificate.key == "EC 256"
    assert public["a2b3"].token == "The thu"
    assert public["a2b3"].has_key is None
    assert known == {"01": True, "a2b3": True, "0c": True, "10": False, "11": False, "12": False}


def test_two_keys_of_one_token_sign_a_paper(paper: bytes, token: Token, trust: Trust, moment: datetime) -> None:
    """RSA and elliptic curve, picked by id, with the chain that lies beside them."""
    with open_pkcs11(token.module, PIN, IDS["person"]) as credential:
        signed = sign_pdf(paper, credential, Role.PERSON, moment=moment)
    with open_pkcs11(token.module, PIN, "A2:B3") as credential:
        sealed = sign_pdf(signed, credential, Role.ORGANISATION, moment=moment)

    assert [each.good for each in verify_pdf(sealed, trust)] == [True, True]


def test_a_wrong_pin_is_given_once(spied: tuple[Path, Path]) -> None:
    """The token counts one attempt, and warns before the next."""
    module, log = spied
    with pytest.raises(SignatureError) as raised, open_pkcs11(module, "000000", IDS["person"]):
        pass

    assert raised.value.finding.code == "U102"
    assert "000000" not in raised.value.finding.message
    assert logins(log) == 1
    assert "sai mã PIN" in pin_warning(module)
    with open_pkcs11(module, PIN, IDS["person"]):
        assert logins(log) == 2
    assert pin_warning(module) == ""


def test_an_unknown_id_costs_no_pin(spied: tuple[Path, Path]) -> None:
    """What is not on the token is found out before anything is typed into it."""
    module, log = spied
    for identity in ("99", "zz", ""):
        with pytest.raises(SignatureError) as raised, open_pkcs11(module, PIN, identity):
            pass
        assert raised.value.finding.code == "U106"
    assert logins(log) == 0


def test_a_certificate_without_its_key_is_told(token: Token) -> None:
    """The certificate of somebody else's key."""
    with pytest.raises(SignatureError) as raised, open_pkcs11(token.module, PIN, "12"):
        pass

    assert raised.value.finding.code == "U106"
    assert "khóa bí mật" in raised.value.finding.message


def test_an_expired_certificate_on_a_token_signs_nothing(token: Token, paper: bytes, moment: datetime) -> None:
    """As with any other key."""
    with open_pkcs11(token.module, PIN, IDS["expired"]) as credential, pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential, Role.PERSON, moment=moment)

    assert raised.value.finding.code == "U107"


def test_no_token_is_told(tmp_path: Path, authority: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module is there, but nothing is plugged in."""
    import pkcs11

    empty = Token(tmp_path, authority)
    monkeypatch.setenv("SOFTHSM2_CONF", str(empty.config))
    with pytest.raises(SignatureError) as raised:
        list_certificates(empty.module)
    pkcs11.unload(str(empty.module))

    assert raised.value.finding.code == "U105"


def test_a_token_taken_away_while_signing_is_told(token: Token, paper: bytes, moment: datetime) -> None:
    """Between the PIN and the signature."""

    def sign_without() -> None:
        with open_pkcs11(token.module, PIN, IDS["person"]) as credential:
            shutil.rmtree(token.store)
            sign_pdf(paper, credential, Role.PERSON, moment=moment)

    with pytest.raises(SignatureError) as raised:
        sign_without()

    assert raised.value.finding.code in ("U105", "U119")


def test_what_is_no_module_is_told(tmp_path: Path) -> None:
    """A file that is not there, and one that is no library."""
    other = tmp_path / "other.so"
    other.write_bytes(b"not a library")
    for path in (tmp_path / "missing.so", other):
        with pytest.raises(SignatureError) as raised:
            list_certificates(path)
        assert raised.value.finding.code == "U104"


def test_the_command_lists_and_signs(
    token: Token, paper: bytes, trust: Trust, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an officer does it; the PIN is typed, and appears nowhere."""
    file = token.folder / "van-ban.pdf"
    file.write_bytes(paper)
    signing = ["sign", str(file), "--pkcs11", str(token.module), "--illustrative"]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n" * 3))

    assert run(["sign", "--pkcs11", str(token.module), "--list"]) == 0
    listed = capsys.readouterr().out
    assert "a2b3  Ủy ban nhân dân xã Mẫu" in listed
    assert "KHÔNG có khóa bí mật" in listed
    assert run([*signing, "--id", "01"]) == 0
    assert run([*signing, "--id", "a2b3"]) == 0
    told = capsys.readouterr()
    assert PIN not in told.out + told.err
    assert [each.good for each in verify_pdf((token.folder / "van-ban.signed.pdf").read_bytes(), trust)] == [True, True]
