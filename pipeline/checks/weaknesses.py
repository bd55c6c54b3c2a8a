"""Checks of what area files say of last year's weaknesses."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.check import Examined
from pipeline.model.assessment import Followed, FollowedOutcome
from pipeline.model.finding import Finding
from pipeline.scoring import Scores
from pipeline.workspace.load import AreaDocument
from pipeline.workspace.tree import did_you_mean
from pipeline.years.weaknesses import compared, untold

_SHOWN = 60
"""Characters of a weakness in a message."""


def weaknesses(examined: Examined) -> Iterator[Finding]:
    """Area by area."""
    for document in examined.workspace.areas:
        yield from _untold(examined, document)
        for index, followed in enumerate(document.file.head.value.last_weaknesses):
            yield from _explained(document, index, followed)
            if examined.scores is not None:
                yield from _criteria(examined, examined.scores, document, index, followed)


def _untold(examined: Examined, document: AreaDocument) -> Iterator[Finding]:
    last, head = examined.workspace.last_year, document.file.head
    before = last.value.areas.get(head.value.area) if last else None
    left = untold(before.weaknesses, head.value.last_weaknesses) if before else ()
    if left:
        named = "; ".join(f"“{_short(weakness)}”" for weakness in left)
        message = f"năm {examined.workspace.year - 1} còn {len(left)} tồn tại mà tệp này chưa nói đến: {named}"
        mend = (
            "thêm “ton_tai_nam_truoc”, mỗi tồn tại một mục: noi_dung và ket_qua "
            "(da_khac_phuc, dang_khac_phuc hoặc chua_khac_phuc)"
        )
        yield Finding(head.place("ton_tai_nam_truoc"), "L108", message, mend)


def _explained(document: AreaDocument, index: int, followed: Followed) -> Iterator[Finding]:
    if followed.outcome is not FollowedOutcome.MENDED and followed.explanation is None:
        message = f"“{_short(followed.content)}” {followed.outcome.words} mà không nêu vì sao, đến bao giờ"
        place = document.file.head.place("ton_tai_nam_truoc", index, "ket_qua")
        yield Finding(place, "L110", message, "thêm “giai_trinh: …” vào mục này")


def _criteria(
    examined: Examined, scores: Scores, document: AreaDocument, index: int, followed: Followed
) -> Iterator[Finding]:
    """Each criterion that is to show the outcome: it exists, and it does not say the contrary."""
    last = examined.workspace.last_year.value if examined.workspace.last_year else None
    for position, code in enumerate(followed.criteria):
        place = document.file.head.place("ton_tai_nam_truoc", index, "tieu_chi", position)
        row = scores.find(code)
        if row is None:
            known = [row.code for area in scores.areas for row in area.rows]
            mend = did_you_mean(code, known) or "tra lại mã trong bộ tiêu chí"
            yield Finding(place, "L109", f"bộ tiêu chí không có tiêu chí {code}", mend)
        elif followed.outcome is FollowedOutcome.MENDED and (both := compared(row, last)).rose is False:
            message = f"ghi đã khắc phục “{_short(followed.content)}” mà {code}: {both.words}"
            yield Finding(place, "L111", message, "xem lại “ket_qua”, hoặc nêu tiêu chí khác cho thấy kết quả")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]}…"
