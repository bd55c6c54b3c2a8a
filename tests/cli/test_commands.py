"""The command line as people meet it: exit codes, formats, help."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS, run
from pipeline.cli.findings import FORMATS
from pipeline.model.finding import CATALOGUE

TESTS = Path(__file__).parents[1]
SOUND = TESTS / "workspaces" / "sound"
README = (TESTS.parent / "README.md").read_text("utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sound workspace."""
    return shutil.copytree(SOUND, tmp_path / "w")


@pytest.fixture
def broken(workspace: Path) -> Path:
    """A workspace whose register holds a document with neither number nor symbol."""
    path = workspace / "evidence" / "2024" / "register.yml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"\n    (so|ky_hieu): .*", "", text), "utf-8")
    return workspace


def cchc(root: Path, *arguments: str) -> int:
    """Run one command on a workspace."""
    return run(["-C", str(root), *arguments])


def test_sound_workspace_passes(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing to find means exit code 0 and a sentence that says so."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1736900000")

    assert cchc(workspace, "check") == 0
    assert "Không có lỗi nào" in capsys.readouterr().out


def test_errors_end_with_one_and_name_file_line_and_mend(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An officer reads where, what and how to mend."""
    assert cchc(broken, "check") == 1
    out = capsys.readouterr().out

    assert re.search(r"evidence/2024/register\.yml:\d+:\d+: lỗi E402: .+\n    → .+", out)


def test_json_and_sarif_hold_the_same_findings(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every format tells every finding."""
    cchc(broken, "check", "--format", "json")
    plain = json.loads(capsys.readouterr().out)
    cchc(broken, "check", "--format", "sarif")
    sarif = json.loads(capsys.readouterr().out)
    cchc(broken, "check", "--format", "github")
    annotations = capsys.readouterr().out.splitlines()
    results = sarif["runs"][0]["results"]
    rules = [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]

    assert plain
    assert [found["code"] for found in plain] == [found["ruleId"] for found in results]
    assert [rules[found["ruleIndex"]] for found in results] == [found["ruleId"] for found in results]
    assert [found["line"] for found in plain] == [
        found["locations"][0]["physicalLocation"]["region"]["startLine"] for found in results
    ]
    assert len(annotations) == len(plain)
    assert annotations[0].startswith("::error file=evidence/2024/register.yml,line=")


def test_findings_are_sorted_by_file_and_line(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An officer works through a file from the top."""
    cchc(broken, "check", "--format", "json")
    places = [(found["path"], found["line"], found["column"]) for found in json.loads(capsys.readouterr().out)]

    assert places == sorted(places)


def test_build_with_errors_writes_nothing(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in `build/` is always from a sound workspace."""
    assert cchc(broken, "build") == 1
    assert not (broken / "build").exists()
    assert "Chưa có kết quả nào" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "có phải ý bạn là “check”"),
        (["check", "--format", "pdf"], "chọn một trong: text"),
        (["--year", "x", "check"], "cần một số nguyên"),
        (["--year", "1999", "check"], "không có năm 1999"),
        (["score", "explain"], "thiếu tham số"),
        (["score", "explain", "9.9.9"], "không có tiêu chí “9.9.9”"),
        (["check", "--fromat", "json"], "có phải ý bạn là “--format”"),
        (["check", "--explain", "Z999"], "không có mã “Z999”"),
        (["schema", "regster"], "có phải ý bạn là “register”"),
        (["check", "thừa"], "thừa tham số"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip on the command line is explained in Vietnamese."""
    assert cchc(SOUND, *arguments) == 2
    assert words in capsys.readouterr().err


def test_a_folder_that_is_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The wrong folder is wrong usage, said as such."""
    assert cchc(tmp_path, "check") == 2
    assert "không phải thư mục làm việc" in capsys.readouterr().err


def test_score_json_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    """What a program reads is what the table shows."""
    cchc(SOUND, "score", "--json")
    data = json.loads(capsys.readouterr().out)
    cchc(SOUND, "score")
    table = capsys.readouterr().out

    assert sum(float(area["points"]) for area in data["areas"]) == pytest.approx(float(data["total"]["points"]))
    assert data["total"]["points"].replace(".", ",") in table
    assert f"Xếp loại: {data['band']}" in table


def test_explain_tells_rule_figures_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """Every leaf can be asked where its number comes from."""
    cchc(SOUND, "score", "--json")
    areas = json.loads(capsys.readouterr().out)["areas"]
    for leaf in (leaf for area in areas for leaf in area["leaves"]):
        assert cchc(SOUND, "score", "explain", leaf["code"]) == 0
        out = capsys.readouterr().out

        assert leaf["derivation"] in out
        assert "Cách chấm: " in out
        assert all(f"Kiểm chứng {name}" in out for name in leaf["evidence"])


def test_fmt_check_writes_nothing(workspace: Path) -> None:
    """`--check` answers and leaves the file alone; without it the file is mended."""
    path = workspace / "scores" / "2024" / "settings.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert cchc(workspace, "fmt", "--check") == 1
    assert b"\r\n" in path.read_bytes()
    assert cchc(workspace, "fmt") == 0
    assert b"\r\n" not in path.read_bytes()
    assert cchc(workspace, "fmt", "--check") == 0


def test_schemas_are_written_and_accept_the_sound_workspace(workspace: Path) -> None:
    """Editors get a schema a kind of file; each is valid JSON with the Vietnamese keys."""
    assert cchc(workspace, "schema") == 0
    register = json.loads((workspace / "build" / "schema" / "register.schema.json").read_text("utf-8"))

    assert set(register["properties"]) == {"nam", "tai_lieu"}
    assert set(register["$defs"]["Document"]["properties"]) >= {"so", "ky_hieu", "ngay", "trich_yeu"}


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_can_be_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A code on the terminal leads to its page."""
    assert cchc(SOUND, "check", "--explain", code.lower()) == 0
    assert f"# {code}: {CATALOGUE[code].title}" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(command.name or "" for command in COMMANDS))
def test_every_command_is_in_the_readme_and_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is not documented fails."""
    assert run([name, "--help"]) == 0
    help_text = capsys.readouterr().out

    assert f"`cchc {name}" in README
    assert help_text.startswith(f"Cách dùng: cchc {name}")
    assert not re.search(r"\b(Usage|Options|Commands|Show this message)\b", help_text)


def test_formats_in_the_readme_are_all_there_are() -> None:
    """The README names each format."""
    assert all(f"`{form}`" in README or f"--format {form}" in README for form in FORMATS if form != "text")


def test_checking_imports_nothing_heavy() -> None:
    """Libraries that only outputs need stay out of `cchc check`."""
    program = (
        "import sys; from pipeline.cli import run; "
        f"run(['-C', {str(SOUND)!r}, 'check']); "
        "heavy = {'mkdocs', 'jinja2', 'docx', 'typst', 'pygal', 'lxml', 'pypandoc', 'markdown', 'pikepdf', 'PIL'}; "
        "heavy |= {'pyhanko', 'cryptography', 'pipeline.signing', 'pipeline.package', 'pipeline.decree'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TESTS.parent)

    assert done.stdout.splitlines()[-1] == "[]"
