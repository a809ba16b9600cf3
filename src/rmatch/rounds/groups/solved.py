"""The best groups of a step, after what comes before their points."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.rounds.groups.aims import Left, by_prices, first_aims, weighed
from rmatch.rounds.groups.problem import group_problem, refuse_large
from rmatch.rounds.groups.whole import whoever_is_placed
from rmatch.scoring import Coverage
from rmatch.solve import (
    GroupSolution,
    Solution,
    TieHash,
    ceiling_of,
    certificate_of,
    known_groups,
    solve,
    solve_groups,
)
from rmatch.utils.stopping import unheard

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.rounds.groups.aims import Posed
    from rmatch.rounds.groups.problem import Asked
    from rmatch.rounds.precedence import Precedence
    from rmatch.rounds.step import Step
    from rmatch.scoring import Scores
    from rmatch.solve import GroupProblem, Problem

    Whole = NDArray[np.int64]
    Both = tuple[Whole, Whole]
    Best = Callable[..., GroupSolution]


def solved_in_groups(
    scores: Scores,
    seed: int | str,
    asked: Asked,
    first: Precedence | None,
    *,
    protected: bool,
    before: Step | None,
) -> GroupSolution:
    """Return the best groups of a step.

    Parameters
    ----------
    scores : Scores
        People, programme and points.
    seed : int or str
        Decides ties.
    asked : tuple
        Pairs, places, locks and participation.
    first : Precedence or None
        What comes before the points.
    protected : bool
        Whether the points count protected attributes.
    before : Step, optional
        What settled the places; if it was stopped, others may be better, and a bound is looked for that holds for these, too.
    """
    refuse_large(asked[0])
    # What is known of these places is put together, whatever says stop.
    with nullcontext() if before is None else unheard():
        apart = Coverage.of(scores, protected=protected)
    parts = weighed((apart.rest, apart.mentee, apart.gains), asked[1], first, scores.reach)
    posed = scores.cohort, scores.programme, parts
    problem = group_problem(scores.cohort, scores.programme, parts, *asked)
    aims = first_aims(asked, first, scores.reach)
    names = scores.mentors, scores.mentees
    ties = TieHash(seed, *names)
    known, ceiling, start = None, None, None
    if before is not None:
        known = before.solution.rows, before.solution.cols
        if isinstance(before.solution, GroupSolution) and first is None:
            start = before.solution.start
        if not before.solution.proved:
            alone = scores.cohort, scores.programme, (apart.rest, apart.mentee, apart.gains)
            whole, pairs = whoever_is_placed(alone, asked[0], asked[2], before)
            ceiling, start = ceiling_of(whole, pairs, known, start, ties)
    # Places are settled in half of the time, and then it is decided who meets whom.
    best: Best = partial(solve_groups, ties=ties, names=names, start=start, in_half=not protected)
    if aims is None:
        found = best(problem, before=known)
    else:
        found = solved_after(aims, problem, posed, asked, best, names=names, before=known)
    return replace(found, ceiling=ceiling, start=None if protected else found.start)


def solved_after(
    aims: Problem,
    whole: GroupProblem,
    posed: Posed,
    asked: Asked,
    best: Best,
    *,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    before: Both | None,
) -> GroupSolution:
    """Return the groups with the most points of those that do the most for what comes first.

    What comes first is a flow of its own. Its prices say which pairs and places are left open by complementary slackness, and
    among these the groups are the best. So no point is weighed against a waiting person, whatever their numbers are.

    Parameters
    ----------
    aims : Problem
        What comes first.
    whole : GroupProblem
        The groups, if nothing came first.
    posed : tuple
        People, programme and points, taken apart.
    asked : tuple
        Pairs, places, locks and participation.
    best : callable
        Returns the best groups of a problem, given known ones.
    names : tuple of two tuples of str
        What an error calls the people.
    before : tuple of two numpy.ndarray of int64, optional
        Row and column of each pair of known groups.

    Returns
    -------
    GroupSolution
        With the prices of what comes first; if the run was stopped before these were there, some pairs and nothing proved.
    """
    first = solve(aims, names=names, before=before)
    if not first.proved:
        made = first.rows, first.cols
        assert first.certificate is not None  # a total is proved by prices, whatever the route
        open_ones = by_prices(aims, made, first.certificate, int(first.bound), proved=False)
        return replace(known_groups(whole, made), aims=open_ones)
    prices = certificate_of(aims, first.rows, first.cols)
    left = Left.of(whole, posed, asked, (aims, prices))
    # If there is time for nothing better, these pairs do for what comes first.
    known = (first.rows, first.cols)
    if before is not None and _as_good(aims, before, first):
        known = before
    found = left.with_settled(best(left.problem, before=left.without_settled(known)))
    pairs = found.rows, found.cols
    if not _as_good(aims, pairs, first):
        message = "groups miss what comes before the points: please report it"
        raise RmatchError(message)
    return replace(found, aims=by_prices(aims, pairs, prices, int(first.total), proved=True))


def _as_good(aims: Problem, pairs: Both, first: Solution) -> bool:
    """Tell whether some pairs do as much for what comes first as the best do."""
    as_many = aims.participation == "best" or len(pairs[0]) == len(first.rows)
    return as_many and aims.total(*pairs) == first.total
