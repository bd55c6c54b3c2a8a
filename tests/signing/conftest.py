"""A paper to sign, an authority that vouches for its signers, and pictures of a signature and of a seal."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image, ImageDraw

from pipeline.dossier import Dossier
from pipeline.signing import Level, Proof, Role, Trust, read_trust, sign_pdf
from pipeline.signing.credential import Credential, open_pkcs12

HERE = Path(__file__).parent
NOW = datetime.now(UTC).replace(microsecond=0)


def _module(name: str) -> ModuleType:
    """A helper beside this file; tests are found by path, so it has no name to import."""
    spec = importlib.util.spec_from_file_location(f"signing_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The test authority with its services running."""
    with _module("authority").serve(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture(scope="session")
def paper(sound_dossier: Dossier) -> bytes:
    """A report as PDF, not signed."""
    from pipeline.decree.typst import pdf
    from pipeline.report.compose import compose

    return pdf(compose(sound_dossier))


@pytest.fixture(scope="session")
def credential(authority: Any) -> Callable[[str], Credential]:
    """A signer's credential, opened from its PKCS#12 file."""
    return lambda name: open_pkcs12(authority.pkcs12(name), b"mk-1234")


@pytest.fixture(scope="session")
def trust(authority: Any) -> Trust:
    """A reader who trusts the authority's root."""
    return read_trust([authority.pem("root")])


@pytest.fixture(scope="session")
def moment() -> datetime:
    """When it is signed."""
    return NOW


@pytest.fixture(scope="session")
def signed(paper: bytes, credential: Callable[[str], Credential], moment: datetime) -> bytes:
    """The paper with the person's signature."""
    return sign_pdf(paper, credential("person"), Role.PERSON, moment=moment)


@pytest.fixture(scope="session")
def sealed(signed: bytes, credential: Callable[[str], Credential], moment: datetime) -> bytes:
    """The paper with both signatures."""
    return sign_pdf(signed, credential("organisation"), Role.ORGANISATION, moment=moment)


@pytest.fixture(scope="session")
def long_term(authority: Any, trust: Trust) -> Proof:
    """What a signature for the long term needs."""
    return Proof(Level.B_LTA, authority.timestamp_url, trust)


@pytest.fixture(scope="session")
def archived(paper: bytes, credential: Callable[[str], Credential], long_term: Proof, moment: datetime) -> bytes:
    """Signed by both for the long term."""
    signed = sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, proof=long_term)
    return sign_pdf(signed, credential("organisation"), Role.ORGANISATION, moment=moment, proof=long_term)


@pytest.fixture(scope="session")
def signature_png() -> bytes:
    """A blue stroke on transparent ground, twice as wide as high."""
    image = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 150), (200, 20), (400, 280), (590, 150)], fill=(20, 40, 180, 255), width=14)
    return _png(image)


@pytest.fixture(scope="session")
def seal_png() -> bytes:
    """A red ring of 36 mm at 300 dots an inch."""
    image = Image.new("RGBA", (425, 425), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((5, 5, 420, 420), outline=(210, 20, 20, 255), width=16)
    return _png(image, dpi=(300, 300))


def _png(image: Image.Image, **options: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG", **options)
    return made.getvalue()
