"""JSON from strangers: read in one way only, and never into more than it looks like."""

from __future__ import annotations

import json
from typing import Any

MOST_KEYS = 40
"""Keys of one object; ours have half of it."""


def read_json(content: bytes) -> Any:
    """The values of a JSON text.

    Raises:
        ValueError: it is none, nests without end, or says one thing twice.
    """
    try:
        return json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_refused)
    except RecursionError as error:
        raise ValueError(str(error)) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are told once each, as readers differ about which of two counts."""
    made = dict(pairs)
    if len(made) != len(pairs) or len(pairs) > MOST_KEYS:
        raise ValueError(len(pairs))
    return made


def _refused(constant: str) -> Any:
    raise ValueError(constant)
