"""The repository's own survey: illustrative answers, made by a script, that give the results that ship."""

from __future__ import annotations

import importlib.util
import shutil
from datetime import date
from pathlib import Path
from types import ModuleType

from pipeline.dossier import examine
from pipeline.survey import Given, propose

ROOT = Path(__file__).parents[2]
YEAR = 2022


def script() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("sample_answers", ROOT / "scripts" / "sample_answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_illustrative_answers_give_what_ships(tmp_path: Path) -> None:
    """To the byte: nothing of the shipped results was typed by hand."""
    root = tmp_path / "w"
    for name in ("docs", "scores", "evidence"):
        shutil.copytree(ROOT / name, root / name)
    file = tmp_path / "phieu.csv"
    file.write_bytes(script().as_csv())
    proposal = propose(examine(root, YEAR, date(2023, 1, 5)), [Given(file)])

    assert [finding.code for finding in proposal.findings] == []
    assert proposal.source.content == (ROOT / "scores" / str(YEAR) / "survey.yml").read_bytes()
    assert proposal.results is not None
    assert proposal.results.answers == 120
