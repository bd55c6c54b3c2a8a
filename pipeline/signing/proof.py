"""How long a signature can be proved, and what is added for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from pipeline.signing.trust import Trust


class Level(Enum):
    """How long a signature can be proved (ETSI EN 319 142, PAdES)."""

    B_B = "PAdES B-B"
    """The signature alone; the time is what the signer's machine says."""
    B_T = "PAdES B-T"
    """With a timestamp of an authority."""
    B_LTA = "PAdES B-LTA"
    """With all that is needed to check it after the certificates have ended."""


@dataclass(frozen=True)
class Proof:
    """What is added so that the signature can be checked later."""

    level: Level = Level.B_B
    timestamp_url: str = ""
    trust: Trust = field(default_factory=Trust)
    """Roots that the chains of signer and timestamp must reach, for B-LTA."""
