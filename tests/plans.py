"""All plans of a few people, as the scalar formulas see them."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

import strategies

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.formulas import Facts, Lines, broken_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.lifecycle import Plan
    from rmatch.people import People, Requests
    from rmatch.programme import Programme

Round = tuple["People", "Programme", "Requests"]
Pairs = frozenset[tuple[str, str]]
PLANS = strategies.rounds(max_mentors=3, max_mentees=3, locks=False)


def planned(drawn: Round, **terms: Any) -> Plan | None:
    """Return a plan, or nothing where nobody has so many possible partners."""
    try:
        return rmatch.plan(*drawn, **terms)
    except InvalidInputError as error:
        if {fault.field for fault in error.faults} <= {"rounds", "minimum", "load"}:
            return None
        raise


class Tried:
    """All plans of a few people, as the scalar formulas see them."""

    def __init__(
        self, people: People, programme: Programme, requests: Requests, *, never: bool = True
    ) -> None:
        self.facts = Facts(people, programme, requests)
        lines = Lines(self.facts)
        pairs = list(itertools.product(self.facts.mentors, self.facts.mentees))
        protected = programme.places == "with_protected"
        self.points = {p: lines.points(*p) for p in pairs}
        self.basis = self.points if protected else {p: lines.blind_points(*p) for p in pairs}
        least = programme.min_points
        past = {(one.mentor, one.mentee) for one in requests.of_kind("previous") if never}
        past |= {pair[::-1] for pair in past}
        self.open = [
            p
            for p in pairs
            if p not in past
            and not broken_rules(self.facts, *p)
            and (least is None or self.basis[p] >= least)
        ]

    def rounds(self) -> list[Pairs]:
        """Return everything that one round may be."""
        some = (
            frozenset(chosen)
            for size in range(len(self.open) + 1)
            for chosen in itertools.combinations(self.open, size)
        )
        return [chosen for chosen in some if self.fits(chosen)]

    def fits(self, chosen: Pairs) -> bool:
        return all(
            partners <= self.facts.capacity(one, side)
            for place, side in enumerate(("mentor", "mentee"))
            for one, partners in Counter(pair[place] for pair in chosen).items()
        )

    def plans(self, rounds: int) -> Iterator[Pairs]:
        """Go through what pairs plans have over all rounds; each in some order of the rounds."""
        over_all: set[Pairs] = {frozenset()}
        one_round = self.rounds()
        for _ in range(rounds):
            over_all = {
                known | more for known in over_all for more in one_round if not known & more
            }
        return iter(over_all)


def places(pairs: Pairs) -> Counter[tuple[int, str]]:
    """Return how many partners everybody has, by side."""
    return Counter((place, pair[place]) for pair in pairs for place in (0, 1))


def every_plan(tried: Tried, terms: dict[str, Any]) -> Iterator[tuple[Pairs, ...]]:
    """Go through all plans, round by round."""
    apart = 10 if terms["gap"] == "never" else terms["gap"]
    one_round = tried.rounds()

    def after(done: tuple[Pairs, ...]) -> Iterator[tuple[Pairs, ...]]:
        number = len(done) + 1
        if number > terms["rounds"]:
            yield done
            return
        away = {one for one, rounds in terms["away"].items() if number in rounds}
        past = [set(earlier) | {two[::-1] for two in earlier} for earlier in terms["history"]]
        before = [*past, *done]
        lately = set().union(*before[len(before) - apart :]) if apart and before else set()
        for chosen in one_round:
            if not chosen & lately and not away & {one for pair in chosen for one in pair}:
                yield from after((*done, chosen))

    return after(())


def places_by_round(plan: tuple[Pairs, ...]) -> list[Counter[tuple[int, str]]]:
    return [places(chosen) for chosen in plan]
