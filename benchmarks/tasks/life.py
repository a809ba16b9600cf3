"""What comes after the first matching: rematches, what their changes cost, and a year."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Literal

import numpy as np
from measure import Measured, TaskError, repeated

import rmatch
from rmatch import datasets
from rmatch.criteria import Expertise
from rmatch.errors import Status
from rmatch.io import read_profiles
from rmatch.people import ROLES, Response, Responses, with_more
from rmatch.rounds import Round
from rmatch.scoring import scored

PROGRAMME = rmatch.Programme(levels=datasets.LEVELS)
CHANGED = 100
"""One pair in so many is touched by a change."""


@cache
def autumn(side: int) -> rmatch.Matching:
    """Return the first round of synthetic people."""
    return rmatch.match(datasets.workforce(side, side), PROGRAMME, seed="autumn")


@cache
def changes(side: int) -> tuple[rmatch.People, Responses]:
    """Return what one per cent of changes leave: of some pairs the mentor has left, of as many somebody declined."""
    matching = autumn(side)
    people, role = matching.people, matching.people.role.copy()
    dice, count = np.random.default_rng(side), max(side // CHANGED, 2)
    touched = [matching.pairs[at] for at in dice.choice(len(matching.pairs), count, replace=False)]
    place = {person: row for row, person in enumerate(people.id)}
    role[[place[pair.mentor] for pair in touched[::2]]] = ROLES["none"]
    rows = (Response(pair.mentor, pair.mentee, "declined", by="mentee") for pair in touched[1::2])
    return replace(people, role=role), Responses(tuple(rows))


def rematch(side: int, repeats: int, keep: Literal["pairs", "optimum"] = "pairs") -> Measured:
    """Time the whole call after one per cent of changes."""
    people, responses = changes(side)
    seconds, matching = repeated(
        lambda: rmatch.rematch(autumn(side), people, responses=responses, keep=keep), repeats
    )
    rmatch.verify(matching)
    told = matching.changes
    if told is None:
        message = "a rematch without changes"
        raise TaskError(message)
    figures = {"kept": len(told.kept), "new": len(told.new), "broken": len(told.broken)}
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total, **figures})


def fresh(side: int, repeats: int) -> Measured:
    """Time a fresh matching of the people after the changes, as if there had been no round before."""
    people, _ = changes(side)
    seconds, matching = repeated(lambda: rmatch.match(people, PROGRAMME, seed="autumn"), repeats)
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total})


def second(side: int, repeats: int, change: Literal["weight", "person", "rematch"]) -> Measured:
    """Time the call after one change, which begins at the prices of the first one; the pairs are those of a fresh call."""
    first = autumn(side)
    people, programme = first.people, PROGRAMME
    if change == "weight":
        _, *others = programme.criteria
        programme = replace(programme, criteria=(Expertise(weight=50), *others))
    elif change == "person":
        level = list(people.level)
        someone = int(people.mentees[0])
        level[someone] = next(each for each in datasets.LEVELS if each != level[someone])
        people = replace(people, level=tuple(level))
    else:
        role = people.role.copy()
        role[people.mentees[0]] = ROLES["none"]
        people = replace(people, role=role)
    anew = partial(rmatch.match, people, programme, seed="autumn")
    again = partial(rmatch.rematch, first, people)
    seconds, matching = repeated(
        again if change == "rematch" else partial(anew, warm_start=first), repeats
    )
    rmatch.verify(matching)
    if change != "rematch" and matching.pairs != anew().pairs:
        message = "a warm start has changed the pairs"
        raise TaskError(message)
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total})


def price_of_changes(side: int, repeats: int) -> Measured:
    """Time the whole price list, every line of which is verified afterwards."""
    people, responses = changes(side)
    matching = rmatch.rematch(autumn(side), people, responses=responses)
    seconds, prices = repeated(matching.price_of_changes, repeats)
    rmatch.verify(prices, of=matching)
    return Measured(seconds, {"lines": len(prices.prices), "changes": prices.prices[-1].changes})


def recruit(side: int, repeats: int) -> Measured:
    """Time what recruits are worth; two of them are held against a whole new matching afterwards."""
    people = datasets.workforce(side, side)
    seconds, found = repeated(lambda: rmatch.advice.recruit(people, PROGRAMME, k=5), repeats)
    scores = rmatch.score(people, PROGRAMME)
    before = Round(scores.blind, 0).solve().total
    for one in (found.recruits[0], found.recruits[-1]):
        more = with_more(people, read_profiles([{"id": "new", **one.says}]))
        after = scored(more, PROGRAMME, rmatch.Requests(), scores.cohort)
        if Round(after.blind, 0).solve().total - before != one.worth.points:
            message = f"a new matching with {one.profile!r} gains something else"
            raise TaskError(message)
    if not found.together.proved:
        message = "the best together are not proved"
        raise TaskError(message)
    figures = {"profiles": len(found.recruits), "points": found.together.worth.points}
    return Measured(seconds, {"pairs": found.today.pairs, **figures})


def smallest_fix(side: int, repeats: int) -> Measured:
    """Time the least that has to give for somebody without a partner; what was found is matched and verified afterwards."""
    people = datasets.workforce(side, side)
    rules = {"shared_language": {}, "overlapping_hours": {"minutes": 300}, "other_site": {}}
    matching = rmatch.match(people, rmatch.read_programme({"rules": rules}))
    person = next(one.id for one in matching.unmatched if one.code == "no_allowed_partner")
    catalogue = rmatch.advice.Catalogue(
        capacities=4, hours=2, languages=3, rules={"other_site": 5, "shared_language": 3}
    )
    seconds, fix = repeated(
        lambda: rmatch.advice.smallest_fix(matching, person, catalogue=catalogue), repeats
    )
    rmatch.verify(fix.after)
    if not fix.after.partners[person] or fix.cost != fix.bound:
        message = f"{person} has no partner, or it is not proved"
        raise TaskError(message)
    return Measured(seconds, {"cost": fix.cost, "gives": len(fix.gives)})


def waiting(side: int, repeats: int) -> Measured:
    """Time a round in which everybody who got no mentor in the one before comes first: a tenth more leaders than mentors."""
    people = datasets.workforce(side, side + side // 10)
    programme = replace(PROGRAMME, waiting="first")
    before = rmatch.match(people, programme, seed="autumn")
    seconds, matching = repeated(
        lambda: rmatch.match(people, programme, earlier=before, seed="spring"), repeats
    )
    rmatch.verify(matching)
    placed = sum(bool(matching.partners[person]) for person in matching.waited)
    figures = {"waited": len(matching.waited), "placed": placed}
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total, **figures})


def same(side: int, repeats: int) -> Measured:
    """Time the same round if all wait the same."""
    people = datasets.workforce(side, side + side // 10)
    seconds, matching = repeated(lambda: rmatch.match(people, PROGRAMME, seed="spring"), repeats)
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total})


def plan(side: int, repeats: int) -> Measured:
    """Time a plan of four rounds in which all points add up."""
    people = datasets.workforce(side, side)
    programme = replace(PROGRAMME, count_topic="each")
    seconds, found = repeated(lambda: rmatch.plan(people, programme, rounds=4), repeats)
    rmatch.verify(found, people, programme)
    return Measured(seconds, {"meetings": len(found.meetings), "total": found.total})


def one_match(side: int, repeats: int) -> Measured:
    """Time one round of the same people."""
    people = datasets.workforce(side, side)
    seconds, matching = repeated(lambda: rmatch.match(people, PROGRAMME), repeats)
    return Measured(seconds, {"pairs": len(matching.pairs), "total": matching.total})


def plan_once(side: int, repeats: int) -> Measured:
    """Time a plan of four rounds in which each want counts once over the year, proved."""
    people = datasets.workforce(side, side)
    programme = replace(PROGRAMME, count_topic="once")
    seconds, found = repeated(lambda: rmatch.plan(people, programme, rounds=4), repeats)
    if found.status is not Status.OPTIMAL:
        message = "the plan is not proved"
        raise TaskError(message)
    rmatch.verify(found, people, programme)
    return Measured(seconds, {"meetings": len(found.meetings), "total": found.total})


def replan(side: int, repeats: int) -> Measured:
    """Time the rest of a plan of four rounds, planned again after the first, in which one per cent declined the second."""
    people = datasets.workforce(side, side)
    year = rmatch.plan(people, replace(PROGRAMME, count_topic="each"), rounds=4)
    no = year.pairs(2)[:: max(side // CHANGED, 1)]
    said = Responses(tuple(Response(one.mentor, one.mentee, "declined") for one in no))
    seconds, rest = repeated(
        lambda: rmatch.lifecycle.replan(year, after=1, responses=said), repeats
    )
    rmatch.verify(rest, people)
    told = rest.changes
    if told is None:
        message = "a plan that was made from none"
        raise TaskError(message)
    figures = {"kept": len(told.kept), "broken": len(told.broken), "moved": len(rest.moved)}
    return Measured(seconds, {"meetings": len(rest.meetings), "total": rest.total, **figures})


def groups(mentors: int, most_seconds: float | None, repeats: int) -> Measured:
    """Time groups of two for half as many leaders, where each want counts once; the gap is what is left unproved."""
    people = datasets.workforce(mentors, mentors // 2)
    programme = replace(PROGRAMME, mentee_capacity=2, count_topic="once")
    seconds, matching = repeated(
        lambda: rmatch.match(people, programme, max_seconds=most_seconds), repeats
    )
    rmatch.verify(matching)
    figures = {"total": matching.total, "gap": matching.gap}
    return Measured(seconds, {"pairs": len(matching.pairs), **figures})
