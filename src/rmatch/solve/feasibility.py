"""How many pairs there can be, and who lacks partners when minimums are out of reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import InfeasibleError, RmatchError
from rmatch.solve.network.greedy import at_once
from rmatch.solve.network.network import CutError, Whole
from rmatch.solve.problem import Problem
from rmatch.utils.aside import aside
from rmatch.utils.stopping import listen
from rmatch.utils.text import counted, plural

Names = tuple[Sequence[object], Sequence[object]]


SHOWN = 10


def most_pairs(problem: Problem) -> int:
    """Return the largest number of pairs: all that there are places for where a greedy try fills them, else a maximum flow.

    Minimums do not change it where they can be met at all, because a path that adds a pair takes no partner away from
    anyone: it changes partners on the way and adds one at each end (Berge 1957).

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> allowed = np.array([[True, False], [True, False]])
    >>> most_pairs(Problem(np.zeros((2, 2), np.int64), allowed, one, one, none, none, "most"))
    1
    """
    out, into = problem.places
    full = min(int(out.sum()), int(into.sum()))
    if _filled(problem.allowed, out, into) == full:
        return full
    return _maximum_flow(problem)


def _filled(allowed: NDArray[np.bool_], out: Whole, into: Whole) -> int:
    """Return how many pairs are made greedily: often all that there can be."""
    return len(at_once(allowed, out, into, "places")[0])


def _maximum_flow(problem: Problem) -> int:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    mentors, mentees = problem.points.shape
    source, sink = mentors + mentees, mentors + mentees + 1
    rows, columns = np.nonzero(problem.allowed)
    # The pairs, then the source to the mentors, then the mentees to the sink.
    tails = np.concatenate([rows, np.full(mentors, source), np.arange(mentors, source)])
    heads = np.concatenate([columns + mentors, np.arange(mentors), np.full(mentees, sink)])
    units = np.concatenate([np.ones(rows.size, np.int64), *problem.places])
    nodes = sink + 1
    listen("places")
    arcs = csr_array((units.astype(np.int32), (tails, heads)), shape=(nodes, nodes))
    flow = aside("places", arcs.nnz, lambda: maximum_flow(arcs, source, sink))
    return int(flow.flow_value)


def shortage(problem: Problem, cut: CutError, names: Names | None = None) -> InfeasibleError:
    r"""Return the error that says which people need more partners than those they may meet can give.

    Where :math:`N(S)` are the partners allowed to a set :math:`S`, the minimums of one side can be met exactly when
    :math:`\sum_{i \in S} l_i \le \sum_{j \in N(S)} \min(c_j, |S \cap N(j)|)` for every :math:`S` (Hall 1935), and
    those of both sides whenever each can be met alone (Mendelsohn and Dulmage 1958, :doi:`10.4153/CJM-1958-027-8`).
    So the cut holds a set of one side that breaks the inequality; whoever is not needed for that is left out.

    Parameters
    ----------
    problem : Problem
        A problem with minimums.
    cut : CutError
        What its network raised.
    names : tuple of two sequences, optional
        What the mentors and the mentees are called; without it, the numbers of their rows and columns.

    Returns
    -------
    InfeasibleError
        With the people concerned.

    Raises
    ------
    RmatchError
        If the points at hand do not bear it out: whatever found the cut, its numbers are counted anew.
    """
    called = names or tuple(range(size) for size in problem.points.shape)
    flipped = bool(cut.rows[-1])
    view = problem.transposed if flipped else problem
    beyond = ~cut.columns if flipped else cut.rows
    needy = _sharpened(view, np.flatnonzero(beyond[:-1] & (view.mentor_minimum > 0)))
    helpers = np.flatnonzero(view.allowed[needy].any(0))
    who, whom = ("mentee", "mentor") if flipped else ("mentor", "mentee")
    need = int(view.mentor_minimum[needy].sum())
    room = _room(view.mentee_capacity, view.allowed[needy].sum(0))
    if need <= room:
        message = f"the cut does not hold: {need} partners needed, and {room} places. This is a fault of rmatch: please report it"
        raise RmatchError(message)
    needy_names = [called[flipped][i] for i in needy.tolist()]
    helper_names = [called[not flipped][i] for i in helpers.tolist()]
    needs = "needs" if len(needy) == 1 else "need"
    message = (
        f"{plural(len(needy), who)} {listed(needy_names)} {needs} {counted(need, 'partner')}, but the {whom}s they "
        f"may meet ({listed(helper_names)}) have {counted(room, 'place')} for them"
    )
    sides = (helper_names, needy_names) if flipped else (needy_names, helper_names)
    return InfeasibleError(message, *sides)


def _sharpened(view: Problem, needy: Whole) -> Whole:
    """Leave out one after another whoever the contradiction does not need."""
    counts = view.allowed[needy].sum(0)
    need, kept = int(view.mentor_minimum[needy].sum()), []
    for i in needy:
        fewer = counts - view.allowed[i]
        less = need - int(view.mentor_minimum[i])
        if less > _room(view.mentee_capacity, fewer):
            counts, need = fewer, less
        else:
            kept.append(i)
    return np.array(kept)


def _room(capacity: Whole, counts: Whole) -> int:
    """Return the places for people of whom each of the others may meet so many."""
    return int(np.minimum(capacity, counts).sum())


def listed(names: Sequence[object]) -> str:
    """Return the first of some names, and how many more there are."""
    shown = ", ".join(map(str, names[:SHOWN]))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return (shown or "none") + more
