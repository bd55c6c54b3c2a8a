"""The request for appraisal to the receiving office, naming the report and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.decree.paper import Item, Paper
from pipeline.decree.parts import closed
from pipeline.decree.phrases import Phrases, phrases
from pipeline.decree.sections import paragraphs
from pipeline.dossier import Dossier
from pipeline.letters.frame import WORDING, Letter, as_above, issue_of, laid_out
from pipeline.markup.blocks import Numbered


def appraisal(dossier: Dossier) -> Paper:
    """The official letter that the finished dossier goes out with."""
    words, settings = phrases(WORDING), dossier.settings
    own = settings.letters.appraisal
    values = {"don_vi": settings.body.full_title, "nam": str(dossier.year)}
    letter = Letter(
        kind="",
        subject=own.subject or words("tham_dinh.trich_yeu", **values),
        opening=_opening(dossier, words),
        content=tuple(_content(dossier, words)),
        closing=words("tham_dinh.ket_thuc", **values),
        illustrative=dossier.illustrative,
        addressees=own.addressees or settings.report.addressees,
        bases=own.bases,
        recipients=as_above(settings, own, words),
        signatory=own.signatory or settings.report.signatory,
    )
    issue = issue_of(settings, symbol=own.symbol, serial=own.serial, day=own.issued)
    return laid_out(letter, issue, own.issued or dossier.date)


def _opening(dossier: Dossier, words: Phrases) -> str:
    missing = [leaf.criterion.code for leaf in dossier.scores.leaves if not leaf.settled]
    return words(
        "tham_dinh.mo_dau_tam_tinh" if missing else "tham_dinh.mo_dau",
        don_vi=dossier.settings.body.full_title,
        nam=str(dossier.year),
        bo_tieu_chi=dossier.criteria_set.title,
        so_chua_cham=str(len(missing)),
        ma_chua_cham=", ".join(missing),
    )


def _content(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    yield from paragraphs(
        [
            _result(dossier, words),
            words("tham_dinh.de_nghi", don_vi=dossier.settings.body.full_title),
            words("tham_dinh.ho_so"),
        ]
    )
    yield Numbered(1, tuple((paragraph,) for paragraph in paragraphs(closed(_enclosures(dossier, words)))))
    kept = sum(not evidence.document.scan_is_public for evidence in dossier.evidence)
    if kept:
        yield from paragraphs([words("tham_dinh.khong_ban_chup", so=str(kept))])


def _result(dossier: Dossier, words: Phrases) -> str:
    scores, total = dossier.scores, dossier.scores.total
    return words(
        "tham_dinh.ket_qua_tam_tinh" if scores.provisional else "tham_dinh.ket_qua",
        diem=wording.points(total.points),
        toi_da=wording.maximum(total.maximum),
        ty_le=wording.index(total.scored_ratio if scores.provisional else total.ratio),
        xep_loai=scores.band.title,
    )


def _enclosures(dossier: Dossier, words: Phrases) -> Iterator[str]:
    report = dossier.settings.report
    yield words(
        "tham_dinh.bao_cao",
        so_ky_hieu=wording.document_symbol(report.serial, report.symbol),
        ngay=wording.day_in_words(report.issued, dossier.year),
        trich_yeu=wording.lower_first(report.subject),
    )
    yield words("tham_dinh.bang_diem", so=str(len(dossier.scores.leaves)))
    yield words("tham_dinh.danh_muc", so=str(len(dossier.evidence)))
    scans = sum(evidence.document.scan_is_public for evidence in dossier.evidence)
    if scans:
        yield words("tham_dinh.ban_chup", so=str(scans))
