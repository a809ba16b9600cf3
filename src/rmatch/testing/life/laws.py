"""The laws of a life: what the pairs of a day, and those of a plan, must be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from rmatch.errors import Fault
from rmatch.testing.life.best import best_pairs, over_rounds
from rmatch.utils.validation import choice, refuse, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rmatch.testing.life.situation import IdPair, Situation

About = Literal["pairs", "twice", "again", "plan"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LifeLaw:
    """Something that holds on every day of a programme.

    Attributes
    ----------
    name : str
        What it is called in reports and in `expected_failures`.
    statement : str
        The law in one line.
    about : {"pairs", "twice", "again", "plan"}
        What it is about: the pairs of a day, both answers for one day that is asked for twice, the pairs of a day on which
        nothing has changed since they were made, or those of a plan.
    broken : callable
        Called with the day and what was answered; returns what is wrong, an empty text where nothing is, and None where
        it cannot be told because another law is broken.
    """

    name: str
    statement: str
    about: About
    broken: Callable[[Situation, Any], str | None]

    def __repr__(self) -> str:
        """Return name and statement."""
        return f"<LifeLaw {self.name}: {self.statement}>"


def life_law(about: About) -> Callable[[Callable[[Situation, Any], str | None]], LifeLaw]:
    """Turn a check into a law; its name and its docstring become the law's name and statement."""

    def decorate(broken: Callable[[Situation, Any], str | None]) -> LifeLaw:
        return LifeLaw(broken.__name__, " ".join((broken.__doc__ or "").split()), about, broken)

    return decorate


@life_law("pairs")
def possible_pairs(day: Situation, pairs: list[IdPair]) -> str:
    """Every pair is one of people who are there and whom the rules allow to meet."""
    return _listed("may not be made", set(pairs) - set(day.points))


@life_law("pairs")
def nobody_twice(day: Situation, pairs: list[IdPair]) -> str:
    """No pair is made twice, and nobody has more partners than places."""
    twice = [pair for pair, times in Counter(pairs).items() if times > 1]
    many = day.crowded(set(pairs))
    return _listed("is made twice", twice) or " ".join(f"{who} has no place left" for who in many)


@life_law("pairs")
def accepted_stay(day: Situation, pairs: list[IdPair]) -> str:
    """Pairs that were accepted stay."""
    return _listed("was accepted, and is gone", day.accepted - set(pairs))


@life_law("pairs")
def declined_never_again(day: Situation, pairs: list[IdPair]) -> str:
    """Pairs that were declined are never made again, in no later round either."""
    return _listed("was declined", day.declined.intersection(pairs))


@life_law("pairs")
def no_repeat(day: Situation, pairs: list[IdPair]) -> str:
    """No pair of an earlier round is made again before the gap is over, but those that go on."""
    return _listed("met too few rounds ago", (day.too_soon - day.accepted).intersection(pairs))


@life_law("pairs")
def most_pairs(day: Situation, pairs: list[IdPair]) -> str | None:
    """As many pairs are made as possible."""
    return _less(day, pairs, 0, "pairs made")


@life_law("pairs")
def waiting_first(day: Situation, pairs: list[IdPair]) -> str | None:
    """Of all ways to make as many pairs, none serves better who comes first: who has a partner this round, then who waits longest."""
    return _less(day, pairs, 1, "ranks served in all")


@life_law("pairs")
def fewest_broken(day: Situation, pairs: list[IdPair]) -> str | None:
    """Of all these ways, the fewest earlier pairs are broken."""
    return _less(day, pairs, 2, "earlier pairs kept")


@life_law("pairs")
def most_points(day: Situation, pairs: list[IdPair]) -> str | None:
    """Of all these ways, it is one with the most points."""
    return _less(day, pairs, 3, "points reached")


@life_law("twice")
def same_answer(_: Situation, answers: list[list[IdPair]]) -> str:
    """Whoever asks twice for the pairs of one day gets the same ones."""
    one, other = map(set, answers)
    return _listed("is in one answer and not in the other", one ^ other)


@life_law("again")
def nothing_changed(day: Situation, pairs: list[IdPair]) -> str:
    """Where nothing has changed since pairs were made, they are the same."""
    gone, new = day.earlier - set(pairs), set(pairs) - day.earlier
    return _listed("is gone", gone) or _listed("is new", new)


@life_law("plan")
def plan_possible(day: Situation, rounds: list[list[IdPair]]) -> str:
    """In every round of a plan every pair may be made, and nobody has more partners than places."""
    for number, pairs in enumerate(rounds, 1):
        wrong = possible_pairs.broken(day, pairs) or nobody_twice.broken(day, pairs)
        wrong = wrong or declined_never_again.broken(day, pairs)
        if wrong:
            return f"in round {number} {wrong}"
    return ""


@life_law("plan")
def plan_no_repeat(day: Situation, rounds: list[list[IdPair]]) -> str:
    """No pair of a plan meets again before the gap is over, whether it met in the plan or before."""
    last = {pair: 1 - ago for pair, ago in day.met.items()}
    for number, pairs in enumerate(rounds, 1):
        for pair in pairs:
            if pair in last and (day.gap is None or number - last[pair] <= day.gap):
                return _listed(f"meets too soon again in round {number}", [pair])
            last[pair] = number
    return ""


@life_law("plan")
def plan_most_pairs(day: Situation, rounds: list[list[IdPair]]) -> str | None:
    """Where no pair meets twice, a plan has as many meetings as possible in all."""
    return _less_planned(day, rounds, 0, "meetings planned")


@life_law("plan")
def plan_waiting_first(day: Situation, rounds: list[list[IdPair]]) -> str | None:
    """Where no pair meets twice, no plan with as many meetings gives those who have waited longer a partner at all."""
    return _less_planned(day, rounds, 1, "ranks served in all")


@life_law("plan")
def plan_most_points(day: Situation, rounds: list[list[IdPair]]) -> str | None:
    """Where no pair meets twice, no plan with as many meetings and the same people first has more points."""
    return _less_planned(day, rounds, 3, "points reached")


@life_law("plan")
def plan_even(day: Situation, rounds: list[list[IdPair]]) -> str | None:
    """Where no pair meets twice, the rounds of a plan differ by one meeting at most."""
    if day.gap is not None:
        return None
    sizes = [len(pairs) for pairs in rounds]
    even = max(sizes) - min(sizes) <= 1
    return "" if even else f"the rounds have {', '.join(map(str, sizes))} meetings"


LAWS = (
    possible_pairs,
    nobody_twice,
    accepted_stay,
    declined_never_again,
    no_repeat,
    most_pairs,
    waiting_first,
    fewest_broken,
    most_points,
    same_answer,
    nothing_changed,
    plan_possible,
    plan_no_repeat,
    plan_most_pairs,
    plan_waiting_first,
    plan_most_points,
    plan_even,
)
ALL: dict[str, LifeLaw] = {law.name: law for law in LAWS}
SOUND = (possible_pairs, nobody_twice, accepted_stay, declined_never_again, no_repeat)
"""What must hold of pairs before they can be compared with the best, or a day can go on with them."""


def find(names: Collection[str] | None, *, planned: bool) -> list[LifeLaw]:
    """Return laws by name, or all that apply, be it with a plan or without.

    Parameters
    ----------
    names : collection of str or None
        Names of laws.
    planned : bool
        Whether there are plans that laws of plans can be tried on.

    Returns
    -------
    list of LifeLaw
        In the same order.

    Raises
    ------
    InvalidInputError
        With every name that is unknown, or of a law of plans where there is none.
    """
    if names is None:
        return [law for law in LAWS if planned or law.about != "plan"]
    refuse(
        texts("laws", "laws", names, "names")
        or [fault for name in names for fault in choice("laws", "name", name, ALL)]
    )
    found = [ALL[name] for name in names]
    if not found:
        refuse([Fault("laws", "laws", "none is named", "name some, or leave it out for all")])
    refuse(
        Fault("laws", "name", f"{law.name!r} is a law of plans", "give plan, or leave it out")
        for law in found
        if law.about == "plan" and not planned
    )
    return found


def _listed(what: str, pairs: Iterable[IdPair]) -> str:
    return "; ".join(f"{' with '.join(map(str, pair))} {what}" for pair in sorted(pairs))


def _less(day: Situation, pairs: Iterable[IdPair], aim: int, what: str) -> str | None:
    """Tell whether less is reached of one aim than is possible, where all before it are reached."""
    made = list(pairs)
    if any(law.broken(day, made) for law in SOUND):
        return None
    found, best = day.worth(made), day.worth(best_pairs(day))
    if found[:aim] != best[:aim]:
        return None
    if found[aim] == best[aim]:
        return ""
    return f"{what}: {found[aim]}, and {best[aim]} would be possible"


def _less_planned(day: Situation, rounds: list[list[IdPair]], aim: int, what: str) -> str | None:
    """Tell the same of all rounds together, which can be told where no pair meets twice."""
    broken = plan_possible.broken(day, rounds) or plan_no_repeat.broken(day, rounds)
    if broken or day.gap is not None:
        return None
    together = over_rounds(day, len(rounds))
    return _less(together, chain.from_iterable(rounds), aim, what)
