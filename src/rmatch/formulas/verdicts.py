"""Which rules forbid a pair, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rmatch.formulas.own import own_verdict
from rmatch.formulas.some import concerns, for_whom, holds
from rmatch.people import bare
from rmatch.utils.labels import fold
from rmatch.utils.messages import Listed, Message
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


SAME_PLACE = {
    "department": Message("both work in the same department"),
    "site": Message("both work in the same site"),
}
ACCEPTS_CERTAIN = {
    ("mentor", "level"): Message(
        "the mentor accepts certain levels only, and the mentee's is not known"
    ),
    ("mentor", "site"): Message(
        "the mentor accepts certain sites only, and the mentee's is not known"
    ),
    ("mentee", "level"): Message(
        "the mentee accepts certain levels only, and the mentor's is not known"
    ),
    ("mentee", "site"): Message(
        "the mentee accepts certain sites only, and the mentor's is not known"
    ),
}
ACCEPTS_NOT = {
    ("mentor", "level"): Message("the mentor does not accept the mentee's level"),
    ("mentor", "site"): Message("the mentor does not accept the mentee's site"),
    ("mentee", "level"): Message("the mentee does not accept the mentor's level"),
    ("mentee", "site"): Message("the mentee does not accept the mentor's site"),
}


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
        yield Broken("self", Message("nobody is paired with themselves"))
    if _named(facts, "exclude", mentor, mentee):
        yield Broken("exclude", Message("the requests exclude this pair"))
    for rule in facts.programme.rules:
        if holds(facts, rule, mentor, mentee):
            sentence = _verdict(facts, bare(rule), mentor, mentee)
            if sentence:
                yield Broken(name_of(rule), for_whom(sentence, rule))


def _verdict(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    if rule.kind in NEEDS and (wanting := tuple(_wanting(facts, rule, mentor, mentee))):
        return Message("{unknown}", unknown=Listed(wanting))
    return CHECKS.get(rule.kind, own_verdict)(facts, rule, mentor, mentee)


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
        Such as ``"the years are not known"``.
    """
    need = NEEDS.get(rule.kind)
    if need is None or not concerns(facts, rule, person, side):
        return ""
    return need(facts, bare(rule), person, side)


def _wanting(facts: Facts, rule: Any, mentor: str, mentee: str) -> Iterator[str]:
    if what := missing(facts, rule, mentor, "mentor"):
        yield Message("{unknown} of the mentor", unknown=what)
    if what := missing(facts, rule, mentee, "mentee"):
        yield Message("{unknown} of the mentee", unknown=what)


def _junior_mentor(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    gap = (facts.seniority(mentee, rule.by) or 0) - (facts.seniority(mentor, rule.by) or 0)
    if gap >= round(100 * rule.min_gap):
        return ""
    if _by_levels(facts, rule):
        return Message(
            "the mentor is not {count} level below the mentee",
            "the mentor is not {count} levels below the mentee",
            count=rule.min_gap,
        )
    return Message(
        "the mentor is not {count} year below the mentee",
        "the mentor is not {count} years below the mentee",
        count=rule.min_gap,
    )


def _by_levels(facts: Facts, rule: Any) -> bool:
    return rule.by == "levels" or (rule.by == "auto" and bool(facts.programme.levels))


def _reporting_chain(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    steps = None if rule.steps == "whole" else rule.steps
    for lower, upper in ((mentor, mentee), (mentee, mentor)):
        line = facts.above(lower, steps)
        if upper in line[1:]:
            steps_up = line.index(upper)
            if upper == mentee:
                return Message(
                    "the mentee is {count} step above in the reporting line",
                    "the mentee is {count} steps above in the reporting line",
                    count=steps_up,
                )
            return Message(
                "the mentor is {count} step above in the reporting line",
                "the mentor is {count} steps above in the reporting line",
                count=steps_up,
            )
    return ""


def _other_place(place: str) -> Callable[[Facts, Any, str, str], str]:
    def check(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
        same = facts.plain(mentor, place) == facts.plain(mentee, place)
        return SAME_PLACE[place] if same else ""

    return check


def _shared_language(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return (
        ""
        if facts.languages(mentor) & facts.languages(mentee)
        else Message("they have no language in common")
    )


def _overlapping_hours(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    if facts.minutes_in_common(mentor, mentee) >= rule.minutes:
        return ""
    return Message(
        "{meeting}; the rule asks for {minutes}",
        meeting=facts.both_can_meet(mentor, mentee),
        minutes=rule.minutes,
    )


def _covers_a_want(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    teaches, knows = facts.skills[mentor], facts.skills[mentee]
    covered = [
        topic for topic in facts.wants[mentee] if teaches.get(topic, 0) > knows.get(topic, 0)
    ]
    return (
        ""
        if covered
        else Message("the mentor teaches nothing that the mentee wants and does not know already")
    )


def _accepted(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    people = {"mentor": mentor, "mentee": mentee}
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        person, partner = people[side], people[other]
        for what in ("level", "site") if rule.whose in {"both", side} else ():
            accepted = facts.labels(person, f"accepted_{what}s")
            if not accepted:
                continue
            theirs = facts.plain(partner, what)
            if theirs is None:
                return ACCEPTS_CERTAIN[side, what]
            if fold(theirs) not in accepted:
                return ACCEPTS_NOT[side, what]
    return ""


def _no_repeat(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return Message("they were paired before") if _named(facts, "previous", mentor, mentee) else ""


def _named(facts: Facts, kind: str, mentor: str, mentee: str) -> bool:
    named = facts.named[kind]
    return (mentor, mentee) in named or (mentee, mentor) in named


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
        ""
        if facts.seniority(person, rule.by) is not None
        else Message("the level is not known")
        if _by_levels(facts, rule)
        else Message("the years are not known")
    ),
    "other_department": lambda facts, _, person, __: (
        "" if facts.plain(person, "department") else Message("the department is not known")
    ),
    "other_site": lambda facts, _, person, __: (
        "" if facts.plain(person, "site") else Message("the site is not known")
    ),
    "shared_language": lambda facts, _, person, __: (
        "" if facts.languages(person) else Message("the languages are not known")
    ),
    "overlapping_hours": lambda facts, _, person, __: (
        "" if facts.hours(person) else Message("the hours are not known")
    ),
    "covers_a_want": lambda facts, _, person, side: (
        Message("the wants are not known") if side == "mentee" and not facts.wants[person] else ""
    ),
}
