"""What gives, as changes that can be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch.advice.scenario import Scenario
from rmatch.people import Request
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.people import People, Person
    from rmatch.rounds import Give, Outcome, Seeker

ANY_HOUR = "00:00-24:00"


def scenario_of(matching: Outcome, gives: Iterable[Give], promised: Sequence[Seeker]) -> Scenario:
    """Return what gives and who is promised a partner as changes.

    Parameters
    ----------
    matching : Outcome
        What is there.
    gives : iterable of Give
        What gives.
    promised : sequence of (str, str)
        Who must get a partner, and in which role.

    Returns
    -------
    Scenario
        The changes.
    """
    people = matching.people
    row = {person: place for place, person in enumerate(people.id)}
    change: dict[str, dict[str, Any]] = {}
    withdraw: list[Request] = []
    programme: dict[str, Any] = {}
    for give in gives:
        if give.kind == "rules":
            programme.setdefault("rules", {})[give.what] = False
        elif give.kind == "min_points":
            programme["min_points"] = False
        elif give.kind == "locks":
            withdraw.append(Request(give.who, give.what, "lock"))
        else:
            person = people.person(row[give.who])
            change.setdefault(give.who, {}).update(_answer(matching, give, person))
    for who, role in promised:
        own = people.person(row[who])
        least = getattr(own, f"{role}_minimum") or 0
        change.setdefault(who, {}).setdefault(f"{role}_minimum", max(1, least))
    return Scenario(change=change, withdraw=tuple(withdraw), programme=programme)


def with_promises(people: People, promised: Iterable[Seeker]) -> People:
    """Return the people with a minimum of 1 for those who are promised a partner."""
    row = {person: place for place, person in enumerate(people.id)}
    least = {role: getattr(people, f"{role}_minimum").copy() for role in SIDES}
    for who, role in promised:
        least[role][row[who]] = max(1, least[role][row[who]])
    return replace(people, mentor_minimum=least["mentor"], mentee_minimum=least["mentee"])


def _answer(matching: Outcome, give: Give, person: Person) -> dict[str, Any]:
    cohort, programme = matching.scores.cohort, matching.programme
    if give.kind == "hours":
        return {"hours": ANY_HOUR}
    if give.kind == "languages":
        return {"languages": [*person.languages, give.what]}
    if give.kind == "topics":
        return {"wants": {**person.wants, give.what: 1}}
    if give.kind == "capacities":
        own = getattr(person, f"{give.role}_capacity")
        now = getattr(programme, f"{give.role}_capacity") if own is None else own
        return {f"{give.role}_capacity": now + 1}
    places = cohort.row if give.role == "mentor" else cohort.column
    least = int(cohort.minimum("mentor" if give.role == "mentor" else "mentee")[places[give.who]])
    return {f"{give.role}_minimum": least - 1}
