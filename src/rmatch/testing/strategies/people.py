"""Strategies for people, programmes and requests. People are drawn as records, as they stand in a file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from rmatch.criteria import Custom, Diversity, ExperienceGap, Expertise, Growth, Matrix, Reach
from rmatch.io import read_people
from rmatch.people import Request, Requests
from rmatch.programme import Programme
from rmatch.rules import JuniorMentor, OtherSite, ReportingChain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.criteria import AnyCriterion
    from rmatch.people import People, Person
    from rmatch.rules import AnyRule

    Record = dict[str, Any]
    Round = tuple[People, Programme, Requests]

ANSWERS = {
    "age": ("under thirty", "thirty to fifty", "over fifty"),
    "gender": ("Woman", "Man", "Nonbinary"),
}
TOPICS = ("prompting", "short video", "strategy")
SITES = ("Leeds", "Vienna")
CONSENTS = ("", "match", "report", "match; report")
WEIGHTS = st.sampled_from((1, 2, 5, 20))


@st.composite
def records(draw: st.DrawFn, *, max_mentors: int = 4, max_mentees: int = 4) -> list[Record]:
    """Return raw records of people, as :func:`rmatch.read_people` takes them; any value may be missing.

    There is at least one of each side. Ids stand in no relation to roles.

    Requires the hypothesis package.

    Parameters
    ----------
    max_mentors, max_mentees : int
        Bounds.

    Returns
    -------
    SearchStrategy of list of dict
        Records.
    """
    if max_mentors < 1 or max_mentees < 1:
        message = f"max_mentors={max_mentors!r}, max_mentees={max_mentees!r}: give 1 or more"
        raise InvalidArgument(message)
    roles = ["mentor"] * draw(st.integers(1, max_mentors)) + ["mentee"] * draw(
        st.integers(1, max_mentees)
    )
    drawn = [draw(_fields()) | {"role": role} for role in roles]
    for record, number in zip(drawn, draw(st.permutations(range(len(drawn)))), strict=True):
        record["id"] = f"P{number:02d}"
    for place, record in enumerate(drawn[1:], 1):
        record["manager_id"] = draw(
            st.sampled_from((None, *(above["id"] for above in drawn[:place])))
        )
    return drawn


def answers(dimension: str, *, known: bool = False) -> st.SearchStrategy[list[str]]:
    """Return a person's answers to one of the dimensions drawn here, one or none.

    Requires the hypothesis package.

    Parameters
    ----------
    dimension : {"age", "gender"}
        Which.
    known : bool
        Whether there is an answer in any case.

    Returns
    -------
    SearchStrategy of list of str
        Answers.
    """
    return st.lists(st.sampled_from(ANSWERS[dimension]), min_size=int(known), max_size=1)


def people(*, max_mentors: int = 4, max_mentees: int = 4) -> st.SearchStrategy[People]:
    """Return people.

    Requires the hypothesis package.

    Parameters
    ----------
    max_mentors, max_mentees : int
        Bounds.

    Returns
    -------
    SearchStrategy of People
        People with at least one of each side.
    """
    return records(max_mentors=max_mentors, max_mentees=max_mentees).map(read_people)


def persons() -> st.SearchStrategy[Person]:
    """Return single persons.

    Requires the hypothesis package.

    Returns
    -------
    SearchStrategy of Person
        Mentors and mentees.
    """
    return st.tuples(people(max_mentors=1, max_mentees=1), st.integers(0, 1)).map(
        lambda drawn: drawn[0].person(drawn[1])
    )


@st.composite
def programmes(draw: st.DrawFn, *, protected: bool = True) -> Programme:
    """Return programmes of built-in criteria and rules that fit any people drawn here; their points add up over pairs.

    Requires the hypothesis package.

    Parameters
    ----------
    protected : bool
        Whether protected attributes may have a share in the points.

    Returns
    -------
    SearchStrategy of Programme
        Programmes.
    """
    choices = _criteria(protected=protected)
    places = draw(st.lists(st.integers(0, len(choices) - 1), min_size=1, max_size=3, unique=True))
    return Programme(
        criteria=tuple(draw(choices[place]) for place in places),
        rules=tuple(draw(_rules())),
        mentor_capacity=draw(st.integers(1, 2)),
        mentee_capacity=draw(st.integers(1, 2)),
        participation=draw(st.sampled_from(("most", "best"))),
    )


@st.composite
def requests(draw: st.DrawFn, people: People, *, locks: bool = True) -> Requests:
    """Return requests about some people: exclusions, earlier pairs, and at most one lock, which can be kept.

    Requires the hypothesis package.

    Parameters
    ----------
    people : People
        Whom they are about.
    locks : bool
        Whether there may be a lock. It overrides the rules, with a reason, and its people have a place.

    Returns
    -------
    SearchStrategy of Requests
        Requests.
    """
    sides = [[people.id[row] for row in side.tolist()] for side in (people.mentors, people.mentees)]
    pairs = [(mentor, mentee) for mentor in sides[0] for mentee in sides[1]]
    if not pairs:
        return Requests()
    some = st.lists(st.sampled_from(pairs), max_size=2, unique=True)
    excluded, earlier = draw(some), draw(some)
    rows = [Request(mentor, mentee, "exclude") for mentor, mentee in excluded]
    rows += [Request(mentor, mentee, "previous") for mentor, mentee in earlier]
    free = [pair for pair in pairs if pair not in excluded and _has_places(people, pair)]
    for mentor, mentee in (
        draw(st.lists(st.sampled_from(free), max_size=1)) if locks and free else ()
    ):
        rows.append(Request(mentor, mentee, "lock", override_reason="agreed before"))
    return Requests(tuple(rows))


@st.composite
def rounds(draw: st.DrawFn, *, protected: bool = True, locks: bool = True) -> Round:
    """Return people, a programme and requests that fit each other.

    Requires the hypothesis package.

    Parameters
    ----------
    protected : bool
        As in :func:`programmes`.
    locks : bool
        As in :func:`requests`.

    Returns
    -------
    SearchStrategy of (People, Programme, Requests)
        Rounds.
    """
    everybody = draw(people())
    return everybody, draw(programmes(protected=protected)), draw(requests(everybody, locks=locks))


@st.composite
def bare_rounds(draw: st.DrawFn, *, minimums: bool = False) -> Round:
    """Return rounds without rules whose points are a drawn matrix, for whatever a matrix is easier to read for.

    Requires the hypothesis package.

    Parameters
    ----------
    minimums : bool
        Whether everybody on one side has to get a partner, which is possible.

    Returns
    -------
    SearchStrategy of (People, Programme, Requests)
        Rounds.
    """
    few, turned = draw(st.integers(1, 3)), draw(st.booleans())
    many = draw(st.integers(few, 4))
    sides = ("mentee", "mentor") if turned else ("mentor", "mentee")
    ids = {
        side: [f"{side}{number}" for number in range(count)]
        for side, count in zip(sides, (few, many), strict=True)
    }
    values = draw(st.lists(st.integers(-2, 7), min_size=few * many, max_size=few * many))
    table = np.array(values).reshape(len(ids["mentor"]), len(ids["mentee"]))
    limits: dict[str, Any] = {
        f"{sides[0]}_minimum": int(minimums),
        f"{sides[0]}_capacity": draw(st.integers(1, 3)),
    }
    programme = Programme(
        criteria=(Custom("worth", Matrix(table, mentors=ids["mentor"], mentees=ids["mentee"])),),
        rules=(),
        participation=draw(st.sampled_from(("best", "most"))),
        **limits,
    )
    return (
        read_people([{"id": one, "role": side} for side in ids for one in ids[side]]),
        programme,
        Requests(),
    )


# Hypothesis looks through a strategy when it first draws from it: what is made once is looked through once.


@cache
def _criteria(*, protected: bool) -> list[st.SearchStrategy[AnyCriterion]]:
    choices: list[st.SearchStrategy[AnyCriterion]] = [
        st.builds(Expertise, WEIGHTS),
        st.builds(ExperienceGap, WEIGHTS, by=st.just("years")),
        st.builds(Reach, WEIGHTS),
        st.builds(Growth, WEIGHTS),
    ]
    return [*choices, st.builds(Diversity, WEIGHTS)] if protected else choices


@cache
def _rules() -> st.SearchStrategy[list[AnyRule]]:
    rules: list[AnyRule] = [JuniorMentor("years"), OtherSite(), ReportingChain()]
    return st.lists(st.sampled_from(rules), max_size=2, unique_by=lambda rule: rule.kind)


@cache
def _fields() -> st.SearchStrategy[Record]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "years": st.sampled_from((None, 0, 3, 10, 25, 40)),
        "site": st.sampled_from((None, *SITES)),
        "offers": _numbered(st.integers(1, 5)),
        "wants": _numbered(st.integers(1, 3)),
        "mentor_capacity": st.sampled_from((None, None, 0, 1, 2)),
        "mentee_capacity": st.sampled_from((None, None, 0, 1, 2)),
        "manager_id": st.none(),
    }
    for dimension in ANSWERS:
        optional[f"dimension:{dimension}"] = answers(dimension)
        optional[f"consent:{dimension}"] = st.sampled_from(CONSENTS)
    return st.fixed_dictionaries(optional)


def _numbered(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(TOPICS), numbers, max_size=2)


def _has_places(people: People, pair: Sequence[str]) -> bool:
    mentor, mentee = (people.id.index(person) for person in pair)
    return bool(people.mentor_capacity[mentor] != 0 and people.mentee_capacity[mentee] != 0)
