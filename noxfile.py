"""One session for each thing a newcomer wants; all of them run in the environment that nox itself stands in."""

from __future__ import annotations

import sys

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["tests", "lint"]


def _python(session: nox.Session, *arguments: str) -> None:
    session.run(sys.executable, *arguments, *session.posargs, external=True)


@nox.session
def build(session: nox.Session) -> None:
    """Check, then table, website and report."""
    _python(session, "-m", "pipeline", "build")


@nox.session
def check(session: nox.Session) -> None:
    """Every finding."""
    _python(session, "-m", "pipeline", "check")


@nox.session
def site(session: nox.Session) -> None:
    """The website."""
    _python(session, "-m", "pipeline", "site")


@nox.session
def report(session: nox.Session) -> None:
    """The report, DOCX and PDF."""
    _python(session, "-m", "pipeline", "report")


@nox.session
def serve(session: nox.Session) -> None:
    """Live preview of the website."""
    _python(session, "-m", "pipeline", "serve")


@nox.session
def tests(session: nox.Session) -> None:
    """All tests that need nothing but Python."""
    _python(session, "-m", "pytest")


@nox.session
def browser(session: nox.Session) -> None:
    """The tests in a real Chromium; Debian's package `chromium` must be installed."""
    _python(session, "-m", "pytest", "-m", "browser")


@nox.session
def system(session: nox.Session) -> None:
    """The tests against independent programs; Debian's `softhsm2`, `poppler-utils`, `openssl`, `qpdf` must be there."""
    _python(session, "-m", "pytest", "-m", "system")


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types, and the workspace's own form."""
    session.run(sys.executable, "-m", "ruff", "check", external=True)
    session.run(sys.executable, "-m", "ruff", "format", "--check", external=True)
    session.run(sys.executable, "-m", "mypy", external=True)
    session.run(sys.executable, "-m", "pipeline", "fmt", "--check", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Speed, side by side with a peer."""
    _python(session, "benchmarks/run.py")


@nox.session
def bench_binder(session: nox.Session) -> None:
    """Speed and memory of a binder of 2,000 pages; needs qpdf and poppler-utils."""
    _python(session, "benchmarks/binder.py")


@nox.session
def pictures(session: nox.Session) -> None:
    """The README's pictures; needs Chromium."""
    _python(session, "scripts/pictures.py")


@nox.session
def pins(session: nox.Session) -> None:
    """Pin the newest releases that fit, with hashes and without addresses; needs uv."""
    compile_pins = ("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade")
    quiet = ("--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "pyproject.toml")
    session.run(*compile_pins, *quiet, "--output-file", "requirements.txt", external=True)
    extra = ("--group", "dev", "--constraints", "requirements.txt")
    session.run(*compile_pins, *quiet, *extra, "--output-file", "requirements-dev.txt", external=True)
