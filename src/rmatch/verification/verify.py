"""Independent checking of a result: by the published formulas and by its certificates, without the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from rmatch import fairness, rounds
from rmatch.errors import Fault, RmatchError, VerificationError
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Outcome
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule, listen
from rmatch.utils.validation import a_kind, objects, refuse, seed_faults
from rmatch.verification.data import no_data
from rmatch.verification.inputs import Inputs
from rmatch.verification.matching import checks, on_ones_own
from rmatch.verification.sample import unasked
from rmatch.verification.verified import Verified

# What only other results need is imported where one of them is given.
Result: TypeAlias = """(
    Outcome | rounds.Planned | rounds.PairChances | fairness.FairnessFigures | rounds.Explanation
    | rounds.StandIns | rounds.PriceList | tuple[rounds.Pair, ...]
)"""


@timed
def verify(
    result: Result,
    people: People | None = None,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    of: Outcome | rounds.PairChances | None = None,
    since: Sequence[Outcome] = (),
    cap: object = None,
    seed: int | str | None = None,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Verified:
    """Check a result without the solver.

    A result is taken for a document from a stranger, and the people, the programme and the requests for one's own.
    Everything that it says is worked out anew from these; what is vouched for, field by field, and what is not, is listed in
    :doc:`/explanation/what-is-proved`.

    Of a matching: that every pair keeps every rule (or is a lock with its written reason), that nobody has more partners
    than places or fewer than the minimum, that all locks are kept and no pair is there twice, that the points of every
    pair and the total are what the published formulas say, and that everybody without a partner is listed with the
    reason. That nothing is better, or nothing beyond the bound of a run that was stopped, is checked by the prices of the
    certificates against all pairs; where places were decided in a step of their own, nothing better for the people who
    hold them.

    Of a plan over rounds: the same of all rounds together, and that each of its pairs meets in one round, that everybody's
    places, loads and absences are kept in each, that rounds are even, and that no round could serve better, with the pairs
    left for it, who has waited. Where rounds had to be decided one by one, nothing is said of other plans. What the plan
    keeps to, its `terms`, is believed.

    Of a lottery: that its chances keep rules, locks, places and minimums, on average and in every draw, and the caps; of a
    draw, that chances and seed give it. Of a fairness report and of an explanation: the figures and the reasons. Of stand-ins:
    who they are, and by prices of their own that nothing is better. Of a price list: every line, by the prices of its own step.

    Parameters
    ----------
    result : Matching, Plan, Lottery, tuple of Pair, Fairness, Explanation, StandIns or PriceList
        What somebody says is the result.
    people : People, optional
        Everybody. Without them those inside the result are believed, and then it may be a true answer to another question
        than yours. The same holds for the other two.
    programme : Programme, optional
        What the organiser chose.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    of : Matching or Lottery, optional
        What a report or an explanation is about, or what a draw is from; it is checked before.
    since : sequence of Matching
        For a fairness report, the earlier rounds that it was made beside; they are believed.
    cap : int, float, str, Fraction or matrix of these, optional
        For a lottery, the most that a pair may be likely; without it caps are not checked.
    seed : int or str, optional
        For a draw, what it was drawn by; the lottery's own if absent.
    max_seconds : float, optional
        Stop after about so many seconds, without an answer.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.

    Returns
    -------
    Verified
        What was checked.

    Raises
    ------
    VerificationError
        With everything that does not hold.
    InvalidInputError
        For anything that is no result, and for people, programme and requests that do not fit each other.
    StopError
        If it was stopped before everything was checked.

    Examples
    --------
    >>> import rmatch
    >>> people = rmatch.datasets.example()
    >>> matching = rmatch.match(people)
    >>> verified = rmatch.verify(matching, people)
    >>> verified.checks
    ('rules', ..., 'optimal for the place-holders, who were chosen without protected attributes')
    >>> verified.believed
    ('programme', 'requests')
    >>> rmatch.verify(matching.fairness(), people, of=matching).checks[-1]
    'figures'

    A lottery, and what was drawn from it by a seed that was announced before:

    >>> lottery = rmatch.lottery(people, cap="1/2")
    >>> rmatch.verify(lottery, people, cap="1/2").checks[-2:]
    ('caps', 'places and minimums in every draw')
    >>> rmatch.verify(lottery.draw("spring"), people, of=lottery, seed="spring").checks[-1]
    'the draw'
    """
    beside = {"since": since, "cap": cap, "seed": seed}
    limits = limit_faults(max_seconds, 0.0, progress, cancel)
    refuse([*_kind_faults(result, of), *_beside_faults(result, beside), *limits])
    whole: Any = result if of is None else of
    rule = StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False)
    rule.begin("checks")
    try:
        with rule:
            given = [result] if of is None else [of, result]
            _passed({"data": no_data(given, "result")})
            inputs = Inputs.of(whole, people, programme, requests)
            if isinstance(whole, Outcome):
                return _matched(inputs, whole, result, since)
            if isinstance(whole, rounds.Planned):
                return _planned(inputs, whole)
            return _by_lot(inputs, whole, result, cap, seed)
    except RmatchError:
        raise
    except Exception as error:
        if error is rule.failed:
            raise
        # Whatever a document of somebody else's makes this stumble over, it is not what it claims to be.
        message = f"it cannot be read: {type(error).__name__} at one of its fields"
        raise VerificationError([message]) from error


def _matched(inputs: Inputs, matching: Outcome, result: Any, since: Sequence[Outcome]) -> Verified:
    """Check a matching, and then what is told about it."""
    anew = on_ones_own(inputs, matching)
    names, believed = _passed(checks(inputs, matching, anew)), (*inputs.believed, *unasked(inputs))
    believed += ("earlier pairs",) if matching.changes is not None else ()
    if result is not matching:
        checked, more = _told(inputs, result, anew, since)
        names, believed = names + _passed(checked), believed + more
    believed += ("how long people have waited",) if matching.waited else ()
    people = len(inputs.facts.person)
    return Verified(len(anew.pairs), anew.total, people, names, believed)


def _told(
    inputs: Inputs, result: Any, anew: Outcome, since: Sequence[Outcome]
) -> tuple[dict[str, Iterator[str]], tuple[str, ...]]:
    """Return the checks of what is told about a matching, and what they believe."""
    from rmatch.verification import reports

    if isinstance(result, fairness.FairnessFigures):
        figures = reports.figures(inputs, result, anew, since)
        return {"figures": figures}, ("earlier rounds",) if since else ()
    if isinstance(result, rounds.Explanation):
        return {"reasons": reports.reasons(inputs, result, anew)}, ()
    if isinstance(result, rounds.PriceList):
        from rmatch.verification.prices import prices

        return {"price list": prices(inputs, result, anew)}, ()
    from rmatch.verification.stand_ins import stand_ins

    believed = () if result.first_answers is None else ("probabilities",)
    return {"stand-ins": stand_ins(inputs, result, anew)}, believed


def _planned(inputs: Inputs, planned: rounds.Planned) -> Verified:
    """Check all rounds of a plan together, as a matching, and then its meetings and rounds."""
    from rmatch.verification.plan import every_round, plan_checks

    every = every_round(inputs, planned)
    names: tuple[str, ...] = ()
    if planned.together is not None:
        names = _matched(every, planned.together, planned.together, ()).checks
    names += _passed(plan_checks(inputs, every, planned))
    believed = *every.believed, *unasked(every)
    people = len(inputs.facts.person)
    return Verified(len(planned.meetings), planned.total, people, names, believed, "meeting")


def _by_lot(
    inputs: Inputs,
    lottery: rounds.PairChances,
    result: Any,
    cap: object,
    seed: int | str | None,
) -> Verified:
    """Check a lottery, and then what was drawn from it."""
    from rmatch.verification.lottery import LotteryCheck

    check = LotteryCheck(inputs, lottery)
    names, people = _passed(check.checks(cap)), len(inputs.facts.person)
    believed = *inputs.believed, *unasked(inputs)
    if result is lottery:
        possible, total = len(check.anew.chances), check.anew.total
        return Verified(possible, total, people, names, believed)
    names += _passed({"the draw": check.drawn(result, seed)})
    return Verified(len(result), sum(pair.points for pair in result), people, names, believed)


def _passed(found: dict[str, Iterator[str]]) -> tuple[str, ...]:
    """Return the names of checks, or raise with everything that does not hold."""
    failures: list[str] = []
    for name, check in found.items():
        listen(name)
        failures += check
    if failures:
        raise VerificationError(failures)
    return tuple(found)


def _kind_faults(given: object, of: object) -> Iterable[Fault]:
    about = _about(given)
    if about is None and not _is_whole(given):
        problem = f"{a_kind(given)} is no matching of people"
        yield Fault(
            "verify", "result", problem, "give what rmatch.match or rmatch.lottery returned"
        )
    elif about is None and of is not None:
        yield Fault("verify", "of", "a matching or a lottery is about itself", "leave it out")
    elif about is not None and not isinstance(of, about):
        problem, remedy = (
            f"{a_kind(of)} is not what it is about",
            "give the matching, or the lottery",
        )
        yield Fault("verify", "of", problem, remedy)


def _is_whole(given: object) -> bool:
    """Tell whether a result is about people, and about no other result."""
    if isinstance(given, Outcome):
        return True
    return isinstance(given, rounds.Planned | rounds.PairChances)


def _about(given: object) -> type | None:
    """Return which kind of result another one is about, None for one that is about nothing else."""
    if isinstance(given, Outcome):
        return None
    told = (
        fairness.FairnessFigures,
        rounds.Explanation,
        rounds.StandIns,
        rounds.PriceList,
    )
    if isinstance(given, told):
        return Outcome
    return rounds.PairChances if isinstance(given, tuple) else None


def _beside_faults(given: object, beside: dict[str, Any]) -> Iterable[Fault]:
    if beside["seed"] is not None:
        yield from seed_faults("verify", beside["seed"])
    earlier = beside["since"]
    wrong = objects("verify", "since", earlier, Outcome, "give a list of earlier matchings")
    yield from wrong
    for name, value in {**beside, "since": None if wrong else earlier or None}.items():
        if value is not None:
            kinds, word = _looked_at_beside(name)
            if not isinstance(given, kinds):
                yield Fault("verify", name, f"is looked at beside a {word} only", "leave it out")


def _looked_at_beside(name: str) -> tuple[tuple[type, ...], str]:
    """Return beside which kinds of results something is looked at, and what these are called."""
    if name == "since":
        return (fairness.FairnessFigures,), "fairness report"
    return ((rounds.PairChances, tuple), "lottery") if name == "cap" else ((tuple,), "draw")
