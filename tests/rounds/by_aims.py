"""Small rounds in which something comes before the points, and their best answer, by going through all sets of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st

import rmatch
from rmatch.criteria import Custom, Diversity, Expertise, Matrix
from rmatch.errors import InfeasibleError
from rmatch.people import Request, Requests
from rmatch.rounds import Earlier, Outcome, Round
from rmatch.rounds.facts import formulas_of

Cell = tuple[int, int]
Pairs = frozenset[Cell]

TOPICS = ("python", "video", "prompting")
TOP = 99
"""Nobody who waits takes the place of somebody whose pair is to go on."""


@dataclass(frozen=True)
class Drawn:
    """A small round, and what it takes over from earlier ones."""

    people: Any
    programme: Any
    requests: Any
    earlier: Earlier
    waiting: tuple[list[int], list[int]]
    known: dict[Cell, Any] = field(default_factory=dict)

    @cached_property
    def scores(self) -> Any:
        return rmatch.score(self.people, self.programme, self.requests)

    def lines(self, row: int, column: int) -> Any:
        """Return the lines of a pair, by the formulas for single pairs."""
        if (row, column) not in self.known:
            two = self.scores.mentors[row], self.scores.mentees[column]
            self.known[row, column] = formulas_of(self.scores).of(*two)
        return self.known[row, column]


@st.composite
def drawn_rounds(draw: st.DrawFn, *, protected: bool | None = None, once: bool = False) -> Drawn:
    """Draw a round with what comes before its points; with `once`, each topic counts once for whoever wants it."""
    rows, columns = draw(st.sampled_from([(1, 3), (2, 2), (3, 2), (2, 3), (3, 3), (4, 2), (3, 1)]))
    most = draw(st.sampled_from([2, 2, 3] if once else [1, 1, 2, 3]))
    sides = {"mentor": rows, "mentee": columns}
    records: list[dict[str, Any]] = []
    for side, size in sides.items():
        for number in range(size):
            capacity = draw(st.integers(0 if number else 1, most))
            records.append(
                {
                    "id": f"{side}{number}",
                    "role": side,
                    "priority": draw(st.sampled_from([None, None, 0, 1, 2, 7])),
                    f"{side}_capacity": capacity,
                    f"{side}_minimum": draw(st.sampled_from([0, 0, 0, 0, min(1, capacity)])),
                    "dimension:age": draw(st.sampled_from(["young", "old"])),
                    "consent:age": "match",
                }
            )
            if once:
                records[-1]["offers" if side == "mentor" else "wants"] = dict.fromkeys(
                    draw(st.lists(st.sampled_from(TOPICS), unique=True)), draw(st.integers(1, 5))
                )
    top = draw(st.sampled_from([2, 100]))
    values = np.array([[draw(st.integers(0, top)) for _ in range(columns)] for _ in range(rows)])
    ids = [[f"{side}{number}" for number in range(size)] for side, size in sides.items()]
    fit = Custom("fit", Matrix(values / top, *ids), weight=3)
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    some = st.lists(st.sampled_from(cells), unique=True)
    excluded = set(draw(some)) if draw(st.booleans()) else set()
    locked = {draw(st.sampled_from(cells))} - excluded if draw(st.booleans()) else set()
    asked = [
        *(Request(f"mentor{i}", f"mentee{j}", "exclude") for i, j in sorted(excluded)),
        *(Request(f"mentor{i}", f"mentee{j}", "lock") for i, j in sorted(locked)),
    ]
    weighs = draw(st.booleans()) if protected is None else protected
    criteria: list[Any] = [
        fit,
        *([Diversity(2)] if weighs else []),
        *([Expertise(9)] if once else []),
    ]
    programme = rmatch.Programme(
        criteria=criteria,
        count_topic="once" if once else "each",
        rules=(),
        waiting=draw(st.sampled_from(["first", "first", "same"])),
        spread=draw(st.booleans()),
        participation=draw(st.sampled_from(["most", "most", "best"])),
    )
    anybody = st.sampled_from([*ids[0], *ids[1]])
    waited = draw(st.dictionaries(anybody, st.integers(1, 3), max_size=3))
    earlier = Earlier(tuple(draw(some)), draw(st.booleans()), waited)
    own = {
        record["id"]: (record["priority"] or 0) + waited.get(record["id"], 0) for record in records
    }
    waiting = (
        [own[f"mentor{n}"] for n in range(sides["mentor"])],
        [own[f"mentee{n}"] for n in range(sides["mentee"])],
    )
    return Drawn(rmatch.read_people(records), programme, Requests(tuple(asked)), earlier, waiting)


def every(one: Drawn, locks: Pairs) -> Iterator[Pairs]:
    """Go through all sets of pairs that keep locks, places and minimums."""
    scores = one.scores
    cohort = scores.cohort
    limits = [(cohort.minimum(side), cohort.capacity(side)) for side in ("mentor", "mentee")]
    rows, columns = np.nonzero(scores.open_pairs)
    free = sorted({*zip(rows.tolist(), columns.tolist(), strict=True)} - locks)
    subsets = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    for chosen in subsets:
        pairs = frozenset(chosen) | locks
        counts = [
            np.bincount([cell[side] for cell in pairs], minlength=size)
            for side, size in enumerate(scores.shape)
        ]
        if all(
            (low <= own).all() and (own <= high).all()
            for own, (low, high) in zip(counts, limits, strict=True)
        ):
            yield pairs


def worth(one: Drawn, pairs: Pairs, *, protected: bool) -> int:
    """Return the points of some pairs, line by line; each topic at its best for whoever wants it, if it counts once."""
    once: dict[tuple[int, str], int] = {}
    rest = 0
    for row, column in pairs:
        for line in one.lines(row, column):
            if line.protected and not protected:
                continue
            if (
                one.programme.count_topic == "once"
                and line.criterion == "expertise"
                and line.subject
            ):
                want = column, line.subject
                once[want] = max(once.get(want, 0), line.points)
            else:
                rest += line.points
    return rest + sum(once.values())


def rank(one: Drawn, pairs: Pairs, locks: Pairs, *, protected: bool) -> tuple[Any, ...]:
    """Return the aims in their order."""
    served = [{cell[side] for cell in pairs} for side in (0, 1)]
    holding = [{cell[side] for cell in one.earlier.kept} for side in (0, 1)]
    people = [
        (
            TOP if position in holding[side] and not one.earlier.points_first else own,
            position in served[side],
        )
        for side in (0, 1)
        for position, own in enumerate(one.waiting[side])
    ]
    levels = sorted({own for own, _ in people}, reverse=True)
    first = one.programme.waiting == "first"
    by_level = [sum(has for own, has in people if own == level) for level in levels if level > 0]
    kept = len((pairs - locks) & set(one.earlier.kept))
    total = worth(one, pairs, protected=protected)
    return (
        len(pairs) * (one.programme.participation == "most"),
        *(by_level if first else ()),
        sum(has for _, has in people) * one.programme.spread,
        *((total, kept) if one.earlier.points_first else (kept, total)),
    )


def places(pairs: Pairs) -> tuple[list[int], list[int]]:
    return sorted(cell[0] for cell in pairs), sorted(cell[1] for cell in pairs)


def solved(one: Drawn) -> Outcome | None:
    try:
        return Round(one.scores, 0, earlier=one.earlier).solve()
    except InfeasibleError:
        return None


def assert_best(one: Drawn, outcome: Outcome) -> None:
    """Hold each step against all sets of pairs that it could choose from."""
    locks = frozenset(outcome.locked_cells)
    first, *second = outcome.steps
    possible = list(every(one, locks))
    chosen = frozenset(first.cells) | locks
    assert chosen in possible
    assert rank(one, chosen, locks, protected=first.protected) == max(
        rank(one, each, locks, protected=first.protected) for each in possible
    )
    for step in second:
        pairs = frozenset(step.cells) | locks
        same = [each for each in possible if places(each) == places(chosen)]
        assert pairs in same
        assert rank(one, pairs, locks, protected=True) == max(
            rank(one, each, locks, protected=True) for each in same
        )
