"""What of small groups may be told: nothing, not even by subtracting what is told from the whole.

The unit is the group of respondents. A group under five answers is hidden; where that leaves only one hidden group,
or fewer than five hidden answers, the next smallest group is hidden too, so that no difference gives it away. Levels
that under five answers fell on are told together with their neighbours. Criteria that ask the same question of
different groups are told apart by nothing less than five people either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.model.survey import FEWEST

Cell = tuple[str, str]
"""Answers of one group to one question."""

MOST_DERIVED = 2_000
"""Differences that are looked at; ten criteria with six groups have some hundreds."""


def hidden(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups that are not told apart, by the number of answers of each; a group without answers hides nothing."""
    present = sorted((size, name) for name, size in sizes.items() if size)
    small = [name for size, name in present if size < FEWEST]
    if not small:
        return frozenset()
    held = sum(sizes[name] for name in small)
    for size, name in present[len(small) :]:
        if len(small) > 1 and held >= FEWEST:
            break
        small.append(name)
        held += size
    return frozenset(small)


def merged(levels: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Neighbouring levels put together until none holds one to four answers."""
    told = [(title, title, count) for title, count in levels]
    while len(told) > 1:
        at = next((at for at, (_, _, count) in enumerate(told) if 0 < count < FEWEST), None)
        if at is None:
            break
        beside = min((near for near in (at - 1, at + 1) if 0 <= near < len(told)), key=lambda near: told[near][2])
        first, last = sorted((at, beside))
        told[first : last + 1] = [(told[first][0], told[last][1], told[first][2] + told[last][2])]
    return [(begin if begin == end else f"{begin} – {end}", count) for begin, end, count in told]


class Told(NamedTuple):
    """Something that is published of some answers."""

    about: frozenset[str]
    """The criteria that it is published for."""
    cells: frozenset[Cell]


def given_away(told: Sequence[Told], people: Mapping[Cell, frozenset[int]]) -> Told | None:
    """Answers of under five people that follow from what is told, by subtracting parts from wholes; None if none do."""
    known = {each.cells: each for each in told}
    fresh = list(known.values())
    while fresh and len(known) < MOST_DERIVED:
        derived = {each.cells: each for each in _differences(fresh, list(known.values())) if each.cells not in known}
        small = next((each for each in derived.values() if 0 < _size(each, people) < FEWEST), None)
        if small is not None:
            return small
        known |= derived
        fresh = list(derived.values())
    return None


def _differences(fresh: Sequence[Told], known: Sequence[Told]) -> Iterator[Told]:
    for one in fresh:
        for other in known:
            whole, part = (one, other) if one.cells > other.cells else (other, one)
            if whole.cells > part.cells:
                yield Told(whole.about | part.about, whole.cells - part.cells)


def _size(told: Told, people: Mapping[Cell, frozenset[int]]) -> int:
    return len(frozenset[int]().union(*(people.get(cell, frozenset()) for cell in told.cells)))
