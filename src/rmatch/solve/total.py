"""Which algorithm solves a problem, and the answer it gives."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import StopError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.certificates.fractional import bound, in_units
from rmatch.solve.certificates.glance import at_a_glance
from rmatch.solve.feasibility import Names, most_pairs, shortage
from rmatch.solve.jonker_volgenant import suits as suits_compiled
from rmatch.solve.jonker_volgenant import suits_written_out
from rmatch.solve.network.best_flow import any_flow, dense_flow
from rmatch.solve.network.dense import suits
from rmatch.solve.network.network import CutError, Numbers, Whole, worth_of_firsts
from rmatch.solve.problem import Problem
from rmatch.solve.routes import Route, is_large, refuse_misfits
from rmatch.solve.ties import Ties
from rmatch.utils.stopping import listen
from rmatch.utils.values import Value

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve.columns.answer import Answer, Warm
    from rmatch.solve.columns.problem import ImplicitProblem

Pairs = tuple[Whole, Whole]


@dataclass(frozen=True, eq=False)
class Solution(Value):
    """The pairs of one optimal matching.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int or float
        Their points: an exact int for whole points, a correctly rounded sum for others. What first partners are worth is
        part of it.
    route : {"dense", "flow", "columns", "greedy"}
        The algorithm that ran; "greedy" if it was stopped before it had a matching.
    problem : Problem, optional
        What was solved, where the bound or the certificate has to be worked out from its matrix.
    answer : Answer, optional
        The certificate and how the run went, where the route ends with one or was stopped.
    """

    rows: Whole
    cols: Whole
    total: int | float
    route: Route
    problem: Problem | None = None
    answer: Answer | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better; only a run that was stopped leaves that open."""
        return self.answer is None or self.answer.proved

    @property
    def points(self) -> Numbers:
        """The points of each pair."""
        if self.answer is not None:
            return self.answer.pairs[2]
        assert self.problem is not None  # one of the two is always there
        return self.problem.points[self.rows, self.cols]

    @cached_property
    def bound(self) -> int | float:
        """What no matching with as many pairs or more can exceed."""
        if self.problem is None or not self._fractional:
            return self.total if self.answer is None else self.answer.bound
        whole = self._in_units.total if self.answer is None else self.answer.bound
        return max(bound(self.problem, int(whole), self.unit), self.total)

    @cached_property
    def certificate(self) -> Certificate | None:
        """Prices that prove the bound; of fractional points, for these in multiples of `unit`."""
        if self.answer is not None:
            return self.answer.certificate
        if self.problem is None:
            return None
        if self._fractional:
            return self._in_units.certificate
        return certificate_of(self.problem, self.rows, self.cols)

    @property
    def unit(self) -> Fraction:
        """What one point of the certificate stands for: 1, except for fractional points."""
        return self._whole[1] if self._fractional else Fraction(1)

    @property
    def _fractional(self) -> bool:
        return self.problem is not None and self.problem.points.dtype.kind != "i"

    @cached_property
    def _whole(self) -> tuple[Problem, Fraction]:
        """The problem in units, and the unit, where its points are fractional."""
        assert self.problem is not None
        return in_units(self.problem)

    @cached_property
    def _in_units(self) -> Solution:
        """The answer to the problem in units."""
        return solve(self._whole[0])


def solve(
    problem: Problem,
    *,
    ties: NDArray[np.integer] | None = None,
    route: Route | None = None,
    names: Names | None = None,
    before: Pairs | None = None,
    any_of_several: bool = False,
) -> Solution:
    r"""Return a matching with the most points, and among these the one with the largest ties.

    With ties the answer does not depend on the route nor on the order of rows and columns, wherever only one optimal
    matching has the largest sum of ties (see `tie_hash`).

    Parameters
    ----------
    problem : Problem
        What to solve.
    ties : numpy.ndarray of int, optional
        What decides among equal totals of whole points: values from 0 to ``2**32``, shape (mentors, mentees).
    route : {"dense", "flow", "columns"}, optional
        The algorithm. Without it, column generation for large problems with whole points, if the extra `scale` is there;
        else `dense` wherever that is possible: no minimums, one side with at most one partner each, and numbers that
        float64 holds exactly. Ties that do not fit beside the points go through `transport`.
    names : tuple of two sequences, optional
        What an error calls the mentors and the mentees; without it, the numbers of their rows and columns.
    before : tuple of two numpy.ndarray of int64, optional
        Row and column of each pair of a known matching, to return unless there is time for a better one.
    any_of_several : bool, default False
        Whether any optimal matching will do, and need not be the same one in every process: what is compiled then solves
        small problems too, where it is loaded already.

    Returns
    -------
    Solution
        Pairs, total and route; the best so far, and a bound, if the run was stopped.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach, with the people that prove it.
    StopError
        If the run was stopped before every minimum was met.
    InvalidInputError
        If ties are out of range or come with fractional points, or if the route cannot run.

    Examples
    --------
    >>> import numpy as np
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[3, 3], [3, 3]]), np.ones((2, 2), bool), one, one, none, none, "most"
    ... )
    >>> solution = solve(problem, ties=np.array([[1, 9], [2, 4]]))
    >>> solution.cols.tolist(), solution.total, solution.route
    ([1, 0], 6, 'dense')
    """
    try:
        found = _solved(problem, ties, route, names, any_of_several=any_of_several)
    except StopError:
        return best_known(problem, before)
    if not found.proved and before is not None and len(before[0]) > len(found.rows):
        return best_known(problem, before)
    return found


def _solved(
    problem: Problem,
    ties: NDArray[np.integer] | None,
    route: Route | None,
    names: Names | None,
    *,
    any_of_several: bool = False,
) -> Solution:
    if route is None and ties is None and suits_compiled(problem, if_loaded=any_of_several):
        from rmatch.solve.jonker_volgenant.route import best

        if found := best(problem):
            rows, cols, _ = found.pairs
            return Solution(rows, cols, found.total, "dense", answer=found)
    if route == "columns" or (route is None and is_large(problem)):
        return _columns(problem, ties, names)
    problem = problem.own
    listen("places")
    network = problem.network(most_pairs(problem) if problem.participation == "most" else 0)
    mentors, mentees = problem.shape
    minimums = problem.mentor_minimum.any() or problem.mentee_minimum.any()
    more_dummies = len(network.supply) > mentors + 1
    possible: Route = "flow" if minimums or more_dummies or not suits(network) else "dense"
    route = route or possible
    refuse_misfits(problem, ties, fits=route in {possible, "flow"}, route=route)
    wide = None if ties is None else ties.astype(np.int64)
    try:
        flow = dense_flow(network, wide) if route == "dense" else any_flow(network, wide)
    except CutError as cut:
        if more_dummies:
            # Whether minimums can be met is no question of first partners, and without these the cut is among people.
            return _solved(replace(problem, firsts=None), ties, route, names)
        raise shortage(problem, cut, names) from None
    rows, cols = np.nonzero(flow[:mentors, :mentees])
    return Solution(rows, cols, _total(problem, rows, cols), route, problem)


def _total(problem: Problem, rows: Whole, cols: Whole) -> int | float:
    if problem.points.dtype.kind == "i":
        return problem.total(rows, cols)
    return math.fsum(problem.points[rows, cols].tolist())


def best_known(problem: Problem, before: Pairs | None = None) -> Solution:
    """Return the best that is known of a problem for which there was no time, with a bound; see :func:`at_a_glance`."""
    from rmatch.solve.columns.answer import Answer

    found = at_a_glance(problem, before)
    (rows, cols, _), none = found.pairs, np.zeros(0, np.int64)
    answer = Answer(*found, (none, none), worth_of_firsts(problem.firsts, (rows, cols)))
    fractional = problem if problem.points.dtype.kind == "f" else None
    return Solution(rows, cols, _total(problem, rows, cols), "greedy", fractional, answer)


def solve_stream(
    problem: ImplicitProblem,
    *,
    ties: Ties | None = None,
    names: Names | None = None,
    before: Warm | None = None,
) -> Solution:
    """Return the best matching of a problem without a matrix, written out if it is small enough, as `solve` does.

    Parameters
    ----------
    problem : ImplicitProblem
        What to solve.
    ties : callable, optional
        Returns the ties of single pairs, by their rows and columns.
    names : tuple of two sequences, optional
        What an error calls the people.
    before : Warm, optional
        A matching of the same people to begin with, and its prices, which should be much the same.

    Returns
    -------
    Solution
        Pairs, total, route, and the answer with its certificate.
    """
    route: Route = "columns"
    if suits_written_out(problem, near=before is not None and before.near):
        from rmatch.solve.jonker_volgenant.written_out import solve_written_out

        answer = solve_written_out(problem, ties, before)
        route = "dense" if answer.proved else "greedy"
    else:
        from rmatch.solve.columns.solve import solve_implicit

        answer = solve_implicit(problem, ties=ties, names=names, before=before)
    rows, columns, _ = answer.pairs
    return Solution(rows, columns, answer.total, route, answer=answer)


def _columns(
    problem: Problem,
    ties: NDArray[np.integer] | None,
    names: Names | None,
) -> Solution:
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.solve import solve_implicit

    refuse_misfits(problem, ties, fits=problem.points.dtype.kind == "i", route="columns")
    implicit = ImplicitProblem.of(problem)
    single = None if ties is None else (lambda rows, cols: ties[rows, cols].astype(np.int64))
    answer = solve_implicit(implicit, ties=single, names=names)
    rows, columns, _ = answer.pairs
    if not (answer.proved or rows.size):
        # Nothing at all was worked out yet.
        raise StopError
    return Solution(rows, columns, answer.total, "columns", answer=answer)
