"""Workspaces of any number of communes, each with a set of 80 scored criteria, invented and marked so.

Every commune has its own figures, texts, register and scans, so that nothing can be shared between two of them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

YEAR = 2024
AREAS, LEAVES = 8, 10
"""Areas, and leaves of each: 80 in all, those of the last area by survey."""
DOCUMENTS, SCANS = 30, 10
POINTS = "1,25"


class Shape(NamedTuple):
    """A way of scoring, and figures that it scores."""

    rule: str
    labels: tuple[str, ...]
    figures: str
    """With blanks for a part and its whole."""


SHAPES = (
    Shape("{loai: co_khong, so_lieu: a}", ("a",), "a: có"),
    Shape("{loai: du_dieu_kien, dieu_kien: [a, b]}", ("a", "b"), "a: có, b: có"),
    Shape(
        '{loai: bac_ty_le, tu_so: a, mau_so: b, bac: [{tu: 90, diem: "1,25"}, {duoi: 90, diem: 0}]}',
        ("a", "b"),
        "a: %(part)d, b: %(whole)d",
    ),
    Shape(
        '{loai: bac_so_luong, so_lieu: a, bac: [{tu: 40, diem: "1,25"}, {den: 39, diem: "0,5"}]}',
        ("a",),
        "a: %(part)d",
    ),
    Shape(
        '{loai: bac_ngay_tre, ngay: a, han: 31/01, bac: [{den: 0, diem: "1,25"}, {tu: 1, diem: 0}]}',
        ("a",),
        "a: %(day)02d/01/2024",
    ),
    Shape(
        '{loai: muc_do, so_lieu: a, muc: {tot: {ten: Tốt, diem: "1,25"}, kha: {ten: Khá, diem: "0,5"}}}',
        ("a",),
        "a: kha",
    ),
    Shape("{loai: ty_le, tu_so: a, mau_so: b, san: 60}", ("a", "b"), "a: %(part)d, b: %(whole)d"),
    Shape('{loai: cong_diem, y: {a: "0,75", b: "0,5"}}', ("a", "b"), "a: có, b: không"),
    Shape('{loai: moi_don_vi, so_lieu: a, diem: "0,25"}', ("a",), "a: 3"),
    Shape('{loai: tru_diem, so_lieu: a, tru: "0,25"}', ("a",), "a: 2"),
)

_SETTINGS = """\
nam: {year}
minh_hoa: có
bo_tieu_chi: tam-muoi
don_vi:
  ten: UBND xã {name}
  ten_day_du: Ủy ban nhân dân xã {name}
  dia_danh: {name}
  cap_tren: Ủy ban nhân dân tỉnh Mẫu
bao_cao:
  trich_yeu: Tự đánh giá, chấm điểm năm {year} của xã {name}
  kinh_gui: [Sở Nội vụ tỉnh Mẫu]
  to_chuc_cham_diem: Các bộ phận tự chấm.
  kien_nghi: Không.
  nguoi_ky: {{quyen_han: TM. ỦY BAN NHÂN DÂN, chuc_vu: CHỦ TỊCH, ho_ten: Nguyễn Văn Mẫu}}
  noi_nhan: [Như trên, 'Lưu: VT']
bo_phan:
  van-phong: {{ten: Văn phòng, chu_tri: [{areas}]}}
"""
_SET = """\
ma: tam-muoi
ten: Bộ tiêu chí tám mươi
minh_hoa: có
ban_hanh: Quyết định mẫu
tong_diem: 100
diem_dieu_tra: '12,5'
xep_loai: {theo: ty_le, bac: [{ten: Tốt, tu: 80}, {ten: Khá, tu: 0}]}
linh_vuc:
"""
_TEXT = """
## Kết quả đạt được

Xã {name} hoàn thành **{part}** trên {whole} việc của lĩnh vực này.

| Việc | Số lượng |
|---|---|
| Đã xong | {part} |

## Tồn tại, hạn chế và nguyên nhân

- Việc thứ {whole} làm chậm vì thiếu người.
- Chưa đủ máy móc.

## Giải pháp khắc phục

1. Bố trí thêm người.
2. Mua thêm máy.
"""


def write_workspace(root: Path, number: int) -> Path:
    """A whole workspace for the commune with this number; the same number gives the same files."""
    draw, name = random.Random(number), f"Mẫu {number}"
    areas = ", ".join(str(area) for area in range(1, AREAS + 1))
    files = {
        f"scores/{YEAR}/settings.yml": _SETTINGS.format(year=YEAR, name=name, areas=areas),
        f"scores/{YEAR}/survey.yml": _survey(draw),
        "scores/sets/tam-muoi.yml": _SET + "".join(_declared(area) for area in range(1, AREAS + 1)),
        f"evidence/{YEAR}/register.yml": _register(number),
        "docs/index.md": "---\ntieu_de: Trang chủ\nphan_tu_dong: tong_hop\n---\n\nKết quả.\n",
    }
    files |= {f"docs/{YEAR}/{area}-linh-vuc.md": _area(area, name, draw) for area in range(1, AREAS + 1)}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    scans = root / f"evidence/{YEAR}/scans"
    scans.mkdir()
    for document in range(1, SCANS + 1):
        (scans / f"TL{document:02d}.pdf").write_bytes(_scan(number, document))
    return root


def _declared(area: int) -> str:
    lines = [f"  - ma: {area}", f"    ten: Lĩnh vực {area}", "    diem_toi_da: '12,5'", "    tieu_chi:"]
    for leaf in range(1, LEAVES + 1):
        shape = SHAPES[leaf - 1]
        rule = "{loai: dieu_tra}" if area == AREAS else shape.rule
        lines += [
            f"      - ma: {area}.{leaf}",
            f"        ten: Tiêu chí {area}.{leaf}",
            f"        diem_toi_da: '{POINTS}'",
        ]
        lines.append(f"        cach_cham: {rule}")
        if area < AREAS:
            lines.append(f"        so_lieu: {{{', '.join(f'{name}: Số liệu {name}' for name in shape.labels)}}}")
    return "\n".join(lines) + "\n"


def _area(area: int, name: str, draw: random.Random) -> str:
    lines = ["---", f"linh_vuc: {area}", f"nam: {YEAR}", "minh_hoa: có", "bo_phan: van-phong"]
    if area < AREAS:
        lines += ["tieu_chi:", *_entries(area, draw)]
    return "\n".join([*lines, "---", ""]) + _TEXT.format(name=name, part=draw.randint(30, 49), whole=50)


def _entries(area: int, draw: random.Random) -> Iterator[str]:
    for leaf, shape in enumerate(SHAPES, start=1):
        blanks = {"part": draw.randint(30, 50), "whole": 50, "day": draw.randint(1, 31)}
        document = ((area - 1) * LEAVES + leaf - 1) % DOCUMENTS + 1
        yield f"  {area}.{leaf}:"
        yield f"    so_lieu: {{{shape.figures % blanks}}}"
        yield f"    minh_chung: [{{ma: TL{document:02d}, trang: {leaf}}}]"


def _survey(draw: random.Random) -> str:
    points = (f'  {AREAS}.{leaf}: "0,{draw.randint(60, 99)}"\n' for leaf in range(1, LEAVES + 1))
    return f"nam: {YEAR}\nminh_hoa: có\nso_phieu: 60\nket_qua:\n{''.join(points)}"


def _register(number: int) -> str:
    lines = [f"nam: {YEAR}", "tai_lieu:"]
    for document in range(1, DOCUMENTS + 1):
        lines += [
            f"  TL{document:02d}:",
            f"    so: {document}",
            "    ky_hieu: BC-UBND",
            f"    ngay: {document % 28 + 1:02d}/03/{YEAR}",
            f"    co_quan: UBND xã Mẫu {number}",
            f"    trich_yeu: Báo cáo số {document}",
            "    minh_hoa: có",
        ]
        if document <= SCANS:
            digest = hashlib.sha256(_scan(number, document)).hexdigest()
            lines += [f"    ban_chup: TL{document:02d}.pdf", f"    sha256: {digest}", f"    so_trang: {LEAVES}"]
    return "\n".join(lines) + "\n"


def _scan(number: int, document: int) -> bytes:
    return b"%PDF-1.7\n" + f"{number}/{document}\n".encode() * 400
