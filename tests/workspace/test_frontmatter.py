"""Values are set and removed in front matter of any form, and everything else stays as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.workspace.frontmatter import remove_value, set_value
from pipeline.workspace.tree import parse
from pipeline.workspace.yaml_text import flow_value, scalar

HEAD = "---\nnam: 2024\n"
TAIL = "---\n\n## Kết quả\n\nMột đoạn.\n"


def read(text: str) -> object:
    """The front matter as the program reads it."""
    tree, findings = parse(text.split("---\n")[1], "x.md")
    assert findings == []
    assert tree is not None
    return tree.data


def file(entries: str) -> str:
    """A file with these entries."""
    return f"{HEAD}{entries}{TAIL}"


A = ("tieu_chi", "1.1")


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("tieu_chi:\n  1.1:\n    a: x # c\n", "a", "y", "tieu_chi:\n  1.1:\n    a: y # c\n"),
        ("tieu_chi:\n  1.1:\n    a: 'x' # c\n", "a", "y: z", 'tieu_chi:\n  1.1:\n    a: "y: z" # c\n'),
        ("tieu_chi:\n  1.1:\n    a:   # c\n    b: 1\n", "a", "y", "tieu_chi:\n  1.1:\n    a: y   # c\n    b: 1\n"),
        ("tieu_chi: {1.1: {a: x}}\n", "a", "0,5", 'tieu_chi: {1.1: {a: "0,5"}}\n'),
        ("tieu_chi:\n  1.1: {a: x} # c\n", "b", "y", "tieu_chi:\n  1.1: {a: x, b: y} # c\n"),
        ("tieu_chi:\n  1.1: {}\n", "b", "y", "tieu_chi:\n  1.1:\n    b: y\n"),
        ("tieu_chi: {} # c\n", "b", "y", "tieu_chi: # c\n  1.1:\n    b: y\n"),
        ("", "b", "y", "tieu_chi:\n  1.1:\n    b: y\n"),
        ("tieu_chi:\n    1.1:\n        a: x\n", "b", "y", "tieu_chi:\n    1.1:\n        a: x\n        b: y\n"),
        (
            "tieu_chi:\n  1.1:\n    a: |\n      x\n      y\n\n    # c\n    b: 1\n",
            "a",
            "z",
            "tieu_chi:\n  1.1:\n    a: z\n\n    # c\n    b: 1\n",
        ),
        ("tieu_chi:\n  1.1:\n    a: x\n      y\n    b: 1\n", "a", "z", "tieu_chi:\n  1.1:\n    a: z\n    b: 1\n"),
        ("tieu_chi:\n  1.1:\n    a: x # c\n", "a", "y\nz", 'tieu_chi:\n  1.1:\n    a: "y\\nz" # c\n'),
        ("tieu_chi:\n  1.1:\n    a: x\n", "a", "y\n\nz", "tieu_chi:\n  1.1:\n    a: |-\n      y\n\n      z\n"),
        ("tieu_chi:\n  1.1:\n    a: [x, y] # c\n", "a", ["x", "z"], "tieu_chi:\n  1.1:\n    a: [x, z] # c\n"),
        (
            "tieu_chi:\n  1.1:\n    a:\n      - x # một\n      - ma: y\n        b: 1\n    c: 1\n",
            "a",
            ["x", "z", {"ma": "y", "b": "1"}, "w"],
            "tieu_chi:\n  1.1:\n    a:\n      - x # một\n      - z\n      - ma: y\n        b: 1\n      - w\n    c: 1\n",
        ),
        ("tieu_chi:\n  1.1:\n    a:\n    - x\n    - y\n", "a", ["y"], "tieu_chi:\n  1.1:\n    a:\n    - y\n"),
        ("tieu_chi:\n  1.1:\n    a: []\n", "a", ["y"], "tieu_chi:\n  1.1:\n    a: [y]\n"),
    ],
)
def test_a_value_takes_the_form_of_its_place(before: str, path: str, value: object, after: str) -> None:
    """Comments, indentation, braces and the lines around are those of the file."""
    assert set_value(file(before), (*A, path), value) == file(after)


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("tieu_chi:\n  1.1:\n    a: x # c\n    b: 1\n", "a", "tieu_chi:\n  1.1:\n    b: 1\n"),
        ("tieu_chi:\n  1.1:\n    a: |\n      x\n\n    b: 1\n", "a", "tieu_chi:\n  1.1:\n\n    b: 1\n"),
        ("tieu_chi:\n  1.1: {a: x, b: 1}\n", "a", "tieu_chi:\n  1.1: {b: 1}\n"),
        ("tieu_chi:\n  1.1: {a: x, b: 1}\n", "b", "tieu_chi:\n  1.1: {a: x}\n"),
        ("tieu_chi:\n  1.1:\n    a: x\n  1.2: {b: 1}\n", "a", "tieu_chi:\n  1.2: {b: 1}\n"),
        ("tieu_chi:\n  1.1:\n    a: x\n", "a", ""),
        ("tieu_chi:\n  1.1:\n    a: x\n", "b", "tieu_chi:\n  1.1:\n    a: x\n"),
    ],
)
def test_a_value_goes_with_what_would_be_empty_without_it(before: str, path: str, after: str) -> None:
    """No key without a value is left behind."""
    assert remove_value(file(before), (*A, path)) == file(after)


def test_new_keys_stand_in_the_order_that_is_asked_for() -> None:
    """Between those that come before and those that come after."""
    text = file("tieu_chi:\n  1.1:\n    c: 1\n  1.3:\n    a: 1\n")
    order = ("1.1", "1.2", "1.3", "a", "b", "c")
    text = set_value(text, (*A, "b"), "2", order)
    text = set_value(text, ("tieu_chi", "1.2", "a"), "3", order)

    assert text == file("tieu_chi:\n  1.1:\n    b: 2\n    c: 1\n  1.2:\n    a: 3\n  1.3:\n    a: 1\n")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and not set(text) & {"\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff"}
)


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_text_is_read_back_as_it_was(lines: list[str]) -> None:
    """In braces and outside, on one line and on several."""
    text = "\n".join(lines)
    block = yaml.compose(f"a:\n  k: {scalar(text, '  ', 2)}\n", Loader=yaml.CSafeLoader)
    flow = yaml.compose(f"k: {flow_value({'a': text, 'b': [text]})}\n", Loader=yaml.CSafeLoader)

    assert block.value[0][1].value[0][1].value == text
    assert flow.value[0][1].value[0][1].value == text
    assert flow.value[0][1].value[1][1].value[0].value == text


KEYS = st.sampled_from(["a", "b", "c"])
CODES = st.sampled_from(["1.1", "1.2", "1.10"])
PLAIN = st.one_of(st.sampled_from(["0,5", "có", "12", "a: b", "# x", "[x]", "", "~"]).filter(bool), TEXTS)
ENTRIES = st.dictionaries(CODES, st.dictionaries(KEYS, PLAIN, min_size=1), min_size=1)


def laid_out(entries: dict[str, dict[str, str]], form: int) -> str:
    """Entries in one of the forms in which people write them, each block line with a comment."""
    if form == 0:
        return f"tieu_chi: {flow_value(entries)}\n"
    lines = ["tieu_chi:  # gốc"]
    for code, entry in entries.items():
        if form == 1:
            lines.append(f"    {code}: {flow_value(entry)} # dòng {code}")
        else:
            lines += [f"  {code}:", f"    # trên {code}"]
            lines += [f"    {key}: {scalar(value, '', 2, one_line=True)} # {code}" for key, value in entry.items()]
    return "\n".join(lines) + "\n"


@given(ENTRIES, st.integers(0, 2), st.lists(st.tuples(CODES, KEYS, st.none() | PLAIN), max_size=6))
def test_any_edits_of_any_form_give_what_was_asked(
    entries: dict[str, dict[str, str]], form: int, edits: list[tuple[str, str, str | None]]
) -> None:
    """The file holds the edited entries, the text below is untouched, and an entry's comment goes only with it."""
    text = file(laid_out(entries, form))
    standing = set(entries)
    wanted = {code: dict(entry) for code, entry in entries.items()}
    for code, key, value in edits:
        if value is None:
            text = remove_value(text, ("tieu_chi", code, key))
            wanted.get(code, {}).pop(key, None)
        else:
            text = set_value(text, ("tieu_chi", code, key), value)
            wanted.setdefault(code, {})[key] = value
        wanted = {name: entry for name, entry in wanted.items() if entry}
        standing &= set(wanted)

    expected = {"nam": "2024"} | ({"tieu_chi": wanted} if wanted else {})

    assert read(text) == expected
    assert text.endswith(TAIL)
    assert form != 2 or all(f"# trên {code}" in text for code in standing)
