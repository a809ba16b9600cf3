"""The best pairs of a bare matrix of points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import TOTAL, Objective, compatibility_of, named, objective_fault
from rmatch.solve.assigned import Assignment
from rmatch.solve.columns.blocks import Blocks
from rmatch.solve.columns.tables import Tables
from rmatch.solve.fair.dispatch import solve_fair
from rmatch.solve.fair.solution import FairSolution
from rmatch.solve.gaps import Sparse
from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.total import Solution, solve, solve_stream
from rmatch.solve.validate import Given, read_problem, read_sides, read_streamed
from rmatch.utils.lent import executor_faults, lending
from rmatch.utils.log import LOG, timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import refuse

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve.columns.problem import ImplicitProblem


@timed
def assign(
    points: ArrayLike | Sparse | Tables | Blocks,
    *,
    allowed: ArrayLike | Sparse | None = None,
    mentor_capacity: ArrayLike = 1,
    mentee_capacity: ArrayLike = 1,
    mentor_minimum: ArrayLike = 0,
    mentee_minimum: ArrayLike = 0,
    participation: Participation = "most",
    min_points: float | None = None,
    maximize: bool = True,
    objective: Objective | str = TOTAL,
    sides: tuple[ArrayLike, ArrayLike] | None = None,
    max_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
    executor: Executor | None = None,
) -> Assignment:
    r"""Return the best pairs of mentors and mentees.

    Let :math:`x_{ij}` be 1 if mentor :math:`i` meets mentee :math:`j`, and 0 otherwise, always 0 for a pair that is
    not allowed. The answer maximises

    .. math:: \sum_{ij} p_{ij} x_{ij} \quad\text{subject to}\quad
       l_i \le \sum_j x_{ij} \le c_i, \quad m_j \le \sum_i x_{ij} \le d_j, \quad \sum_{ij} x_{ij} = K

    where :math:`K` is the largest number of pairs that the other constraints admit, or is left free.

    Parameters
    ----------
    points : array_like, sparse matrix, Tables or Blocks
        What each pair is worth, shape (mentors, mentees), or what gives it without a matrix. Whole numbers and booleans
        are computed exactly; floats are float64 as they are, nan and infinity refused. Whole numbers stay below
        :math:`2^{57} / (\text{mentors} + \text{mentees} + 2)`, which is 2.4e16 for 2 × 2, so that 64 bits hold every sum along a
        path through everybody. A masked cell, or one that a sparse matrix of scipy does not store, is a pair that may
        not be made; a zero that is stored is points like any others, and a pair that is stored twice is a fault.
    allowed : array_like or sparse matrix of bool, optional
        The pairs that may be made, same shape; all of them if left out.
    mentor_capacity, mentee_capacity : int or array_like of int, default 1
        Most partners of each person, one number for all or one each. No pair is made twice.
    mentor_minimum, mentee_minimum : int or array_like of int, default 0
        Fewest partners of each person. They come before everything else.
    participation : {"most", "best"}, default "most"
        ``"most"``: as many pairs as possible, then the best total with so many. ``"best"``: the best total with any
        number of pairs; pairs of 0 points may be made or not.
    min_points : float, optional
        Pairs with fewer points are refused, as if they were not allowed.
    maximize : bool, default True
        Whether more points are better. With ``False``, ``"best"`` and no negative costs, no pair is the best answer.
    objective : Total, AlphaFair, MaxMin, Leximin, Stable or str, default Total()
        What is best over all pairs, see :mod:`rmatch.objectives`; one that needs no values also by its name. Another one
        than the total needs a matrix.
    sides : tuple of two array_like, optional
        What each pair is worth to the mentor and to the mentee, same shapes; for ``Leximin(over="people")`` and
        stable matchings alone.
    max_seconds : float, optional
        Stop after about so many seconds, with the best answer so far and a bound on what could be better.
    gap : float, default 0
        Stop when the bound exceeds the points by no more than this share of them.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.
    handle_signals : bool, default True
        Whether the first Ctrl-C stops it, too, and only the second one raises :class:`KeyboardInterrupt`.
    executor : concurrent.futures.Executor, optional
        Helps with the passes over all pairs of very large :class:`rmatch.solve.Tables`: processes, or other machines by Dask. The answer does not
        depend on it. See :doc:`/how-to/match-past-one-machine`.

    Returns
    -------
    Assignment
        Pairs, total, and the people without a partner. Which of several optimal answers is not promised, nor that it is
        the same in another process. If the run was stopped, the best pairs so far.

    Raises
    ------
    InvalidInputError
        If the input is wrong, with every fault. Whole points whose sums int64 could not hold are a fault.
    InfeasibleError
        If minimums are out of reach, with rows and columns that prove it.
    StopError
        If the run was stopped before a large matrix was read or every minimum met, or for stable matchings before there
        was one.

    Notes
    -----
    The problem is solved as a transportation network; where its capacities are whole, some best flow is whole too [1]_.

    References
    ----------
    .. [1] A. J. Hoffman and J. B. Kruskal, "Integral boundary points of convex polyhedra", Annals of Mathematics
       Studies 38, 1956. :doi:`10.1515/9781400881987-014`

    Examples
    --------
    >>> answer = assign([[7, 5, 2], [6, 1, 0]])
    >>> answer.pairs.tolist()
    [[0, 1], [1, 0]]
    >>> answer.total, answer.unmatched_mentees.tolist()
    (11, [2])

    A mentor who may have two mentees, and a mentee who must not meet mentor 0:

    >>> assign(
    ...     [[7, 5, 2], [6, 1, 0]],
    ...     mentor_capacity=[2, 1],
    ...     allowed=[[False, True, True], [True, True, True]],
    ... )
    Assignment of 3 pairs, total 13
      pairs      0-1, 0-2, 1-0
      unmatched  mentors 0, mentees 0
      route      dense

    The worst pair as good as possible, which the largest total of 10 would leave at 1:

    >>> fair = assign([[9, 5], [4, 1]], objective="leximin")
    >>> fair.pairs.tolist(), fair.total
    ([[0, 1], [1, 0]], 9)
    """
    given = Given(
        allowed=allowed,
        mentor_capacity=mentor_capacity,
        mentee_capacity=mentee_capacity,
        mentor_minimum=mentor_minimum,
        mentee_minimum=mentee_minimum,
        participation=participation,
        min_points=min_points,
        maximize=maximize,
    )
    rule = StoppingRule(max_seconds, gap, progress, cancel=cancel, handle_signals=handle_signals)
    refuse(executor_faults(executor))
    # Large matrices are read for a while, too.
    with rule, lending(executor):
        rule.begin("pairs")
        problem: Problem | ImplicitProblem
        if isinstance(points, Tables | Blocks):
            problem = read_streamed(points, given)
        else:
            problem = read_problem(points, given)
        chosen = named(objective)
        if faults := list(_misfits(chosen, sides, maximize=maximize)):
            raise InvalidInputError(faults)
        solution = _solved(problem, chosen, _turned(sides, maximize=maximize))
    mentors, mentees = problem.shape
    LOG.debug("%d × %d: %d pairs, route %s", mentors, mentees, len(solution.rows), solution.route)
    sign = 1 if maximize else -1
    return Assignment(
        pairs=np.array([solution.rows, solution.cols]).T,
        total=0 + sign * solution.total,
        unmatched_mentors=_missing(solution.rows, mentors),
        unmatched_mentees=_missing(solution.cols, mentees),
        route=solution.route,
        sign=sign,
        solution=solution,
    )


def _missing(matched: Whole, size: int) -> Whole:
    """Return which of so many people are not among the matched ones."""
    met = np.zeros(size, bool)
    met[matched] = True
    return (~met).nonzero()[0]


def _solved(
    problem: Problem | ImplicitProblem,
    objective: Objective,
    sides: tuple[Numbers, Numbers] | None,
) -> Solution | FairSolution:
    if compatibility_of(objective).is_total:
        if isinstance(problem, Problem):
            return solve(problem, any_of_several=True)
        return solve_stream(problem)
    if not isinstance(problem, Problem):
        wrong = "another one than the total needs a matrix"
        raise InvalidInputError([Fault("", "objective", wrong, "give one")])
    return solve_fair(problem.own, objective, sides=sides)


def _misfits(objective: Objective, sides: object, *, maximize: bool) -> Iterator[Fault]:
    if fault := objective_fault(objective, "most"):
        yield fault
        return
    fits = compatibility_of(objective)
    if sides is not None and fits.sides is None:
        remedy = "leave them out, or say Leximin(over='people')"
        yield Fault("", "sides", "are for leximin over people and stable matchings alone", remedy)
    if fits.ratios and not maximize:
        yield Fault(
            "",
            "maximize",
            "α-fairness is about gains, not costs",
            "take max_min or leximin, or give points",
        )


def _turned(
    sides: tuple[ArrayLike, ArrayLike] | None, *, maximize: bool
) -> tuple[Numbers, Numbers] | None:
    if sides is None:
        return None
    mentors, mentees = read_sides(sides)
    return (mentors, mentees) if maximize else (-mentors, -mentees)
