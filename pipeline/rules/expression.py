"""Formulas that a criteria set writes down: numbers, names, + − × ÷, comparisons and three functions, exactly.

A small grammar of its own instead of Python's: a decimal comma is a comma, every value is a `Fraction`, and there is
nothing in it that could be run, grow without bound or never end.

    comparison = sum [("<" | "≤" | ">" | "≥" | "=" | "≠") sum]
    sum        = product {("+" | "−") product}
    product    = sign {("×" | "÷") sign}
    sign       = ["−"] atom
    atom       = number ["%"] | name | function "(" comparison {";" comparison} ")" | "(" comparison ")"
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline import wording

LONGEST = 300
"""Characters of a formula."""

DEEPEST = 20
"""Brackets within brackets."""

Bound = Fraction | float
"""A bound of a range; the only floats are the two infinities."""

_TOKEN = re.compile(r"\s*(\d{1,12}(?:[.,]\d{1,6})?|[a-z][a-z0-9_]*|<=|>=|<>|[-+*/()<>=%;×÷−–·≤≥≠])")
_SIGNS = {"*": "×", "·": "×", "/": "÷", "-": "−", "–": "−", "<=": "≤", ">=": "≥", "<>": "≠"}
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
    "=": operator.eq,
    "≠": operator.ne,
}
_FUNCTIONS = {"nho_nhat": "nhỏ nhất", "lon_nhat": "lớn nhất", "neu": "nếu"}


class Range(NamedTuple):
    """Between which values something lies."""

    low: Bound
    high: Bound


class DividedByZeroError(Exception):
    """A divisor came out as zero; `divisor` is how the formula writes it."""

    def __init__(self, divisor: str, name: str) -> None:
        super().__init__(divisor)
        self.divisor = divisor
        self.name = name


@dataclass(frozen=True)
class Number:
    value: Fraction


@dataclass(frozen=True)
class Variable:
    name: str


@dataclass(frozen=True)
class Operation:
    sign: str
    left: Node
    right: Node
    divisor: str = ""
    """For ÷: the right side as the formula writes it."""


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


Node = Number | Variable | Operation | Call


@dataclass(frozen=True)
class Expression:
    """A formula, understood."""

    tokens: tuple[str, ...]
    root: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The variables, in order of appearance."""
        return tuple(dict.fromkeys(_names(self.root)))

    def value(self, values: Mapping[str, Fraction]) -> Fraction:
        """The exact result.

        Raises:
            DividedByZeroError: a divisor is zero.
            KeyError: a variable has no value.
        """
        return _value(self.root, values)

    def bounds(self, ranges: Mapping[str, Range]) -> Range:
        """A range that the result cannot leave; it may be wider than what can really come out."""
        return _bounds(self.root, ranges)

    def always_zero(self, ranges: Mapping[str, Range]) -> Iterator[str]:
        """Divisors that are zero whatever is entered."""
        return _always_zero(self.root, ranges)

    def shown(self, values: Mapping[str, Fraction] | None = None) -> str:
        """The formula as people write it, with numbers in place of the variables that have a value."""
        words = [self._word(token, values or {}) for token in self.tokens]
        text = " ".join(words)
        return re.sub(r"\( ", "(", re.sub(r" ([);%])", r"\1", text.replace("\0 (", "(")))

    @staticmethod
    def _word(token: str, values: Mapping[str, Fraction]) -> str:
        if token in _FUNCTIONS:
            return f"{_FUNCTIONS[token]}\0"
        if token in values:
            text = wording.number(values[token], 6)
            return f"({text})" if values[token] < 0 else text
        return token


def parse(text: str) -> Expression:
    """Understand a formula.

    Raises:
        ValueError: in Vietnamese.
    """
    if len(text) > LONGEST:
        raise ValueError(f"công thức dài quá {LONGEST} ký tự")
    tokens = tuple(_tokens(text))
    parser = _Parser(tokens)
    root = parser.comparison(0)
    if parser.ahead:
        raise ValueError(f"công thức thừa “{parser.ahead}”")
    return Expression(tokens, root)


understood = lru_cache(maxsize=512)(parse)
"""`parse`, remembered: a set's formulas are read once and evaluated for every dossier."""


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while rest := text[position:].strip():
        found = _TOKEN.match(text, position)
        if not found:
            raise ValueError(f"công thức có “{rest[0]}” không hiểu được")
        yield _SIGNS.get(found[1], found[1].replace(".", ","))
        position = found.end()


class _Parser:
    """Recursive descent over the tokens, no deeper than `DEEPEST`."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.position = 0

    @property
    def ahead(self) -> str:
        """The next token, or nothing at the end."""
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, which is used up."""
        token = self.ahead
        self.position += 1
        return token

    def expect(self, token: str) -> None:
        """Use up a token that must stand here."""
        if self.take() != token:
            raise ValueError(f"công thức thiếu “{token}”")

    def comparison(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ValueError(f"công thức lồng quá {DEEPEST} ngoặc")
        left = self.sum(depth)
        return Operation(self.take(), left, self.sum(depth)) if self.ahead in _COMPARE else left

    def sum(self, depth: int) -> Node:
        left = self.product(depth)
        while self.ahead in ("+", "−"):
            left = Operation(self.take(), left, self.product(depth))
        return left

    def product(self, depth: int) -> Node:
        left = self.sign(depth)
        while self.ahead in ("×", "÷"):
            sign, start = self.take(), self.position
            right = self.sign(depth)
            left = Operation(sign, left, right, " ".join(self.tokens[start : self.position]))
        return left

    def sign(self, depth: int) -> Node:
        if self.ahead == "−":
            self.take()
            return Operation("−", Number(Fraction(0)), self.atom(depth))
        return self.atom(depth)

    def atom(self, depth: int) -> Node:
        token = self.take()
        if token == "(":  # noqa: S105 -- a bracket, no password
            inner = self.comparison(depth + 1)
            self.expect(")")
            return inner
        if token[:1].isdecimal():
            return self._number(token)
        if token in _FUNCTIONS:
            return self._call(token, depth)
        if token and (token[0].isalpha()):
            return Variable(token)
        raise ValueError(f"công thức thiếu số hoặc biến {f'trước “{token}”' if token else 'ở cuối'}")

    def _number(self, token: str) -> Node:
        value = Fraction(token.replace(",", "."))
        if self.ahead == "%":
            self.take()
            value /= 100
        return Number(value)

    def _call(self, function: str, depth: int) -> Node:
        self.expect("(")
        arguments = [self.comparison(depth + 1)]
        while self.ahead == ";":
            self.take()
            arguments.append(self.comparison(depth + 1))
        self.expect(")")
        if function == "neu" and len(arguments) != 3:
            raise ValueError("“neu” cần ba phần: neu(điều kiện; nếu đúng; nếu sai)")
        return Call(function, tuple(arguments))


def _names(node: Node) -> Iterator[str]:
    match node:
        case Variable():
            yield node.name
        case Operation():
            yield from _names(node.left)
            yield from _names(node.right)
        case Call():
            for argument in node.arguments:
                yield from _names(argument)


def _always_zero(node: Node, ranges: Mapping[str, Range]) -> Iterator[str]:
    match node:
        case Operation():
            if node.sign == "÷" and _bounds(node.right, ranges) == (0, 0):
                yield node.divisor
            yield from _always_zero(node.left, ranges)
            yield from _always_zero(node.right, ranges)
        case Call():
            for argument in node.arguments:
                yield from _always_zero(argument, ranges)


def _value(node: Node, values: Mapping[str, Fraction]) -> Fraction:
    match node:
        case Number():
            return node.value
        case Variable():
            return values[node.name]
        case Call(function="neu"):
            condition, then, otherwise = node.arguments
            return _value(then if _value(condition, values) else otherwise, values)
        case Call():
            choose = min if node.function == "nho_nhat" else max
            return choose(_value(argument, values) for argument in node.arguments)
        case Operation():
            return _operated(node, _value(node.left, values), _value(node.right, values))


def _operated(node: Operation, left: Fraction, right: Fraction) -> Fraction:
    match node.sign:
        case "+":
            return left + right
        case "−":
            return left - right
        case "×":
            return left * right
        case "÷":
            if not right:
                raise DividedByZeroError(node.divisor, next(_names(node.right), ""))
            return left / right
    return Fraction(_COMPARE[node.sign](left, right))


def _bounds(node: Node, ranges: Mapping[str, Range]) -> Range:
    match node:
        case Number():
            return Range(node.value, node.value)
        case Variable():
            return ranges.get(node.name, Range(-math.inf, math.inf))
        case Call():
            parts = [_bounds(argument, ranges) for argument in node.arguments]
            if node.function == "neu":
                return Range(min(part.low for part in parts[1:]), max(part.high for part in parts[1:]))
            choose = min if node.function == "nho_nhat" else max
            return Range(choose(part.low for part in parts), choose(part.high for part in parts))
        case Operation():
            return _combined(node.sign, _bounds(node.left, ranges), _bounds(node.right, ranges))


def _combined(sign: str, left: Range, right: Range) -> Range:
    match sign:
        case "+":
            return Range(left.low + right.low, left.high + right.high)
        case "−":
            return Range(left.low - right.high, left.high - right.low)
        case "×":
            return _product(left, right)
        case "÷":
            return _product(left, _reciprocal(right))
    return Range(Fraction(0), Fraction(1))


def _product(left: Range, right: Range) -> Range:
    ends = [one * other if one and other else Fraction(0) for one in left for other in right]
    return Range(min(ends), max(ends))


def _reciprocal(divisor: Range) -> Range:
    """One by anything in the range but zero, which is refused when it comes."""
    if divisor.low < 0 < divisor.high or divisor.low == divisor.high == 0:
        return Range(-math.inf, math.inf)
    low = _inverse(divisor.high, -math.inf if divisor.low < 0 else math.inf)
    high = _inverse(divisor.low, -math.inf if divisor.low < 0 else math.inf)
    return Range(min(low, high), max(low, high))


def _inverse(end: Bound, at_zero: float) -> Bound:
    if not end:
        return at_zero
    return Fraction(0) if isinstance(end, float) else 1 / end
