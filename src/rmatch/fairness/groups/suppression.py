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

from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.groups.counts import Hidden
from rmatch.fairness.groups.elimination import determined
from rmatch.fairness.groups.possible import fixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.fairness.groups.counts import Counts, Mask, Whole


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
    # Every turn hides a cell more or withholds a table more, so there is an end; and nothing but a state in which no
    # hidden number follows from the published ones, by either test, ends it.
    while (unsafe := unprotected(counts, hidden)) is not None:
        layer, cells = unsafe
        of_layer = hidden.people if layer == "people" else hidden.matched
        more = _cheapest(counts, of_layer, cells)
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
    published = ~np.isin(counts.table, list(hidden.withheld))
    guarded = {"people": hidden.people & ~counts.open, "matched": hidden.matched}
    for layer, given_away in _given_away(counts, hidden):
        unsafe = given_away & guarded[layer] & published
        if unsafe.any():
            return layer, np.flatnonzero(unsafe).tolist()
    return None


def _given_away(counts: Counts, hidden: Hidden) -> Iterator[tuple[str, Mask]]:
    """Go through the numbers that follow from the published ones, first by what is quick to see."""
    yield "people", determined(counts.sums, hidden.people)
    yield "matched", determined(counts.sums, hidden.matched)
    people, matched = fixed(counts, hidden)
    yield "people", people
    # Where everybody is matched, or nobody, how many of a group are is no news.
    if not _same_for_all(counts):
        yield "matched", matched


def _same_for_all(counts: Counts) -> bool:
    """Return whether everybody or nobody is matched."""
    nobody = not counts.matched.any()
    everybody = bool((counts.matched == counts.people).all())
    return nobody or everybody


def _small(counts: Counts, k: int) -> Hidden:
    """Hide the small numbers, whatever else there is."""
    few = _few(counts.people, k)
    if not _same_for_all(counts):
        # Who has no partner is as easy to make out as who has one.
        alone = counts.people - counts.matched
        few |= _few(counts.matched, k) | _few(alone, k)
    first_table = counts.table == counts.table[:1]
    everybody = counts.people[first_table].sum()
    # What is known of everybody is published anyway, also where nobody released anything.
    known_anyway = counts.open & (counts.people == everybody)
    people = (counts.people < k) & ~counts.open
    matched = people | (few & ~known_anyway)
    return Hidden(people, matched, frozenset())


def _few(numbers: Whole, k: int) -> Mask:
    return (numbers > 0) & (numbers < k)


def _cheapest(counts: Counts, hidden: Mask, cells: Sequence[int]) -> Mask | None:
    """Return the smallest of the published cells whose hiding may protect `cells`; None if all are hidden."""
    candidates = np.flatnonzero(_candidates(counts, hidden, cells))
    if not candidates.size:
        return None
    figures = np.stack([counts.people, counts.matched, counts.gain], axis=1)[candidates]
    smallest = min(figures.tolist())
    # Cells with the same numbers go together: their names must not decide.
    alike = (figures == smallest).all(axis=1)
    chosen = np.zeros(len(hidden), bool)
    chosen[candidates[alike]] = True
    return chosen


def _candidates(counts: Counts, hidden: Mask, cells: Sequence[int]) -> Mask:
    """Return published cells: of the same tables and in equations with `cells`, else in equations, else all."""
    unsafe = set(cells)
    near = np.zeros(len(hidden), bool)
    for equation in counts.sums:
        if not unsafe.isdisjoint(equation.all):
            near[list(equation.all)] = True
    near &= ~hidden
    tables = counts.table[list(cells)]
    same_tables = near & np.isin(counts.table, tables)
    if same_tables.any():
        return same_tables
    return near if near.any() else ~hidden


def _hide(hidden: Hidden, layer: str, more: Mask) -> Hidden:
    # Without the number of people, that of the matched ones would say more than may be known.
    people = hidden.people | more if layer == "people" else hidden.people
    matched = hidden.matched | more
    return Hidden(people, matched, hidden.withheld)


def _withhold(counts: Counts, hidden: Hidden, cells: Sequence[int]) -> Hidden:
    tables = counts.table[list(cells)].tolist()
    withheld = hidden.withheld.union(tables)
    return Hidden(hidden.people, hidden.matched, withheld)
