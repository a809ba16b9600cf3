"""Whom to recruit as mentors: who is worth most, alone and together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmatch.errors import Fault
from rmatch.io import read_profiles
from rmatch.people import Cohort, People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Recruits, find_recruits, profile_faults, usual_profiles
from rmatch.scoring import Scores, score
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import refuse, whole

MOST = 1_000
"""The most recruits that are looked for together."""


@timed
def recruit(
    people: People,
    programme: Programme | None = None,
    k: int = 3,
    *,
    requests: Requests | None = None,
    profiles: Any = None,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Recruits:
    r"""Say which mentors are worth most to a programme: one more of each kind alone, and the best few together.

    The worth of a recruit is the best matching with one such mentor more, less the best of today, exactly: pairs, then points,
    then covered wants, by shortest augmenting paths from the optimum of today. With at most `k` recruits the best matching is

    .. math:: \max_{x, y} \Bigl\{ \sum_{ij} p_{ij} x_{ij} + \sum_{rj} p_{rj} y_{rj} \;:\;
              \sum_i x_{ij} + \sum_r y_{rj} \le d_j,\ \sum_j x_{ij} \le c_i,\ \sum_{rj} y_{rj} \le k,\ x, y \in \{0, 1\} \Bigr\}

    where every recruit takes one mentee: a flow through a gate, whose optimum the same paths find, one recruit after the other.
    Where a recruit takes several, the choice is made in the same way and a bound says what no other choice exceeds.

    Points are those that decide who gets a place, without protected attributes, and what a profile leaves open gets the means of
    today's people. So nobody is recruited by an answer to a demographic question, and nobody's points change.

    Parameters
    ----------
    people : People
        Everybody who takes part so far.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    k : int
        How many mentors to recruit together, 1 to 1,000.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    profiles : path, dataframe, sequence or People, optional
        Whom you might recruit, a row each, in the columns of people: as `id` a name for the profile, `offers`, `level`, `site`,
        whatever is known. Without them, a profile for each topic that is wanted and not a lived one, taught at the top level by somebody like the
        middle one of today's mentors.
    max_seconds : float, optional
        Give up after about so many seconds.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.

    Returns
    -------
    Recruits
        The profiles by worth, each beside its shortage, and the best `k` together.

    Raises
    ------
    InvalidInputError
        With everything that is wrong: people, programme and requests that do not fit each other; a profile with a protected
        attribute, with words that nobody knows, or whom the rules let meet nobody; a programme without a worth in points.
    InfeasibleError
        If locks or minimums cannot be met today.
    StopError
        If it was stopped.

    Examples
    --------
    >>> import rmatch
    >>> found = rmatch.advice.recruit(rmatch.datasets.example(), k=2)
    >>> best = found.recruits[0]
    >>> best.profile, best.worth.pairs, best.worth.points
    ('wellbeing at work', 0, 87848)
    >>> found.together.profiles, found.together.proved
    (('wellbeing at work', 'career expectations'), True)
    """
    refuse([*whole("recruit", "k", k, 1, MOST), *limit_faults(max_seconds, 0.0, progress, cancel)])
    with StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False) as rule:
        rule.begin("figures")
        scores = score(people, programme, requests)
        if profiles is None:
            return find_recruits(scores, _usual(scores), int(k), own=False)
        own = read_profiles(profiles)
        terms = Cohort(own, scores.programme, Requests())
        refuse([*profile_faults(own, scores.cohort), *terms.faults()])
        return find_recruits(scores, own, int(k), own=True)


def _usual(scores: Scores) -> People:
    found = usual_profiles(scores.cohort, scores.programme)
    if not len(found):
        problem = "nobody wants a topic, so there is none to recruit for"
        remedy = "fill in wants, or give profiles of your own"
        refuse([Fault("people", "wants", problem, remedy)])
    return found
