"""What fairness costs: the best matching for one objective after another, or for one bound of a quota after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, overload

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.frontiers.over_objectives import Frontier, sweep_objectives
from rmatch.frontiers.over_quotas import kind_of, sweep_quota
from rmatch.frontiers.quota_frontier import QuotaFrontier
from rmatch.objectives import AlphaFair
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.quotas import LARGEST, AnyQuota
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import instance, refuse, seed_faults, seen, whole

ALPHAS = (0.5, 1, 2, 4, 8)


@overload
def frontier(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    alphas: Iterable[float] | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
) -> Frontier: ...


@overload
def frontier(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    quota: AnyQuota,
    values: Iterable[int] | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
) -> QuotaFrontier: ...


@timed
def frontier(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    alphas: Iterable[float] | None = None,
    quota: AnyQuota | None = None,
    values: Iterable[int] | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
) -> Frontier | QuotaFrontier:
    r"""Return what fairness costs in total points: a better deal for the worst pairs, or a stricter quota.

    **Without a quota** the first choice is the best total :math:`W^*`, then α-fairness for each α, max-min, and leximin.
    Everybody who has a place in the matching with the best total keeps it, and there are as many pairs in each: the
    choices differ in who meets whom.

    **With a quota** the first choice is the best total without it, and then one bound after another is asked for, from
    the first that this matching does not have by itself to the strictest that any matching keeps; each choice is what
    :func:`rmatch.match` returns for a programme with that bound. So each may give places to other people, and may have
    fewer pairs. All other quotas of the programme stay in force.

    For each choice with the total `W` the price of fairness [1]_ is :math:`(W^* - W) / W^*`.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent. Without a quota its `objective` does not matter
        here, with one it has to be the total.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    alphas : iterable of float, optional
        The values of α to try, each 0 or more; 0.5, 1, 2, 4 and 8 if absent, and none if empty.
    quota : Quota, PairQuota or MeanParity, optional
        A quota, such as :class:`rmatch.quotas.Quota`. The bound that it gives is swept (`at_least` upwards, `at_most` and
        `within` downwards), and its value does not matter. If the programme has this very quota, it is the one that is swept.
    values : iterable of int, optional
        The bounds to try. If absent at most about a dozen, evenly spread: up to the strictest that costs no pair, and
        then the strictest of all.
    seed : int or str
        Decides ties.
    max_seconds : float, optional
        Stop after about so many seconds, with the choices so far; `left_out` names the others. Each search of a quota
        sweep has its share of what is left, and its choice says what is not proved.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.
    handle_signals : bool
        Whether the first Ctrl-C stops it, too, and only the second one raises :class:`KeyboardInterrupt`.

    Returns
    -------
    Frontier or QuotaFrontier
        The choices as data, table and plot, and one recommended by a stated rule.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme, requests and quota do not fit each other; a quota on a protected
        dimension needs the programme's `justification`.
    InfeasibleError
        If locks break rules or capacities, or minimums or other quotas are out of reach, with the people concerned.
    StopError
        If it was stopped before the best total was known, which the other choices are compared with.

    Notes
    -----
    As many pairs as possible come first, so a stricter bound never gives more pairs (unless the participation is
    ``"best"``: then it never gives more points). With as many pairs it never gives more points where no protected
    attribute counts, or everybody has a place. Elsewhere places are decided without protected attributes: a stricter
    bound can give places to other people who get more points from protected attributes, and its price can be below 0.

    The strictest bound of a number of pairs is found exactly. Means of points can nearly always be brought nearer and
    nearer, so unless `values` are named `within` goes down by halves, until the means lie less than a hundredth of the
    most points of a pair apart. Small values take long: say `max_seconds`.

    References
    ----------
    .. [1] D. Bertsimas, V. F. Farias and N. Trichakis, "The price of fairness", Operations Research 59(1), 2011.
       :doi:`10.1287/opre.1100.0865`

    Examples
    --------
    >>> import rmatch
    >>> frontier = rmatch.frontier(rmatch.datasets.example())
    >>> [choice.name for choice in frontier.choices]
    ['total', 'α = 0.5', 'α = 1', 'α = 2', 'α = 4', 'α = 8', 'max-min', 'leximin']
    >>> all(0 <= (choice.price or 0) <= 1 for choice in frontier.choices)
    True

    >>> from rmatch.quotas import PairQuota
    >>> programme = rmatch.Programme(justification="agreed with the works council")
    >>> quota = PairQuota("gender", "different", at_least=1)
    >>> swept = rmatch.frontier(rmatch.datasets.example(), programme, quota=quota)
    >>> all(choice.reached >= (choice.bound or 0) for choice in swept.choices[1:])
    True
    """
    chosen = Programme() if programme is None else programme
    tried, bounds = _listed(alphas), _listed(values)
    faults = [
        *instance("frontier", "people", people, People, "read it with rmatch.read_people first"),
        *instance(
            "frontier", "programme", chosen, Programme, "read it with rmatch.read_programme first"
        ),
        *seed_faults("frontier", seed),
        *limit_faults(max_seconds, 0.0, progress, cancel, handle_signals),
    ]
    if quota is None:
        faults += _alpha_faults(alphas, tried)
        if values is not None:
            remedy = "name the quota that is swept, or leave it out"
            faults.append(Fault("frontier", "values", "goes with a quota alone", remedy))
    else:
        faults += [
            *_quota_faults(quota),
            *_value_faults(quota, values, bounds),
        ]
        if alphas is not None:
            problem, remedy = "do not go with a quota", "sweep one or the other"
            faults.append(Fault("frontier", "alphas", problem, remedy))
    refuse(faults)
    asked = Requests() if requests is None else requests
    limits = StoppingRule(
        max_seconds, progress=progress, cancel=cancel, handle_signals=handle_signals
    )
    with limits:
        limits.begin("choices")
        if quota is None:
            fair = [AlphaFair(alpha) for alpha in (ALPHAS if tried is None else tried)]
            return sweep_objectives(people, chosen, asked, fair, seed)
        return sweep_quota(people, chosen, asked, quota, bounds, seed)


def _listed(given: object) -> list[Any] | None:
    """Return the numbers in a list or the like, plain ones also for those of numpy; none if it is nothing of the kind."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        return None
    numbers = np.atleast_1d(given) if isinstance(given, np.ndarray) else given
    return [value.item() if isinstance(value, np.generic) else value for value in numbers]


def _alpha_faults(given: object, alphas: list[Any] | None) -> Iterator[Fault]:
    if given is not None and alphas is None:
        yield Fault(
            "frontier",
            "alphas",
            f"{seen(given)} is no list",
            "give a list of numbers, such as [1, 2]",
        )
    for alpha in alphas or ():
        try:
            AlphaFair(alpha)
        except InvalidInputError as error:
            yield from (
                Fault("frontier", "alphas", fault.problem, fault.remedy) for fault in error.faults
            )


def _quota_faults(quota: object) -> Iterator[Fault]:
    if not isinstance(quota, AnyQuota):
        yield Fault(
            "frontier",
            "quota",
            f"{seen(quota)} is no quota",
            "give a Quota, a PairQuota or a MeanParity",
        )
    elif kind_of(quota) is None:
        problem = f"{str(quota)!r} has both at_least and at_most"
        yield Fault(
            "frontier",
            "quota",
            problem,
            "give the one that is swept, and put the other into the programme",
        )


def _value_faults(quota: object, given: object, values: list[Any] | None) -> Iterator[Fault]:
    if given is not None and not values:
        problem = f"{seen(given)} is no list of bounds" if values is None else "is empty"
        yield Fault("frontier", "values", problem, "give whole numbers, such as [3, 4, 5]")
    least = int(isinstance(quota, AnyQuota) and kind_of(quota) == "at_least")
    for value in values or ():
        yield from whole("frontier", "values", value, least, LARGEST)
