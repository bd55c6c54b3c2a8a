"""The text of `survey.yml` with new results in it: other keys, their order and all comments stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline import wording
from pipeline.model.survey import SurveyDetail
from pipeline.survey.results import Results
from pipeline.workspace.tree import Scalar, Tree, parse
from pipeline.workspace.yaml_text import scalar

_STEP = "  "


def with_results(
    text: str, path: str, results: Results, *, origin: Mapping[str, Any], gone: Sequence[str], illustrative: bool
) -> str:
    """The text with the points, the number of answers and the details; points of the `gone` codes leave it.

    Results of an illustrative mapping are illustrative themselves.

    Raises:
        ValueError: the text is not one that the program reads.
    """
    if illustrative:
        text = _with_scalar(text, path, ("minh_hoa",), "có")
    text = _with_scalar(text, path, ("so_phieu",), str(results.answers))
    for code in gone:
        text = _without(text, path, code)
    for code, detail in results.details.items():
        text = _with_scalar(text, path, ("ket_qua", code), wording.typed(detail.points))
    text = _with_block(text, path, "nguon_phieu", origin)
    return _with_block(text, path, "chi_tiet", {code: data_of(detail) for code, detail in results.details.items()})


def data_of(detail: SurveyDetail) -> dict[str, Any]:
    """A detail as it stands in the file: Vietnamese keys, numbers as people type them."""
    data: dict[str, Any] = _typed(detail.model_dump(by_alias=True, exclude_defaults=True))
    return data


def _typed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _typed(each) for key, each in value.items()}
        case list() | tuple():
            return [_typed(each) for each in value]
        case Decimal():
            return wording.typed(value)
        case _:
            return str(value)


def _tree(text: str, path: str) -> Tree:
    tree, findings = parse(text, path)
    if tree is None or findings or not isinstance(tree.data, dict):
        raise ValueError(path)
    return tree


def _with_scalar(text: str, path: str, keys: tuple[str, ...], value: str) -> str:
    """Another value in the place of the old one, or a new line: below its group, or at the end."""
    tree = _tree(text, path)
    found: Any = tree.data
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, Scalar):
        written = f'"{value}"' if found.flow and "," in value else value
        return text[: found.start] + written + text[found.end :]
    lines = text.rstrip("\n").split("\n")
    if len(keys) == 1:
        return "\n".join([*lines, f"{keys[0]}: {value}"]) + "\n"
    group = tree.data.get(keys[0])
    if isinstance(group, dict) and group and not _in_braces(group):
        at = max(tree.lines[keys[0], key][0] for key in group)
        column = _column(lines[at - 1])
        return "\n".join([*lines[:at], f"{' ' * column}{keys[1]}: {value}", *lines[at:]]) + "\n"
    return _with_block(text, path, keys[0], {**(group or {}), keys[1]: value})


def _in_braces(group: Mapping[str, Any]) -> bool:
    return any(isinstance(value, Scalar) and value.flow for value in group.values())


def _column(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without(text: str, path: str, code: str) -> str:
    """The text without one criterion's points."""
    tree = _tree(text, path)
    points = tree.data.get("ket_qua")
    if not isinstance(points, dict) or code not in points:
        return text
    if _in_braces(points) or len(points) == 1:
        return _with_block(text, path, "ket_qua", {key: each for key, each in points.items() if key != code})
    lines = text.split("\n")
    del lines[tree.lines["ket_qua", code][0] - 1]
    return "\n".join(lines)


def _with_block(text: str, path: str, key: str, value: Mapping[str, Any]) -> str:
    """A whole top-level group anew, where it stood before or at the end."""
    lines = text.rstrip("\n").split("\n")
    block = [f"{key}: {{}}"] if not value else [f"{key}:", *_block(value, _STEP)]
    if key not in _tree(text, path).data:
        return "\n".join([*lines, *block]) + "\n"
    begin = next(at for at, line in enumerate(lines) if line.startswith((f"{key}:", f'"{key}":', f"'{key}':")))
    end = next((at for at in range(begin + 1, len(lines)) if lines[at][:1] not in ("", " ", "-", "}")), len(lines))
    while end > begin + 1 and not lines[end - 1].strip():
        end -= 1
    return "\n".join([*lines[:begin], *block, *lines[end:]]) + "\n"


def _block(value: Any, indent: str) -> list[str]:
    """A group or a list as lines."""
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _member(f"{indent}{key}:", each, indent)]
    return [line for each in value for line in _item(each, indent)]


def _member(head: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{head} {scalar(value, indent, len(_STEP), one_line=True)}"]
    return [head, *_block(value, f"{indent}{_STEP}")]


def _item(value: Any, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}- {scalar(value, indent, len(_STEP), one_line=True)}"]
    lines = _block(value, f"{indent}{_STEP}")
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]
