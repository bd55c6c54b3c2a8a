"""The same findings four ways: for people, as JSON, as SARIF, as annotations of a forge."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from pipeline import __version__
from pipeline.cli.session import program
from pipeline.model.finding import CATALOGUE, Finding, Severity
from pipeline.wording import shows, visible

Findings = Sequence[Finding]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_NOTICES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def print_text(findings: Findings, *, err: bool = False) -> None:
    """For people: every finding, and how many of each weight."""
    print_each(findings, err=err)
    click.echo(summary(findings), err=err)


def print_each(findings: Findings, *, err: bool = False) -> None:
    """For people: the place first, so that an editor's terminal makes it a link."""
    for finding in findings:
        place, severity = finding.place, finding.severity
        where = visible(":".join(str(part) for part in place if part))
        label = click.style(f"{severity.value} {finding.code}", fg=_COLOURS[severity], bold=True)
        click.echo(f"{click.style(where, bold=True)}: {label}: {visible(finding.message)}", err=err)
        click.echo(f"    → {visible(finding.mend)}", err=err)


def summary(findings: Findings) -> str:
    """How many of each weight."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    parts = [f"{count} {severity.value}" for severity, count in counts.items() if count]
    if not parts:
        return click.style("Không có lỗi nào.", fg="green")
    files = len({finding.place.path for finding in findings})
    return f"{', '.join(parts)} trong {files} tệp. Giải thích một mã: {program()} check --explain MÃ"


def print_json(findings: Findings) -> None:
    """For programs: an array of objects, one a finding."""
    click.echo(json_text([as_data(finding) for finding in findings]))


def json_text(data: object) -> str:
    """JSON that a terminal shows as it is: what is not printable is told by its number."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "".join(sign if shows(sign) or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": finding.code,
        "severity": _LEVELS[finding.severity],
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "mend": finding.mend,
        "basis": finding.basis,
    }


def print_sarif(findings: Findings) -> None:
    """For code scanning: SARIF 2.1.0 (OASIS)."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "cchc", "version": __version__, "rules": [_sarif_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, codes) for finding in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    click.echo(json_text(log))


def _sarif_rule(code: str) -> dict[str, Any]:
    kind = CATALOGUE[code]
    return {
        "id": code,
        "shortDescription": {"text": kind.title},
        "fullDescription": {"text": f"{kind.title}. {kind.basis}"},
        "help": {"text": page(code)},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _sarif_result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    place = finding.place
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. Cách sửa: {finding.mend}"},
        "locations": [{"physicalLocation": location}],
    }


def print_github(findings: Findings) -> None:
    """For a forge: workflow commands that GitHub, Gitea and Forgejo turn into annotations."""
    for finding in findings:
        place = finding.place
        where = [f"file={_property(visible(place.path))}", f"line={max(place.line, 1)}", f"col={max(place.column, 1)}"]
        title = f"title={_property(f'{finding.code} {finding.title}')}"
        text = _message(f"{visible(finding.message)}\nCách sửa: {visible(finding.mend)}")
        click.echo(f"::{_NOTICES[finding.severity]} {','.join([*where, title])}::{text}")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Findings], None]] = {
    "text": print_text,
    "json": print_json,
    "sarif": print_sarif,
    "github": print_github,
}


def page(code: str) -> str:
    """The page that explains a code, Markdown."""
    return (Path(__file__).parents[1] / "checks" / "pages" / f"{code}.md").read_text("utf-8")
