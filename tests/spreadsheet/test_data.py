"""The exports for programs: what is documented is what is there, and nothing in them can be run."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from pipeline.model.assessment import Citation
from pipeline.scoring import State
from pipeline.spreadsheet import csv_table, data, write_csv, write_json
from pipeline.spreadsheet.citations import Cited, citations_text, read_citations


def rows(desk: Any) -> list[dict[str, str]]:
    """The CSV file as a program reads it."""
    text = write_csv(desk.dossier(), desk.root / "out").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def undocumented(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    """The keys of a value that the schema does not know, or asks for and does not find."""
    schema = root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "anyOf" in schema:
        kept = [each for each in schema["anyOf"] if (each.get("type") == "null") == (value is None)]
        return undocumented(value, kept[0], root)
    if isinstance(value, dict):
        known = schema["properties"]
        wrong = sorted(set(value) ^ set(known)) if set(value) - set(known) else []
        wrong += sorted(set(schema.get("required", ())) - set(value))
        return wrong + [each for key in value if key in known for each in undocumented(value[key], known[key], root)]
    if isinstance(value, list):
        return [each for item in value for each in undocumented(item, schema["items"], root)]
    return []


def test_json_is_what_its_schema_says(desk: Any) -> None:
    """Every key is documented and every required one is there; the model reads its own export."""
    text = write_json(desk.dossier(), desk.root / "out").read_text("utf-8")
    told = json.loads(data.schema())

    assert undocumented(json.loads(text), told, told) == []
    assert data.DossierData.model_validate_json(text) == data.data_of(desk.dossier())


def test_json_tells_the_dossiers_numbers(desk: Any) -> None:
    """Totals, leaves with their points and figures, in the order of the set."""
    dossier = desk.dossier()
    told = json.loads(data.as_json(dossier))
    leaves = [row for row in told["rows"] if row["leaf"]]

    assert told["total"] == {
        "maximum": "19",
        "points": "15.49",
        "percent": "81.53",
        "missing": 0,
        "band": "Tốt",
        "provisional": False,
    }
    assert [row["code"] for row in leaves] == [leaf.criterion.code for leaf in dossier.scores.leaves]
    assert sum(Decimal(row["points"] or 0) for row in leaves) == dossier.scores.total.points
    assert {row["leaf"]["state"] for row in leaves} <= {state.name.lower() for state in State}
    assert leaves[0]["leaf"]["figures"][0]["value"] == "05/02/2024"


def test_exports_are_the_same_bytes_for_the_same_dossier(desk: Any) -> None:
    """No clock, no order of a dictionary."""
    dossier = desk.dossier()

    assert data.as_json(dossier) == data.as_json(desk.dossier())
    assert csv_table.as_csv(dossier) == csv_table.as_csv(desk.dossier())


def test_csv_opens_in_a_vietnamese_excel(desk: Any) -> None:
    """A byte order mark, semicolons, decimal commas, lines as RFC 4180 has them."""
    content = write_csv(desk.dossier(), desk.root / "out").read_bytes()
    first = rows(desk)[0]

    assert content.startswith(b"\xef\xbb\xbfM\xc3\xa3;")
    assert content.count(b"\r\n") == len(rows(desk)) + 1
    assert (first["Mã"], first["Điểm"], first["Tỷ lệ %"], first["Minh họa"]) == ("1", "6,75", "75,00", "có")


def test_csv_is_what_its_schema_says(desk: Any) -> None:
    """Columns in order, numbers where numbers are promised."""
    told = json.loads(csv_table.schema())
    fields = [
        field for field in told["schema"]["fields"] if "Chỉ có khi năm đã được thẩm định" not in field["description"]
    ]
    found = rows(desk)

    assert list(found[0]) == [field["name"] for field in fields]
    assert told["dialect"]["delimiter"] == ";"
    for field in (field for field in fields if field["type"] == "number"):
        values = [row[field["name"]] for row in found if row[field["name"]]]

        assert values
        assert all(Decimal(value.replace(",", ".")) is not None for value in values)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-a", "@SUM(A1)", "\t=1", " =1", "\r=1", "−", "-0,25x", "＝1+1", "＠SUM(A1)"]
)
def test_text_in_csv_is_never_a_formula(text: str) -> None:
    """What a spreadsheet would run gets an apostrophe before it; numbers stay numbers."""
    safe = csv_table.harmless(text)

    assert safe[0] == "'" or text[0] == "−"
    assert csv_table.harmless("-0,25") == "-0,25"
    assert csv_table.harmless("12,5") == "12,5"


def test_injected_text_reaches_the_csv_file_harmless(desk: Any) -> None:
    """All the way from an officer's file to the cell."""
    path = desk.root / "docs/2024/2-thu-tuc-hanh-chinh.md"
    path.write_text(
        path.read_text("utf-8").replace("giai_trinh: Hai", "giai_trinh: '=cmd|'' /C calc''!A0' # "), encoding="utf-8"
    )
    texts = [row["Giải trình"] for row in rows(desk)]

    assert "'=cmd|' /C calc'!A0" in texts


@pytest.mark.parametrize(
    "citation",
    [
        {"ma": "TL01"},
        {"ma": "TL01", "trang": "4"},
        {"ma": "TL01", "muc": "II.3", "trang": "4–5"},
        {"ma": "TL01", "muc": "I, II; III"},
        {"ma": "TL01", "muc": 'mục "nhỏ", trang 2', "trang": "trang cuối"},
        {"ma": "TL01", "muc": "mục 1"},
    ],
)
def test_a_citation_is_read_back_as_it_was_written(citation: dict[str, str]) -> None:
    """Whatever section and page hold; several stand on lines of their own."""
    text = citations_text([Citation.model_validate(citation), Citation.model_validate({"ma": "TL02"})])
    expected = Cited(citation["ma"], citation.get("muc", ""), citation.get("trang", ""))

    assert read_citations(text, {"TL01", "TL02"}) == [expected, Cited("TL02")]


def test_officers_may_list_documents_as_they_are_used_to() -> None:
    """Commas between ids of the register, semicolons or lines; a comma inside a section goes on with it."""
    known = {"TL01", "TL02", "II"}

    assert read_citations("TL01, TL02;TL01\n", known) == [Cited("TL01"), Cited("TL02"), Cited("TL01")]
    assert read_citations("TL01, Mục I, phần 2, Trang 3", known) == [Cited("TL01", "I, phần 2", "3")]
    assert read_citations(" ;\n, ", known) == []
