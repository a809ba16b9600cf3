"""The main call for chances: people, programme and requests in, the best lottery out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rmatch.errors import faults_in
from rmatch.lotteries.asked import Asked
from rmatch.lotteries.chances import chances_of
from rmatch.lotteries.lottery import Lottery
from rmatch.lotteries.parity import Alike, Parity
from rmatch.objectives import TOTAL
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Round
from rmatch.scoring import Scores, score
from rmatch.solve import Marginals, Number
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import refuse, seed_faults


@timed
def lottery(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    cap: Number | Sequence[Sequence[Number]],
    spread: Number | None = None,
    parity: Sequence[Parity] = (),
    alike: Sequence[Alike] = (),
    grid: int | None = None,
    seed: int | str = 0,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Lottery:
    r"""Return the best lottery over matchings in which no pair is likelier than a cap.

    The chances :math:`x_{ij}` of the pairs maximise the expected points :math:`\sum p_{ij} x_{ij}` while nobody expects
    more partners than they have places, no chance exceeds the cap, and the expected number of pairs is the largest
    possible (with ``participation="best"``, it is left free). They are exact: multiples of one step, without any
    rounding. Locked pairs are certain, whatever the cap.

    People whose points, rules and places are the same have the same chances, but where `parity` or `alike` tells them
    apart. How likely somebody is to get a place is decided without the protected attributes, so people who differ in
    these alone have the same chance of one; the chances of the pairs follow with them, while everybody's expected number
    of partners stays as it is. So groups that are to expect about the same points have to do so with these places. Only
    ``places="with_protected"`` decides both at once.

    With the programme's objective ``Leximin(over="people")`` it is what everybody expects to gain that counts, the sum over
    the criteria of their side: whoever expects the least expects as much as possible, then whoever expects the second
    least, and so on, and the points come after that. Nobody could expect more without taking it from somebody who
    expects no more than they do. People may have several places.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    cap : int, float, str, Fraction or matrix of these
        The most that a pair may be likely: ``0.5``, ``"1/3"``. A matrix has a limit for each pair, in the order of
        :attr:`rmatch.Scores.mentors` and :attr:`rmatch.Scores.mentees`.
    spread : int, float, str or Fraction, optional
        How fast the points of a pair fall with its chance, above 0 and up to 1: maximises :math:`\sum p_{ij} (x_{ij} - b
        x_{ij}^2)` over the steps of `grid` instead, which shares chances out among good partners.
    parity : sequence of Parity, optional
        Groups that may expect about as many partners, or points, a head; see :class:`rmatch.lotteries.Parity`. By a
        protected dimension, parity of partners needs ``places="with_protected"``.
    alike : sequence of tuple of str, str and number, optional
        Two people of one side, and the most that the total variation between what the lottery gives them may be: similar
        chances for similar people [1]_. For one place it is the largest difference in the chance of any set of
        outcomes, nobody included; for several it is that in the expected number of partners out of any set. At 0 both have
        the same chances exactly, or up to the rounding if one of them alone is locked to somebody; two people who both
        play both roles are alike in each. Locked pairs count.
    grid : int, optional
        A number of steps that chances can have beside those that the cap needs; 5,040 with `spread`, 5,040,000 with
        `parity`, `alike` or leximin. What these three promise then holds up to the rounding of each chance to a next step: a
        total variation up to two steps for each partner, or six where protected attributes count, and what somebody
        expects up to one step of each partner. In leximin alone simple fractions that keep everything exactly are not
        rounded, up to a common denominator of a billion. Prices below a billionth count as nought in the linear
        programmes.
    seed : int or str
        Decides between equally good chances, and the draw.
    max_seconds : float, optional
        Stop after about so many seconds, without an answer.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.

    Returns
    -------
    Lottery
        The chances, and the draw.

    Raises
    ------
    InvalidInputError
        With everything in which the arguments do not fit each other; for more than a million possible pairs, or 90,000
        for leximin; for an objective other than the total and leximin over people, which no expected value stands for;
        and for `spread` together with `parity`, `alike` or leximin.
    InfeasibleError
        If locks break rules or capacities, or if minimums are out of reach, with the smallest cap at which they are not,
        or if the differences cannot be kept so small.
    StopError
        If it was stopped: before the last step there are no chances that keep to everything.

    References
    ----------
    .. [1] C. Dwork, M. Hardt, T. Pitassi, O. Reingold and R. Zemel, "Fairness through awareness", ITCS 2012.
       :doi:`10.1145/2090236.2090255`

    Examples
    --------
    >>> import rmatch
    >>> lottery = rmatch.lottery(rmatch.datasets.example(), cap="1/2")
    >>> max(lottery.chances.values())
    Fraction(1, 2)
    >>> lottery.draw("spring") == lottery.draw("spring")
    True
    >>> sum(weight for weight, _ in lottery.matchings())
    Fraction(1, 1)
    """
    programme = Programme() if programme is None else programme

    def read() -> tuple[Scores, Asked]:
        scores = score(people, programme, requests)
        return scores, Asked.read(scores, cap, spread, parity, alike, grid)

    limits = limit_faults(max_seconds, 0.0, progress, cancel)
    if wrong := [*seed_faults("lottery", seed), *limits]:
        refuse([*wrong, *faults_in(read)])
    with StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False) as rule:
        rule.begin("chances")
        scores, asked = read()
        this_round = Round(scores, seed)
        units, certain = chances_of(this_round, asked)
        marginals = Marginals(scores.points, 1, units, certain)
        plain = this_round
        if programme.objective != TOTAL:
            # Whatever is best here, what it costs is told in points, against the matching with most of them.
            for_points = replace(programme, objective=TOTAL)
            plain = Round(score(people, for_points, requests), seed)
        best = plain.solve()
        # The best of a run that was stopped is not the best.
        rule.look("places")
        return Lottery(scores, this_round.seed, marginals, this_round.locks, best.total)
