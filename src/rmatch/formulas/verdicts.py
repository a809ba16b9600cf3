"""Which rules forbid a pair, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rmatch.formulas.own import own_verdict
from rmatch.formulas.some import concerns, for_whom, holds
from rmatch.people import bare
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.formulas.facts import Facts


@dataclass(frozen=True, slots=True)
class Broken(Shown):
    """One rule that forbids a pair.

    Attributes
    ----------
    rule : str
        The rule's kind, or the name of a user's own rule.
    sentence : str
        Why, in plain words, without names and without protected attributes.
    """

    rule: str
    sentence: str


def broken_rules(facts: Facts, mentor: str, mentee: str) -> tuple[Broken, ...]:
    """Return every rule that forbids a pair.

    Parameters
    ----------
    facts : Facts
        The people and the programme.
    mentor, mentee : str
        The ids of the two.

    Returns
    -------
    tuple of Broken
        Empty for a pair that may meet.
    """
    return tuple(_broken(facts, mentor, mentee))


def _broken(facts: Facts, mentor: str, mentee: str) -> Iterator[Broken]:
    if mentor == mentee or facts.same_human(mentor, mentee):
        yield Broken("self", "nobody is paired with themselves")
    if _named(facts, "exclude", mentor, mentee):
        yield Broken("exclude", "the requests exclude this pair")
    for rule in facts.programme.rules:
        if holds(facts, rule, mentor, mentee):
            sentence = _verdict(facts, bare(rule), mentor, mentee)
            if sentence:
                yield Broken(name_of(rule), f"{sentence}{for_whom(rule)}")


def _verdict(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    wanting = [
        f"the {what} of the {side} not known"
        for side, what in _wanting(facts, rule, mentor, mentee)
    ]
    check = CHECKS.get(rule.kind, own_verdict)
    return " and ".join(wanting) or check(facts, rule, mentor, mentee)


def missing(facts: Facts, rule: Any, person: str, side: str) -> str:
    """Return what a rule needs to know of a person and does not, in words; empty where nothing is missing.

    Parameters
    ----------
    facts : Facts
        The people and the programme.
    rule : Rule
        The rule.
    person : str
        The id.
    side : {"mentor", "mentee"}
        The role of the person.

    Returns
    -------
    str
        Such as ``"years are"``, ready for "of the mentor not known".
    """
    need = NEEDS.get(rule.kind)
    if need is None or not concerns(facts, rule, person, side):
        return ""
    return need(facts, bare(rule), person, side)


def _wanting(facts: Facts, rule: Any, mentor: str, mentee: str) -> Iterator[tuple[str, str]]:
    for side, person in (("mentor", mentor), ("mentee", mentee)):
        if what := missing(facts, rule, person, side):
            yield side, what


def _junior_mentor(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    gap = (facts.seniority(mentee, rule.by) or 0) - (facts.seniority(mentor, rule.by) or 0)
    unit = f"{_seniority_unit(facts, rule)}{'s' * (rule.min_gap != 1)}"
    return (
        ""
        if gap >= round(100 * rule.min_gap)
        else f"the mentor is not {rule.min_gap:g} {unit} below the mentee"
    )


def _seniority_unit(facts: Facts, rule: Any) -> str:
    return (
        "level" if rule.by == "levels" or (rule.by == "auto" and facts.programme.levels) else "year"
    )


def _reporting_chain(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    steps = None if rule.steps == "whole" else rule.steps
    for lower, upper in ((mentor, mentee), (mentee, mentor)):
        line = facts.above(lower, steps)
        if upper in line[1:]:
            side = "mentee" if upper == mentee else "mentor"
            return f"the {side} is {line.index(upper)} step{'s' * (line.index(upper) > 1)} above in the reporting line"
    return ""


def _other_place(place: str) -> Callable[[Facts, Any, str, str], str]:
    def check(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
        same = facts.plain(mentor, place) == facts.plain(mentee, place)
        return f"both work in the same {place}" if same else ""

    return check


def _shared_language(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return (
        ""
        if facts.languages(mentor) & facts.languages(mentee)
        else "they have no language in common"
    )


def _overlapping_hours(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    if facts.minutes_in_common(mentor, mentee) >= rule.minutes:
        return ""
    return f"{facts.both_can_meet(mentor, mentee)}; the rule asks for {rule.minutes}"


def _covers_a_want(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    teaches, knows = facts.skills[mentor], facts.skills[mentee]
    covered = [
        topic for topic in facts.wants[mentee] if teaches.get(topic, 0) > knows.get(topic, 0)
    ]
    return (
        ""
        if covered
        else "the mentor teaches nothing that the mentee wants and does not know already"
    )


def _accepted(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    people = {"mentor": mentor, "mentee": mentee}
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        person, partner = people[side], people[other]
        for what in ("level", "site") if rule.whose in {"both", side} else ():
            accepted = facts.labels(person, f"accepted_{what}s")
            theirs = facts.plain(partner, what)
            if accepted and theirs is None:
                return f"the {side} accepts certain {what}s only, and the {other}'s is not known"
            if accepted and fold(theirs) not in accepted:
                return f"the {side} does not accept the {other}'s {what}"
    return ""


def _no_repeat(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return "they were paired before" if _named(facts, "previous", mentor, mentee) else ""


def _named(facts: Facts, kind: str, mentor: str, mentee: str) -> bool:
    return bool({(mentor, mentee), (mentee, mentor)} & facts.named[kind])


CHECKS: dict[str, Callable[[Facts, Any, str, str], str]] = {
    "junior_mentor": _junior_mentor,
    "reporting_chain": _reporting_chain,
    "other_department": _other_place("department"),
    "other_site": _other_place("site"),
    "shared_language": _shared_language,
    "overlapping_hours": _overlapping_hours,
    "covers_a_want": _covers_a_want,
    "accepted": _accepted,
    "no_repeat": _no_repeat,
}

NEEDS: dict[str, Callable[[Facts, Any, str, str], str]] = {
    "junior_mentor": lambda facts, rule, person, _: (
        f"{_seniority_unit(facts, rule)} is".replace("year is", "years are")
        if facts.seniority(person, rule.by) is None
        else ""
    ),
    "other_department": lambda facts, _, person, __: (
        "" if facts.plain(person, "department") else "department is"
    ),
    "other_site": lambda facts, _, person, __: "" if facts.plain(person, "site") else "site is",
    "shared_language": lambda facts, _, person, __: (
        "" if facts.languages(person) else "languages are"
    ),
    "overlapping_hours": lambda facts, _, person, __: "" if facts.hours(person) else "hours are",
    "covers_a_want": lambda facts, _, person, side: (
        "wants are" if side == "mentee" and not facts.wants[person] else ""
    ),
}
