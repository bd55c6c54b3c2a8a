"""The reference page of the file format: every key from the models, every way of scoring with its example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline import rules
from pipeline.fields import Declared
from pipeline.workspace.schema import SCHEMAS
from pipeline.workspace.tree import parse

EXAMPLES = Path(rules.__file__).parent / "reference"
"""One file a way of scoring, beside the rules."""
SURVEY_EXAMPLE = Path(__file__).with_name("reference_survey.yml")
"""A mapping, some answers and what they give."""

_CASE_PARTS = {"nhap": "", "dieu_tra": "điều tra", "cung_cap": "cung cấp", "nam_truoc": "năm trước"}


@dataclass(frozen=True)
class Example:
    """A declaration as an officer writes it, and what it gives for some figures."""

    name: str
    data: Mapping[str, Any]
    declaration: str
    """The YAML text of the declaration, as it stands in the file."""

    @property
    def title(self) -> str:
        return str(self.data["ten"])

    @property
    def cases(self) -> list[dict[str, Any]]:
        """What is entered and what must come out: tests run every one of them."""
        cases: list[dict[str, Any]] = self.data["vi_du"]
        return cases


def examples() -> tuple[Example, ...]:
    """All examples, in the order of their file names."""
    return tuple(_example(path) for path in sorted(EXAMPLES.glob("*.yml")))


def _example(path: Path) -> Example:
    text = path.read_text("utf-8")
    tree, findings = parse(text, path.name)
    assert tree is not None
    assert not findings
    return Example(path.stem, tree.data, _declaration(text))


def _declaration(text: str) -> str:
    """The blocks `bo`, `linh_vuc` and `tieu_chi` of an example, the keys of the set without their indent."""
    blocks: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if line and not line[0].isspace():
            key = line.partition(":")[0]
        blocks.setdefault(key, []).append(line)
    of_set = [line.removeprefix("  ") for line in blocks.get("bo", [])[1:]]
    return "\n".join([*of_set, *blocks.get("linh_vuc", []), *blocks.get("tieu_chi", [])])


def reference_page() -> str:
    """The whole page as Markdown."""
    lines = ["# Tham chiếu định dạng tệp", "", "Trang này sinh ra từ chương trình; sửa tay sẽ bị ghi đè.", ""]
    lines += ["## Các tệp", ""]
    lines += [line for model, title in SCHEMAS.values() for line in _file(model, title)]
    lines += ["## Cách chấm", ""]
    lines += [line for shape in rules.SHAPES for line in _shape(shape)]
    lines += ["## Ví dụ của từng cách chấm", ""]
    lines += [line for example in examples() for line in _shown(example)]
    lines += ["## Ví dụ bảng ánh xạ phiếu điều tra", "", *_survey(survey_example())]
    return "\n".join(lines).rstrip("\n") + "\n"


def survey_example() -> dict[str, Any]:
    """The example of a survey: mapping and answers as they stand in files, and what comes out."""
    tree, findings = parse(SURVEY_EXAMPLE.read_text("utf-8"), SURVEY_EXAMPLE.name)
    assert tree is not None
    assert not findings
    data: dict[str, Any] = tree.data
    return data


def _survey(example: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(example["giai_thich"]), "")
    yield from ("```yaml", str(example["anh_xa"]).rstrip("\n"), "```", "")
    yield from ("```text", str(example["phieu"]).rstrip("\n"), "```", "")
    yield from (f"| tiêu chí, tối đa {example['diem_toi_da']} điểm | được |", "|---|---|")
    yield from (f"| {code} | {told['dien_giai']} → {told['diem']} điểm |" for code, told in example["ket_qua"].items())
    yield ""


def _file(model: type[Declared], title: str) -> Iterator[str]:
    yield from (f"### {title}", "")
    yield from _keys(model)
    yield from _nested(model, {model})


def _nested(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """What stands below the keys of a model, once each; ways of scoring have a chapter of their own."""
    for name, info in model.model_fields.items():
        for inner in _inner(info.annotation):
            if inner not in seen and inner not in rules.SHAPES:
                seen.add(inner)
                yield from (f"#### Trong `{info.alias or name}`", "")
                yield from _keys(inner)
                yield from _nested(inner, seen)


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inner(argument)


def _shape(shape: type[BaseModel]) -> Iterator[str]:
    kind = get_args(shape.model_fields["kind"].annotation)[0]
    yield from (f"### `loai: {kind}`", "")
    yield from _keys(shape)
    yield from _nested(shape, {shape})


def _keys(model: type[BaseModel]) -> Iterator[str]:
    yield from ("| khóa | | nghĩa | giá trị |", "|---|---|---|---|")
    for name, info in model.model_fields.items():
        needed = "bắt buộc" if info.is_required() else ""
        yield f"| `{info.alias or name}` | {needed} | {info.description or ''} | {_values(info)} |"
    yield ""


def _values(info: FieldInfo) -> str:
    """What may be written: the choices, or examples of the type."""
    choices = [str(choice) for choice in _choices(info.annotation)]
    if choices:
        return ", ".join(f"`{choice}`" for choice in choices)
    extra = info.json_schema_extra
    shown: Any = extra.get("examples", []) if isinstance(extra, dict) else []
    return ", ".join(f"`{example}`" for example in shown)


def _choices(annotation: Any) -> Iterator[Any]:
    from enum import Enum

    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (member.value for member in annotation)
    elif str(get_origin(annotation)) == "typing.Literal":
        yield from get_args(annotation)
    elif get_origin(annotation) is dict:
        yield from _choices(get_args(annotation)[1])
    elif get_origin(annotation) in (Union, UnionType):
        for argument in get_args(annotation):
            yield from _choices(argument)


def _shown(example: Example) -> Iterator[str]:
    yield from (f"### {example.title}", "", str(example.data["giai_thich"]), "")
    yield from ("```yaml", example.declaration, "```", "")
    yield from ("| nhập | được |", "|---|---|")
    for case in example.cases:
        entered = "<br>".join(
            f"{word} {code}: {_flat(value)}".strip()
            for part, word in _CASE_PARTS.items()
            for code, value in case.get(part, {}).items()
        )
        results = "<br>".join(_result(code, result) for code, result in case["ket_qua"].items())
        yield f"| {entered or 'chưa nhập gì'} | {results} |"
    yield ""


def _flat(value: Any) -> str:
    """Nested values in one line: `so_lieu: a = 3, b = 4`."""
    if not isinstance(value, dict):
        return str(value)
    return "; ".join(
        f"{key}: {', '.join(f'{name} = {one}' for name, one in inner.items())}"
        if isinstance(inner, dict)
        else f"{key}: {inner}"
        for key, inner in value.items()
    )


def _result(code: str, result: Mapping[str, str]) -> str:
    title = "tổng" if code == "tong" else code
    return f"{title}: {result.get('dien_giai') or result.get('diem', '')}"
