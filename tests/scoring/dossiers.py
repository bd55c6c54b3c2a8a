"""Random dossiers for a set: figures as officers type them, with holes, slips and late entries among them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

YEAR = 2023


def number(draw: random.Random, low: int, high: int) -> str:
    """Now and then at an edge."""
    return str(draw.choice([low, high]) if draw.random() < 0.15 else draw.randint(low, high))


def decimal(draw: random.Random, low: int, high: int) -> str:
    """A number with two decimals at most."""
    text = f"{draw.randint(low * 100, high * 100) / 100:g}"
    return text.replace(".", ",")


def answer(draw: random.Random) -> str:
    """Yes or no."""
    return draw.choice(["có", "không"])


def figures(draw: random.Random, rule: dict[str, Any]) -> dict[str, str]:  # noqa: C901 -- one line a shape
    """What a rule needs, and sometimes more or less."""
    kind = rule["loai"]
    if kind == "co_khong":
        return {rule["so_lieu"]: answer(draw)}
    if kind == "du_dieu_kien":
        return {name: draw.choice(["có", "có", "có", "không"]) for name in rule["dieu_kien"]}
    if kind in ("bac_ty_le", "ty_le"):
        return ratio(draw, rule)
    if kind in ("bac_so_luong", "moi_don_vi", "tru_diem"):
        return {rule["so_lieu"]: number(draw, 0, 14)}
    if kind in ("bac_ngay_tre", "tru_ngay_tre"):
        d, m = map(int, rule["han"].split("/"))
        near = date(YEAR + (rule.get("nam_sau") == "có"), m, min(d, 28)) + timedelta(draw.randint(-10, 25))
        return {rule["ngay"]: f"{near.day:02d}/{near.month:02d}/{near.year}"}
    if kind == "muc_do":
        return {rule["so_lieu"]: draw.choice(list(rule["muc"]))}
    if kind == "cong_diem":
        return {name: answer(draw) for name in rule["y"]}
    if kind == "cong_thuc":
        return formula_figures(draw, rule)
    if kind == "phu_thuoc":
        return figures(draw, rule["neu_khong"]) | figures(draw, rule["thi"])
    if kind == "so_nam_truoc":
        if "so_lieu" in rule:
            return {rule["so_lieu"]: decimal(draw, 0, 3)}
        return ratio(draw, rule) if "tu_so" in rule else {}
    return {}


def ratio(draw: random.Random, rule: dict[str, Any]) -> dict[str, str]:
    """A part and its whole; now and then the whole is zero or less than its part."""
    whole = draw.randint(0, 24)
    part = whole + 1 if draw.random() < 0.03 else draw.randint(whole // 3, whole)
    return {rule["tu_so"]: str(part), rule["mau_so"]: str(whole)}


def formula_figures(draw: random.Random, rule: dict[str, Any]) -> dict[str, str]:
    """All variables, and the choice where there is one."""
    kinds = {
        "so_nguyen": lambda: number(draw, 0, 12),
        "so": lambda: decimal(draw, -2, 3),
        "co_khong": lambda: answer(draw),
    }
    given = {name: kinds[kind]() for name, kind in rule["bien"].items()}
    if "chon" in rule:
        given[rule["chon"]] = draw.choice(list(rule["phuong_an"]))
    return given


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The declarations with a rule at or below a node."""
    if "cach_cham" in node:
        return [node]
    return [leaf for child in node["tieu_chi"] for leaf in leaves(child)]


def dossier(draw: random.Random, declared: dict[str, Any]) -> dict[str, Any]:
    """Everything that a year may hold, as text."""
    holes = draw.choice([0.0, 0.0, 0.05, 0.4])
    entries: dict[str, Any] = {}
    survey: dict[str, str] = {}
    supplied: dict[str, Any] = {}
    surveyed = draw.random() < 0.6
    for leaf in (leaf for area in declared["linh_vuc"] for leaf in leaves(area)):
        rule, code = leaf["cach_cham"], leaf["ma"]
        if draw.random() < holes:
            continue
        if rule["loai"] == "dieu_tra":
            if surveyed:
                survey[code] = decimal(draw, 0, int(leaf["diem_toi_da"]))
        elif rule["loai"] == "cung_cap":
            if "theo" in rule:
                supplied[code] = {"nguon": "TL01", "so_lieu": figures(draw, rule["theo"])}
            else:
                supplied[code] = {"nguon": "TL01", "diem": decimal(draw, 0, int(leaf["diem_toi_da"]))}
        else:
            entries[code] = entry(draw, leaf)
    return {
        "entries": entries,
        "survey": survey,
        "supplied": supplied,
        "last": last_year(draw, declared) if draw.random() < 0.7 else None,
    }


def entry(draw: random.Random, leaf: dict[str, Any]) -> dict[str, Any]:
    """One entry: by figures, by hand, over the rule, not applicable, late."""
    made: dict[str, Any] = {}
    if "khong_ap_dung" in leaf and draw.random() < 0.2:
        made["khong_ap_dung"] = "không phát sinh"
    else:
        made["so_lieu"] = figures(draw, leaf["cach_cham"])
        if made["so_lieu"] and draw.random() < 0.03:
            made["so_lieu"].pop(draw.choice(list(made["so_lieu"])))
        if leaf["cach_cham"]["loai"] == "cham_tay" or draw.random() < 0.05:
            most = float(leaf["diem_toi_da"].replace(",", "."))
            made["diem_tu_cham"] = f"{draw.randint(0, int(most * 100)) / 100:g}".replace(".", ",")
    if draw.random() < 0.1:
        made["ngay_nhap"] = draw.choice([f"20/12/{YEAR}", f"21/12/{YEAR}"])
    return made


def last_year(draw: random.Random, declared: dict[str, Any]) -> dict[str, Any]:
    """The locked result, some of it missing."""
    locked: dict[str, Any] = {}
    for leaf in (leaf for area in declared["linh_vuc"] for leaf in leaves(area)):
        rule = leaf["cach_cham"]
        if draw.random() < 0.15:
            continue
        if rule["loai"] == "so_nam_truoc":
            given = figures(draw, rule)
            if "tu_so" in rule and int(given[rule["tu_so"]]) > int(given[rule["mau_so"]]):
                given[rule["tu_so"]] = given[rule["mau_so"]]
            locked[leaf["ma"]] = {"diem": "1", "so_lieu": given}
        elif rule["loai"] == "dieu_tra":
            locked[leaf["ma"]] = {"diem": decimal(draw, 0, int(leaf["diem_toi_da"]))}
    return locked
