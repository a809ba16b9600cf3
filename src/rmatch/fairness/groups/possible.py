"""Which hidden numbers are fixed as whole numbers: other tables that agree with everything published are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.groups.elimination import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    from rmatch.fairness.groups.counts import Counts, Hidden, Mask, Sum, Whole

    Solver = Callable[[NDArray[np.float64]], Whole]

TRIES = 8
"""Random directions in which other possible tables are looked for, before every number is tried by itself."""


def fixed(counts: Counts, hidden: Hidden) -> tuple[Mask, Mask]:
    """Return the hidden numbers of people and of matched people for which one whole number alone is possible.

    Parameters
    ----------
    counts : Counts
        The cells.
    hidden : Hidden
        What is not published.

    Returns
    -------
    tuple of ndarray of bool
        Of people, and of matched people. That nobody is in a cell may come out.
    """
    size = len(counts.people)
    truth = np.concatenate([counts.people, counts.matched])
    unknown = np.concatenate([hidden.people, hidden.matched])
    # Two tables that differ in a number show that it is open: whatever no table differs in stays.
    still_fixed = unknown & np.tile(counts.people > 0, 2)
    for table in _nearby(counts, hidden):
        still_fixed &= table == truth
    if still_fixed.any():
        for table in _searched(counts, unknown, truth, still_fixed):
            still_fixed &= table == truth
    return still_fixed[:size], still_fixed[size:]


def _nearby(counts: Counts, hidden: Hidden) -> Iterator[Whole]:
    """Go through possible tables that are one step from the true one: the quick way to see that numbers are open."""
    fewest = np.maximum(counts.least, counts.matched)
    for step in changes(counts.sums, hidden.people):
        people = counts.people + step
        if (people >= fewest).all():
            yield np.concatenate([people, counts.matched])
    for step in changes(counts.sums, hidden.matched):
        matched = counts.matched + step
        if ((matched >= 0) & (matched <= counts.people)).all():
            yield np.concatenate([counts.people, matched])


def _searched(counts: Counts, unknown: Mask, truth: Whole, still_fixed: Mask) -> Iterator[Whole]:
    """Go through possible tables, first at random, then away from what is `still_fixed`, which the caller updates."""
    solve = _solver(counts, unknown, truth)
    random = np.random.default_rng(0)
    for _ in range(TRIES):
        if still_fixed.any():
            yield solve(random.choice([-1.0, 1.0], len(truth)) * still_fixed)
    # The least and the largest possible value of a number: if both are the true one, it is fixed for certain.
    for number in np.flatnonzero(still_fixed).tolist():
        for sign in (-1.0, 1.0):
            if still_fixed[number]:
                yield solve(sign * (np.arange(len(truth)) == number))


def _solver(counts: Counts, unknown: Mask, truth: Whole) -> Solver:
    """Return a function that finds the possible table with the least weighted sum."""
    from scipy.optimize import Bounds, milp

    columns = np.flatnonzero(unknown)
    constraints = _constraints(counts, columns, truth)
    least = np.concatenate([counts.least, np.zeros_like(counts.least)])
    bounds = Bounds(least[columns], float(counts.people.sum() + 1))
    integrality = np.ones(len(columns), np.int64)

    def solve(weights: NDArray[np.float64]) -> Whole:
        found = milp(
            weights[columns], integrality=integrality, bounds=bounds, constraints=constraints
        )
        assert found.success, found.message  # the true table is one of those that are possible
        table = truth.copy()
        table[columns] = np.rint(found.x)
        return table

    return solve


def _constraints(counts: Counts, columns: Whole, truth: Whole) -> LinearConstraint:
    """Return what every possible table obeys, in the unknown numbers: the equations, and no more matched than people."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

    size, known = len(counts.people), truth[columns]
    sums = _matrix(counts.sums, size)
    both_sums = csr_array(block_diag([sums, sums]))[:, columns]
    one = eye_array(size, dtype=np.int64)
    excess = csr_array(hstack([-one, one]))[:, columns]
    # Whatever of a cell is published stays as it is, so it may be left out of both sides.
    room = counts.people - counts.matched + excess @ known
    total = both_sums @ known
    return LinearConstraint(
        csr_array(vstack([both_sums, excess])).astype(float),
        np.concatenate([total, np.full(size, -np.inf)]),
        np.concatenate([total, room]),
    )


def _matrix(sums: Sequence[Sum], size: int) -> csr_array:
    """Return the equations as a matrix: the parts less the whole, which is 0, or everybody."""
    from scipy.sparse import csr_array

    entries = []
    for line, total in enumerate(sums):
        entries += [(line, cell, 1) for cell in total.cells]
        if total.whole is not None:
            entries.append((line, total.whole, -1))
    lines, cells, signs = np.array(entries, np.int64).reshape(-1, 3).T
    return csr_array((signs, (lines, cells)), shape=(len(sums), size))
