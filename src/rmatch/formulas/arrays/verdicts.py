"""One formula over arrays for each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.formulas.arrays.block import Cells, Numbered, in_common, looked_up, on_both_sides
from rmatch.formulas.arrays.chart import in_line
from rmatch.formulas.arrays.hours import minutes_in_common
from rmatch.formulas.arrays.own import own_verdicts
from rmatch.formulas.arrays.teaching import covers_a_want
from rmatch.formulas.some import concerns
from rmatch.formulas.verdicts import missing
from rmatch.people import bare
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block
    from rmatch.formulas.facts import Facts


def verdicts_of(facts: Facts) -> Iterator[tuple[str, Block]]:
    """Go through everything that may forbid a pair: that nobody meets themselves, the exclusions, the rules.

    Parameters
    ----------
    facts : Facts
        The people, the programme, the requests.

    Yields
    ------
    str, callable
        Its name, and which pairs it allows.
    """
    yield "self", _two_humans(facts)
    yield "exclude", _none_of(facts, _either_way(facts, "exclude"))
    for rule in facts.programme.rules:
        yield name_of(rule), _where_it_holds(facts, rule)


def _two_humans(facts: Facts) -> Block:
    def human(person: str) -> str:
        email = facts.person[person].email
        return f"id {person}" if email is None else f"email {fold(email)}"

    mentors, mentees = on_both_sides(facts, human)
    others = on_both_sides(facts, lambda person: person)
    human_differs = _differ(mentors, mentees)
    person_differs = _differ(*others)
    return lambda first, last: human_differs(first, last) & person_differs(first, last)


def _differ(mentors: Numbered, mentees: Numbered) -> Block:
    """Return where the values of the two differ; both are known."""
    position = {value: at for at, value in enumerate(mentors.values)}
    same = np.array([position.get(value, -1) for value in mentees.values], np.int64)
    theirs = same[mentees.codes] if len(same) else mentees.codes
    return lambda first, last: mentors.codes[first:last, None] != theirs


def _either_way(facts: Facts, kind: str) -> set[tuple[str, str]]:
    named = facts.named[kind]
    return named | {(mentee, mentor) for mentor, mentee in named}


def _none_of(facts: Facts, pairs: Collection[tuple[str, str]]) -> Block:
    named = Cells.of(facts, dict.fromkeys(pairs, 1)).block(len(facts.mentees))
    return lambda first, last: named(first, last) == 0


def _where_it_holds(facts: Facts, rule: Any) -> Block:
    """Return what a rule allows: all pairs beside those for whom it is, and of these none with something unknown."""
    allowed = VERDICTS.get(rule.kind, own_verdicts)(facts, bare(rule))
    concerned = _of_everybody(facts, lambda person, side: concerns(facts, rule, person, side))
    told = _of_everybody(facts, lambda person, side: not missing(facts, bare(rule), person, side))

    def block(first: int, last: int) -> NDArray[np.bool_]:
        is_known = told[0][first:last, None] & told[1]
        is_concerned = concerned[0][first:last, None] & concerned[1]
        found: NDArray[np.bool_] = ~is_concerned | (is_known & allowed(first, last))
        return found

    return block


def _of_everybody(
    facts: Facts, tell: Callable[[str, str], bool]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    mentors, mentees = (
        np.array([tell(person, side) for person in people], bool)
        for side, people in zip(("mentor", "mentee"), facts.sides, strict=True)
    )
    return mentors, mentees


def _junior_mentor(facts: Facts, rule: Any) -> Block:
    mentors, mentees = (
        np.array([facts.seniority(person, rule.by) or 0 for person in people], np.int64)
        for people in facts.sides
    )
    least = round(100 * rule.min_gap)
    return lambda first, last: mentees - mentors[first:last, None] >= least


def _reporting_chain(facts: Facts, rule: Any) -> Block:
    steps = None if rule.steps == "whole" else rule.steps
    return _none_of(facts, set(in_line(facts, steps)))


def _other_place(place: str) -> Callable[[Facts, Any], Block]:
    # Where it is unknown of somebody, nothing is allowed in any case.
    return lambda facts, _: _differ(
        *on_both_sides(facts, lambda person: getattr(facts.person[person], place) or "")
    )


def _shared_language(facts: Facts, _: Any) -> Block:
    mentors, mentees = on_both_sides(facts, facts.languages)
    shared = in_common(mentors.values, mentees.values) > 0
    return looked_up(mentors, mentees, shared, otherwise=False)


def _overlapping_hours(facts: Facts, rule: Any) -> Block:
    mentors, mentees, minutes = minutes_in_common(facts)
    return looked_up(mentors, mentees, minutes >= rule.minutes, otherwise=False)


def _accepted(facts: Facts, rule: Any) -> Block:
    blocks = []
    for what in ("level", "site"):
        if rule.whose in {"both", "mentor"}:
            blocks.append(_accepts(facts, what, by_mentors=True))
        if rule.whose in {"both", "mentee"}:
            blocks.append(_accepts(facts, what, by_mentors=False))
    return lambda first, last: np.logical_and.reduce([block(first, last) for block in blocks])


def _accepts(facts: Facts, what: str, *, by_mentors: bool) -> Block:
    """Return where one side accepts what the other one has."""

    def asked(person: str) -> tuple[str, ...]:
        return tuple(sorted(map(fold, getattr(facts.person[person], f"accepted_{what}s"))))

    def given(person: str) -> tuple[str, ...]:
        own = getattr(facts.person[person], what)
        return () if own is None else (fold(own),)

    mentors, mentees = on_both_sides(facts, *((asked, given) if by_mentors else (given, asked)))
    table = np.array(
        [
            [_fits(one, other) if by_mentors else _fits(other, one) for other in mentees.values]
            for one in mentors.values
        ],
        bool,
    ).reshape(len(mentors.values), len(mentees.values))
    return looked_up(mentors, mentees, table, otherwise=False)


def _fits(asked: tuple[str, ...], given: tuple[str, ...]) -> bool:
    return not asked or (bool(given) and given[0] in asked)


VERDICTS: dict[str, Callable[[Facts, Any], Block]] = {
    "junior_mentor": _junior_mentor,
    "reporting_chain": _reporting_chain,
    "other_department": _other_place("department"),
    "other_site": _other_place("site"),
    "shared_language": _shared_language,
    "overlapping_hours": _overlapping_hours,
    "covers_a_want": lambda facts, _: covers_a_want(facts),
    "accepted": _accepted,
    "no_repeat": lambda facts, _: _none_of(facts, _either_way(facts, "previous")),
}
