"""Where a document says something else than the matching in it, written once more, would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.rounds.kept import kept_of
from rmatch.rounds.saved.write import document_of, library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.places_price import PlacesPrice

WORDS = frozenset({"sentence", "why", "claim", "reason"})
"""What another version of this library may put otherwise."""
BESIDE = frozenset({"rmatch", "notes"})
"""What nothing else in the document says, and people do not: by which library it was written, and how files were read."""
ASKED_FOR = ("name", "email", "whole")
"""What a document holds of each person only where it was asked for."""


def edits(
    document: Mapping[str, Any], outcome: Outcome, price: PlacesPrice | None = None
) -> Iterator[str]:
    """Go through the places at which a document does not say what a matching comes to.

    Parameters
    ----------
    document : mapping
        A saved round.
    outcome : Outcome
        The matching that it holds, with its people or without.
    price : PlacesPrice, optional
        What it says that fair places cost.

    Yields
    ------
    str
        The place, and nothing of what stands there: it may be private.
    """
    told = {name for person in document["people"] for name in ASKED_FOR if name in person}
    if kept_of(outcome.scores):
        # Only the people would tell whether what is said of them is true.
        told = set()
        people = [
            {name: value for name, value in person.items() if name not in ASKED_FOR}
            for person in document["people"]
        ]
        document = {**document, "people": people}
    include = [name for name in ASKED_FOR[:2] if name in told]
    anew = document_of(outcome, whole="whole" in told, include=include, price=price)
    left_out = BESIDE if document["rmatch"] == library() else BESIDE | WORDS
    yield from _edits(document, anew, "", left_out)


def _edits(claimed: Any, found: Any, where: str, left_out: frozenset[str]) -> Iterator[str]:
    if type(claimed) is not type(found):
        yield where
    elif isinstance(found, dict):
        for name in [*found, *(name for name in claimed if name not in found)]:
            place = f"{where}.{name}".lstrip(".")
            if name in left_out:
                continue
            if name not in claimed or name not in found:
                yield place
            else:
                yield from _edits(claimed[name], found[name], place, left_out)
    elif isinstance(found, list):
        if len(claimed) != len(found):
            yield where
            return
        for position, (mine, theirs) in enumerate(zip(claimed, found, strict=True)):
            yield from _edits(mine, theirs, f"{where}[{position}]", left_out)
    elif claimed != found:
        yield where
