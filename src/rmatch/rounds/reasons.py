"""Why a person has no partner, in words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rmatch.utils.messages import Listed, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.utils.sides import Side

WORDS = {
    "self": Message("nobody is paired with themselves"),
    "exclude": Message("the exclusions in the requests"),
    "junior_mentor": Message("the mentor must be the junior one"),
    "reporting_chain": Message("nobody may meet somebody in their own reporting line"),
    "other_department": Message("the two must work in different departments"),
    "other_site": Message("the two must work at different sites"),
    "shared_language": Message("the two must share a language"),
    "overlapping_hours": Message("the two must have hours in common"),
    "covers_a_want": Message("the mentor must teach something that the mentee wants"),
    "accepted": Message("each of the two must accept the other's level and site"),
    "no_repeat": Message("nobody meets an earlier partner again"),
}
AGAINST = {
    "quotas": Message("break a quota"),
    "group_sizes": Message("make a group of a size that the programme does not allow"),
    "one_per_department": Message("put two of one department into a group"),
}
"""What a pair would do against a key of the programme."""
NO_ROLE = Message("Has no role in this round.")
KEPT = 2**12
"""How many sentences are kept: where one side is much the longer, most of it has one of few."""
OR = Message("{all}, or {last}", all="", last="")


def rule_words(name: str) -> Message:
    """Say what a rule asks; of one's own rules there is the name."""
    return WORDS.get(name) or Message("the rule {name}", name=repr(name))


def takes_none(other: Side) -> Message:
    """Say that somebody has no capacity."""
    if other == "mentor":
        return Message("Takes no mentor in this round: the capacity is 0.")
    return Message("Takes no mentee in this round: the capacity is 0.")


def nobody_takes(other: Side) -> Message:
    """Say that nobody of the other side has any capacity."""
    if other == "mentor":
        return Message("No mentor that is possible takes anybody: their capacity is 0.")
    return Message("No mentee that is possible takes anybody: their capacity is 0.")


def not_found(other: Side) -> Message:
    """Say that the run was stopped."""
    if other == "mentor":
        return Message(
            "The run was stopped before a place was found, and a possible mentor is free."
        )
    return Message("The run was stopped before a place was found, and a possible mentee is free.")


def needed_elsewhere(count: int, other: Side) -> Message:
    """Say that all possible partners are needed elsewhere."""
    if other == "mentor":
        return Message(
            "{count} possible mentor is needed elsewhere",
            "{count} possible mentors are needed elsewhere",
            count=count,
        )
    return Message(
        "{count} possible mentee is needed elsewhere",
        "{count} possible mentees are needed elsewhere",
        count=count,
    )


@lru_cache(KEPT)
def outdone(count: int, other: Side, *, behind: bool, quotas: bool) -> Message:
    """Say the same as a sentence: once for all who have so many."""
    needed = needed_elsewhere(count, other)
    if behind:
        return Message("{sentence}, where others have waited longer.", sentence=needed)
    if quotas:
        return Message("{sentence}, as the quotas have it.", sentence=needed)
    return Message("{sentence}.", sentence=needed)


def would_lose(other: Side, basis: str) -> Message:
    """Say that no pair with somebody free is better for both."""
    if other == "mentor":
        return Message(
            "In every pair with a mentor who is free, one of the two would lose points{basis}.",
            basis=basis,
        )
    return Message(
        "In every pair with a mentee who is free, one of the two would lose points{basis}.",
        basis=basis,
    )


def would_add_nothing(other: Side, against: Iterable[str], basis: str) -> Message:
    """Say what pairs with somebody free would do."""
    effects = Listed((*against, Message("add nothing to the total")), OR)
    if other == "mentor":
        return Message(
            "Pairing with a mentor who is free would {effects}{basis}.",
            effects=effects,
            basis=basis,
        )
    return Message(
        "Pairing with a mentee who is free would {effects}{basis}.", effects=effects, basis=basis
    )


def all_below(count: int, other: Side, basis: str) -> Message:
    """Say that all pairs that are allowed have too few points."""
    if other == "mentor":
        return Message(
            "The only mentor that the rules allow is below min_points{basis}.",
            "All {count} mentors that the rules allow are below min_points{basis}.",
            count=count,
            basis=basis,
        )
    return Message(
        "The only mentee that the rules allow is below min_points{basis}.",
        "All {count} mentees that the rules allow are below min_points{basis}.",
        count=count,
        basis=basis,
    )


def nobody_there(other: Side) -> Message:
    """Say that there is nobody to meet."""
    if other == "mentor":
        return Message("there is no mentor to meet")
    return Message("there is no mentee to meet")


def not_allowed(other: Side, reasons: str) -> Message:
    """Say what forbids every partner."""
    if other == "mentor":
        return Message("No mentor is allowed: {reasons}.", reasons=reasons)
    return Message("No mentee is allowed: {reasons}.", reasons=reasons)


def without(rules: int, count: int, other: Side) -> Message:
    """Say how many partners would be possible without the rules that are in the way."""
    if other == "mentor":
        possible = Message(
            "{count} mentor would be possible", "{count} mentors would be possible", count=count
        )
    else:
        possible = Message(
            "{count} mentee would be possible", "{count} mentees would be possible", count=count
        )
    if rules == 1:
        return Message("Without it, {possible}.", possible=possible)
    return Message("Without these, {possible}.", possible=possible)
