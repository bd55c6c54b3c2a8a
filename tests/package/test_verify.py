"""A good package is told good, and every level of the verdict has its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.dossier import dossier_of, examine
from pipeline.package.attached import report_attachment
from pipeline.package.build import write_package
from pipeline.package.verdict import Level, Verdict
from pipeline.package.verify import verify
from pipeline.report import render_report
from pipeline.signing import Role, sign_pdf

Verify = Callable[[Path], Verdict]
MOMENT = datetime(2025, 1, 15, 3, 0, tzinfo=UTC)


def test_a_signed_package_shows_who_signed_and_that_scores_follow(signed: Path, verified: Verify) -> None:
    """Nothing but what its illustrative figures and left out scans make of it."""
    verdict = verified(signed)

    assert [check.title for check in verdict.checks if check.level is Level.INVALID] == []
    assert {finding.code for finding in verdict.findings} == {"Z121", "Z122"}
    assert [(each.path, each.verdict.signer) for each in verdict.signatures] == [
        ("manifest.json.p7s", "Nguyễn Văn Mẫu"),
        ("bao-cao/bao-cao-2024.signed.pdf", "Nguyễn Văn Mẫu"),
        ("bao-cao/bao-cao-2024.signed.pdf", "UBND xã Mẫu"),
    ]
    assert verdict.level is Level.REMARKS


@pytest.mark.parametrize(
    ("role", "lack"),
    [(Role.PERSON, "dấu số của cơ quan"), (Role.ORGANISATION, "chữ ký của người có thẩm quyền")],
)
def test_a_report_with_one_signature_of_two_says_so(office: Any, tmp_path: Path, role: Role, lack: str) -> None:
    """Z125, and nothing else is held against it."""
    report = render_report(office.dossier, (report_attachment(office.dossier),)).pdf
    signed = sign_pdf(report, office.authority.person, role, moment=MOMENT, alone=True)
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(signed)

    findings = {finding.code: finding.message for finding in verify(path, office.authority.trust).findings}

    assert findings.keys() - {"Z121", "Z122"} == {"Z125"}
    assert lack in findings["Z125"]


def test_an_unsigned_package_says_so(unsigned: Path, verified: Verify) -> None:
    """Z113 for the manifest and for the report; the rest holds."""
    verdict = verified(unsigned)

    assert [finding.place.path for finding in verdict.findings if finding.code == "Z113"] == [
        "manifest.json",
        "bao-cao/bao-cao-2024.pdf",
    ]
    assert verdict.level is Level.REMARKS


def test_another_version_is_held_against_numbers_alone(
    unsigned: Path, forge: Callable[[Path], Any], verified: Verify, tmp_path: Path
) -> None:
    """Z123: words may have changed between versions, numbers may not."""
    forgery = forge(unsigned)
    forgery.replace("manifest.json", b'"program": "cchc ', b'"program": "cchc 9.')
    forgery.replace("bang-diem-2024.json", "có → ".encode(), "yes → ".encode())
    kept = verified(forgery.save_consistently(tmp_path / "goi.zip"))
    forgery.replace("bang-diem-2024.json", b'"points": "15.49"', b'"points": "15.50"')
    changed = verified(forgery.save_consistently(tmp_path / "goi.zip"))

    assert {"Z123"} == {finding.code for finding in kept.findings} - {"Z113", "Z121", "Z122"}
    assert "Z117" in {finding.code for finding in changed.findings}


def test_a_report_signed_by_another_person_says_so(lay: Any, office: Any, verified: Verify, tmp_path: Path) -> None:
    """Z112: a good signature is not yet that of whom the report names."""
    root = lay()
    settings = root / "scores/2024/settings.yml"
    settings.write_text(settings.read_text("utf-8").replace("Nguyễn Văn Mẫu", "Trần Thị Khác"), "utf-8")
    dossier = dossier_of(examine(root, 2024, office.dossier.date))
    assert dossier is not None
    report = render_report(dossier, (report_attachment(dossier),)).pdf
    signed = office.authority.sign(report)
    made = write_package(dossier, tmp_path / "goi", signed_report=signed, sign=office.sign)

    (message,) = (finding.message for finding in verified(made.path).findings if finding.code == "Z112")
    assert message == "báo cáo ghi người ký là “Trần Thị Khác”, còn chữ ký số là của “Nguyễn Văn Mẫu”"
