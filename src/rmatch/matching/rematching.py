"""The next matching after an earlier one: with the fewest changes, or the fewest that cost no points."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from rmatch.errors import faults_in
from rmatch.matching.contradictions import refuse_contradictions
from rmatch.matching.matching import Matching
from rmatch.matching.read import read_matching
from rmatch.matching.renewal import Renewal
from rmatch.people import People, Requests, Responses
from rmatch.programme import Programme
from rmatch.rounds import (
    KEEP,
    Earlier,
    Keep,
    Outcome,
    Round,
    changes_since,
    is_saved,
    waited_until,
    wanted_cells,
    with_waiting_notes,
)
from rmatch.scoring import score
from rmatch.utils.lent import executor_faults, lending
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule, unheard
from rmatch.utils.validation import choice, refuse, seed_faults


@timed
def rematch(
    earlier: Outcome | str | os.PathLike[str] | Mapping[str, Any] | Iterable[Any],
    people: People | None = None,
    *,
    programme: Programme | None = None,
    requests: Requests | None = None,
    responses: Responses | None = None,
    keep: Keep = "pairs",
    seed: int | str | None = None,
    max_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
    executor: Executor | None = None,
) -> Matching:
    r"""Return the matching that changes least of an earlier one.

    With ``keep="pairs"`` there are as many pairs as possible, of these matchings those that break the fewest earlier pairs,
    and of these the one with the most points. With ``keep="optimum"`` it has the points of a fresh matching, and of all
    matchings with so many it keeps the most earlier pairs. Both are one problem, whose weights are whole numbers, solved
    and certified as :func:`rmatch.match` does: with the points :math:`p_{ij}` and the earlier pairs `E` the weights are
    :math:`p_{ij} + M\,[ij \in E]`, or :math:`M p_{ij} + [ij \in E]`, with an `M` beyond everything else in the sum.

    Pairs that were accepted or are active stay, as locks. Declined ones are never made again, as exclusions, and those that
    are over count as earlier pairs. If nothing has changed, and nobody comes first for having waited, the pairs
    are the same.

    Parameters
    ----------
    earlier : Matching, path, mapping, dataframe or sequence
        The earlier round: a matching; a saved round, as a file or as plain data; or a table with the columns ``mentor`` and
        ``mentee``.
    people : People, optional
        Everybody as they are now; those of the earlier matching if absent.
    programme : Programme, optional
        What "good" and "allowed" mean now; if absent, that of the earlier matching, for a table the default programme.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes; if absent, those of the earlier matching that can still be asked for.
    responses : Responses, optional
        What became of the earlier pairs; see :func:`rmatch.io.read_responses`.
    keep : {"pairs", "optimum"}
        Whether earlier pairs come before the points or after them.
    seed : int or str, optional
        Decides ties; that of the earlier matching if absent.
    max_seconds : float, optional
        Stop a long run after about so many seconds, with the best matching so far and a bound on what could be better.
    gap : float
        Stop a long run when the bound exceeds the points by no more than this share of them; where earlier pairs come first,
        that step runs to its end.
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
        With its ``changes``: kept, new and broken pairs, each broken one with its cause.

    Raises
    ------
    InvalidInputError
        With everything that does not fit: pairs that were accepted and declined, or accepted and now forbidden without an
        override reason, responses about pairs that never were, a round of other people; and for objectives and quotas, beside
        which no earlier pair can come first.
    InfeasibleError
        If locks, accepted pairs among them, break capacities, or minimums are out of reach.
    StopError
        If a run was stopped before there was any matching.

    Notes
    -----
    Where places are decided without protected attributes, the first step keeps as many earlier pairs as possible by the other
    points, and the second one pairs the same people again with as many earlier pairs: for the same earlier pairs, protected
    attributes decide neither who keeps a place nor who loses one. For ``keep="optimum"`` the points of a fresh matching are those that decide places;
    the pairing then has the most points that these people can have.

    Examples
    --------
    >>> import rmatch
    >>> from rmatch.people import Response, Responses
    >>> people = rmatch.datasets.example()
    >>> autumn = rmatch.match(people)
    >>> print(rmatch.rematch(autumn).changes)
    10 pairs kept, 0 new, 0 broken
    >>> no = Response(autumn.pairs[0].mentor, autumn.pairs[0].mentee, "declined", by="mentor")
    >>> winter = rmatch.rematch(autumn, responses=Responses((no,)))
    >>> changes = autumn.diff(winter)
    >>> changes.headline, len(changes.new)
    ('9 pairs kept, 1 new, 1 broken', 1)
    """
    before = _read(earlier)
    if seed is None:
        seed = before.seed if isinstance(before, Outcome) else 0
    limits = [
        *limit_faults(max_seconds, gap, progress, cancel, handle_signals),
        *executor_faults(executor),
    ]
    wrong = [*choice("rematch", "keep", keep, KEEP), *seed_faults("rematch", seed), *limits]
    given = before, people, programme, requests, responses
    if wrong:
        refuse([*wrong, *faults_in(lambda: refuse_contradictions(Renewal.of(*given)))])
    rule = StoppingRule(max_seconds, gap, progress, cancel=cancel, handle_signals=handle_signals)
    with rule, lending(executor):
        renewal = Renewal.of(*given)
        refuse_contradictions(renewal)
        people, requests, waited = renewal.people, renewal.requests, {}
        if renewal.programme.waiting == "first" and isinstance(before, Outcome):
            waited = waited_until(before, people)
            requests = with_waiting_notes(requests, before, people)
        scores = score(people, renewal.programme, requests)
        kept = wanted_cells(scores, renewal.wanted)
        taken_over = Earlier(tuple(kept), keep == "optimum", waited)
        near = before if isinstance(before, Outcome) else None
        outcome = Round(scores, seed, earlier=taken_over, near=near).solve()
        with unheard():
            changes = changes_since(renewal.pairs, outcome, renewal.outlooks, keep)
            return Matching.of(replace(outcome, changes=changes))


def _read(earlier: Any) -> Any:
    """Return the matching of a saved round, and any other source as it is."""
    is_file = isinstance(earlier, str | os.PathLike) and is_saved(Path(earlier))
    is_document = isinstance(earlier, Mapping) and "mentor" not in earlier
    return read_matching(earlier) if is_file or is_document else earlier
