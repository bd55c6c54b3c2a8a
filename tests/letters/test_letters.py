"""Plan, invitation, handout and request say what the year's files say, each once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pypdfium2
import pytest

from pipeline import letters, wording
from pipeline.conformance import lint
from pipeline.decree import render
from pipeline.decree.paper import DataTable, Paper, Title
from pipeline.dossier import Dossier, Progress, dossier_of
from pipeline.letters import LetterError

Said = Callable[[Paper], list[str]]
SETTINGS = "scores/2024/settings.yml"


@pytest.fixture(scope="session")
def dossier(sample: Progress) -> Dossier:
    """The repository's own year, finished."""
    found = dossier_of(replace(sample, findings=()))
    assert found is not None
    return found


def sections(paper: Paper) -> list[str]:
    """The highest headings."""
    return [item.text for item in paper.content if isinstance(item, Title) and item.level == 1]


def test_plan_takes_its_text_from_the_page_and_its_tasks_from_the_settings(sample: Progress, said: Said) -> None:
    """Purposes, requirements and content stand in docs/, tasks and deadlines in the settings; nothing is lost."""
    paper = letters.plan(sample)
    text = said(paper)
    assert sample.workspace.settings is not None
    settings = sample.workspace.settings.value

    assert sections(paper) == ["I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"]
    assert any(line.startswith("Giúp UBND xã phát hiện những tồn tại") for line in text)
    assert "1. Tổ chức hội nghị quán triệt, chỉ đạo thực hiện" in text
    for position, unit in enumerate(settings.units.values(), start=1):
        assert f"{position}. {unit.title}" in text
        assert all(task in text for task in unit.tasks)
    assert all(any(deadline.title in line for line in text) for deadline in settings.deadlines)


def test_plan_carries_the_facts_of_the_real_one(sample: Progress) -> None:
    """Kind, blank number, bases, signatory and recipients of the commune's plan; a single annex without a number."""
    paper = letters.plan(sample)

    assert paper.kind == "KẾ HOẠCH"
    assert paper.letterhead.number.endswith("/KH-UBND")
    assert paper.addressees.names == ()
    assert [basis[-1] for basis in paper.bases] == [";", "."]
    assert paper.bases[0].startswith("Căn cứ Quyết định số 2452/QĐ-UBND ngày 18/7/2019")
    assert paper.signature is not None
    assert paper.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert paper.signature.name == "Nguyễn Văn Hạnh"
    assert paper.recipients.names[0] == "UBND TP;"
    assert paper.recipients.names[-1] == "Lưu: VT."
    assert [annex.label for annex in paper.annexes] == ["Phụ lục"]
    assert " ".join(paper.annexes[0].reference).startswith("(Kèm theo Kế hoạch số")


def test_plan_lists_who_leads_each_criterion(sample: Progress, row: Any) -> None:
    """The annex names leads and supports of every leaf, overlaps as they are."""
    table = letters.plan(sample).annexes[0].table
    rows = {cells[0]: cells for cells in (row(table, position) for position in range(len(table.rows)))}
    assert sample.scores is not None

    assert list(rows) == [each.code for area in sample.scores.areas for each in area.rows]
    assert rows["4.1.1"][3] == "Văn phòng HĐND – UBND xã; Văn phòng Nội vụ"
    assert rows["7.1.1"][4] == "Văn phòng HĐND – UBND xã"


def test_plan_without_a_page_says_where_to_name_it(changed: Callable[..., Progress]) -> None:
    """The text of a plan is not invented."""
    with pytest.raises(LetterError, match=r"trang nằm trong docs/"):
        letters.plan(changed())


def test_invitation_has_what_the_decree_asks_for(sample: Progress, said: Said) -> None:
    """Whom, to what, chaired by whom, when with the day of the week, where; the programme is its annex."""
    paper = letters.invitation(sample)
    text = said(paper)

    assert paper.kind == "GIẤY MỜI"
    assert text[0].endswith("trân trọng kính mời:")
    assert "Lãnh đạo UBND xã;" in text
    assert "Chủ trì: Chủ tịch UBND xã." in text
    assert "Thời gian: ……\u00a0giờ\u00a0……, thứ Bảy, ngày 29 tháng 10 năm 2022 (thời lượng: ½ ngày)." in text
    assert "Địa điểm: Hội trường UBND xã." in text
    assert paper.recipients.names == ("Như trên;", "Lưu: VT.")
    assert paper.annexes[0].title == ("CHƯƠNG TRÌNH HỘI NGHỊ",)


def test_programme_frames_the_agenda_or_is_as_typed(changed: Callable[..., Progress], row: Any) -> None:
    """Without a programme the agenda is framed by opening, discussion and conclusion; a typed one gets its columns."""
    framed = letters.invitation(changed()).annexes[0].table
    agenda = "noi_dung: [Phổ biến bộ tiêu chí, Giao việc cho từng bộ phận]"
    programme = (
        "bat_dau: 8 giờ 00\n  chuong_trinh:\n    - {luc: 8 giờ 00, viec: Khai mạc, nguoi: Chủ tịch}\n    - viec: Bế mạc"
    )
    paper = letters.invitation(changed({SETTINGS: (agenda, f"{agenda}\n  {programme}")}))
    typed = paper.annexes[0].table

    assert [row(framed, position)[1] for position in range(1, 3)] == [
        "Phổ biến bộ tiêu chí",
        "Giao việc cho từng bộ phận",
    ]
    assert len(framed.rows) == 5
    assert [column.title for column in typed.columns] == ["STT", "Thời gian", "Nội dung", "Người thực hiện"]
    assert row(typed, 0) == ["1", "8 giờ 00", "Khai mạc", "Chủ tịch"]
    for table in (framed, typed):
        assert sum(column.share for column in table.columns) == 100


def test_invitation_without_conference(changed: Callable[..., Progress]) -> None:
    """A year without conference says so."""
    progress = changed()
    located = progress.workspace.settings
    assert located is not None
    bare = replace(located, value=located.value.model_copy(update={"conference": None}))

    with pytest.raises(LetterError, match="hoi_nghi"):
        letters.invitation(replace(progress, workspace=replace(progress.workspace, settings=bare)))


def test_handout_tells_what_is_scored_by_whom_and_by_when(sample: Progress, said: Said, row: Any) -> None:
    """Every area with its maximum and leads, every band, every unit, every deadline, every way of scoring."""
    paper = letters.handout(sample)
    assert sample.scores is not None
    assert sample.workspace.settings is not None
    areas, bands, units, _ = (item for item in paper.content if isinstance(item, DataTable))

    assert paper.signature is None
    assert paper.letterhead.number == ""
    assert [row(areas, position)[2] for position in range(8)] == [
        wording.maximum(area.criterion.maximum) for area in sample.scores.areas
    ]
    assert row(areas, 3)[4] == "Văn phòng HĐND – UBND xã; Văn phòng Nội vụ"
    assert row(bands, 0)[1] == "Từ 90\u00a0% trở lên"
    assert row(bands, len(bands.rows) - 1)[1] == "Dưới 50\u00a0%"
    assert len(units.rows) == len(sample.workspace.settings.value.units)
    assert any("cùng chấm, thống nhất một mức điểm" in line and "4.1.1" in line for line in said(paper))
    assert len(paper.annexes[0].table.rows) == sum(len(area.rows) for area in sample.scores.areas)
    assert " ".join(paper.annexes[0].reference) == (
        "(Kèm theo Tài liệu hội nghị ngày 29 tháng 10 năm 2022 của Ủy ban nhân dân xã Liên Hồng)"
    )


def test_handout_shows_the_sets_own_maxima(changed: Callable[..., Progress], row: Any) -> None:
    """What does not apply this year lowers the score's maximum, not what the conference is told."""
    progress = changed()
    areas = next(item for item in letters.handout(progress).content if isinstance(item, DataTable))
    assert progress.workspace.criteria_set is not None

    assert [row(areas, position)[2] for position in range(len(areas.rows))] == [
        wording.maximum(area.maximum) for area in progress.workspace.criteria_set.value.areas
    ]


def test_request_names_the_report_and_what_goes_with_it(dossier: Dossier, said: Said) -> None:
    """Number and subject of the report, result, and how many criteria, documents and scans are enclosed."""
    paper = letters.appraisal(dossier)
    text = said(paper)
    public = sum(evidence.document.scan_is_public for evidence in dossier.evidence)

    assert paper.kind == ""
    assert " ".join(paper.letterhead.about).startswith("V/v đề nghị thẩm định")
    assert paper.addressees.names == dossier.settings.report.addressees
    assert any("83,94 trên 99 điểm tối đa" in line for line in text)
    assert any(line.startswith("Báo cáo số") and "/BC-UBND" in line and line.endswith(";") for line in text)
    assert any(line.startswith("Danh mục 50 tài liệu") for line in text)
    assert f"Bản chụp của {public} tài liệu kiểm chứng." in text


def test_request_of_an_unfinished_year_says_so(dossier: Dossier, changed: Callable[..., Progress], said: Said) -> None:
    """Criteria without points are named, and the band is called provisional."""
    partial = dossier_of(replace(changed({"scores/2024/survey.yml": ("", "")}), findings=()))
    assert partial is not None
    text = " ".join(said(letters.appraisal(partial)))

    assert "chưa có điểm (3.1, 3.2)" in text
    assert "xếp loại tạm tính" in text


def test_every_page_of_an_example_is_marked(sample: Progress, dossier: Dossier) -> None:
    """Letters of an illustrative year carry the mark; those of a real one do not."""
    papers = (letters.plan(sample), letters.invitation(sample), letters.handout(sample), letters.appraisal(dossier))

    assert {paper.mark for paper in papers} == {"SỐ LIỆU MINH HỌA – KHÔNG DÙNG LÀM CĂN CỨ"}


def test_own_settings_come_before_the_reports(changed: Callable[..., Progress]) -> None:
    """Number, date, signatory, recipients and subject of a paper may be its own."""
    own = """van_ban:
  giay_moi:
    so: 7
    ngay: 08/11/2024
    trich_yeu: Dự hội nghị của xã
    noi_nhan: ['Lưu: VT', Các bộ phận]
    nguoi_ky: {quyen_han: TL. CHỦ TỊCH, chuc_vu: CHÁNH VĂN PHÒNG, ho_ten: Trần Thị Mẫu}
bo_phan:
"""
    progress = changed({SETTINGS: ("bo_phan:\n", own)})
    paper = letters.invitation(progress)
    assert paper.signature is not None

    assert progress.findings[0].code == "V103"
    assert paper.letterhead.number == "Số: 07/GM-UBND"
    assert paper.letterhead.place_and_date == "Mẫu, ngày 08 tháng 11 năm 2024"
    assert paper.subject == ("Dự hội nghị của xã",)
    assert paper.recipients.names == ("Các bộ phận;", "Lưu: VT.")
    assert paper.signature.lines == ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
    assert paper.signature.name == "Trần Thị Mẫu"


def test_shares_fill_every_table(sample: Progress) -> None:
    """The columns of each table make 100 percent."""
    papers = (letters.plan(sample), letters.handout(sample))
    tables = [item for paper in papers for item in paper.content if isinstance(item, DataTable)]
    tables += [annex.table for paper in papers for annex in paper.annexes]

    assert [sum(column.share for column in table.columns) for table in tables] == [100] * 7


def test_what_officers_type_is_text(changed: Callable[..., Progress]) -> None:
    """Typst, HTML, raw OpenXML and templates in the settings come out as the characters they are."""
    hostile = "#read(/etc/passwd) {{ 7*7 }} <script>x</script> `<w:br/>`{=openxml} {nam} \\input{x}"
    progress = changed({SETTINGS: ("Hội trường UBND xã", f"'{hostile}'")})
    files = render(letters.invitation(progress), "x")
    page = pypdfium2.PdfDocument(files.pdf)[0].get_textpage().get_text_range()
    body = docx.Document(io.BytesIO(files.docx)).element.body

    for text in (page, "".join(body.itertext("{*}t"))):
        assert "".join(hostile.split()) in "".join(text.split())


def test_same_year_same_bytes(sample: Progress) -> None:
    """Made twice, a letter is the same file."""
    first, second = (render(letters.handout(sample), "x") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("compose", [letters.plan, letters.invitation], ids=["plan", "invitation"])
def test_papers_keep_the_decree(compose: Callable[[Progress], Paper], sample: Progress) -> None:
    """The finished files, read back, deviate from Decree 30 nowhere; the handout is no paper of the decree."""
    made = render(compose(sample), "van-ban")

    assert (lint("van-ban.docx", made.docx), lint("van-ban.pdf", made.pdf)) == ((), ())


def test_the_request_keeps_the_decree(dossier: Dossier) -> None:
    """An official letter, with its “V/v” under the number."""
    made = render(letters.appraisal(dossier), "van-ban")

    assert (lint("van-ban.docx", made.docx), lint("van-ban.pdf", made.pdf)) == ((), ())
