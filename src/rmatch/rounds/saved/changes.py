"""The changes of a round in its document: written, and read back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.rounds.changes.causes import changes_anew
from rmatch.rounds.changes.changes import OVER, BrokenPair, Changes
from rmatch.rounds.kept import kept_of
from rmatch.utils.lazy import Later

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.people import IdPair
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.saved import changed
else:
    changed = Later("rmatch.rounds.saved.changed")  # pydantic, which most rounds never need


def saved_changes(changes: Changes) -> changed.SavedChanges:
    """Return changes as a saved round has them."""
    return changed.SavedChanges(
        keep=changes.keep,  # type: ignore[arg-type]  # a round is kept with what it was made to keep
        kept=_twos(changes.kept),
        new=_twos(changes.new),
        broken=[
            changed.SavedBrokenPair(
                each.mentor,
                each.mentee,
                each.cause,
                list(each.people),
                list(each.rules),
                _twos(each.to),
                each.reason,
            )
            for each in changes.broken
        ],
    )


def read_changes(saved: changed.SavedChanges | None, outcome: Outcome) -> Changes | None:
    """Return the changes that a saved round has, worked out anew where its people are at hand.

    Which pairs the earlier round had, and which of them were declined or are over, the document alone says. Without the
    people it is believed also why the others were broken.
    """
    if saved is None:
        return None
    told = [
        BrokenPair(
            each.mentor,
            each.mentee,
            each.cause,
            tuple(each.people),
            tuple(each.rules),
            tuple(_pairs(each.to)),
            each.reason,
        )
        for each in saved.broken
    ]
    believed = Changes(saved.keep, tuple(_pairs(saved.kept)), tuple(_pairs(saved.new)), tuple(told))
    if not kept_of(outcome.scores):
        return changes_anew(believed, outcome)
    wanted = set(believed.wanted)
    now = [(pair.mentor, pair.mentee) for pair in outcome.pairs]
    return replace(
        believed,
        kept=tuple(pair for pair in now if pair in wanted),
        new=tuple(pair for pair in now if pair not in wanted),
        broken=tuple(
            each
            for each in told
            if each.cause in OVER or (each.mentor, each.mentee) not in outcome.id_pairs
        ),
    )


def _twos(pairs: Iterable[IdPair]) -> list[changed.SavedTwo]:
    return [changed.SavedTwo(*pair) for pair in pairs]


def _pairs(twos: Sequence[changed.SavedTwo]) -> list[IdPair]:
    return [(two.mentor, two.mentee) for two in twos]
