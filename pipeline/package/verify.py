"""Verifying a package or a report, for people who have nothing else of ours: every step adds what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import wording
from pipeline.aside import Aside
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.package.agreement import disagreements
from pipeline.package.archive import is_archive
from pipeline.package.asides import HERE, Asides
from pipeline.package.claims import claims_differ
from pipeline.package.differences import Compare, dangerous
from pipeline.package.guide import guide_differences
from pipeline.package.integrity import Contents, read_package
from pipeline.package.json_scores import json_differences
from pipeline.package.manifest import PROGRAM, SOURCES, FileEntry, Manifest, Role
from pipeline.package.names import MANIFEST
from pipeline.package.pdf import attached_manifest, table_rows
from pipeline.package.pdf_guard import LARGEST_PDF, fault_of
from pipeline.package.printed_scores import docx_differences, pdf_differences
from pipeline.package.recompute import Recomputed, recomputed
from pipeline.package.redrawn import Redrawn, not_as_drawn
from pipeline.package.remarks import remarks
from pipeline.package.signatures import Found, Judged, Judging, differing, incomplete, signers, unexpected
from pipeline.package.verdict import Check, Level, Signed, Verdict, level_of
from pipeline.package.xlsx_scores import xlsx_differences
from pipeline.signing.trust import Trust

_CHOOSE = "đưa cho lệnh này một báo cáo PDF hoặc gói ho-so-NĂM.zip"
_AGAIN = "tải hoặc sao chép lại tệp; nếu vẫn vậy, đề nghị nơi gửi gửi lại"
_RESEND = "không dùng tệp này; đề nghị nơi gửi gửi lại bản gốc"
_SIGN = "muốn có giá trị chứng minh nguồn gốc, đề nghị nơi gửi ký số rồi gửi lại"


@dataclass(frozen=True)
class Progress:
    """What the steps hand on to each other."""

    path: Path
    trust: Trust
    contents: Contents
    signatures: tuple[Signed, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    report_manifest: Manifest | None = None
    """What the report says that it speaks of."""
    report_fault: str | None = None
    """Why the report must not be opened."""
    judging: Judging | None = None
    """The judging of its signatures."""
    figures: Recomputed | None = None
    """What the figures in a package give; None where some of them are missing."""
    drawn: Redrawn | None = None
    """The files that people read, as the figures give them; None where nobody draws them."""

    def having(
        self, title: str, detail: str, findings: Iterable[Finding], signatures: tuple[Signed, ...] = ()
    ) -> Progress:
        """One more thing looked at, and what was found."""
        found = tuple(findings)
        return replace(
            self,
            checks=(*self.checks, Check(title, detail, level_of(found))),
            findings=(*self.findings, *found),
            signatures=(*self.signatures, *signatures),
        )

    @property
    def manifest(self) -> Manifest:
        """The manifest; steps after opening run only where there is one."""
        assert self.contents.manifest is not None
        return self.contents.manifest

    @property
    def judged(self) -> Judged:
        """What the signatures of a package are worth."""
        assert self.judging is not None
        return self.judging.found

    def file(self, role: Role) -> tuple[FileEntry, bytes] | None:
        """The file of a role, where it is there and as the manifest says."""
        return next(
            (
                (each, self.contents.files[each.path])
                for each in self.manifest.of_role(role)
                if each.path in self.contents.files
            ),
            None,
        )


Step = Callable[[Progress], Progress]


def verify(path: Path, trust: Trust, asides: Asides = HERE) -> Verdict:
    """What a file is worth: a package, or the PDF of a report.

    Raises:
        OSError: it cannot be read.
    """
    return verify_package(path, trust, asides) if is_archive(path) else verify_report(path, trust, asides)


def verify_package(path: Path, trust: Trust, asides: Asides = HERE) -> Verdict:
    """What a package is worth.

    Raises:
        OSError: it cannot be read.
    """
    progress = Progress(path, trust, read_package(path))
    if progress.contents.manifest is None:
        return _verdict(opened(progress), None)
    with _computed(_begun(progress, asides.judging), asides.drawing) as computed:
        return _through(computed, PACKAGE_STEPS)


def integrity(path: Path, trust: Trust) -> Verdict:
    """Whether a package is as it was made, without looking at what its figures give.

    Raises:
        OSError: it cannot be read.
    """
    progress = Progress(path, trust, read_package(path))
    if progress.contents.manifest is None:
        return _verdict(opened(progress), None)
    return _through(_begun(progress), INTEGRITY_STEPS)


def _through(progress: Progress, steps: tuple[Step, ...]) -> Verdict:
    """Take a package through the steps."""
    for step in (*steps, opened):
        progress = step(progress)
    return _verdict(progress, progress.manifest)


def _begun(progress: Progress, aside: Aside | None = None) -> Progress:
    """Begin to judge the signatures, and read what the report carries."""
    contents, report = progress.contents, progress.file(Role.REPORT)
    fault = fault_of(report[1]) if report else None
    harmless = (report[0].path, report[1]) if report and fault is None else None
    judging = Judging(contents.manifest_bytes, contents.signature, harmless, progress.trust, aside)
    told = attached_manifest(harmless[1]) if harmless else None
    return replace(progress, judging=judging, report_fault=fault, report_manifest=told)


@contextmanager
def _computed(progress: Progress, drawing: Aside | None) -> Iterator[Progress]:
    """Compute the scores, and begin to draw."""
    manifest, files = progress.manifest, progress.contents.files
    if any(source.path not in files for source in manifest.of_role(*SOURCES)):
        yield progress
        return
    with recomputed(manifest, files) as figures:
        drawn = None
        if drawing and figures.dossier and manifest.program == PROGRAM:
            drawn = Redrawn(drawing, figures.dossier, manifest, progress.report_manifest, figures.words)
        yield replace(progress, figures=figures, drawn=drawn)


def verify_report(path: Path, trust: Trust, asides: Asides = HERE) -> Verdict:
    """What the PDF of a report is worth by itself.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        pdf = stream.read(LARGEST_PDF + 1)
    fault = fault_of(pdf)
    progress = Progress(path, trust, Contents(files={path.name: pdf}))
    if fault is not None:
        told = Finding(Place(path.name), "Z101", f"không mở được như báo cáo hay gói hồ sơ: tệp {fault}", _CHOOSE)
        return _verdict(progress.having("Tệp", "không mở được", [told]), None)
    judging = Judging(b"", None, (path.name, pdf), trust, asides.judging)
    progress = replace(progress, report_manifest=attached_manifest(pdf), judging=judging)
    assert progress.judged.report is not None
    progress = _signatures_of_report(progress, path.name, progress.judged.report)
    if _proves_nothing(progress):
        cut = not pdf.rstrip(b"\0\r\n ").endswith(b"%%EOF")
        message = "tệp không có chữ ký số, cũng không kèm bảng kê đọc được: không có gì để kiểm tra"
        message, mend = ("tệp PDF bị cắt cụt hoặc tải chưa hết", _AGAIN) if cut else (message, _CHOOSE)
        told = Finding(Place(path.name), "Z101", message, mend)
        return _verdict(progress.having("Bảng kê kèm báo cáo", "không có", [told]), None)
    return _verdict(_by_itself(progress, path.name, pdf), progress.report_manifest)


def _proves_nothing(progress: Progress) -> bool:
    """Whether a PDF has neither a signature, be it a bad one, nor a manifest."""
    unsigned = not progress.signatures and level_of(progress.findings) is not Level.INVALID
    return unsigned and progress.report_manifest is None


def _verdict(progress: Progress, manifest: Manifest | None) -> Verdict:
    findings = tuple(dict.fromkeys(progress.findings))
    return Verdict(progress.path.name, manifest, progress.signatures, progress.checks, findings)


def opened(progress: Progress) -> Progress:
    """Every file is there, nothing else is, and each is what the manifest says; told first, known last."""
    contents = progress.contents
    listed = len(contents.manifest.files) if contents.manifest else 0
    extra = sum(finding.code == "Z108" for finding in contents.findings)
    detail = f"{contents.checked}/{listed} tệp đúng mã băm" if listed else "không mở được gói"
    detail += f"; thừa {extra} tệp" if extra else ""
    detail += "; quyển kiểm chứng, bản chụp chỉ được so mã băm" if listed else ""
    check = Check("Các tệp trong gói", detail, level_of(contents.findings))
    return replace(progress, checks=(check, *progress.checks), findings=(*contents.findings, *progress.findings))


def scores_follow(progress: Progress) -> Progress:
    """The figures give the scores that are stored and printed."""
    figures = progress.figures
    if figures is None:
        check = Check("Tính lại điểm", "chưa tính được: có tệp số liệu sai hoặc thiếu", Level.INVALID)
        return replace(progress, checks=(*progress.checks, check))
    if figures.dossier is None:
        mend = "đề nghị đơn vị lập hồ sơ sửa số liệu rồi gửi lại"
        why = Finding(Place(MANIFEST), "Z116", "số liệu trong gói không tính ra điểm được", mend)
        return progress.having("Tính lại điểm", "không tính được", [*figures.findings, why])
    found = [*figures.findings, *_compared(progress, figures.dossier)]
    found += claims_differ(progress.manifest, figures.dossier)
    total = f"{wording.points(figures.dossier.scores.total.points)} điểm"
    detail = f"{total}; " + ("có chỗ khác" if found else f"khớp với JSON, Excel, PDF và Word; {_seen(progress)}")
    return progress.having("Tính lại điểm", detail, found)


def _seen(progress: Progress) -> str:
    """Whether what people see was looked at, where nothing was found."""
    return "báo cáo dựng lại giống từng byte" if progress.drawn else "chưa xét hình, chữ che lên trang"


def _compared(progress: Progress, dossier: Dossier) -> Iterator[Finding]:
    """Every file in which scores stand against the figures; one that is drawn alike needs no reading."""
    numbers_only, drawn = progress.manifest.program != PROGRAM, progress.drawn
    for role, compare in COMPARED:
        file = progress.file(role)
        if file is None or (drawn and drawn.equals(role, file[1])):
            continue
        found = tuple(compare(file[0].path, file[1], dossier, numbers_only))
        yield from found
        if not found and role in DRAWN and drawn:
            yield not_as_drawn(file[0].path)


def report_agrees(progress: Progress) -> Progress:
    """The report speaks of the very files that lie beside it."""
    report, told = progress.file(Role.REPORT), progress.report_manifest
    if report is None or told is None:
        return progress
    found = tuple(disagreements(report[0].path, told, progress.manifest))
    detail = "cùng một hồ sơ" if not found else f"{len(found)} chỗ khác nhau"
    return progress.having("Báo cáo và các tệp kèm theo", detail, found)


def manifest_signed(progress: Progress) -> Progress:
    """Who answers for the manifest."""
    judged = progress.judged.manifest
    if judged is None:
        unsigned = Finding(Place(MANIFEST), "Z113", "bảng kê chưa ký số: không biết ai đã lập gói này", _SIGN)
        return progress.having("Chữ ký của bảng kê", "chưa ký", [unsigned])
    signed, found = judged
    return progress.having("Chữ ký của bảng kê", signers(signed), found, signed)


def report_signed(progress: Progress) -> Progress:
    """Who answers for the report, and what it speaks of."""
    report = progress.file(Role.REPORT)
    if report is None:
        return progress
    path, judged = report[0].path, progress.judged.report
    if judged is None:
        fault = progress.report_fault or ""
        return progress.having("Chữ ký trong tệp PDF", "không mở được báo cáo", [dangerous(path, fault)])
    return _signatures_of_report(progress, path, judged)


def signatory_named(progress: Progress) -> Progress:
    """The report, where it is signed, is signed by whom it names, and by who signed the manifest."""
    figures, reports = progress.figures, {file.path for file in progress.manifest.of_role(Role.REPORT)}
    if figures is None or figures.dossier is None or not any(each.path in reports for each in progress.signatures):
        return progress
    signatory = figures.dossier.settings.report.signatory.name
    strange = [each for path in sorted(reports) for each in unexpected(progress.signatures, path, signatory)]
    apart = [each for path in sorted(reports) for each in differing(progress.signatures, path)]
    detail = f"không thấy chữ ký của {signatory}" if strange else signatory
    return progress.having("Người ký ghi trong báo cáo", detail, [*strange, *apart])


def remarked(progress: Progress) -> Progress:
    """What a reader should know although nothing is wrong with it."""
    return replace(progress, findings=(*progress.findings, *remarks(MANIFEST, progress.manifest)))


def _signatures_of_report(progress: Progress, path: str, judged: Found) -> Progress:
    signed, found = judged
    if progress.report_manifest is None:
        mend = "với báo cáo tự chấm: xin bản do lệnh cchc report tạo ra; với văn bản khác: chỉ chữ ký kiểm tra được"
        found = (*found, Finding(Place(path), "Z115", "tệp không kèm bảng kê tài liệu đọc được", mend))
    if not signed:
        found = (*found, Finding(Place(path), "Z113", "tệp chưa ký số", _SIGN))
    found = (*found, *incomplete(signed, path))
    detail = signers(signed) if signed else "chưa ký"
    return progress.having("Chữ ký trong tệp PDF", detail, found, signed)


def _by_itself(progress: Progress, path: str, pdf: bytes) -> Progress:
    """What can be said of a report without its package: it prints the total that it carries."""
    told = progress.report_manifest
    if told is None:
        return progress
    total = wording.points(told.total.points)
    message = f"không đọc thấy tổng điểm {total}, ghi trong bảng kê kèm theo, ở bảng nào của báo cáo"
    mend = "mở báo cáo xem tổng điểm; nếu đúng thì tệp đã bị chương trình khác ghi lại: đề nghị nơi gửi gửi bản gốc"
    found = [] if _prints(pdf, total) else [Finding(Place(path), "Z117", message, mend)]
    detail = f"{len(told.files)} tệp, tổng điểm {total}; chưa tính lại điểm, vì cần cả gói hồ sơ"
    progress = progress.having("Bảng kê kèm báo cáo", detail, found)
    return replace(progress, findings=(*progress.findings, *remarks(path, told)))


def _prints(pdf: bytes, total: str) -> bool:
    """Whether some table of a report has a cell of this text."""
    try:
        return any(total in row for row in table_rows(pdf))
    except ValueError:
        return False


COMPARED: tuple[tuple[Role, Compare], ...] = (
    (Role.SCORES, json_differences),
    (Role.TABLE, xlsx_differences),
    (Role.REPORT, pdf_differences),
    (Role.REPORT_WORD, docx_differences),
    (Role.GUIDE, guide_differences),
)
"""The files that tell of scores or of how to verify them, and how each is held against the figures."""

DRAWN = (Role.REPORT, Role.REPORT_WORD, Role.TABLE)
"""Those that people read as they look."""

INTEGRITY_STEPS: tuple[Step, ...] = (report_agrees, manifest_signed, report_signed)
"""What tells a changed byte."""
PACKAGE_STEPS: tuple[Step, ...] = (scores_follow, *INTEGRITY_STEPS, signatory_named, remarked)
"""The order of work, and of what is told; signatures are judged aside meanwhile."""
