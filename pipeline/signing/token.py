"""Keys on a token, through any PKCS#11 module: what is on it, and a credential by the id of its certificate.

Keys of tokens in use carry no labels, so the id that certificate and key share is what picks them. A PIN is given to
the one token that holds the certificate, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.signing.certificate import Certificate, chain, described
from pipeline.signing.credential import Credential
from pipeline.signing.error import SignatureError, concerning

if TYPE_CHECKING:
    from asn1crypto import x509
    from pkcs11 import Session, Token

_PLUG = "cắm lại thiết bị ký (USB token), đợi đèn sáng rồi ký lại; nếu vẫn lỗi, cài lại phần mềm kèm theo thiết bị"
_LIST = "xem các chứng thư trên thiết bị bằng `cchc sign --pkcs11 MÔ_ĐUN --list`"
_LOCKED = "mang thiết bị tới cơ quan cấp chứng thư để mở khóa; không thử thêm"
_PIN_AGAIN = "chạy lại lệnh và gõ đúng mã PIN; chương trình không tự thử lại, vì sai nhiều lần thiết bị sẽ bị khóa"


@dataclass(frozen=True)
class TokenCertificate:
    """A certificate on a token."""

    id: str
    """Hexadecimal, what `--id` takes."""
    token: str
    """The token's own label."""
    certificate: Certificate
    has_key: bool | None
    """Whether its private key is there; None while nobody has logged in and the token does not show it."""


@dataclass(frozen=True)
class _Found:
    """A certificate object and where it lies."""

    token: Token
    id: bytes
    x509: x509.Certificate


def list_certificates(module: Path, pin: str = "") -> tuple[TokenCertificate, ...]:
    """All certificates on all tokens of a module, by id; with a PIN it is also certain which keys are there.

    Raises:
        SignatureError: the module or the token is not there, or the PIN is wrong.
    """
    with _told(module), concerning(str(module)):
        tokens = _tokens(module)
        pin = pin if len(tokens) == 1 else ""  # a PIN belongs to one token
        return tuple(sorted((each for token in tokens for each in _listed(token, pin)), key=lambda each: each.id))


def _listed(token: Token, pin: str) -> list[TokenCertificate]:
    with _session(token, pin) as session:
        return [
            TokenCertificate(
                found.id.hex(), _label(token), described(found.x509), _has_key(session, found.id, logged_in=bool(pin))
            )
            for found in _certificates(token, session)
        ]


def pin_warning(module: Path) -> str:
    """What a token says of its PIN before one is typed, in Vietnamese; empty while all is well.

    Raises:
        SignatureError: the module or the token is not there.
    """
    from pkcs11 import TokenFlag

    with _told(module), concerning(str(module)):
        flags = [token.flags for token in _tokens(module)]
    if any(flag & TokenFlag.USER_PIN_FINAL_TRY for flag in flags):
        return "Chỉ còn MỘT lần thử mã PIN trước khi thiết bị bị khóa."
    if any(flag & TokenFlag.USER_PIN_COUNT_LOW for flag in flags):
        return "Lần trước đã gõ sai mã PIN; sai thêm vài lần thiết bị sẽ bị khóa."
    return ""


@contextmanager
def open_pkcs11(module: Path, pin: str, certificate_id: str = "") -> Iterator[Credential]:
    """Lend the credential whose certificate has that id; without one, the only certificate there is.

    Raises:
        SignatureError: module, token, certificate or key is not there, the PIN is wrong or locked, or the token is
            taken away meanwhile.
    """
    with _told(module), ExitStack() as stack:
        with concerning(str(module)):
            if not pin:
                raise SignatureError("U102", "chưa gõ mã PIN", _PIN_AGAIN)
            found, others = _chosen(_tokens(module), pin, certificate_id)
            session = stack.enter_context(_session(found.token, pin))
            credential = Credential(_signer(session, found, others, pin), found.x509)
        yield credential


def _chosen(tokens: list[Token], pin: str, certificate_id: str) -> tuple[_Found, list[x509.Certificate]]:
    """The certificate that is meant, and all others; nobody logs in for it unless the only token hides them all."""
    all_found = _all(tokens)
    if not all_found and len(tokens) == 1:
        all_found = _all(tokens, pin)
    wanted = certificate_id.replace(":", "").replace(" ", "").lower()
    fitting = [found for found in all_found if (found.id.hex() == wanted if wanted else not found.x509.ca)]
    if not fitting:
        what = f"với mã “{certificate_id}”" if wanted else "nào của người dùng"
        raise SignatureError("U106", f"thiết bị không có chứng thư {what}", _LIST)
    if len(fitting) > 1:
        message = f"thiết bị có {len(fitting)} chứng thư, chưa rõ dùng chứng thư nào"
        raise SignatureError("U106", message, f"thêm --id MÃ; {_LIST}")
    return fitting[0], [found.x509 for found in all_found if found is not fitting[0]]


def _all(tokens: list[Token], pin: str = "") -> list[_Found]:
    found: list[_Found] = []
    for token in tokens:
        with _session(token, pin) as session:
            found += _certificates(token, session)
    return found


def _tokens(module: Path) -> list[Token]:
    """The initialised tokens that are plugged in."""
    from pkcs11 import TokenFlag, lib

    if not module.is_file():
        mend = "cài phần mềm của thiết bị ký rồi chỉ đúng tệp mô-đun của nó (.so, .dll hoặc .dylib)"
        raise SignatureError("U104", f"không có tệp mô-đun PKCS#11 “{module}”", mend)
    try:
        library = lib(str(module))
    except RuntimeError as error:
        mend = "chỉ đúng tệp mô-đun của thiết bị, cùng loại 64 bit hay 32 bit với Python"
        raise SignatureError("U104", "không nạp được mô-đun PKCS#11", mend) from error
    tokens = [slot.get_token() for slot in library.get_slots(token_present=True)]
    ready = [token for token in tokens if token.flags & TokenFlag.TOKEN_INITIALIZED]
    if not ready:
        raise SignatureError("U105", "không thấy thiết bị ký nào được cắm", _PLUG)
    return ready


@contextmanager
def _session(token: Token, pin: str = "") -> Iterator[Session]:
    """A session of one token; its owner is logged in where a PIN is given."""
    from pkcs11 import TokenFlag

    if pin and token.flags & TokenFlag.USER_PIN_LOCKED:
        raise SignatureError("U103", "mã PIN của thiết bị đã bị khóa", _LOCKED)
    with token.open(user_pin=pin or None) as session:
        yield session


def _certificates(token: Token, session: Session) -> Iterator[_Found]:
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass

    for item in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        try:
            certificate = x509.Certificate.load(item[Attribute.VALUE])
            described(certificate)
            yield _Found(token, item[Attribute.ID], certificate)
        except (ValueError, TypeError, KeyError):
            continue  # what is no X.509 certificate cannot sign


def _has_key(session: Session, identity: bytes, *, logged_in: bool) -> bool | None:
    """Whether the private key is there; its public half stands for it while the token hides the private one."""
    from pkcs11 import Attribute, ObjectClass

    kinds = (ObjectClass.PRIVATE_KEY,) if logged_in else (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY)
    if any(list(session.get_objects({Attribute.CLASS: kind, Attribute.ID: identity})) for kind in kinds):
        return True
    return False if logged_in else None


def _label(token: Token) -> str:
    return str(token.label).strip("\0 ")


def _signer(session: Session, found: _Found, others: list[x509.Certificate], pin: str) -> Any:
    """The signer for the key with the certificate's id."""
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: found.id}))
    if not keys:
        raise SignatureError("U106", f"thiết bị không có khóa bí mật cho chứng thư “{found.id.hex()}”", _LIST)
    return PKCS11Signer(
        session,
        signing_cert=found.x509,
        ca_chain=chain(found.x509, others),
        key_id=found.id,
        use_raw_mechanism=_needs_raw(found),
        base_sign_kwargs={"pin": pin} if _asks_each_time(keys[0]) else None,
    )


def _needs_raw(found: _Found) -> bool:
    """Whether the token signs hashes only, and does not hash by itself."""
    from pkcs11 import Mechanism

    hashing = Mechanism.ECDSA_SHA256 if found.x509.public_key.algorithm == "ec" else Mechanism.SHA256_RSA_PKCS
    return hashing not in found.token.slot.get_mechanisms()


def _asks_each_time(key: Any) -> bool:
    from pkcs11 import Attribute, PKCS11Error

    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except (PKCS11Error, KeyError):
        return False


@contextmanager
def _told(module: Path) -> Iterator[None]:
    """Say in Vietnamese what a module or a token refuses, and that it is about the module.

    Raises:
        SignatureError: instead of the module's own error.
    """
    import pkcs11

    try:
        yield
    except pkcs11.PKCS11Error as error:
        with concerning(str(module)):
            raise _explained(error) from error


def _explained(error: Exception) -> SignatureError:
    import pkcs11

    match error:
        case pkcs11.PinIncorrect() | pkcs11.PinInvalid() | pkcs11.PinLenRange():
            return SignatureError("U102", "sai mã PIN của thiết bị", _PIN_AGAIN)
        case pkcs11.PinLocked():
            return SignatureError("U103", "mã PIN của thiết bị đã bị khóa", _LOCKED)
        case pkcs11.PinExpired() | pkcs11.UserPinNotInitialized():
            return SignatureError(
                "U103", "mã PIN của thiết bị đã hết hạn hoặc chưa được đặt", "đặt mã PIN bằng phần mềm của thiết bị"
            )
        case (
            pkcs11.DeviceRemoved()
            | pkcs11.TokenNotPresent()
            | pkcs11.TokenNotRecognised()
            | pkcs11.SessionHandleInvalid()
            | pkcs11.SessionClosed()
            | pkcs11.SlotIDInvalid()
            | pkcs11.NoSuchToken()
            | pkcs11.ObjectHandleInvalid()
            | pkcs11.KeyHandleInvalid()
        ):
            return SignatureError("U105", "thiết bị ký đã bị rút ra hoặc không nhận ra", _PLUG)
        case _:
            return SignatureError("U119", f"thiết bị ký báo lỗi ({type(error).__name__})", _PLUG)
