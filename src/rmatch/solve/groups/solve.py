"""The best groups for all leaders: as many pairs as possible, then the most points, where each want counts once."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from rmatch.errors import InfeasibleError, RmatchError, StopError
from rmatch.solve.feasibility import Names, listed
from rmatch.solve.groups.ceiling import Ceiling
from rmatch.solve.groups.columns import UNIT, GroupPrices
from rmatch.solve.groups.generate import Start, priced
from rmatch.solve.groups.optimum import Optimising, Optimum
from rmatch.solve.groups.problem import GroupProblem
from rmatch.solve.groups.proof import GroupProof
from rmatch.solve.network.network import Whole
from rmatch.solve.ties import TieHash
from rmatch.solve.total import Pairs, Solution, solve
from rmatch.utils.progress import relative_gap
from rmatch.utils.stopping import half, listen, unheard
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve.groups.problem import Group


@dataclass(frozen=True, slots=True, eq=False)
class GroupSolution(Value):
    """The best groups, as pairs.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int
        The points of all groups.
    bound : int
        What no groups with as many pairs exceed: the total, unless the run was stopped.
    most_pairs : int or None
        What no number of pairs exceeds, where as many as possible come first.
    points_proof : GroupProof
        What proves the bound.
    pairs_proof : GroupProof or None
        What proves that there are not more pairs.
    route : str
        ``"groups"``.
    aims : Solution, optional
        The same pairs as the best for what comes before the points, where something does, with the prices that prove it:
        then the other proofs are about groups that do as much for it.
    ceiling : Ceiling, optional
        What no groups exceed in points whoever gets a place, where places were settled before, and not to the end.
    start : Start, optional
        Where a step that follows may begin, in the order of the ties; no part of a matching.
    """

    rows: Whole
    cols: Whole
    total: int
    bound: int
    most_pairs: int | None
    points_proof: GroupProof
    pairs_proof: GroupProof | None
    route: Literal["groups"] = "groups"
    aims: Solution | None = None
    ceiling: Ceiling | None = None
    start: Start | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better; a run that was stopped leaves that open, and a gap that too many groups could close."""
        first = self.aims is None or self.aims.proved
        return first and self.bound == self.total and self.most_pairs in {None, len(self.rows)}

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @property
    def certificate(self) -> None:
        """No prices of pairs; those of groups are the proofs."""
        return


def solve_groups(
    problem: GroupProblem,
    *,
    ties: TieHash | None = None,
    names: Names | None = None,
    before: Pairs | None = None,
    start: Start | None = None,
    in_half: bool = False,
) -> GroupSolution:
    """Return the groups with the most pairs, then the most points.

    A leader's points fall short of the sum over pairs where two mentors bring the same, so no flow finds the best groups;
    it is a set-partitioning problem, and NP-hard already for groups of any size and one leader [1]_. Columns are groups
    [2]_: prices of mentors bound the points of all groups, leave few that can be in anything better than what is known, and
    branch and bound over these few settles the rest.

    Parameters
    ----------
    problem : GroupProblem
        What to solve.
    ties : TieHash, optional
        Gives the order in which people are looked at, and so what decides among equal totals; without it their order.
    names : tuple of two sequences, optional
        What an error calls the people.
    before : tuple of two numpy.ndarray of int64, optional
        Row and column of each pair of known groups, to return unless there is time for better ones.
    start : Start, optional
        Where to begin, in the order of the ties.
    in_half : bool
        Whether half of the time that is left is for something that follows.

    Returns
    -------
    GroupSolution
        The groups, and what proves them. If the run was stopped, the best so far, and a proved bound.

    Raises
    ------
    InfeasibleError
        If minimums and sizes are out of reach, with the people that show it.
    StopError
        If the run was stopped before there were any groups.

    References
    ----------
    .. [1] U. Feige, "A threshold of ln n for approximating set cover", Journal of the ACM 45(4), 1998.
       :doi:`10.1145/285055.285059`
    .. [2] C. Barnhart, E. L. Johnson, G. L. Nemhauser, M. W. P. Savelsbergh and P. H. Vance, "Branch-and-price: column
       generation for solving huge integer programs", Operations Research 46(3), 1998. :doi:`10.1287/opre.46.3.316`

    Examples
    --------
    Two of three mentors, of whom the first two teach the same:

    >>> from scipy.sparse import csr_array
    >>> from rmatch.solve.groups.problem import GroupProblem
    >>> problem = GroupProblem(
    ...     rest=np.zeros((3, 1), np.int64),
    ...     mentee=np.array([0, 0]),
    ...     gains=csr_array(np.array([[9, 9, 0], [0, 0, 4]])),
    ...     allowed=np.ones((3, 1), bool),
    ...     mentor_capacity=np.ones(3, np.int64),
    ...     mentor_minimum=np.zeros(3, np.int64),
    ...     sizes=((0, 1, 2),),
    ...     kinds=None,
    ...     participation="most",
    ... )
    >>> found = solve_groups(problem)
    >>> found.total, found.proved, 2 in found.rows
    (13, True, True)
    """
    try:
        if ties is None:
            return _solved(problem, names, start, in_half=in_half)
        return _in_order(problem, ties, names, start, in_half=in_half)
    except StopError:
        if before is None:
            raise
        return known_groups(problem, before)


def known_groups(problem: GroupProblem, pairs: Pairs) -> GroupSolution:
    """Return groups that are known, with a bound that takes no time: the best partners of everybody, each counted alone."""
    with unheard():
        total = problem.worth(problem.groups(*pairs))
    nothing = GroupProof(GroupPrices(np.zeros(problem.shape[0], np.int64), 0))
    most = problem.participation == "most"
    return GroupSolution(
        *pairs,
        total=total,
        bound=problem.most,
        most_pairs=sum(leader.sizes[-1] for leader in problem.leaders) if most else None,
        points_proof=nothing,
        pairs_proof=nothing if most else None,
    )


def _in_order(
    problem: GroupProblem, ties: TieHash, names: Names | None, start: Start | None, *, in_half: bool
) -> GroupSolution:
    orders = rows, columns = ties.order
    called = names or tuple(range(size) for size in problem.shape)
    in_order = [
        [own[one] for one in order.tolist()] for own, order in zip(called, orders, strict=True)
    ]
    listen("groups")
    ordered = problem.ordered(rows, columns)
    listen("groups")
    found = _solved(ordered, (in_order[0], in_order[1]), start, in_half=in_half)
    pairs = np.array(
        sorted(zip(rows[found.rows].tolist(), columns[found.cols].tolist(), strict=True))
    )
    made = pairs.astype(np.int64).reshape(-1, 2)
    return replace(
        found,
        rows=made[:, 0].copy(),
        cols=made[:, 1].copy(),
        points_proof=found.points_proof.of_order(rows, columns),
        pairs_proof=found.pairs_proof and found.pairs_proof.of_order(rows, columns),
    )


def _solved(
    problem: GroupProblem, names: Names | None, start: Start | None, *, in_half: bool
) -> GroupSolution:
    most = _most_pairs(problem, names)
    groups = _first_groups(problem, most, names)
    counted = problem.participation == "most"
    pairs = sum(map(len, groups)) if counted else None
    try:
        with half() if in_half else nullcontext():
            best = Optimising(problem, pairs, groups, start).solved()
    except StopError:
        known = known_groups(problem, problem.pairs(groups))
        return replace(known, most_pairs=most.bound, pairs_proof=most.proof) if counted else known
    assert best.groups is not None  # there are some to begin with
    return GroupSolution(
        *problem.pairs(best.groups),
        total=problem.worth(best.groups),
        bound=best.bound,
        most_pairs=most.bound if counted else None,
        points_proof=best.proof,
        pairs_proof=most.proof if counted else None,
        start=best.start,
    )


def _most_pairs(problem: GroupProblem, names: Names | None) -> Optimum:
    """Return groups with as many pairs as there can be; sizes and kinds may leave fewer than places do."""
    counting = problem.counting
    flow = solve(counting.additive, names=names)
    if problem.is_plain:
        groups, certificate = counting.groups(flow.rows, flow.cols), flow.certificate
        prices = GroupPrices(
            np.zeros(0, np.int64) if certificate is None else UNIT * certificate.u, 0
        )
        if certificate is not None and priced(counting, prices, None).bound == UNIT * flow.total:
            return Optimum(groups, int(flow.total), GroupProof(prices), Start.free(counting))
        return Optimising(counting, None, groups).solved()
    nobody = all(0 in sizes for sizes in problem.sizes) and not problem.mentor_minimum.any()
    start: list[Group] | None = [()] * len(problem.sizes) if nobody else None
    found = Optimising(counting, None, start).solved()
    if found.groups is None:
        raise _out_of_reach(problem, found, names)
    return found


def _first_groups(problem: GroupProblem, most: Optimum, names: Names | None) -> list[Group]:
    """Return groups to begin with: the best where each pair counts alone, or those with the most pairs."""
    if problem.is_plain:
        alone = solve(problem.additive, names=names)
        if problem.participation == "best" or len(alone.rows) == most.bound:
            return problem.groups(alone.rows, alone.cols)
    assert most.groups is not None  # else an error was raised
    return most.groups


def _out_of_reach(problem: GroupProblem, found: Optimum, names: Names | None) -> RmatchError:
    """Return the error of sizes that cannot be had at once, or of a run that was stopped before it was known."""
    if found.bound >= 0:
        message = "the run was stopped before there were groups of the sizes asked for"
        return StopError(message)
    called = names or tuple(range(size) for size in problem.shape)
    mentees = [called[1][one] for one, sizes in enumerate(problem.sizes) if 0 not in sizes]
    mentors = [called[0][one] for one in np.flatnonzero(problem.mentor_minimum).tolist()]
    message = (
        f"the groups that {listed([*mentees, *mentors])} must have cannot be formed at once: "
        "allow more sizes, places or mentors of one department, or lower the minimums"
    )
    return InfeasibleError(message, mentors, mentees)
