"""The quota sweep: the best matching for one bound of a quota after another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InvalidInputError, QuotaError, Status, StopError
from rmatch.frontiers.curve import STOPPED, price
from rmatch.frontiers.quota_frontier import QuotaChoice, QuotaFrontier
from rmatch.programme import Unit
from rmatch.quotas import MeanParity
from rmatch.rounds import Round, pair_by_pair
from rmatch.scoring import limits, score
from rmatch.solve import (
    WORDS,
    MeanBound,
    kept_value,
    strictest,
    unsolvable,
)
from rmatch.utils.stopping import share, told_to_stop
from rmatch.utils.text import numeral
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.people import People, Requests
    from rmatch.programme import Programme
    from rmatch.quotas import AnyQuota
    from rmatch.rounds import Outcome
    from rmatch.scoring import Scores
    from rmatch.solve import Bound, PairBound, Problem, Strictest

BEYOND = "no matching can keep it"
STEPS = 10
"""At most so many bounds are tried unless they are named, beside the best total by itself and the strictest that is possible."""
CLOSE = 100
"""Unless bounds are named, means are brought no nearer than the most points of a pair by this."""


def kind_of(quota: AnyQuota) -> Bound | None:
    """Return which bound of a quota is to be swept; none if it has two.

    Examples
    --------
    >>> from rmatch.quotas import PairQuota
    >>> (
    ...     kind_of(PairQuota("gender", "different", at_most=3)),
    ...     kind_of(PairQuota("gender", "different", 1, 3)),
    ... )
    ('at_most', None)
    """
    if isinstance(quota, MeanParity):
        return "within"
    if quota.at_most is None:
        return "at_least"
    return None if quota.at_least else "at_most"


def sweep_quota(
    people: People,
    programme: Programme,
    requests: Requests,
    quota: AnyQuota,
    values: Sequence[int] | None,
    seed: int | str,
) -> QuotaFrontier:
    """Return the best matching for one bound of a quota after another; see :func:`rmatch.frontier`.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme
        What "good" and "allowed" mean. Its quotas stay in force, but for the one that is swept.
    requests : Requests
        Locks, exclusions, previous pairs, wishes.
    quota : Quota, PairQuota or MeanParity
        What is swept, with one bound.
    values : sequence of int, optional
        The bounds to try.
    seed : int or str
        Decides ties.

    Returns
    -------
    QuotaFrontier
        The choices.

    Raises
    ------
    InvalidInputError
        If the quota does not fit the programme or the people, or these and the requests each other.
    InfeasibleError
        If no matching can do what is asked without the swept quota.
    StopError
        If the run was stopped before the best total without it was known.
    """
    kind = kind_of(quota)
    assert kind is not None
    plain = replace(programme, quotas=tuple(other for other in programme.quotas if other != quota))
    # A programme with the quota is made for its checks: the justification, the objective.
    replace(plain, quotas=(*plain.quotas, quota))
    sweep = _Sweep(score(people, plain, requests), quota, kind, seed)
    sweep.refuse_misfits()
    choices, left_out = [sweep.choice(sweep.first, None, None)], dict[str, str]()

    def ask(bound: int, to_come: int) -> None:
        with share(of=to_come):
            found = sweep.matching(bound)
        if isinstance(found, str):
            left_out[f"{WORDS[kind]} {numeral(bound)}"] = found
        else:
            choices.append(sweep.choice(found, bound, choices[0].total))

    if values is None and kind == "within":
        # Means have no strictest bound to go to: each is half of what the one before came to.
        while len(choices) <= STEPS and not left_out:
            apart = choices[-1].reached
            if CLOSE * apart <= sweep.most_points:
                break
            ask(apart // 2, STEPS - len(choices) + 1)
    else:
        in_turn = sorted({*(sweep.steps if values is None else values)}, reverse=kind != "at_least")
        for to_come, bound in zip(range(len(in_turn), 0, -1), in_turn, strict=True):
            ask(bound, to_come)
    if told_to_stop():
        left_out.setdefault("any stricter bound", STOPPED)
    return QuotaFrontier(
        quota=quota,
        kind=kind,
        choices=tuple(choices),
        strictest=sweep.strictest,
        strictest_with_all_pairs=sweep.strictest_with_all_pairs,
        locked=len(sweep.round.locks),
        left_out=tuple(left_out.items()),
        unit=Unit.of(sweep.scores.programme, choices[0].points),
    )


def between(start: int, end: int) -> list[int]:
    """Return whole numbers from the one after `start` to `end`, upwards or downwards, evenly spread if there are many.

    Examples
    --------
    >>> between(3, 6), between(2, 0), between(7, 7)
    ([4, 5, 6], [1, 0], [])
    >>> between(0, 100)
    [1, 12, 23, 34, 45, 56, 67, 78, 89, 100]
    """
    sign = 1 if end > start else -1
    far = abs(end - start) - 1
    steps = min(far, STEPS - 1)
    return (
        []
        if far < 0
        else [start + sign * (1 + step * far // max(steps, 1)) for step in range(steps + 1)]
    )


@dataclass(frozen=True, eq=False)
class _Sweep:
    """The searches of one sweep, all on the same people, whose programme is without the swept quota."""

    scores: Scores
    quota: AnyQuota
    kind: Bound
    seed: int | str

    @cached_property
    def round(self) -> Round:
        return Round(self.scores, self.seed)

    @cached_property
    def limits(self) -> list[PairBound | MeanBound]:
        """The swept quota and then the others."""
        quotas = self.quota, *self.scores.programme.quotas
        return limits(self.scores.cohort, quotas, measured=self.scores.deciding_points)

    @cached_property
    def problem(self) -> Problem:
        """Capacities and minimums, and any points: only those that quotas measure matter here."""
        return self.round.problem(protected=True)

    def refuse_misfits(self) -> None:
        """Refuse what quotas do not go with, or is too large for them, before anything is solved without one."""
        refuse(pair_by_pair(self.scores, "frontier"))
        if faults := unsolvable(self.problem, self.limits):
            raise InvalidInputError(faults)

    @cached_property
    def first(self) -> Outcome:
        """The best matching without the swept quota."""
        best = Round(self.scores, self.seed).solve()
        if best.status is not Status.OPTIMAL:
            message = "it was stopped before the best total without the quota was known, which all others are compared with"
            raise StopError(message)
        return best

    @cached_property
    def strictest(self) -> Strictest | None:
        """The strictest bound of all matchings; none for means."""
        return self._strictest(keep_pairs=False)

    @cached_property
    def strictest_with_all_pairs(self) -> Strictest | None:
        """The strictest bound of the matchings with as many pairs as the first; none for means."""
        return self._strictest(keep_pairs=True)

    @property
    def most_points(self) -> int:
        """The most points of any pair that may be made, as far as they decide who gets a place."""
        points = self.scores.deciding_points[self.scores.open_pairs]
        return int(np.abs(points).max(initial=0))

    @property
    def steps(self) -> list[int]:
        """The bounds to try: up to the strictest that costs no pair, and the strictest of all."""
        assert self.strictest is not None
        assert self.strictest_with_all_pairs is not None
        start = self.choice(self.first, None, None).reached
        end, last = self.strictest_with_all_pairs.value, self.strictest.value
        if end == start:
            end = last
        return [*between(start, end), *between(end, last)[-1:]]

    def _strictest(self, *, keep_pairs: bool) -> Strictest | None:
        swept, *others = self.limits
        if isinstance(swept, MeanBound) or self.kind == "within":
            return None
        last = self.first.steps[-1].solution
        with share(of=STEPS + 2):
            return strictest(
                self.problem,
                swept,
                self.kind,
                others,
                (last.rows, last.cols),
                settled=self.round.locked_positions,
                keep_pairs=keep_pairs,
            )

    def matching(self, bound: int) -> Outcome | str:
        """Return the best matching under one bound, or why there is none."""
        end = self.strictest
        if end is not None and end.proved and self._beyond(bound, end.value):
            return BEYOND
        cohort, programme = self.scores.cohort, self.scores.programme
        chosen = replace(programme, quotas=(*programme.quotas, self._asking(bound)))
        try:
            return Round(score(cohort.people, chosen, cohort.requests), self.seed).solve()
        except QuotaError:
            return BEYOND
        except StopError:
            return STOPPED

    def _asking(self, bound: int) -> AnyQuota:
        quota: AnyQuota = replace(self.quota, **{self.kind: bound})  # type: ignore[arg-type]  # each kind has its bounds
        return quota

    def _beyond(self, bound: int, value: int) -> bool:
        return bound > value if self.kind == "at_least" else bound < value

    def choice(self, matching: Outcome, bound: int | None, best: int | None) -> QuotaChoice:
        """Return what a matching comes to."""
        free = [pair for pair in matching.pairs if not pair.locked]
        points = sorted(pair.points for pair in free)
        total = sum(points)
        cohort = self.scores.cohort
        rows = np.array([cohort.row[pair.mentor] for pair in matching.pairs], np.int64)
        columns = np.array([cohort.column[pair.mentee] for pair in matching.pairs], np.int64)
        # Points matter for means alone, and these compare what decides places, which the limit has by itself.
        reached = kept_value(self.limits[0], self.kind, self.problem.points, (rows, columns))
        return QuotaChoice(
            quota=None if bound is None else self._asking(bound),
            bound=bound,
            reached=reached,
            pairs=tuple((pair.mentor, pair.mentee) for pair in free),
            points=tuple(points),
            price=price(total if best is None else best, total),
            route=matching.route,
            gap=matching.gap,
            proved=matching.status is Status.OPTIMAL,
        )
