"""The main call for several rounds: people, programme and requests in, who meets whom in each round out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rmatch.errors import faults_in
from rmatch.lifecycle.asked import refuse_too_many_rounds, terms_of
from rmatch.lifecycle.plan import Plan
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Earlier, Gap, Outcome, PlanTerms, Round, laid_out, together
from rmatch.scoring import Scores, score
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import refuse, seed_faults


@timed
def plan(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    rounds: int,
    gap: Gap = "never",
    away: Mapping[str, Iterable[int]] | None = None,
    history: Sequence[Outcome | Iterable[tuple[str | int, str | int]]] = (),
    load: int | Mapping[str, int] | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
) -> Plan:
    r"""Return the best plan of who meets whom in each of several rounds.

    Nobody meets the same partner twice. So who meets whom over `R` rounds is one matching in which a mentor with
    :math:`c_i` places has :math:`R c_i` of them, and no more than the load:

    .. math::

        \max \sum_{(i,j) \in A} p_{ij} x_{ij} \quad\text{subject to}\quad
        \sum_j x_{ij} \le \min(R c_i, l_i),\ \sum_i x_{ij} \le \min(R d_j, l_j),\ \sum_{ij} x_{ij} = K

    with the points, the allowed pairs and `K`, the largest number of pairs, as for :func:`rmatch.match`. Every such
    matching splits into `R` rounds of which each has the same number of pairs as any other or one more, and the same for
    everybody's own partners [1]_. Of all ways to split it the first round serves the people best who have waited before,
    as the sum of the rounds that they have waited; then the second those who wait then; and so on.

    Where somebody is away, or pairs may meet again after a gap, rounds differ. If the pairs of all rounds together fit into
    them, they are the best all the same, and rounds are as even in size as they can be with these pairs. If not, meetings
    are decided round by round in a mixed-integer programme: up to a million possible meetings, and that nothing is better
    is its word.

    How many partners everybody has over all rounds is decided without protected attributes, as places are in a round. In
    which round somebody meets a partner depends on who these are and on who has waited, never on points. Where meetings
    are decided round by round, who has how many partners in which round is decided without protected attributes.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`. Their places and minimums are those of one round.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent. The objective is the total, and there are no
        quotas.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes. A locked pair meets in one of the rounds.
    rounds : int
        How many rounds, `R`.
    gap : int or "never"
        How many rounds lie between two meetings of a pair at least: with 1, nobody has the same partner in two rounds
        running. "never" if no pair meets twice. Requests `previous` have no date: with "never" their pairs do not meet,
        with a number only if the programme has the rule `no_repeat`.
    away : mapping of str to iterable of int, optional
        In which rounds, from 1, people take no part, by id.
    history : sequence of Matching or of iterables of pairs of ids
        Earlier rounds, the earliest first, for which the gap holds, too, either way round. Who is not among the people is passed
        over. Who took part in the latest of them and had no partner comes first in the calendar, and with
        ``waiting="first"`` in the programme in all rounds; that needs matchings, for bare pairs do not tell who took part.
    load : int or mapping of str to int, optional
        The most meetings of everybody, or by id of some people, over all rounds, in each role.
    seed : int or str
        Decides ties.
    max_seconds : float, optional
        Stop after about so many seconds, with the best pairs so far. They are still laid out into rounds.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.
    handle_signals : bool
        Whether the first Ctrl-C stops it, too, and only the second one raises :class:`KeyboardInterrupt`.

    Returns
    -------
    Plan
        The meetings of each round; prints as a calendar.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme, requests and terms do not fit each other; for more rounds than anybody
        has possible partners, with everybody.
    InfeasibleError
        If locks break rules or capacities, or minimums are out of reach, with the people concerned.
    StopError
        If a run was stopped before there was any plan.

    References
    ----------
    .. [1] D. de Werra, "Equitable colorations of graphs", Revue française d'informatique et de recherche opérationnelle
       5(R3), 1971. :doi:`10.1051/m2an/197105R300031`

    Examples
    --------
    >>> import rmatch
    >>> plan = rmatch.plan(rmatch.datasets.example(), rounds=3)
    >>> [len(plan.pairs(number)) for number in (1, 2, 3)]
    [10, 10, 10]
    >>> len({(meeting.mentor, meeting.mentee) for meeting in plan.meetings})
    30
    """

    def read() -> tuple[Scores, PlanTerms]:
        scores = score(people, programme, requests)
        return scores, terms_of(scores, rounds, gap=gap, away=away, load=load, history=history)

    limits = limit_faults(max_seconds, 0.0, progress, cancel, handle_signals)
    if wrong := [*seed_faults("plan", seed), *limits]:
        refuse([*wrong, *faults_in(read)])
    with StoppingRule(max_seconds, 0.0, progress, cancel=cancel, handle_signals=handle_signals):
        scores, terms = read()
        wide = score(*together(scores, terms))
        refuse_too_many_rounds(wide, terms)
        return Plan.of(
            laid_out(scores, terms, Round(wide, seed, earlier=Earlier(waited=terms.waited)))
        )
