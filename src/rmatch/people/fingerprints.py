"""Fingerprints of people: what tells later that they are still the same, without saying who they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rmatch.people.people import People
from rmatch.people.person import COUNTS, SETS, TOPICS, Person
from rmatch.utils.labels import fold
from rmatch.utils.shown import Shown
from rmatch.utils.spelling import mailbox_of

OPEN_TEXTS = ("level", "manager_id", "department", "site", "hours", "time_zone")
"""The texts about a person that count and are no secret of theirs."""


@dataclass(frozen=True, slots=True, repr=False)
class Fingerprints(Shown):
    """The fingerprints of some people.

    A fingerprint tells nothing to whoever knows nothing; but whoever knows all that goes into one, but for one answer,
    can try that answer. So those of single people hold no protected answer, no lived topic and no column of somebody's
    own, and these go into the one of all people together alone.

    Attributes
    ----------
    each : dict of str to str
        By id, in the order of the people: SHA-256 of the id, the role and what counts and is not protected.
    together : str
        SHA-256 of everybody with everything that can count, whatever the order; names count nowhere.
    """

    each: dict[str, str]
    together: str

    @classmethod
    def of(cls, people: People, unprotected: Collection[str] = ()) -> Fingerprints:
        """Return the fingerprints of some people.

        Parameters
        ----------
        people : People
            Everybody.
        unprotected : collection of str
            The dimensions that are no protected attributes.

        Returns
        -------
        Fingerprints
            The same for the same people in any order.
        """
        persons = list(people)
        each = {one.id: _digest(_open(one, unprotected)) for one in persons}
        in_order = sorted(persons, key=lambda one: one.id)
        return cls(each, _digest([_whole(one) for one in in_order]))

    def differences(self, others: Fingerprints) -> Iterator[tuple[str, str]]:
        """Go through those who differ between these people and others.

        Parameters
        ----------
        others : Fingerprints
            Of the people that are held against these.

        Yields
        ------
        tuple of str and str
            The id, and ``"missing"``, ``"new"`` or ``"changed"``; no id and ``"changed"`` where what nobody's own
            fingerprint holds has changed for somebody.
        """
        for person, own in self.each.items():
            if person not in others.each:
                yield person, "missing"
            elif others.each[person] != own:
                yield person, "changed"
        yield from ((person, "new") for person in others.each if person not in self.each)
        if self.each == others.each and self.together != others.together:
            yield "", "changed"


def _open(person: Person, unprotected: Collection[str]) -> dict[str, Any]:
    """Return what counts about a person and is not protected, spellings that count as one made one."""
    texts = {name: getattr(person, name) for name in ("id", "role", "years", *OPEN_TEXTS, *COUNTS)}
    # Rounds were kept before there were priorities: nobody without one has another fingerprint for it.
    if not person.priority:
        del texts["priority"]
    sets = {name: _folded(getattr(person, name)) for name in (*SETS, "wants", "offers")}
    # What somebody keeps to themselves is not to come out of another list either.
    for topic in _folded(person.lived_topics):
        sets["offers"].pop(topic, None)
    answers = {
        name: _folded(answers)
        for name, answers in person.dimensions.items()
        if name in unprotected and _may_be_matched_by(person, name)
    }
    return texts | sets | {"dimensions": answers}


def _whole(person: Person) -> dict[str, Any]:
    """Return everything about a person that can count; what is not released for matching does not."""
    answers = {
        name: _folded(answers)
        for name, answers in person.dimensions.items()
        if _may_be_matched_by(person, name)
    }
    rest = {
        "email": person.email and mailbox_of(person.email),
        "displayed": "display" in person.consent.get("lived_topics", ()),
        "extra": dict(person.extra),
    }
    topics = {name: _folded(getattr(person, name)) for name in TOPICS}
    return _open(person, ()) | topics | rest | {"dimensions": answers}


def _may_be_matched_by(person: Person, dimension: str) -> bool:
    return "match" in person.consent.get(dimension, ())


def _folded(labels: Iterable[str]) -> dict[str, Any]:
    numbers = labels if isinstance(labels, dict) else dict.fromkeys(labels)
    return {fold(label): number for label, number in numbers.items()}


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
