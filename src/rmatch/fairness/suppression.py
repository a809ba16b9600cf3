r"""What to leave out of tables of counts, so that no small count can be worked out from the others.

A table splits all people of one side by one or more dimensions; the cells of a row add up to the row's margin, and those of
a table with one dimension to everybody. A cell with fewer than `k` people is hidden. So is the number of matched people
wherever 1 to `k - 1` of a cell's people are matched, or are not. Hiding these is not enough, since a single hidden cell is
its margin less the others. More cells are hidden, the smallest first, until for every hidden number

1. no linear combination of what is published gives it: the equations among hidden numbers are reduced exactly, over the
   fractions, and none of them may end up with a single unknown, and
2. at least two values are possible for it as a whole number, given that no count is negative and no more people are
   matched than there are. (That nobody has a combination of answers may come out: it is a number about no one.)

Sums of points are hidden together with the number of matched people and obey the same equations, so the first condition
covers them too. The method is cell suppression: Cox, :doi:`10.1080/01621459.1980.10477481`; Willenborg and de Waal,
:doi:`10.1007/978-1-4613-0121-9`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Mask = NDArray[np.bool_]

TRIES = 8
"""Random directions in which other possible tables are looked for, before every number is tried by itself."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One equation: some cells add up to another cell, or to everybody.

    Attributes
    ----------
    cells : tuple of int
        The parts.
    whole : int or None
        The cell that they add up to; None for everybody.
    """

    cells: tuple[int, ...]
    whole: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """Every cell in the equation."""
        return self.cells if self.whole is None else (*self.cells, self.whole)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The cells of all tables about one side.

    Attributes
    ----------
    people, matched, gain : numpy.ndarray of int64
        How many people each cell has, how many of them are matched, and what these gain.
    table : numpy.ndarray of int64
        The table of each cell.
    least : numpy.ndarray of int64
        How many people a reader knows to be in a cell: 1 where its group would not be listed otherwise.
    open : numpy.ndarray of bool
        Cells of people who released nothing: how many there are need not be hidden for its own sake.
    sums : tuple of Sum
        The equations.
    """

    people: Whole
    matched: Whole
    gain: Whole
    table: Whole
    least: Whole
    open: Mask
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What is not published.

    Attributes
    ----------
    people, matched : numpy.ndarray of bool
        Cells without the number of people; cells without the number of matched people, their rate and points.
    withheld : frozenset of int
        Tables of which nothing can be published, not even which groups there are.
    """

    people: Mask
    matched: Mask
    withheld: frozenset[int]


def suppress(counts: Counts, k: int) -> Hidden:
    """Choose what to hide.

    Parameters
    ----------
    counts : Counts
        The cells and their equations.
    k : int
        The smallest number that may be shown.

    Returns
    -------
    Hidden
        Depends on the numbers only, not on the order or the names of the groups.
    """
    hidden = _small(counts, k)
    while (unsafe := unprotected(counts, hidden)) is not None:
        layer, cells = unsafe
        more = _cheapest(counts, hidden.people if layer == "people" else hidden.matched, cells)
        hidden = _withhold(counts, hidden, cells) if more is None else _hide(hidden, layer, more)
    return hidden


def unprotected(counts: Counts, hidden: Hidden) -> tuple[str, list[int]] | None:
    """Return the hidden numbers of one kind that the published ones give away, None if there are none.

    Parameters
    ----------
    counts : Counts
        The cells.
    hidden : Hidden
        What is not published.

    Returns
    -------
    tuple of str and list of int, or None
        ``"people"`` or ``"matched"``, and the cells.
    """
    withheld = np.isin(counts.table, list(hidden.withheld))
    checks: list[tuple[str, Mask, Callable[[], set[int]]]] = [
        ("people", hidden.people & ~counts.open, lambda: determined(counts.sums, hidden.people)),
        ("matched", hidden.matched, lambda: determined(counts.sums, hidden.matched)),
        (
            "people",
            hidden.people & ~counts.open,
            lambda: set(np.flatnonzero(_fixed(counts, hidden)[0]).tolist()),
        ),
        (
            "matched",
            hidden.matched,
            lambda: set(np.flatnonzero(_fixed(counts, hidden)[1]).tolist()),
        ),
    ]
    # Where everybody is matched, or nobody, how many of a group are is no news.
    for layer, mask, check in checks[:3] if _same_for_all(counts) else checks:
        found = [cell for cell in sorted(check()) if mask[cell] and not withheld[cell]]
        if found:
            return layer, found
    return None


def determined(sums: Sequence[Sum], hidden: Mask) -> set[int]:
    """Return the hidden cells whose number follows from the published ones by linear equations.

    Parameters
    ----------
    sums : sequence of Sum
        The equations.
    hidden : ndarray of bool
        The unknowns.

    Returns
    -------
    set of int
        The cells that stand alone in an equation of the reduced row echelon form.
    """
    return {pivot for pivot, row in _reduced(sums, hidden).items() if len(row) == 1}


def _reduced(sums: Sequence[Sum], hidden: Mask) -> dict[int, dict[int, Fraction]]:
    """Return the equations among the hidden cells in reduced row echelon form, by their pivots."""
    reduced: dict[int, dict[int, Fraction]] = {}
    for equation in sums:
        row = {cell: Fraction(1) for cell in equation.cells if hidden[cell]}
        if equation.whole is not None and hidden[equation.whole]:
            row[equation.whole] = Fraction(-1)
        for pivot in [cell for cell in row if cell in reduced]:
            _subtract(row, reduced[pivot], row[pivot])
        if row:
            _add(reduced, row)
    return reduced


def _add(reduced: dict[int, dict[int, Fraction]], row: dict[int, Fraction]) -> None:
    pivot, value = next(iter(row.items()))
    row = {cell: factor / value for cell, factor in row.items()}
    for other in reduced.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    reduced[pivot] = row


def _subtract(row: dict[int, Fraction], other: dict[int, Fraction], times: Fraction) -> None:
    for cell, factor in other.items():
        rest = row.get(cell, Fraction(0)) - times * factor
        if rest:
            row[cell] = rest
        else:
            row.pop(cell, None)


def _same_for_all(counts: Counts) -> bool:
    """Return whether everybody or nobody is matched."""
    return not counts.matched.any() or bool((counts.matched == counts.people).all())


def _small(counts: Counts, k: int) -> Hidden:
    few_people = (counts.people > 0) & (counts.people < k)
    alone = counts.people - counts.matched
    few = ((counts.matched > 0) & (counts.matched < k)) | ((alone > 0) & (alone < k))
    everybody = counts.people[counts.table == counts.table[:1]].sum()
    # What is known of everybody is published anyway, also where nobody released anything.
    matched = (few_people | (few & (not _same_for_all(counts)))) & ~(
        counts.open & (counts.people == everybody)
    )
    people = (counts.people < k) & ~counts.open
    return Hidden(people, people | matched, frozenset())


def _cheapest(counts: Counts, hidden: Mask, cells: Sequence[int]) -> Mask | None:
    """Return the smallest published cells: of the same tables and in equations with `cells`, else in equations, else all."""
    near = {
        other
        for equation in counts.sums
        if not {*cells}.isdisjoint(equation.all)
        for other in equation.all
    }
    shown = [cell for cell in sorted(near) if not hidden[cell]]
    own = {*counts.table[list(cells)].tolist()}
    choice = (
        [cell for cell in shown if counts.table[cell] in own]
        or shown
        or np.flatnonzero(~hidden).tolist()
    )
    if not choice:
        return None
    keys = np.stack([counts.people, counts.matched, counts.gain], axis=1)
    least = min(choice, key=lambda cell: tuple(keys[cell].tolist()))
    alike = np.zeros(len(hidden), bool)
    # Cells with the same numbers go together: their names must not decide.
    alike[[cell for cell in choice if (keys[cell] == keys[least]).all()]] = True
    return alike


def _hide(hidden: Hidden, layer: str, more: Mask) -> Hidden:
    people = hidden.people | more if layer == "people" else hidden.people
    return Hidden(people, hidden.matched | more, hidden.withheld)


def _withhold(counts: Counts, hidden: Hidden, cells: Sequence[int]) -> Hidden:
    return Hidden(
        hidden.people, hidden.matched, hidden.withheld | set(counts.table[list(cells)].tolist())
    )


def _fixed(counts: Counts, hidden: Hidden) -> tuple[Mask, Mask]:
    """Return the hidden numbers of people and of matched people for which one whole number alone is possible."""
    size = len(counts.people)
    truth = np.concatenate([counts.people, counts.matched])
    unknown = np.concatenate([hidden.people, hidden.matched])
    fixed = unknown & np.tile(counts.people > 0, 2)
    for moved in _moved(counts, hidden):
        fixed &= moved == truth
    if fixed.any():
        for found in _searched(counts, unknown, truth, fixed):
            fixed &= found == truth
    return fixed[:size], fixed[size:]


def _moved(counts: Counts, hidden: Hidden) -> Iterator[Whole]:
    """Go through possible tables that are one step from the true one: the quick way to see that numbers are open."""
    people, matched = counts.people, counts.matched
    for step in _steps(counts.sums, hidden.people, len(people)):
        if (people + step >= np.maximum(counts.least, matched)).all():
            yield np.concatenate([people + step, matched])
    for step in _steps(counts.sums, hidden.matched, len(people)):
        if ((matched + step >= 0) & (matched + step <= people)).all():
            yield np.concatenate([people, matched + step])


def _steps(sums: Sequence[Sum], hidden: Mask, size: int) -> Iterator[Whole]:
    """Go through whole numbers that change hidden cells and no sum, both ways: the basis of the equations' null space."""
    reduced = _reduced(sums, hidden)
    for free in np.flatnonzero(hidden).tolist():
        if free in reduced:
            continue
        change = {free: Fraction(1)} | {
            pivot: -row[free] for pivot, row in reduced.items() if free in row
        }
        common = math.lcm(*(part.denominator for part in change.values()))
        step = np.zeros(size, np.int64)
        step[list(change)] = [int(part * common) for part in change.values()]
        yield step
        yield -step


def _searched(counts: Counts, unknown: Mask, truth: Whole, fixed: Mask) -> Iterator[Whole]:
    """Go through tables that agree with everything published, first at random, then away from what is `fixed` yet."""
    solve = _solver(counts, unknown, truth)
    random = np.random.default_rng(0)
    for _ in range(TRIES):
        if fixed.any():
            yield solve(random.choice([-1.0, 1.0], len(truth)) * fixed)
    for number in np.flatnonzero(fixed).tolist():
        for sign in (-1.0, 1.0):
            if fixed[number]:
                yield solve(sign * (np.arange(len(truth)) == number))


def _solver(counts: Counts, unknown: Mask, truth: Whole) -> Callable[[NDArray[np.float64]], Whole]:
    """Return a function that finds the possible table with the least weighted sum."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    size, columns = len(counts.people), np.flatnonzero(unknown)
    entries = [
        (line, cell, 1 - 2 * (cell == equation.whole))
        for line, equation in enumerate(counts.sums)
        for cell in equation.all
    ]
    lines, cells, signs = np.array(entries, np.int64).reshape(-1, 3).T
    sums = csr_array((signs, (lines, cells)), shape=(len(counts.sums), size))
    among = csr_array(vstack([hstack([sums, 0 * sums]), hstack([0 * sums, sums])]))[:, columns]
    order = csr_array(hstack([-eye_array(size, dtype=np.int64), eye_array(size, dtype=np.int64)]))
    slack = counts.people - counts.matched + order[:, columns] @ truth[columns]
    whole = LinearConstraint(
        csr_array(vstack([among, order[:, columns]])).astype(float),
        np.concatenate([among @ truth[columns], np.full(size, -np.inf)]),
        np.concatenate([among @ truth[columns], slack]),
    )
    bounds = Bounds(
        np.concatenate([counts.least, 0 * counts.least])[columns], float(counts.people.sum() + 1)
    )

    def solve(weights: NDArray[np.float64]) -> Whole:
        found = milp(
            weights[columns],
            integrality=np.ones(len(columns), np.int64),
            bounds=bounds,
            constraints=whole,
        )
        assert found.success, found.message  # the true table is one of those that are possible
        table = truth.copy()
        table[columns] = np.rint(found.x)
        return table

    return solve
