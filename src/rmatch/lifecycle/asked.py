"""What a plan has to keep to, read from its arguments with everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, nearest
from rmatch.objectives import compatibility_of
from rmatch.programme import group_terms
from rmatch.rounds import Outcome, PlanTerms, waited_until
from rmatch.utils.sides import SIDES
from rmatch.utils.text import counted
from rmatch.utils.validation import a_kind, refuse, seen, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import People
    from rmatch.scoring import Scores

MOST_ROUNDS = 1_000
EARLIER = (
    "give the earlier rounds, the earliest first: what rmatch.match returned, or pairs of two ids"
)


def terms_of(
    scores: Scores, rounds: Any, *, gap: Any, away: Any, load: Any, history: Any
) -> PlanTerms:
    """Return what a plan has to keep to.

    Parameters
    ----------
    scores : Scores
        One round.
    rounds, gap, away, load, history : object
        As :func:`rmatch.plan` takes them.

    Returns
    -------
    PlanTerms
        The same, whatever form they were given in.

    Raises
    ------
    InvalidInputError
        With everything that is wrong.
    """
    refuse(
        [
            *whole("plan", "rounds", rounds, 1, MOST_ROUNDS),
            *_gap_faults(gap),
            *away_faults(scores, away, rounds),
            *_load_faults(scores, load),
            *(wrong := list(_history_faults(history))),
            *([] if wrong else _strangers(scores, history)),
            *_programme_faults(scores),
        ]
    )
    ids = scores.cohort.people.id
    limits = dict.fromkeys(ids, load) if isinstance(load, int) else dict(load or {})
    return PlanTerms(
        int(rounds),
        gap if gap == "never" else int(gap),
        {str(one): int(most) for one, most in limits.items()},
        {str(one): tuple(sorted(map(int, numbers))) for one, numbers in (away or {}).items()},
        tuple(_pairs(earlier) for earlier in history),
        _waited(history, scores.cohort.people),
    )


def _pairs(earlier: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(earlier, Outcome):
        return tuple((pair.mentor, pair.mentee) for pair in earlier.pairs)
    return tuple((str(mentor), str(mentee)) for mentor, mentee in earlier)


def _waited(history: Iterable[Any], people: People) -> dict[str, int]:
    """Return for how many of the latest rounds in a row people had no partner, as far as rounds tell who took part."""
    waits: dict[str, int] = {}
    for earlier in history:
        alone = waited_until(earlier, people) if isinstance(earlier, Outcome) else {}
        waits = {one: max(known, waits.get(one, 0) + 1) for one, known in alone.items()}
    return waits


def _gap_faults(gap: Any) -> Iterator[Fault]:
    if gap != "never" and whole("plan", "gap", gap, 0):
        remedy = "give 'never', or how many rounds lie between two meetings of a pair"
        yield Fault("plan", "gap", f"{seen(gap)} is not possible", remedy)


def away_faults(scores: Scores, away: Any, rounds: Any) -> Iterator[Fault]:
    """Go through what is wrong with who is away in which rounds."""
    if away is None:
        return
    if not isinstance(away, Mapping):
        problem = f"{a_kind(away)} is no mapping"
        yield Fault("plan", "away", problem, "give the rounds by id: {'E7': [2, 3]}")
        return
    yield from _unknown(scores, "away", away)
    last = rounds if not whole("plan", "rounds", rounds, 1, MOST_ROUNDS) else MOST_ROUNDS
    for one, numbers in away.items():
        where = f"away of {seen(one)}"
        if isinstance(numbers, str | Mapping) or not isinstance(numbers, Collection):
            yield Fault(where, "", f"{a_kind(numbers)} is no list", "give the numbers of rounds")
            continue
        for number in numbers:
            yield from whole(where, "", number, 1, last)
        if len(set(map(str, numbers))) < len(numbers):
            yield Fault(where, "", "names a round twice", "name it once")


def _unknown(scores: Scores, where: str, named: Iterable[Any]) -> Iterator[Fault]:
    known = scores.cohort.people.id
    for one in named:
        if str(one) not in set(known):
            yield Fault(where, "", f"nobody has the id {seen(one)}", nearest(str(one), known))


def _load_faults(scores: Scores, load: Any) -> Iterator[Fault]:
    if load is None:
        return
    if not isinstance(load, Mapping):
        yield from whole("plan", "load", load, 0)
        return
    yield from _unknown(scores, "load", load)
    for one, most in load.items():
        yield from whole(f"load of {seen(one)}", "", most, 0)


def _history_faults(history: Any) -> Iterator[Fault]:
    if isinstance(history, str | Mapping | Outcome) or not isinstance(history, Iterable):
        yield Fault("plan", "history", f"{a_kind(history)} is no list of rounds", EARLIER)
        return
    for number, earlier in enumerate(history, start=1):
        where = f"history, round {number}"
        if isinstance(earlier, Outcome):
            continue
        if isinstance(earlier, str | Mapping) or not isinstance(earlier, Iterable):
            yield Fault(where, "", f"{a_kind(earlier)} is no round", EARLIER)
            continue
        for pair in earlier:
            if not _is_pair(pair):
                yield Fault(where, "", f"{seen(pair)} is no pair of two ids", EARLIER)


def _strangers(scores: Scores, history: Iterable[Any]) -> Iterator[Fault]:
    """Refuse earlier rounds of which nobody is among the people: their ids are others."""
    known = set(scores.cohort.people.id)
    named = dict.fromkeys(one for earlier in history for pair in _pairs(earlier) for one in pair)
    if named and not known & named.keys():
        problem = f"nobody of the earlier rounds is among the people, {seen(next(iter(named)))} for example"
        yield Fault("plan", "history", problem, "use the same ids in both")


def _is_pair(pair: Any) -> bool:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return False
    return all(isinstance(one, str | int) and not isinstance(one, bool) for one in pair) and str(
        pair[0]
    ) != str(pair[1])


def _programme_faults(scores: Scores) -> Iterator[Fault]:
    programme = scores.programme
    if not compatibility_of(programme.objective).is_total:
        problem = f"a plan adds up points, and the objective is {programme.objective.kind!r}"
        yield Fault("programme", "objective", problem, "leave it out, or match round by round")
    if programme.quotas:
        problem = "a plan keeps no quotas"
        yield Fault("programme", "quotas", problem, "leave them out, or match round by round")
    for name in group_terms(programme):
        problem = "a plan forms no groups: its rounds have pairs"
        yield Fault("programme", name, problem, "leave it out, or match round by round")


def refuse_too_many_rounds(scores: Scores, terms: PlanTerms) -> None:
    """Refuse more rounds than anybody has possible partners, and those that a minimum needs, with the people.

    Parameters
    ----------
    scores : Scores
        All rounds together.
    terms : PlanTerms
        What the plan has to keep to.
    """
    if terms.gap == "never":
        refuse(_too_many_rounds(scores, terms))


def _too_many_rounds(scores: Scores, terms: PlanTerms) -> Iterator[Fault]:
    possible = _possible(scores)
    most = max((int(counts.max(initial=0)) for counts in possible), default=0)
    remedy = f"make a plan of at most {counted(most, 'round')}" if most else "see rmatch.check"
    for side, counts, ids in zip(SIDES, possible, (scores.mentors, scores.mentees), strict=True):
        least = scores.cohort.minimum(side)
        room = scores.cohort.capacity(side)
        for one, partners, needed, places in zip(
            ids, counts.tolist(), least.tolist(), room.tolist(), strict=True
        ):
            if needed > places and terms.load.get(one, needed) < needed:
                problem = (
                    f"has to have {counted(needed, 'partner')} in all rounds, and may have {places}"
                )
                yield Fault(
                    f"{side} {one!r}", "load", problem, "raise the load, or lower the minimum"
                )
            elif needed > partners:
                problem = f"has {counted(partners, 'possible partner')}, and needs {needed} in {counted(terms.rounds, 'round')}"
                yield Fault(
                    f"{side} {one!r}", "minimum", problem, "plan fewer rounds, or lower the minimum"
                )
            elif terms.rounds > most:
                problem = f"has {counted(partners, 'possible partner')} for {counted(terms.rounds, 'round')}"
                yield Fault(f"{side} {one!r}", "rounds", problem, remedy)


def _possible(scores: Scores) -> list[Any]:
    if scores.fits:
        return [scores.open_pairs.sum(1), scores.open_pairs.sum(0)]
    known = scores.possible_partners
    return [] if known is None else list(known)
