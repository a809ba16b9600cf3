"""The main call: people, programme and requests in, the best matching out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor

from rmatch.errors import Fault, faults_in
from rmatch.matching.matching import Matching
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Earlier, Outcome, Round, waited_until, waiting_faults, with_waiting_notes
from rmatch.scoring import input_faults, score
from rmatch.utils.lent import executor_faults, lending
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import instance, refuse, seed_faults


@timed
def match(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    earlier: Outcome | None = None,
    warm_start: Outcome | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
    executor: Executor | None = None,
) -> Matching:
    r"""Return the best matching of mentors and mentees.

    With the points :math:`p_{ij}`, the allowed pairs `A` and the capacities :math:`c_i`, :math:`d_j`, the pairs
    :math:`x_{ij} \in \{0, 1\}` solve

    .. math::

        \max \sum_{(i,j) \in A} p_{ij} x_{ij} \quad\text{subject to}\quad
        \sum_j x_{ij} \le c_i,\ \sum_i x_{ij} \le d_j,\ \sum_{ij} x_{ij} = K

    where `K` is the largest number of pairs possible (with ``participation="best"``, `K` is free). Among equal totals a
    hash of the seed and the two ids decides, so the same people get the same partners in any order of the rows. Where
    somebody must stay out and protected attributes count, who gets a place is decided without them (the sum is of the
    other points then), and the pairing among those people with them: it is the best for these people, and
    :attr:`rmatch.Matching.claim` says so.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    earlier : Matching, optional
        The round before this one, for a programme in which those who wait come first: whoever took part in it and got no
        partner has waited a round, and those who had waited before, one more. Its pairs count for nothing here.
    warm_start : Matching, optional
        A matching of much the same people, such as the one before a weight or somebody's answer was changed: where column
        generation solves the round, it begins at its prices, and takes about half as long. No pair depends on it; the
        prices that prove them may be others that are as good.
    seed : int or str
        Decides ties. Change it, for the name of the round say, to give people with identical data new chances.
    max_seconds : float, optional
        Stop after about so many seconds, with the best matching so far and a bound on what could be better.
    gap : float
        Stop when the bound exceeds the points by no more than this share of them; 0.01 is one per cent. Where
        who gets a place is decided first, that step always runs to its end, and so does each where something comes before the
        points.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.
    handle_signals : bool
        Whether the first Ctrl-C stops it, too, and only the second one raises :class:`KeyboardInterrupt`.
    executor : concurrent.futures.Executor, optional
        Helps with the passes over all pairs of a very large round: processes, or other machines by Dask. The answer does not
        depend on it. See :doc:`/how-to/match-past-one-machine`.

    Returns
    -------
    Matching
        The pairs with their points, and a reason for everybody without a partner. If the run was stopped, the best pairs
        so far, and a bound on what could be better.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme and requests do not fit each other.
    InfeasibleError
        If locks break rules or capacities, or minimums are out of reach, with the people concerned.
    StopError
        If a run was stopped before there was any matching: before the points were known, before every minimum or quota
        was met, or before anything was stable.

    Notes
    -----
    A handler of one's own is never replaced, and other threads than the main one leave the keyboard alone. A finished
    matching is returned, whatever says stop meanwhile. How late limits are heard was measured: :doc:`/how-to/limit-a-run`.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> matching.total == sum(pair.points for pair in matching.pairs)
    True
    >>> matching.bound == matching.total
    True
    """
    limits = [
        *limit_faults(max_seconds, gap, progress, cancel, handle_signals),
        *executor_faults(executor),
    ]
    programme = Programme() if programme is None else programme
    requests = Requests() if requests is None else requests
    strange = any(input_faults(people=people, programme=programme, requests=requests))
    asks = earlier is not None and not strange
    waiting = waiting_faults("match", earlier, people, programme) if asks else ()
    wrong = [*seed_faults("match", seed), *waiting, *_warm_faults(warm_start), *limits]
    if strange or wrong:
        refuse([*wrong, *faults_in(lambda: score(people, programme, requests))])
    rule = StoppingRule(max_seconds, gap, progress, cancel=cancel, handle_signals=handle_signals)
    with rule, lending(executor):
        waited = {}
        if earlier is not None:
            waited = waited_until(earlier, people)
            requests = with_waiting_notes(requests, earlier, people)
        scores = score(people, programme, requests)
        taken_over = Earlier(waited=waited)
        return Matching.of(Round(scores, seed, earlier=taken_over, near=warm_start).solve())


def _warm_faults(warm_start: object) -> Iterator[Fault]:
    if warm_start is not None:
        remedy = "give what rmatch.match or rmatch.read_matching returned"
        yield from instance("match", "warm_start", warm_start, Outcome, remedy)
