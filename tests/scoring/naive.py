"""A second evaluation of a whole set, as plain as can be, written from the format's description.

It reads the raw declarations (dictionaries of text) and shares no code with the program, not even its rounding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any

YES = "có"


@cache
def num(text: str) -> Fraction:
    """A number with comma or point."""
    return Fraction(str(text).replace(",", "."))


def rounded(value: Fraction, places: int) -> Decimal:
    """Half away from zero."""
    whole = floor(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def day(text: str) -> date:
    """`29/10/2024`."""
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)


def deadline(text: str, year: int) -> date:
    """`31/01` in a year; 29 February is 1 March where there is none."""
    d, m = map(int, text.split("/"))
    try:
        return date(year, m, d)
    except ValueError:
        return date(year, 3, 1)


class WaitingError(Exception):
    """Nothing can be said yet."""


@dataclass
class Leaf:
    points: Decimal | None
    exact: Fraction | None
    maximum: Fraction
    settled: bool
    scored: bool
    figures: dict[str, str] = field(default_factory=dict)


class Naive:
    """One dossier."""

    def __init__(
        self,
        declared: dict[str, Any],
        *,
        entries: dict[str, Any],
        survey: dict[str, str],
        supplied: dict[str, Any],
        last: dict[str, Any] | None,
        year: int,
    ) -> None:
        self.declared, self.entries, self.survey, self.supplied = declared, entries, survey, supplied
        self.last, self.year = last, year
        self.nodes: dict[str, dict[str, Any]] = {}
        self.group: dict[str, str | None] = {}
        for area in declared["linh_vuc"]:
            self._index(area, None)
        rounding = declared.get("lam_tron", {})
        self.level, self.places = rounding.get("cap", "tieu_chi"), int(rounding.get("chu_so", 2))
        limits = declared.get("gioi_han", {})
        self.limit = {"tieu_chi": True, "linh_vuc": False, "tong": False} | {k: v == YES for k, v in limits.items()}
        asked = [c for c, n in self.nodes.items() if n.get("cach_cham", {}).get("loai") == "dieu_tra"]
        self.rescaled = declared.get("vang_dieu_tra") == "quy_doi" and not any(code in survey for code in asked)
        self.done: dict[str, Leaf] = {}
        self.sums: dict[str, Decimal] = {}
        self.beside = Fraction(0)

    def _index(self, node: dict[str, Any], group: str | None) -> None:
        own = node.get("nhom") or group
        self.nodes[node["ma"]], self.group[node["ma"]] = node, own
        for child in node.get("tieu_chi", []):
            self._index(child, own)

    def codes_below(self, code: str) -> list[str]:
        node = self.nodes[code]
        if "cach_cham" in node:
            return [code]
        return [leaf for child in node["tieu_chi"] for leaf in self.codes_below(child["ma"])]

    def leaf(self, code: str) -> Leaf:
        if code not in self.done:
            self.done[code] = self._leaf(code)
        return self.done[code]

    def _leaf(self, code: str) -> Leaf:
        node, entry = self.nodes[code], self.entries.get(code)
        most = num(node["diem_toi_da"])
        leaf = self._before_closing(code, node, entry, most)
        closing = self.declared.get("han_nhan")
        if closing and entry and "ngay_nhap" in entry and node["cach_cham"]["loai"] not in ("dieu_tra", "cung_cap"):
            year = self.year + (closing.get("nam_sau") == YES)
            if day(entry["ngay_nhap"]) > deadline(closing["ngay"], year):
                exact = min(leaf.exact if leaf.exact is not None else Fraction(0), Fraction(0))
                leaf = Leaf(self.shown(exact), exact, most, True, True, leaf.figures)
        if self.group[code]:
            leaf.maximum = Fraction(0)
        return leaf

    def _before_closing(  # noqa: C901 -- every way in which a leaf can stand, one after the other
        self, code: str, node: dict[str, Any], entry: dict[str, Any] | None, most: Fraction
    ) -> Leaf:
        kind = node["cach_cham"]["loai"]
        if kind == "dieu_tra":
            if self.rescaled:
                return Leaf(None, None, Fraction(0), True, False)
            return self.points(node, num(self.survey[code])) if code in self.survey else self.nothing(most)
        if kind == "cung_cap":
            item = self.supplied.get(code)
            if item is None:
                return self.nothing(most)
            if "diem" in item:
                return self.points(node, num(item["diem"]))
            return self.by_rule(code, node, node["cach_cham"]["theo"], item["so_lieu"])
        if entry is None:
            if self.group[code] == "thuong":
                return Leaf(self.shown(Fraction(0)), Fraction(0), most, True, True)
            return self.nothing(most)
        if "khong_ap_dung" in entry:
            if node["khong_ap_dung"] == "du_diem":
                return Leaf(Decimal(node["diem_toi_da"].replace(",", ".")), most, most, True, False)
            return Leaf(None, None, Fraction(0), True, False)
        leaf = self.by_rule(code, node, node["cach_cham"], entry.get("so_lieu", {}))
        if "diem_tu_cham" in entry:
            own = num(entry["diem_tu_cham"])
            return Leaf(Decimal(entry["diem_tu_cham"].replace(",", ".")), own, most, True, True, leaf.figures)
        return leaf

    def nothing(self, most: Fraction) -> Leaf:
        return Leaf(None, None, most, False, False)

    def shown(self, exact: Fraction) -> Decimal:
        return rounded(exact, self.places if self.level == "tieu_chi" else max(2, self.places))

    def points(self, node: dict[str, Any], exact: Fraction, figures: dict[str, str] | None = None) -> Leaf:
        most, least = num(node["diem_toi_da"]), self.least(node)
        if self.limit["tieu_chi"]:
            exact = min(exact, most)
            exact = exact if least is None else max(exact, least)
        return Leaf(self.shown(exact), exact, most, True, True, figures or {})

    @staticmethod
    def least(node: dict[str, Any]) -> Fraction | None:
        text = node.get("diem_toi_thieu", "0")
        return None if text == "khong_gioi_han" else num(text)

    def by_rule(self, code: str, node: dict[str, Any], rule: dict[str, Any], figures: dict[str, str]) -> Leaf:
        try:
            return self.points(node, self.rule(code, node, rule, figures), figures)
        except (WaitingError, KeyError, ZeroDivisionError):
            leaf = self.nothing(num(node["diem_toi_da"]))
            leaf.figures = figures
            return leaf

    def rule(self, code: str, node: dict[str, Any], rule: dict[str, Any], f: dict[str, str]) -> Fraction:
        if rule["loai"] == "phu_thuoc":
            return self.rule(code, node, rule["thi"] if self.holds(rule["khi"]) else rule["neu_khong"], f)
        if rule["loai"] == "so_nam_truoc":
            return self.against(code, rule, f)
        if rule["loai"] == "cham_tay":
            raise WaitingError
        made: Fraction = getattr(self, rule["loai"])(rule, f, num(node["diem_toi_da"]), self.least(node))
        return made

    def co_khong(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        yes = num(rule["co"]) if "co" in rule else most
        return yes if f[rule["so_lieu"]] == YES else num(rule.get("khong", "0"))

    def du_dieu_kien(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        answers = [f[name] for name in rule["dieu_kien"]]
        return most if set(answers) == {YES} else Fraction(0)

    def bac_ty_le(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return self.step(rule["bac"], self.ratio(rule, f) * 100)

    def bac_so_luong(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return self.step(rule["bac"], num(f[rule["so_lieu"]]))

    def bac_ngay_tre(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return self.step(rule["bac"], Fraction(self.late(rule, f)))

    def muc_do(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return num(rule["muc"][f[rule["so_lieu"]]]["diem"])

    def ty_le(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        percent = self.ratio(rule, f) * 100
        target, floor = num(rule.get("muc_tieu", "100")), num(rule.get("san", "0"))
        if percent >= target:
            return most
        return percent / target * most if percent >= floor else Fraction(0)

    def cong_diem(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return sum((num(p) if f[name] == YES else Fraction(0) for name, p in rule["y"].items()), Fraction(0))

    def moi_don_vi(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return min(num(f[rule["so_lieu"]]) * num(rule["diem"]), most)

    def tru_diem(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        times = int(f[rule["so_lieu"]]) - int(rule.get("tu", "1")) + 1
        left = most - max(times, 0) * num(rule["tru"])
        return left if least is None else max(left, least)

    def tru_ngay_tre(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        times = self.late(rule, f) - int(rule.get("tu_ngay", "1")) + 1
        left = most - max(times, 0) * num(rule["tru"])
        return left if least is None else max(left, least)

    def cong_thuc(self, rule: dict[str, Any], f: dict[str, str], most: Fraction, least: Fraction | None) -> Fraction:
        return self.formula(rule, f, most)

    @staticmethod
    def ratio(rule: dict[str, Any], f: dict[str, str]) -> Fraction:
        part, whole = num(f[rule["tu_so"]]), num(f[rule["mau_so"]])
        if part > whole:
            raise WaitingError
        return part / whole

    def late(self, rule: dict[str, Any], f: dict[str, str]) -> int:
        return (day(f[rule["ngay"]]) - deadline(rule["han"], self.year + (rule.get("nam_sau") == YES))).days

    @staticmethod
    def step(steps: list[dict[str, str]], value: Fraction) -> Fraction:
        for one in steps:
            low = ("tu" not in one or value >= num(one["tu"])) and ("tren" not in one or value > num(one["tren"]))
            high = ("den" not in one or value <= num(one["den"])) and ("duoi" not in one or value < num(one["duoi"]))
            if low and high:
                return num(one["diem"])
        return Fraction(0)

    @staticmethod
    def formula(rule: dict[str, Any], f: dict[str, str], most: Fraction) -> Fraction:
        text = rule.get("cong_thuc") or rule["phuong_an"][f[rule["chon"]]]["cong_thuc"]
        names: dict[str, Any] = {"toi_da": most, "nho_nhat": min, "lon_nhat": max, "neu": lambda c, a, b: a if c else b}
        for name, kind in rule["bien"].items():
            if re.search(rf"\b{name}\b", text):
                names[name] = Fraction(f[name] == YES) if kind == "co_khong" else num(f[name])
        python = re.sub(r"\d+(?:[.,]\d+)?", lambda m: f"F('{m[0].replace(',', '.')}')", text)
        for ours, theirs in (("×", "*"), ("÷", "/"), ("−", "-"), ("%", "/100"), (";", ",")):
            python = python.replace(ours, theirs)
        return Fraction(eval(python, {"__builtins__": {}, "F": Fraction}, names))

    def holds(self, when: dict[str, str]) -> bool:
        leaves = [self.leaf(code) for code in self.codes_below(when["tieu_chi"])]
        settled = all(leaf.settled for leaf in leaves)
        if "da_cham" in when:
            scored = leaves[0].scored if len(leaves) == 1 else settled
            return scored == (when["da_cham"] == YES)
        if not settled:
            raise WaitingError
        if "diem_tu" in when:
            if len(leaves) == 1 and leaves[0].points is None:
                return False
            return sum(Fraction(leaf.points or 0) for leaf in leaves) >= num(when["diem_tu"])
        return leaves[0].figures.get(when["so_lieu"]) == when["la"]

    def against(self, code: str, rule: dict[str, Any], f: dict[str, str]) -> Fraction:
        of = rule.get("diem_cua", code)
        before = (self.last or {}).get(of)
        if "diem_cua" in rule:
            other = self.leaf(of)
            if not other.settled:
                raise WaitingError
            if other.points is None:
                return num(rule["nam_dau"])
            now = Fraction(other.points)
            was = num(before["diem"]) if before and "diem" in before else None
        elif "so_lieu" in rule:
            now = num(f[rule["so_lieu"]])
            was = num(before["so_lieu"][rule["so_lieu"]]) if before else None
        else:
            now = self.ratio(rule, f)
            was = self.ratio(rule, before["so_lieu"]) if before and before["so_lieu"][rule["mau_so"]] != "0" else None
        if was is None:
            return num(rule["nam_dau"])
        return num(rule["tang"] if now > was else rule.get("giam", "0") if now < was else rule.get("bang", "0"))

    def node(self, code: str, depth: int, inside: bool) -> Fraction:
        node, group = self.nodes[code], self.group[code]
        if "cach_cham" in node:
            leaf = self.leaf(code)
            value = Fraction(leaf.points or 0) if self.level == "tieu_chi" else leaf.exact or Fraction(0)
        else:
            value = sum(
                (self.node(c["ma"], depth + 1, inside or group is not None) for c in node["tieu_chi"]), Fraction(0)
            )
            least = self.least(node)
            area = depth == 0 and self.limit["linh_vuc"] and group is None
            if group or area:
                value = min(value, num(node["diem_toi_da"]))
            if (group == "tru" or area) and least is not None:
                value = max(value, least)
        self.sums[code] = rounded(value, self.places)
        if group and not inside:
            self.beside += value
        return value

    def band(self, points: Decimal, most: Decimal, settled: Decimal) -> str:
        """By the percentage of what is settled, or by the points that this percentage promises; two decimals."""
        share = Fraction(points) / Fraction(settled) if settled else Fraction(0)
        value = rounded(share * 100, 2)
        if self.declared["xep_loai"]["theo"] == "diem":
            waiting = any(
                not self.leaf(code).settled
                for area in self.declared["linh_vuc"]
                for code in self.codes_below(area["ma"])
            )
            value = rounded(share * Fraction(most), 2) if waiting and settled else points
        bands = self.declared["xep_loai"]["bac"]
        return next((band["ten"] for band in bands if Fraction(value) >= num(band["tu"])), bands[-1]["ten"])

    def total(self) -> tuple[Decimal, Decimal, Decimal]:
        """Points, maximum and the maximum of what is settled."""
        values = {area["ma"]: self.node(area["ma"], 0, False) for area in self.declared["linh_vuc"]}
        parts = [Fraction(self.sums[code]) if self.level == "linh_vuc" else value for code, value in values.items()]
        total = sum(parts, Fraction(0))
        leaves = [leaf for area in values for code in self.codes_below(area) for leaf in [self.leaf(code)]]
        most = sum((leaf.maximum for leaf in leaves), Fraction(0))
        settled = sum((leaf.maximum for leaf in leaves if leaf.settled), Fraction(0))
        if self.rescaled:
            whole = num(self.declared["tong_diem"])
            factor = whole / (whole - num(self.declared["diem_dieu_tra"]))
            total = (total - self.beside) * factor + self.beside
            most, settled = Fraction(rounded(most * factor, 2)), Fraction(rounded(settled * factor, 2))
        if self.limit["tong"]:
            total = max(Fraction(0), min(total, num(self.declared["tong_diem"])))
        return rounded(total, self.places), rounded(most, 6), rounded(settled, 6)
