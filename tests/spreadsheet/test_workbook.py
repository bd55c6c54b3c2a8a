"""The exported workbook: what stands in it, what may be edited, and that its formulas give the dossier's totals."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier
from pipeline.model.criteria_set import (
    BandScale,
    CriteriaSet,
    Criterion,
    Group,
    Limits,
    Rounding,
    WhenNotApplicable,
    WithoutSurvey,
)
from pipeline.rules.rule import Kind
from pipeline.scoring import score
from pipeline.spreadsheet.layout import COLUMNS, HIDDEN, STATE_KEYS, SUMMARY, Column, sheet_names
from pipeline.spreadsheet.workbook import workbook

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADING = 5


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """A workbook's bytes, opened."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def summary(book: openpyxl.Workbook) -> dict[str, tuple[object, ...]]:
    """The rows of the summary by their second column."""
    return {str(row[1]): row for row in book[SUMMARY].iter_rows(values_only=True) if row[1]}


def test_one_sheet_an_area_and_the_summary_first(desk: Any) -> None:
    """An officer finds each area behind a tab of its code."""
    assert desk.book.sheetnames == [SUMMARY, "1", "2", "3", "Tài liệu", HIDDEN]
    assert desk.book[HIDDEN].sheet_state == "hidden"


def test_shown_results_are_the_dossiers(desk: Any) -> None:
    """Programs that show without computing, such as previews, show the right totals."""
    rows = summary(opened(desk.file.read_bytes(), values=True))

    assert rows["Tổng cộng"][2:6] == (19, 15.49, pytest.approx(15.49 / 19), 0)
    assert rows["Xếp loại"][2] == "Tốt"


def test_the_same_dossier_gives_the_same_bytes(desk: Any) -> None:
    """No clock and no dictionary order reaches the file, in this process or in another."""
    program = (
        "import sys, hashlib, datetime, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from pipeline.dossier import dossier_of, examine\n"
        "from pipeline.spreadsheet.workbook import workbook\n"
        "dossier = dossier_of(examine(pathlib.Path(sys.argv[2]), 2024, datetime.date(2025, 1, 15)))\n"
        "sys.stdout.buffer.write(workbook(dossier))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, ROOT, desk.root],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    ).stdout

    assert workbook(desk.dossier()) == workbook(desk.dossier()) == other == desk.file.read_bytes()


def test_sheets_print_on_a4_landscape_one_page_wide_with_repeated_headings(desk: Any) -> None:
    """What comes out of the printer is a table that can be filed."""
    for name in (SUMMARY, "1", "2", "3"):
        sheet = desk.book[name]

        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
        assert sheet.print_title_rows == f"${HEADING}:${HEADING}"
        assert sheet.freeze_panes.endswith(str(HEADING + 1))


def test_only_input_cells_are_unlocked_and_they_are_coloured(desk: Any) -> None:
    """A slip outside an input cell is not possible, and an officer sees where to type."""
    for name in ("1", "2", "3"):
        sheet = desk.book[name]
        unlocked = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        columns = {COLUMNS[cell.column - 1] for cell in unlocked}

        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert all(cell.fill.start_color.rgb.endswith("FFF8DC") for cell in unlocked)
        assert columns <= {
            Column.FIGURE,
            Column.OWN,
            Column.EVIDENCE,
            Column.EXPLANATION,
            Column.NOT_APPLICABLE,
        }
    assert not [cell for row in desk.book["3"].iter_rows() for cell in row if not cell.protection.locked]


@pytest.mark.parametrize(
    ("key", "kind", "formula"),
    [
        ("1.1.1/ngay_ban_hanh", "date", None),
        ("1.1.2/du_noi_dung", "list", '"có,không"'),
        ("1.1.3/hoan_thanh", "whole", "0"),
        ("1.4/muc_gan_ket", "list", f"{HIDDEN}!$D$1:$D$3"),
    ],
)
def test_input_cells_accept_only_their_kind(desk: Any, key: str, kind: str, formula: str | None) -> None:
    """Whole numbers, answers, days and levels are held to their kind by the spreadsheet itself."""
    cell = desk.cell(key, Column.FIGURE)
    found = [each for each in cell.parent.data_validations.dataValidation if cell.coordinate in each.sqref]

    assert [each.type for each in found] == [kind]
    assert formula is None or found[0].formula1 == formula


def test_every_kind_of_figure_is_held_to_it(desk: Any) -> None:
    """A kind that is added to the rules has a style here; those that spreadsheets know have a validation."""
    from pipeline.rules.rule import Figure
    from pipeline.spreadsheet.styles import STYLES
    from pipeline.spreadsheet.validation import figure_style, figure_validation

    for kind in Kind:
        figure = Figure(kind, {"a": "A"} if kind is Kind.CHOICE else {})

        assert figure_style(figure) in STYLES
        assert figure_validation(figure, "x", "=x!$A$1:$A$2")["validate"] != "any"


def test_points_have_two_decimals(desk: Any) -> None:
    """0,5 is shown as 0,50, as everywhere."""
    for column in (Column.OWN, Column.POINTS, Column.RULE_POINTS):
        assert desk.cell("1.1.1", column).number_format == "0.00"


def test_text_that_looks_like_a_formula_stays_text(desk: Any, lay: Any) -> None:
    """What officers typed is never computed, not even after the cell is typed again."""
    path = next((desk.root / "docs" / "2024").glob("2-*.md"))
    path.write_text(
        path.read_text("utf-8").replace("giai_trinh: Hai", 'giai_trinh: "=HYPERLINK(1)" # Hai'), encoding="utf-8"
    )
    book = opened(workbook(desk.dossier()))
    cells = [cell for row in book["2"].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]

    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_illustrative_data_is_marked_on_every_sheet_and_every_printed_page(desk: Any) -> None:
    """An invented point never looks official."""
    for name in (SUMMARY, "1", "2", "3", "Tài liệu"):
        assert desk.book[name]["A3"].value == phrases()("minh_hoa")
        assert desk.book[name].oddHeader.center.text == phrases()("minh_hoa")


def test_what_stays_inside_is_not_told(desk: Any) -> None:
    """The abstract of an internal document is not among the documents to choose from."""
    dossier = desk.dossier()
    from pipeline.model.evidence import EvidenceClass

    inside = dossier.evidence[0]
    secret = inside.document.model_copy(update={"abstract": "Chuyện nội bộ", "evidence_class": EvidenceClass.INTERNAL})
    changed = replace(dossier, evidence=(replace(inside, document=secret), *dossier.evidence[1:]))
    texts = [cell.value for sheet in opened(workbook(changed)) for row in sheet.iter_rows() for cell in row]

    assert "Chuyện nội bộ" not in texts
    assert secret.number in texts


def test_the_hidden_sheet_names_the_state(desk: Any) -> None:
    """Year, set and fingerprint; the fingerprint changes with an area file and with nothing else."""
    rows = {row[0]: row[1] for row in desk.book[HIDDEN].iter_rows(max_col=2, values_only=True)}
    settings = desk.root / "scores" / "2024" / "settings.yml"
    settings.write_bytes(settings.read_bytes() + b"# x\n")
    same = opened(workbook(desk.dossier()))[HIDDEN]["B4"].value
    area = next((desk.root / "docs" / "2024").glob("1-*.md"))
    area.write_bytes(area.read_bytes() + b"\nx\n")
    other = opened(workbook(desk.dossier()))[HIDDEN]["B4"].value

    assert [rows[key] for key in STATE_KEYS][:3] == ["cchc-xlsx/1", "2024", "xa-mau"]
    assert rows["trang_thai"] == same != other


def test_sheets_of_codes_that_spreadsheets_refuse_get_another_name(desk: Any) -> None:
    """Names that collide, are reserved or too long do not stop the export."""
    criteria = desk.dossier().criteria_set
    codes = ("A", "a", "History", "1" * 40)
    areas = tuple(criteria.areas[0].model_copy(update={"code": code}) for code in codes)
    names = sheet_names(criteria.model_copy(update={"areas": areas}))

    assert list(names.values()) == ["A", "Lĩnh vực thứ 2", "Lĩnh vực thứ 3", "Lĩnh vực thứ 4"]


def rescored(dossier: Dossier, **changes: object) -> Dossier:
    """The dossier under another criteria set."""
    criteria = dossier.criteria_set.model_copy(update=changes)
    entries = {code: entry for area in dossier.areas for code, entry in area.file.entries.items()}
    survey = dossier.survey.points if dossier.survey else {}
    scores = score(criteria, entries, survey, year=dossier.year)
    areas = tuple(replace(area, score=each) for area, each in zip(dossier.areas, scores.areas, strict=True))
    return replace(dossier, criteria_set=criteria, scores=scores, areas=areas)


def changed(criteria: CriteriaSet, code: str, **changes: object) -> tuple[Criterion, ...]:
    """The set's areas with one criterion changed."""

    def walk(criterion: Criterion) -> Criterion:
        update = changes if criterion.code == code else {"children": tuple(map(walk, criterion.children))}
        return criterion.model_copy(update=update)

    return tuple(map(walk, criteria.areas))


def variants(dossier: Dossier) -> list[Dossier]:
    """Dossiers whose sums are made in every way that a set can ask for."""
    criteria = dossier.criteria_set
    by_points = criteria.bands.model_copy(update={"scale": BandScale.POINTS})
    roundings = [
        Rounding.model_validate({"cap": level, "chu_so": places})
        for level in ("tieu_chi", "linh_vuc", "tong")
        for places in ("0", "1", "2")
    ]
    unsurveyed = replace(dossier, survey=None)
    bonus = changed(criteria, "1.2", group=Group.BONUS, maximum=Decimal("1.5"))
    deduction = changed(criteria, "1.2", group=Group.DEDUCTION, maximum=Decimal(0), minimum=Decimal(-1))
    narrow = changed(criteria, "1", maximum=Decimal(5))
    limits = Limits.model_validate({"linh_vuc": "có", "tong": "có"})
    rescale = {"without_survey": WithoutSurvey.RESCALE, "total": Decimal(20), "survey_total": Decimal(4)}
    made = [rescored(dossier, rounding=rounding) for rounding in roundings]
    made += [rescored(unsurveyed, bands=bands) for bands in (by_points, criteria.bands)]
    made += [rescored(dossier, areas=areas, bands=by_points) for areas in (bonus, deduction)]
    made += [rescored(dossier, areas=narrow, limits=limits, total=Decimal(9))]
    made += [rescored(unsurveyed, rounding=rounding, areas=bonus, **rescale) for rounding in roundings]
    return made


def test_formulas_computed_by_another_program_give_the_dossiers_totals(desk: Any, evaluate: Any) -> None:
    """Every formula of every variant, evaluated from scratch, gives what the file shows and the dossier says."""
    for dossier in variants(desk.dossier()):
        content = workbook(dossier)
        shown, computed = opened(content, values=True), evaluate(opened(content))
        formulas = [
            cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]
        for cell in formulas:
            result = shown[cell.parent.title][cell.coordinate].value
            where = (cell.parent.title, cell.coordinate)

            assert computed[where] == (result if isinstance(result, str) else pytest.approx(result or 0)) or (
                computed[where] == "" and result is None
            ), (where, cell.value)
        total = summary(shown)["Tổng cộng"]

        assert total[2] == pytest.approx(float(dossier.scores.total.maximum))
        assert total[3] == pytest.approx(float(dossier.scores.total.points))


def test_the_table_of_what_does_not_apply_is_live(desk: Any, evaluate: Any) -> None:
    """A reason in the cell takes the points out, or gives them in full, as the set says."""
    treatments = {leaf.criterion.code: leaf.criterion.not_applicable for leaf in desk.dossier().scores.leaves}
    lower = next(code for code, treatment in treatments.items() if treatment is WhenNotApplicable.LOWER)
    full = next(code for code, treatment in treatments.items() if treatment is WhenNotApplicable.FULL)
    for code, counted in ((lower, 0), (full, 1)):
        desk.type(code, Column.NOT_APPLICABLE, "lý do")
        cell = desk.cell(code, Column.COUNTED)

        assert evaluate(desk.book)[cell.parent.title, cell.coordinate] == counted
