"""What goes in, where it stands and what stays out is known before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.binder import plan_binder
from pipeline.dossier import Dossier

Make = Callable[..., Dossier]


def test_each_scan_stands_behind_the_first_criterion_that_names_it(dossier: Make, sheets: Any) -> None:
    """TL01 proves 1.1.1 and 1.1.2, TL02 first 1.1.3: their pages follow those dividers, without a gap."""
    plan = plan_binder(dossier({"TL01": ("a.pdf", _pages(sheets, 3)), "TL02": ("b.pdf", _pages(sheets, 2))}))

    assert plan.layout is not None
    first, third = plan.layout.claims["1.1.1"], plan.layout.claims["1.1.3"]
    assert plan.pages_of("TL01") == range(first.stop, first.stop + 3)
    assert plan.layout.claims["1.1.2"].start == first.stop + 3
    assert plan.pages_of("TL02") == range(third.stop, third.stop + 2)
    assert [part.evidence.id for part in plan.parts][:2] == ["TL01", "TL02"]


@pytest.mark.parametrize(
    ("scope", "held"),
    [("cong_khai", {"TL01", "TL04"}), ("chi_dan", {"TL01", "TL02", "TL04"}), ("noi_bo", {"TL01", "TL02", "TL04"})],
)
def test_only_the_classes_that_the_settings_name_go_in(scope: str, held: set[str], dossier: Make) -> None:
    """By default only public scans; the rest is listed."""
    plan = plan_binder(dossier({}, scope))

    assert {part.evidence.id for part in plan.parts} == held
    assert {out.evidence.id for out in plan.left_out} == {f"TL0{number}" for number in range(1, 7)} - held
    assert all(plan.pages_of(out.evidence.id) is None for out in plan.left_out)


def test_without_the_setting_only_public_scans_go_in(sound_dossier: Any) -> None:
    """Nothing leaves the commune because somebody forgot a line."""
    assert {part.evidence.id for part in plan_binder(sound_dossier).parts} == {"TL01", "TL04"}


def test_what_stays_out_is_told_with_its_reason_and_hash(dossier: Make) -> None:
    """A scan that others only see the reference of has its sha256 in the list; the others have no scan."""
    reasons = {out.evidence.id: (out.reason, bool(out.scan)) for out in plan_binder(dossier({})).left_out}

    assert reasons == {
        "TL02": ("chi_dan", True),
        "TL03": ("khong_ban_chup", False),
        "TL05": ("khong_ban_chup", False),
        "TL06": ("khong_ban_chup", False),
    }


def test_a_document_that_no_criterion_names_stays_out(dossier: Make) -> None:
    """There is no place for it, so it is listed."""
    found = dossier({})
    alone = replace(found, evidence=tuple(replace(evidence, criteria=()) for evidence in found.evidence))
    silent = replace(found.scores.areas[0].leaves[0], entry=None)

    plan = plan_binder(replace(alone, scores=replace(alone.scores, areas=(_only(alone, silent),))))

    assert plan.parts == ()
    assert {out.evidence.id: out.reason for out in plan.left_out}["TL01"] == "khong_vien_dan"


def _only(dossier: Dossier, leaf: Any) -> Any:
    area = dossier.scores.areas[0]
    return replace(area, rows=(area.rows[0], replace(area.rows[1], leaf=leaf)))


def test_registered_pages_are_believed_while_the_file_is_the_registered_one(dossier: Make) -> None:
    """No scan is opened for them: a number in the register that is wrong gives a wrong plan, and no binder."""
    found = dossier({})
    wrong = replace(found.evidence[0], document=found.evidence[0].document.model_copy(update={"pages": 7}))

    pages = plan_binder(replace(found, evidence=(wrong, *found.evidence[1:]))).pages_of("TL01")

    assert pages is not None
    assert len(pages) == 7


@pytest.mark.parametrize("absurd", [0, 10**12])
def test_no_absurd_number_of_pages_is_believed(absurd: int, dossier: Make) -> None:
    """The scan itself is asked instead."""
    found = dossier({})
    wrong = replace(found.evidence[0], document=found.evidence[0].document.model_copy(update={"pages": absurd}))

    pages = plan_binder(replace(found, evidence=(wrong, *found.evidence[1:]))).pages_of("TL01")

    assert pages is not None
    assert len(pages) == 1


def test_the_rendered_pages_are_those_that_were_measured(dossier: Make) -> None:
    """Whatever the numbers on them are: as many of the program's own pages as the plan leaves free."""
    import io

    import pikepdf

    from pipeline.binder.front import render

    found = dossier({}, "noi_bo")
    plan = plan_binder(found)
    assert plan.layout is not None
    far = replace(plan.layout, scans={name: range(99_990, 99_999) for name in plan.layout.scans})

    with pikepdf.open(io.BytesIO(render(found, plan.claims, plan.left_out, far))) as pdf:
        assert len(pdf.pages) == len(list(plan.layout.own_pages()))


def test_pages_are_unknown_while_one_scan_cannot_be_counted(dossier: Make, sheets: Any) -> None:
    """All numbers after it would be wrong, so there are none."""
    found = dossier({"TL01": ("a.pdf", _pages(sheets, 1))})
    found.scans["a.pdf"].path.write_bytes(b"%PDF-1.4\n")
    _forget()

    plan = plan_binder(found)

    assert plan.pages == 0
    assert plan.pages_of("TL04") is None
    assert [finding.code for finding in plan.findings] == ["E421"]
    assert plan.findings[0].place.path == "evidence/2024/scans/a.pdf"


def _forget() -> None:
    from pipeline.workspace.scan_pages import look_inside

    look_inside.cache_clear()


def _pages(sheets: Any, count: int) -> bytes:
    made = sheets()
    for _ in range(count):
        made.page(595, 842)
    content: bytes = made.saved()
    return content
