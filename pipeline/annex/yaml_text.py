"""A criteria set as YAML that a careful officer reads: one key a line, steps and levels in braces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_IN_BRACES = frozenset({"bac", "muc"})
"""Lists and groups whose members stand in braces, one a line."""

_SHORT = frozenset({"lam_tron"})


class _Flow(dict[str, Any]):
    """A group that is written in braces."""


class _FlowList(list[Any]):
    """A list that is written in brackets."""


class _Dumper(yaml.SafeDumper):
    # Every value is text until the model types it, so nothing is quoted only for looking like a number or a date.
    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - as the base class declares it

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as every file of a workspace has them."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else "'" if value in ("", "~", "null") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _flow_list(dumper: yaml.SafeDumper, value: _FlowList) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(_FlowList, _flow_list)


def to_yaml(criteria: Mapping[str, Any]) -> str:
    """The text of a set's file."""
    styled = _styled(dict(criteria))
    return yaml.dump(styled, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)


def _styled(value: Any, key: str = "") -> Any:
    """Mark what stands in braces; texts lose what only their type adds."""
    match value:
        case dict():
            group = {name: _styled(each, name) for name, each in value.items()}
            if key in _IN_BRACES:
                return {name: _braced(each) for name, each in group.items()}
            return _Flow(group) if key in _SHORT else group
        case list() | tuple():
            items = [_styled(each) for each in value]
            if key in _IN_BRACES:
                return [_braced(each) for each in items]
            short = sum(len(item) + 2 for item in items if isinstance(item, str)) <= 80
            return _FlowList(items) if short and key == "dieu_kien" else items
        case None:
            return None
        case _:
            return str(value)


def _braced(value: Any) -> Any:
    return _Flow(value) if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()) else value
