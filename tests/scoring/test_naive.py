"""The program and a naive second evaluation agree on ten thousand random dossiers of a set with every shape."""

from __future__ import annotations

import copy
import importlib.util
import random
import re
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml

from pipeline import wording
from pipeline.model.assessment import Entry
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.locked import LockedYear
from pipeline.model.supplied import SuppliedResults
from pipeline.rules import SHAPES
from pipeline.scoring import Scores, State, score

HERE = Path(__file__).parent


def beside(name: str) -> ModuleType:
    """A module that lies beside this test; tests are no package."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


naive, dossiers = beside("naive"), beside("dossiers")
DECLARED: dict[str, Any] = yaml.load((HERE / "every_shape.yml").read_text("utf-8"), yaml.BaseLoader)

VARIANTS: list[dict[str, Any]] = [
    {},
    {"lam_tron": {"cap": "linh_vuc", "chu_so": "2"}},
    {"lam_tron": {"cap": "tong", "chu_so": "2"}},
    {"lam_tron": {"cap": "tieu_chi", "chu_so": "1"}, "gioi_han": {"tieu_chi": "không"}},
    {"gioi_han": {"tieu_chi": "có", "linh_vuc": "có", "tong": "có"}, "vang_dieu_tra": "cho"},
    {"lam_tron": {"cap": "linh_vuc", "chu_so": "1"}, "gioi_han": {"tieu_chi": "không", "linh_vuc": "có"}},
    {"lam_tron": {"cap": "tong", "chu_so": "3"}, "gioi_han": {"tong": "có"}},
    {
        "xep_loai": {
            "theo": "diem",
            "bac": [{"ten": "A", "tu": "30"}, {"ten": "B", "tu": "20"}, {"ten": "C", "tu": "0"}],
        }
    },
]
DOSSIERS = 10_000


def evaluated(criteria: CriteriaSet, given: dict[str, Any]) -> Scores:
    """What the program says."""
    supplied = SuppliedResults.model_validate({"nam": "2023", "ket_qua": given["supplied"]})
    last = None
    if given["last"] is not None:
        last = LockedYear.model_validate({"nam": "2022", "nguon": "0" * 64, "tieu_chi": given["last"]}).remembered()
    return score(
        criteria,
        {code: Entry.model_validate(entry) for code, entry in given["entries"].items()},
        {code: Decimal(points.replace(",", ".")) for code, points in given["survey"].items()},
        year=dossiers.YEAR,
        supplied=supplied.items,
        last_year=last,
    )


def differences(scores: Scores, plain: Any) -> list[tuple[Any, ...]]:
    """Where the two do not agree."""
    points, most, settled = plain.total()
    found: list[tuple[Any, ...]] = []
    for row in (row for area in scores.areas for row in area.rows):
        if row.leaf is not None:
            other = plain.leaf(row.code)
            one = (row.leaf.points, row.leaf.maximum, row.leaf.settled, row.leaf.exact)
            found += (
                [(row.code, one, other)] if one != (other.points, other.maximum, other.settled, other.exact) else []
            )
        if row.tally.points != plain.sums[row.code]:
            found.append((row.code, row.tally.points, plain.sums[row.code]))
    if scores.band.title != (band := plain.band(points, most, settled)):
        found.append(("band", scores.band.title, band))
    total = (scores.total.points, scores.total.maximum, scores.total.scored_maximum)
    return found + ([("total", total, (points, most, settled))] if total != (points, most, settled) else [])


@pytest.mark.parametrize("variant", range(len(VARIANTS)))
def test_two_evaluations_agree(variant: int) -> None:
    """Every leaf, every sum, the total and its maximum, over many dossiers and every way of rounding and limiting."""
    declared = copy.deepcopy(DECLARED) | VARIANTS[variant]
    criteria = CriteriaSet.model_validate(declared)
    draw = random.Random(variant)
    for _ in range(DOSSIERS // len(VARIANTS)):
        given = dossiers.dossier(draw, declared)
        plain = naive.Naive(declared, **given, year=dossiers.YEAR)

        assert differences(evaluated(criteria, given), plain) == [], given


def sums_told(derivation: str) -> Fraction:
    """The numbers that a sum's derivation names before its arrow, added by hand."""
    told = derivation.partition(" → ")[0].partition(", ")[0].partition(";")[0]
    parts = re.findall(r"(^|[+−] )(−?)(\d+(?:\.\d{3})*,\d+)", told)
    signs = [-1 if (sign.strip() == "−") != (minus == "−") else 1 for sign, minus, _ in parts]
    return sum(
        (sign * Fraction(part[2].replace(",", ".")) for sign, part in zip(signs, parts, strict=True)), Fraction(0)
    )


def test_derivations_add_up_at_every_level() -> None:
    """On whole random dossiers: what each sum says it adds is what stands below it, up to the total."""
    criteria, draw = CriteriaSet.model_validate(DECLARED), random.Random(11)
    for _ in range(300):
        scores = evaluated(criteria, dossiers.dossier(draw, DECLARED))
        rows = {row.code: row for area in scores.areas for row in area.rows}
        for row in rows.values():
            if row.leaf is None:
                below = sum((Fraction(rows[child.code].tally.points) for child in row.criterion.children), Fraction(0))
                assert sums_told(row.tally.derivation) == below, row.tally.derivation
            assert row.tally.points == 0 or wording.points(row.tally.points) in row.tally.derivation
        areas = sum((Fraction(area.tally.points) for area in scores.areas), Fraction(0))
        assert sums_told(scores.total.derivation) == areas


def test_the_set_has_every_shape() -> None:
    """A new shape must join the comparison."""
    kinds = {get_args(shape.model_fields["kind"].annotation)[0] for shape in SHAPES}
    text = (HERE / "every_shape.yml").read_text("utf-8")

    assert {kind for kind in kinds if f"loai: {kind}" not in text} == set()


def test_random_dossiers_reach_every_corner() -> None:
    """The comparison would prove little if nearly all leaves were empty or nearly all at their maximum."""
    draw, criteria = random.Random(5), CriteriaSet.model_validate(DECLARED)
    leaves = [leaf for _ in range(300) for leaf in evaluated(criteria, dossiers.dossier(draw, DECLARED)).leaves]
    values: dict[str, set[Decimal | None]] = {}
    for leaf in leaves:
        values.setdefault(leaf.criterion.code, set()).add(leaf.points)

    assert {code for code, seen in values.items() if len(seen) < 3} == set()
    assert {leaf.state for leaf in leaves} == set(State)
