"""New results in `survey.yml`: what they replace is replaced, and nothing else is touched."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.workspace.source import ChangedMeanwhileError, write_sources
from pipeline.workspace.tidy import tidy

ANSWERS = [("Hài lòng", "Rất hài lòng")] * 8

COMMENTED = """\
# Do Văn phòng Nội vụ tổng hợp
nam: 2024
nguon: TL06   # báo cáo điều tra
so_phieu: 60  # phiếu hợp lệ
ket_qua:
  # thái độ
  3.1: 1,75   # năm ngoái 1,7
  3.2: 1,6

minh_hoa: có
# hết
"""


def test_comments_and_order_stay(poll: Any) -> None:
    """The points change in their place; what is new comes at the end."""
    poll.results.write_text(COMMENTED, "utf-8")
    poll.keep(poll.csv(poll.form(*ANSWERS)))
    text = poll.results.read_text("utf-8")
    kept = COMMENTED.replace("60  #", "8  #").replace("1,75 ", "1,6 ").replace("3.2: 1,6", "3.2: 2")

    assert text.startswith(kept + "nguon_phieu:\n")


@pytest.mark.parametrize(
    "before",
    [
        "nam: 2024\nnguon: TL06\nket_qua: {3.1: '1,75', 3.2: '1,6'}\nminh_hoa: có\n",
        "nam: 2024\nnguon: TL06\nket_qua: {}\nminh_hoa: có\n",
        "nam: 2024\nnguon: TL06\nket_qua:\n    3.2: 1,6\nminh_hoa: có\n",
        'nam: 2024\nnguon: TL06\nket_qua:\n  "3.2": "1,6"\nminh_hoa: có\n',
        "nam: 2024\nnguon: TL06\nminh_hoa: có\nso_phieu: 4\n",
        "nam: 2024\r\nnguon: TL06\r\nket_qua:\r\n  3.1: 1,75\r\nminh_hoa: có\r\n",
        "\ufeffnam: 2024\nnguon: TL06\nket_qua:\n  3.1: 1,75\nminh_hoa: có",
        "",
    ],
    ids=["braces", "empty braces", "wide", "quotes", "no points", "windows", "mark", "no file"],
)
def test_every_form_of_the_file_takes_the_results(poll: Any, before: str) -> None:
    """Whatever the officer's way of writing, what comes out is read as the results, and is found sound."""
    poll.results.unlink()
    if before:
        poll.results.write_bytes(before.encode("utf-8"))
    poll.keep(poll.csv(poll.form(*ANSWERS)))
    progress = poll.progress()
    survey = progress.workspace.survey.value

    assert survey.points == {"3.1": Decimal("1.6"), "3.2": Decimal(2)}
    assert list(survey.details) == ["3.1", "3.2"]
    assert (survey.answers, survey.illustrative) == (8, True)
    assert [finding for finding in progress.findings if "survey" in finding.place.path] == []
    content = poll.results.read_bytes()
    assert (content.count(b"\r\n") == content.count(b"\n")) is ("\r\n" in before)
    assert content.startswith(b"\xef\xbb\xbf") is before.startswith("\ufeff")


def test_the_results_are_in_the_houses_own_form(poll: Any) -> None:
    """`cchc fmt` has nothing to do after an import."""
    poll.keep(poll.csv(poll.form(*ANSWERS)))
    changed, _ = tidy(poll.progress().workspace)

    assert [each.path for each in changed if each.path.endswith("survey.yml")] == []


def test_points_that_the_mapping_does_not_give_stay(poll: Any) -> None:
    """A criterion that somebody else surveyed keeps its points."""
    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức")})
    poll.keep(poll.csv(poll.form(*ANSWERS)))

    assert poll.progress().workspace.survey.value.points == {"3.1": Decimal("1.6"), "3.2": Decimal("1.6")}


def test_old_details_give_way(poll: Any) -> None:
    """A second import leaves nothing of the first."""
    poll.keep(poll.csv(poll.form(*ANSWERS)))
    first = poll.results.read_text("utf-8")
    poll.keep(poll.csv(poll.form(*[("Bình thường", "Bình thường")] * 9)))
    poll.keep(poll.csv(poll.form(*ANSWERS)))

    assert poll.results.read_text("utf-8") == first


def test_a_file_that_changed_meanwhile_is_left_alone(poll: Any) -> None:
    """What was shown is what is written, or nothing is."""
    proposal = poll.propose(poll.csv(poll.form(*ANSWERS)))
    poll.results.write_text(COMMENTED, "utf-8")

    with pytest.raises(ChangedMeanwhileError):
        write_sources(poll.root, [proposal.source])
    assert poll.results.read_text("utf-8") == COMMENTED


def test_the_mapping_and_the_results_know_each_other(poll: Any) -> None:
    """A changed mapping is told until the answers are imported again; a new comment is no change."""
    poll.keep(poll.csv(poll.form(*ANSWERS)))
    poll.mapping.write_text("# ghi chú\n" + poll.mapping.read_text("utf-8"), "utf-8")
    assert "D337" not in [finding.code for finding in poll.progress().findings]

    poll.declare({"3.1": poll.criterion("Thái độ phục vụ của công chức", toi_thieu="7")})
    assert "D337" in [finding.code for finding in poll.progress().findings]
