"""Laws of fairness between people: what nobody released, what nobody knows, and who are alike."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.criteria import Diversity, ExperienceGap, Reach
from rmatch.io import read_people
from rmatch.people import Requests
from rmatch.programme import Programme
from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import expect_same_pairs
from rmatch.testing.oracles import binomial_tail
from rmatch.testing.strategies import answers, programmes, records, requests
from rmatch.testing.strategies.people import ANSWERS

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.testing.matcher import PeopleMatcher

    Record = dict[str, Any]
    Round = tuple[People, Programme, Requests]

SEEDS = 200
"""How often equal people are matched to see whether their chances are equal."""
ERROR = Fraction(1, 10**9)
"""How unlikely a frequency must be to count as unequal."""
GENDER_ALONE = Programme(criteria=(Diversity(1),), rules=())
GAP = ExperienceGap(1, by="years", full=(8, 25), zero=(0, 40))
YEARS = {"good": 10, "unknown": None, "bad": 25}


@st.composite
def _answered_anew(draw: st.DrawFn, *, unreleased: bool) -> tuple[Round, Round]:
    """Return a round, and the same one with other answers: all of them, or those not released for matching."""
    sharp = draw(st.booleans())
    rows = draw(_groups(unreleased=unreleased) if sharp else records())
    people, programme = read_people(rows), GENDER_ALONE if sharp else draw(programmes())
    asked = Requests() if sharp else draw(requests(people))
    other = read_people([draw(_changed(row, unreleased=unreleased, known=sharp)) for row in rows])
    return (people, programme, asked), (other, programme, asked)


@st.composite
def _groups(draw: st.DrawFn, *, unreleased: bool) -> list[Record]:
    """Return people of whom nothing is known but their gender: two pairs, or more mentors than the one mentee needs."""
    roles = ["mentor", "mentor", "mentee", "mentee" if unreleased else "mentor"]
    uses = st.sampled_from(("match", "report")) if unreleased else st.just("match")
    return [
        {
            "id": f"P{number}",
            "role": role,
            "dimension:gender": draw(answers("gender", known=True)),
            "consent:gender": draw(uses),
        }
        for number, role in enumerate(roles)
    ]


@st.composite
def _changed(draw: st.DrawFn, row: Record, *, unreleased: bool, known: bool) -> Record:
    free = [name for name in ANSWERS if f"consent:{name}" in row]
    if unreleased:
        free = [name for name in free if "match" not in row[f"consent:{name}"]]
    return row | {f"dimension:{name}": draw(answers(name, known=known)) for name in free}


@law(
    r"M(a) = M(a') \text{ where } a, a' \text{ differ in answers without consent}",
    _answered_anew(unreleased=True),
    form="people",
)
def consent_respected(matcher: PeopleMatcher, case: tuple[Round, Round]) -> None:
    """Answers that were not released for matching change nothing."""
    one, other = (matcher.pairs(*each) for each in case)
    expect_same_pairs(one, other, "with other answers that nobody released for matching")


@law(
    r"\textstyle\sum_j x_{ij}(a) = \sum_j x_{ij}(a') \text{ for all protected answers } a, a'",
    _answered_anew(unreleased=False),
    form="people",
    source="rmatch, The decisions",
)
def places_guarantee(matcher: PeopleMatcher, case: tuple[Round, Round]) -> None:
    """Protected attributes may decide who meets whom, never who gets a place."""
    one, other = (
        Counter(person for pair in matcher.pairs(*each) for person in pair) for each in case
    )
    changed = sorted(person for person in one | other if one[person] != other[person])
    expect(not changed, f"{changed} have more or fewer partners with other protected answers")


@law(
    r"0 < \bar p < 1 \Rightarrow p_{\text{bad}} < p_{\text{unknown}} < p_{\text{good}}",
    st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 2), st.booleans()),
    form="people",
    source="rmatch, The decisions",
)
def unknown_is_neutral(matcher: PeopleMatcher, case: tuple[int, int, int, bool]) -> None:
    """An unknown value counts as the mean: it neither beats a good one nor loses to a bad one."""
    good, unknown, bad, roomy = case
    kinds = ["unknown"] * unknown + ["bad"] * bad + ["good"] * good
    people = _one_leader(kinds, good + unknown * roomy)
    for seed in range(4):
        taken = {
            kinds[int(mentor[1:])]
            for mentor, _ in matcher.pairs(people, _programme(GAP), Requests(), seed)
        }
        wanted = {"good", "unknown"} if roomy else {"good"}
        expect(
            taken == wanted,
            f"mentors with {sorted(taken)} values are chosen, and {sorted(wanted)} are the best",
        )


@law(
    r"i \sim k \Rightarrow \Pr_s[i \in M(s)] = \Pr_s[k \in M(s)]",
    st.sampled_from(((2, 1), (3, 1), (4, 2))),
    form="people",
    source="exact binomial test over 200 seeds; a correct matcher is blamed with a chance below 1 in 10⁸",
)
def equal_chances(matcher: PeopleMatcher, case: tuple[int, int]) -> None:
    """People with identical data get a place equally often over the seeds."""
    mentors, places = case
    people = _one_leader(["good"] * mentors, places)
    programme = _programme(Reach(1))
    counts: Counter[str] = Counter()
    for seed in range(SEEDS):
        counts.update(mentor for mentor, _ in matcher.pairs(people, programme, Requests(), seed))
    for mentor in range(mentors):
        count = counts[f"m{mentor}"]
        likely = binomial_tail(count, SEEDS, Fraction(places, mentors))
        expect(
            likely > ERROR, f"one of {mentors} equal mentors has {count} of {SEEDS * places} places"
        )


def _programme(criterion: Any) -> Programme:
    return Programme(criteria=(criterion,), rules=())


def _one_leader(kinds: list[str], places: int) -> People:
    mentors = [
        {"id": f"m{number}", "role": "mentor", "years": YEARS[kind], "site": "Leeds"}
        for number, kind in enumerate(kinds)
    ]
    leader = {"id": "leader", "role": "mentee", "years": 25, "site": "Vienna"}
    return read_people([*mentors, leader | {"mentee_capacity": places}])


LAWS = (consent_respected, places_guarantee, unknown_is_neutral, equal_chances)
