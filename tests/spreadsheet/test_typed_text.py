"""What officers type is data in every export: no formula, no outside link, no markup comes of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest

from pipeline.spreadsheet import write_csv, write_json, write_xlsx

TRICKS = (
    '=HYPERLINK("file:///etc/passwd","x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=1+1",
    "＝1+1",
    '#read("/etc/passwd")',
    "{{7*7}} {% raw %}",
    "<script>alert(1)</script>",
    "</t></si><x/>",
    "_x003D_1+1",
    "&amp;lt;b&amp;gt;",
    "!!python/object/apply:os.system [ls]",
    '{ DDEAUTO cmd "/C calc" }',
    'a;b"c',
)
PLACES = (
    ("docs/2024/2-thu-tuc-hanh-chinh.md", "giai_trinh: Hai"),
    ("evidence/2024/register.yml", "trich_yeu: Kế hoạch"),
    ("scores/2024/settings.yml", "ten: UBND xã Mẫu"),
    ("scores/2024/settings.yml", "ten_day_du: "),
)


@pytest.fixture(params=TRICKS)
def trick(request: pytest.FixtureRequest) -> str:
    """Each trick in turn."""
    text: str = request.param
    return text


@pytest.fixture
def typed(desk: Any, trick: str) -> Any:
    """A workspace in which somebody typed the trick everywhere."""
    for name, old in PLACES:
        path = desk.root / name
        text = path.read_text("utf-8")
        assert old in text, name
        key = old.partition(":")[0]
        path.write_text(text.replace(old, f"{key}: {json.dumps(trick, ensure_ascii=False)} #", 1), "utf-8")
    return desk


def test_a_workbook_computes_only_what_the_program_wrote(typed: Any, desk: Any, trick: str) -> None:
    """The trick is a text in its cells; nothing leads out of the file."""
    path = write_xlsx(typed.dossier(), typed.root / "build" / "typed")
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert any(cell.data_type == "s" and trick in str(cell.value) for cell in cells)
    assert not [
        cell.value for cell in cells if cell.data_type == "f" and ("cmd" in cell.value or "passwd" in cell.value)
    ]
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name or "connections" in name]
        assert all(b'TargetMode="External"' not in archive.read(name) for name in archive.namelist())


def test_a_csv_file_begins_no_cell_with_a_sign_that_computes(typed: Any, trick: str) -> None:
    """Each field that a spreadsheet would run has an apostrophe before it, and is otherwise whole."""
    content = write_csv(typed.dossier(), typed.root / "build" / "typed").read_text("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(content), delimiter=";") for field in row]

    assert any(trick in field for field in fields)
    assert not [field for field in fields if field.startswith(("=", "+", "@", "＝", "\t", "\r"))]
    assert not [field for field in fields if field.startswith("-") and not field[1:].replace(",", "").isdecimal()]


def test_json_says_it_letter_for_letter(typed: Any, trick: str) -> None:
    """A program that reads the JSON gets what was typed, nothing added and nothing run."""
    content = write_json(typed.dossier(), typed.root / "build" / "typed").read_text("utf-8")

    assert trick in texts(json.loads(content))


def texts(value: Any) -> list[str]:
    """All strings in a JSON value."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for each in value.values() for text in texts(each)]
        case list():
            return [text for each in value for text in texts(each)]
        case _:
            return []
