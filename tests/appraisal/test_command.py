"""The commands about an appraisal as people meet them: what they show, ask, write and refuse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run

HARMLESS = Path(__file__).parents[1] / "harmless" / "appraised-in-two-rounds"
TABLE = "Mã;Điểm thẩm định;Ý kiến;Đề nghị giải trình\n1.1.3;0,5;Thiếu báo cáo;có\n1.5;0;Chưa có quyết định;\n1.6;1;;\n"
ARGUMENTS = ("--round", "1", "--date", "20/01/2025")


@pytest.fixture
def root(desk: Any) -> Path:
    """The sound workspace."""
    path: Path = desk.root
    return path


@pytest.fixture
def file(root: Path) -> str:
    """What the office sent."""
    path = root / "tham-dinh.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


@pytest.fixture
def appraised(lay: Callable[..., Path]) -> Path:
    """A workspace with two rounds."""
    return lay(HARMLESS)


def cchc(root: Path, *arguments: str) -> int:
    """Run one command."""
    return run(["-C", str(root), *arguments])


def test_differences_are_shown_before_anything_is_written(
    root: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Criterion by criterion, then the totals and the bands; a dry run ends there."""
    assert cchc(root, "import", "appraisal", file, *ARGUMENTS, "--dry-run") == 0
    out = capsys.readouterr().out.splitlines()

    assert out[2].split() == ["1.1.3", "1,00", "0,50", "−0,50", "Thiếu", "báo", "cáo", "[cần", "giải", "trình]"]
    assert out[3].split()[:4] == ["1.5", "1,00", "0,00", "−1,00"]
    assert out[4].split() == ["Tổng", "15,49", "13,99", "−1,50"]
    assert out[5].replace("\N{NO-BREAK SPACE}", " ") == "Xếp loại: tự chấm Tốt (81,53 %); thẩm định lần 1 Khá (73,63 %)"
    assert not (root / "scores/2024/appraisal.yml").exists()


@pytest.mark.parametrize(("answer", "written"), [("có\n", True), ("không\n", False), ("hử\ncó\n", True), ("", False)])
def test_the_officer_is_asked(
    root: Path, file: str, answer: str, written: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a yes writes; no answer at all is none."""
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    cchc(root, "import", "appraisal", file, *ARGUMENTS)

    assert (root / "scores/2024/appraisal.yml").exists() is written


def test_what_is_written_names_who_has_to_explain(root: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """After the import the officer knows what comes next, and the check says it again with the lead."""
    assert cchc(root, "import", "appraisal", file, *ARGUMENTS, "--by", "Sở Nội vụ", "--yes") == 0
    out = capsys.readouterr().out
    cchc(root, "check")
    checked = capsys.readouterr().out

    assert "Cần giải trình 1 tiêu chí: 1.1.3." in out
    assert "D342: 1.1.3: cơ quan thẩm định đề nghị giải trình, chưa có giải trình; chủ trì: Văn phòng" in checked


def test_a_bad_file_ends_with_one_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The findings go to the error stream, with the codes that `check --explain` knows."""
    bad = root / "x.csv"
    bad.write_text("Mã;Điểm thẩm định\n1.1.3;9\n", "utf-8")

    assert cchc(root, "import", "appraisal", str(bad), *ARGUMENTS, "--yes") == 1
    assert "lỗi A107" in capsys.readouterr().err
    assert not (root / "scores/2024/appraisal.yml").exists()


def test_a_date_that_is_none_is_wrong_usage(root: Path, file: str) -> None:
    """Exit code 2, as for every mistyped option."""
    assert cchc(root, "import", "appraisal", file, "--round", "1", "--date", "32/01/2025") == 2
    assert cchc(root, "import", "appraisal", file, "--round", "0") == 2


def test_a_file_changed_meanwhile_is_not_written_over(desk: Any, file: str) -> None:
    """What was shown must be what is changed."""
    from pipeline.workspace.source import ChangedMeanwhileError, write_sources

    proposal = desk.propose(Path(file))
    desk.write("scores/2024/appraisal.yml", "nam: 2024\n")

    with pytest.raises(ChangedMeanwhileError):
        write_sources(desk.root, [proposal.source])


def test_the_files_own_line_ends_stay(desk: Any, file: str) -> None:
    """A file with Windows line ends keeps them."""
    old = "nam: 2024\r\nvong:\r\n  1: {ngay: 19/01/2025, co_quan: Sở Nội vụ}\r\n"
    desk.write("scores/2024/appraisal.yml", old)
    desk.take(Path(file), replace=True)

    raw = (desk.root / "scores/2024/appraisal.yml").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") == 3


def test_the_form_of_the_next_round_is_the_default(
    root: Path, appraised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After two rounds it is the third; a form of the fourth would have no round before it."""
    assert cchc(appraised, "export", "appraisal") == 0
    assert capsys.readouterr().out.strip().endswith("tham-dinh-2024-lan-3.xlsx")
    assert cchc(appraised, "export", "appraisal", "--round", "4") == 2


def test_the_table_has_a_column_for_each_step(appraised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Self-score, appraisals, explanations, final points and the difference."""
    assert cchc(appraised, "score", "--all") == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line.split() for line in lines if line[:1].isdigit()}

    assert " ".join(lines[0].split()).endswith("Tự chấm T.định 1 G.trình 1 T.định 2 Kết quả Chênh lệch")
    assert rows["1.1.3"][-5:] == ["1,00", "0,50", "1,00", "1,00", "1,00"]
    assert rows["1.5"][-6:] == ["1,00", "0,00", "(0,00)", "(0,00)", "0,00", "−1,00"]


def test_explain_prints_the_dialogue_with_its_days(appraised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who said what and when, and why the final points differ."""
    cchc(appraised, "score", "explain", "1.5")
    lines = capsys.readouterr().out.splitlines()

    assert lines[-4:] == [
        "Chênh lệch so với tự chấm: −1,00 điểm; lý do: Chưa có quyết định công nhận sáng kiến.",
        "20/01/2025, Sở Nội vụ tỉnh Mẫu: cho 0,00 điểm; Chưa có quyết định công nhận sáng kiến.",
        "24/01/2025, UBND xã Mẫu: Quyết định công nhận đang chờ ký.",
        "27/01/2025, UBND xã Mẫu: Đơn vị nhất trí với điểm thẩm định.",
    ]


def test_json_tells_columns_and_differences(appraised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For programs: the points of every row in every column, and what was changed."""
    cchc(appraised, "score", "--json")
    told = json.loads(capsys.readouterr().out)

    assert [each["name"] for each in told["columns"]] == [
        "tu_cham",
        "tham_dinh_1",
        "giai_trinh_1",
        "tham_dinh_2",
        "ket_qua",
    ]
    assert told["columns"][-1]["rows"]["1.5"] == "0.00"
    assert [each["code"] for each in told["differences"]] == ["1.5"]


def test_a_year_without_an_appraisal_shows_nothing_of_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The normal case stays as it was."""
    cchc(root, "score", "--all")
    cchc(root, "score", "explain", "1.5")
    cchc(root, "score", "--json")
    out = capsys.readouterr().out

    assert "hẩm định" not in out
    assert "T.định" not in out
    assert '"columns"' not in out


def test_fmt_keeps_the_appraisal_in_the_houses_form(appraised: Path) -> None:
    """Dates and numbers as everywhere; comments stay."""
    path = appraised / "scores/2024/appraisal.yml"
    path.write_text("# ghi chú\n" + path.read_text("utf-8").replace("20/01/2025", "2025-01-20"), "utf-8")

    assert cchc(appraised, "fmt") == 0
    assert path.read_text("utf-8").startswith("# ghi chú\n")
    assert "ngay: 20/01/2025" in path.read_text("utf-8")
    shutil.rmtree(appraised)


def test_there_is_no_explanation_without_a_round(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The officer is told what comes first."""
    assert cchc(root, "export", "explanation") == 1
    assert "chưa có vòng thẩm định nào" in capsys.readouterr().err


def test_a_round_that_is_not_there_is_wrong_usage(appraised: Path) -> None:
    """Of two rounds the third has no explanation."""
    assert cchc(appraised, "export", "explanation", "--round", "3") == 2
