"""Which rules forbid a pair, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.formulas.facts import Facts


@dataclass(frozen=True, slots=True)
class Broken:
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
    if mentor == mentee:
        yield Broken("self", "nobody is paired with themselves")
    if _named(facts, "exclude", mentor, mentee):
        yield Broken("exclude", "the requests exclude this pair")
    for rule in facts.programme.rules:
        sentence = CHECKS[rule.kind](facts, rule, mentor, mentee)
        if sentence:
            yield Broken(getattr(rule, "name", rule.kind), sentence)


def _junior_mentor(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    junior, senior = facts.seniority(mentor, rule.by), facts.seniority(mentee, rule.by)
    unit = "level" if rule.by == "levels" or (rule.by == "auto" and facts.programme.levels) else "years"
    if junior is None or senior is None:
        return f"the {unit} of the {'mentor' if junior is None else 'mentee'} is not known"
    if senior - junior < round(100 * rule.min_gap):
        return (
            f"the mentor is not at least {rule.min_gap:g} {'levels' if unit == 'level' else 'years'} below the mentee"
        )
    return ""


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
        one, other = getattr(facts.person[mentor], place), getattr(facts.person[mentee], place)
        if one is None or other is None:
            return f"the {place} of the {'mentor' if one is None else 'mentee'} is not known"
        return f"both work at the same {place}" if one == other else ""

    return check


def _shared_language(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return "" if facts.languages(mentor) & facts.languages(mentee) else "no common language is known"


def _overlapping_hours(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    common = len(facts.quarters(mentor) & facts.quarters(mentee)) / 4
    return (
        "" if common >= rule.hours else f"they are known to have {common:g} hours a day in common, not {rule.hours:g}"
    )


def _covers_a_want(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    teaches, knows = facts.skills[mentor], facts.skills[mentee]
    covered = [topic for topic in facts.wants[mentee] if teaches.get(topic, 0) > knows.get(topic, 0)]
    return "" if covered else "the mentor teaches nothing that the mentee wants and does not know already"


def _no_repeat(facts: Facts, _: Any, mentor: str, mentee: str) -> str:
    return "they were paired before" if _named(facts, "previous", mentor, mentee) else ""


def _custom(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    pair = (facts.matchable.take([facts.row[person]]) for person in (mentor, mentee))
    return "" if bool(rule.verdicts(*pair)[0, 0]) else f"the rule {rule.name!r} forbids it"


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
    "no_repeat": _no_repeat,
    "custom": _custom,
}
