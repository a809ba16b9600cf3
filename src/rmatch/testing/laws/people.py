"""Laws of matchers of people: what was promised to the organiser is kept, and nothing better exists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rmatch.formulas import Facts, Lines, broken_rules
from rmatch.io import read_people
from rmatch.people import Request, Requests, people_of
from rmatch.programme import Programme
from rmatch.testing.instance import Instance
from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import expect_places, expect_same_pairs
from rmatch.testing.oracles import best, matchings
from rmatch.testing.strategies import bare_rounds, programmes, records, requests, rounds

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.testing.instance import Pairs
    from rmatch.testing.matcher import IdPairs, PeopleMatcher

    Round = tuple[People, Programme, Requests]

ANY = rounds()
BLIND = st.one_of(bare_rounds(), rounds(protected=False, locks=False))


class Open:
    """A round as the scalar formulas see it, as a matrix problem."""

    def __init__(self, drawn: Round) -> None:
        self.facts: Facts = Facts(*drawn)
        self.participation, lines = drawn[1].participation, Lines(self.facts)
        mentors, mentees = self.facts.mentors, self.facts.mentees
        self.row: dict[str, int] = {mentor: row for row, mentor in enumerate(mentors)}
        self.column: dict[str, int] = {mentee: column for column, mentee in enumerate(mentees)}
        shape = len(mentors), len(mentees)
        points = [lines.points(mentor, mentee) for mentor in mentors for mentee in mentees]
        allowed = [
            not broken_rules(self.facts, mentor, mentee) for mentor in mentors for mentee in mentees
        ]
        self.instance: Instance = Instance(
            np.array(points, np.int64).reshape(shape),
            np.array(allowed, bool).reshape(shape),
            np.array([self.facts.capacity(mentor, "mentor") for mentor in mentors], np.int64),
            np.array([self.facts.capacity(mentee, "mentee") for mentee in mentees], np.int64),
        )

    def value(self, pairs: IdPairs) -> tuple[int | float, ...]:
        """Return what the pairs are worth."""
        return self.instance.value(self.cells(pairs), self.participation)

    def cells(self, pairs: IdPairs) -> Pairs:
        """Return rows and columns instead of ids."""
        return frozenset((self.row[mentor], self.column[mentee]) for mentor, mentee in pairs)


@law(r"(i, j) \in I \times J", ANY, form="people")
def roles_played(matcher: PeopleMatcher, case: Round) -> None:
    """Every pair is a mentor and a mentee of the round, by their ids."""
    facts = Facts(*case)
    for mentor, mentee in matcher.listed(*case):
        expect(mentor in facts.mentors, f"{mentor!r} is no mentor")
        expect(mentee in facts.mentees, f"{mentee!r} is no mentee")


@law(r"x_{ij} \in \{0, 1\},\ \sum_j x_{ij} \le c_i,\ \sum_i x_{ij} \le d_j", ANY, form="people")
def own_capacities(matcher: PeopleMatcher, case: Round) -> None:
    """No pair is made twice and nobody has more partners than they can take."""
    facts, pairs = Facts(*case), matcher.listed(*case)
    expect(len(set(pairs)) == len(pairs), f"a pair is there twice: {pairs}")
    expect_places(pairs, lambda side, person: facts.capacity(person, side))


@law(r"x_{ij} = 0 \text{ where a rule or an exclusion forbids } (i, j)", ANY, form="people")
def rules_kept(matcher: PeopleMatcher, case: Round) -> None:
    """No pair breaks a rule or an exclusion, unless it is locked with a reason."""
    facts = Facts(*case)
    locks = case[2].of_kind("lock")
    locked = {(lock.mentor, lock.mentee) for lock in locks if lock.override_reason}
    for pair in sorted(matcher.pairs(*case) - locked):
        broken = ", ".join(one.rule for one in broken_rules(facts, *pair))
        expect(not broken, f"{pair} breaks {broken}")


@law(r"x_{ij} = 1 \text{ for every lock } (i, j)", ANY, form="people")
def locks_kept(matcher: PeopleMatcher, case: Round) -> None:
    """Every locked pair is made."""
    locked = {(lock.mentor, lock.mentee) for lock in case[2].of_kind("lock")}
    missing = locked - matcher.pairs(*case)
    expect(not missing, f"locked pairs that are not made: {sorted(missing)}")


@law(
    r"\sum_{ij} p_{ij} x_{ij} = \max_y \sum_{ij} p_{ij} y_{ij}",
    BLIND,
    form="people",
    source="rmatch, The model",
)
def best_for_people(matcher: PeopleMatcher, case: Round) -> None:
    """No matching that keeps the rules has a better total by the published formulas (no protected attributes)."""
    problem = Open(case)
    found = problem.value(matcher.pairs(*case))
    possible = best(problem.instance, problem.participation)
    expect(found == possible, f"value {found}, and {possible} is possible")


@law(
    r"\sum_j x_{ij} \ge l_i, \quad \sum_{ij} p_{ij} x_{ij} = \max \text{ over all such } x",
    bare_rounds(minimums=True),
    form="people",
)
def minimums_met_at_best(matcher: PeopleMatcher, case: Round) -> None:
    """Everybody has their minimum, and no matching that gives it to them is better: minimums are not served first."""
    problem, programme = Open(case), case[1]

    def meets(pairs: Pairs) -> bool:
        minimums = programme.mentor_minimum, programme.mentee_minimum
        for position, (size, least) in enumerate(
            zip(problem.instance.shape, minimums, strict=True)
        ):
            partners = Counter(pair[position] for pair in pairs)
            if any(partners[person] < least for person in range(size)):
                return False
        return True

    found = problem.cells(matcher.pairs(*case))
    expect(meets(found), f"a minimum is not met by {sorted(found)}")
    worth = problem.instance.value(found, problem.participation)
    possible = max(
        problem.instance.value(pairs, problem.participation)
        for pairs in matchings(problem.instance)
        if meets(pairs)
    )
    expect(worth == possible, f"value {worth}, and {possible} is possible with all minimums")


@st.composite
def _shuffled(draw: st.DrawFn) -> tuple[Round, Round]:
    rows = draw(records())
    people, programme = read_people(rows), draw(programmes())
    asked = draw(requests(people))
    other = read_people(draw(st.permutations(rows)))
    return (people, programme, asked), (
        other,
        programme,
        Requests(tuple(draw(st.permutations(asked.rows)))),
    )


@law(r"M(\sigma(\text{people})) = M(\text{people})", _shuffled(), form="people")
def row_order_of_people(matcher: PeopleMatcher, case: tuple[Round, Round]) -> None:
    """Another order of the people and of the requests gives the same pairs, ties included."""
    one, other = (matcher.pairs(*each) for each in case)
    expect_same_pairs(one, other, "in another order")


@law(r"M(s) = M(s)", ANY, form="people")
def seed_repeats(matcher: PeopleMatcher, case: Round) -> None:
    """The same round and seed give the same pairs again."""
    one, other = (matcher.pairs(*case, "spring") for _ in range(2))
    expect_same_pairs(one, other, "the next time")


@law(r"W(M(s)) = W(M(t))", BLIND, form="people")
def seeds_decide_ties_only(matcher: PeopleMatcher, case: Round) -> None:
    """Another seed gives no better and no worse matching (no protected attributes)."""
    one, other = (Open(case).value(matcher.pairs(*case, seed)) for seed in ("spring", "autumn"))
    expect(one == other, f"value {one} with one seed, and {other} with another")


@law(r"M(k w) = M(w)", st.tuples(ANY, st.sampled_from((2, 3, 7))), form="people")
def weights_in_proportion(matcher: PeopleMatcher, case: tuple[Round, int]) -> None:
    """Only the proportions of the weights count."""
    (people, programme, asked), factor = case
    scaled = replace(
        programme, criteria=tuple(_times(criterion, factor) for criterion in programme.criteria)
    )
    one, other = (matcher.pairs(people, chosen, asked) for chosen in (programme, scaled))
    expect_same_pairs(one, other, f"with all weights × {factor}")


@law(r"x_{ij} = 0 \Rightarrow W(A \setminus ij) = W(A)", BLIND, form="people")
def unused_exclusion(matcher: PeopleMatcher, case: Round) -> None:
    """Excluding a pair that is not made changes no total (no protected attributes)."""
    people, programme, asked = case
    pairs, problem = matcher.pairs(*case), Open(case)
    unused = set(product(problem.row, problem.column)) - pairs
    for pair in sorted(unused)[:2]:
        after = matcher.pairs(people, programme, Requests((*asked.rows, Request(*pair, "exclude"))))
        values = problem.value(pairs), problem.value(after)
        expect(values[0] == values[1], f"value {values[0]}, and {values[1]} with {pair} excluded")


@law(r"I = \emptyset \Rightarrow x = 0", st.sampled_from(([], [1, 1], [2, 2], [0])), form="people")
def nobody_to_meet(matcher: PeopleMatcher, case: list[int]) -> None:
    """Where nobody is there on one side the answer is no pair, not an error."""
    people = people_of({"id": [f"P{number}" for number in range(len(case))], "role": case})
    pairs = matcher.listed(people, Programme(), Requests())
    expect(not pairs, f"{pairs} where one side is empty")


def _times(criterion: Any, factor: int) -> Any:
    return replace(criterion, weight=factor * criterion.weight)


LAWS = (
    roles_played,
    own_capacities,
    rules_kept,
    locks_kept,
    best_for_people,
    minimums_met_at_best,
    row_order_of_people,
    seed_repeats,
    seeds_decide_ties_only,
    weights_in_proportion,
    unused_exclusion,
    nobody_to_meet,
)
