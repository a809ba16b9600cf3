"""Linear programmes in fractions, slow and exact, and the textbook way to leximin."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[Fraction | int]


def maximum(goal: Row, matrix: Sequence[Row], limits: Row) -> Fraction | None:
    """Return the most of a goal with A x ≤ b and x ≥ 0; None if there is no such x. It must not be without bound."""
    identity = [[Fraction(i == k) for k in range(len(matrix))] for i in range(len(matrix))]
    # The last variable but the limits is taken off every row: it makes any problem feasible.
    table = [
        [*map(Fraction, row), *unit, Fraction(-1), Fraction(b)]
        for row, unit, b in zip(matrix, identity, limits, strict=True)
    ]
    basis, extra = [len(goal) + i for i in range(len(matrix))], len(goal) + len(matrix)
    if min(row[-1] for row in table) < 0:
        _pivot(table, basis, min(range(len(table)), key=lambda i: table[i][-1]), extra)
        if _climb(table, basis, [*[Fraction(0)] * extra, Fraction(-1)]) < 0:
            return None
        if extra in basis:
            last = basis.index(extra)
            _pivot(table, basis, last, next(k for k in range(extra) if table[last][k]))
    for row in table:
        row[extra] = Fraction(0)
    return _climb(table, basis, [*map(Fraction, goal), *[Fraction(0)] * (len(matrix) + 1)])


def _climb(table: list[list[Fraction]], basis: list[int], cost: list[Fraction]) -> Fraction:
    while True:
        reduced = [
            c - sum((cost[b] * row[k] for b, row in zip(basis, table, strict=True)), Fraction(0))
            for k, c in enumerate(cost)
        ]
        entering = next((k for k, r in enumerate(reduced) if r > 0), None)
        if entering is None:
            return sum(
                (cost[b] * row[-1] for b, row in zip(basis, table, strict=True)), Fraction(0)
            )
        ratios = [
            (row[-1] / row[entering], basis[i], i)
            for i, row in enumerate(table)
            if row[entering] > 0
        ]
        leaving = min(ratios)[2]
        _pivot(table, basis, leaving, entering)


def _pivot(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    table[row] = [a / table[row][column] for a in table[row]]
    for i, other in enumerate(table):
        if i != row and other[column]:
            table[i] = [a - other[column] * b for a, b in zip(other, table[row], strict=True)]
    basis[row] = column


def leximin(
    gains: Sequence[Row], given: Row, matrix: Sequence[Row], limits: Row, points: Row
) -> list[Fraction] | None:
    """Return what everybody gets, and the most points then, by one programme for each person on each level.

    The last variable of these programmes is the level; gains are not negative. None if no x keeps A x ≤ b.
    """
    wide, fixed = [[*row, 0] for row in matrix], dict[int, Fraction]()
    nothing, top = [0] * len(points), [*[0] * len(points), 1]
    if maximum(nothing, matrix, limits) is None:
        return None

    def at_least(level: Fraction | None) -> tuple[list[Row], list[Fraction | int]]:
        """Return rows and limits with everybody at their level, and the open ones at least at this one, or a free one."""
        rows: list[Row] = [*wide]
        most: list[Fraction | int] = [*limits]
        for person, (gain, own) in enumerate(zip(gains, given, strict=True)):
            floor = fixed.get(person, level)
            rows.append([*(-g for g in gain), 1 if floor is None else 0])
            most.append(own if floor is None else own - floor)
        return rows, most

    while len(fixed) < len(gains):
        level = maximum(top, *at_least(None))
        assert level is not None
        rows, most = at_least(level)
        for person in sorted(set(range(len(gains))) - fixed.keys()):
            best = maximum([*gains[person], 0], rows, most)
            assert best is not None
            if best + given[person] == level:
                fixed[person] = level
    total = maximum([*points, 0], *at_least(Fraction(0)))
    assert total is not None
    return [*(fixed[person] for person in range(len(gains))), total]
