"""What the report says of other years: the results beside each other, and what became of last year's weaknesses."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.decree.paper import Align, Column, DataTable, Item, Row, RowKind, Title, plain
from pipeline.decree.phrases import Phrases
from pipeline.dossier import Area, Dossier
from pipeline.markup.blocks import Bullets, Inline, Paragraph, Strong, Text
from pipeline.years.trend import Amount, TrendRow
from pipeline.years.weaknesses import FollowUp

LATEST = 4
"""Years that a page's width holds; the site has all of them."""


def trend_items(dossier: Dossier, words: Phrases) -> Iterator[Item]:
    """How the years are compared, and the table; nothing in the first year."""
    if not dossier.trend.comparable:
        return
    for remark in dossier.trend.remarks:
        yield Paragraph((Text(remark),))
    yield trend_table(dossier, words)


def trend_table(dossier: Dossier, words: Phrases) -> DataTable:
    """The percentage of each area and of the total, year by year, and the band."""
    years = dossier.trend.years[-LATEST:]
    share = 14 if len(years) < LATEST else 12
    columns = (
        Column(words("cot.stt"), 7, Align.CENTRE),
        Column(words("cot.linh_vuc"), 93 - share * (len(years) + 1), Align.LEFT),
        *(Column(words("cot.nam", nam=str(year.year)), share, Align.CENTRE) for year in years),
        Column(words("cot.thay_doi"), share, Align.CENTRE),
    )
    rows = [_row(RowKind.LEAF, row, len(years), words) for row in dossier.trend.rows]
    rows.append(_row(RowKind.TOTAL, dossier.trend.total, len(years), words))
    bands = (plain(f"{year.band}{words('tam_tinh') if year.provisional else ''}") for year in years)
    rows.append(Row(RowKind.TOTAL, ((), (plain(words("xep_loai")),), *((band,) for band in bands), ()), whole=True))
    return DataTable(words("bang_cac_nam"), columns, tuple(rows), whole=True)


def _row(kind: RowKind, row: TrendRow, years: int, words: Phrases) -> Row:
    amounts = ((plain(_shown(amount, words)),) for amount in row.amounts[-years:])
    return Row(kind, ((plain(row.code),), (plain(row.title),), *amounts, (plain(row.change_shown),)), whole=True)


def _shown(amount: Amount | None, words: Phrases) -> str:
    return words("khong_co_linh_vuc") if amount is None else amount.shown


def followed_items(dossier: Dossier, area: Area, words: Phrases) -> Iterator[Item]:
    """Each weakness of last year with its outcome, the points of both years and the officer's words."""
    followed = dossier.followed(area)
    if followed:
        yield Title(3, words("ton_tai_nam_truoc", nam=str(dossier.year - 1)))
        yield Bullets(tuple((Paragraph(_told(each, words)),) for each in followed))


def _told(each: FollowUp, words: Phrases) -> tuple[Inline, ...]:
    points = "; ".join(f"{one.code}: {one.words}" for one in each.compared)
    rest = [words("diem_hai_nam", diem=points)] if points else []
    rest += [each.explanation] if each.explanation else []
    outcome: Inline = Strong((Text(each.outcome.words),))
    return (Text(f"{each.content.rstrip(' .;')}: "), outcome, Text(" ".join([".", *rest])))
