"""How fair the round is: what the fairness report tells, and nothing that it hides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from rmatch.fairness import fairness
from rmatch.formulas import criterion_words
from rmatch.matching.page.who import Who, together
from rmatch.matching.protected import effect_of_protected
from rmatch.programme import Unit
from rmatch.rounds import kept_of
from rmatch.utils.messages import Message, Sentence, Share, joined

if TYPE_CHECKING:
    from rmatch.fairness import Fairness, Group, GroupTable
    from rmatch.rounds import Outcome

LOOKED_AT = 2**24
"""Up to so many possible pairs fairness is worked out for the page."""
POPULATIONS = {
    "mentor": Message("Mentors"),
    "mentee": Message("Mentees"),
    "both": Message("People in both roles"),
}
NO_GAIN = {
    "mentor": Message("No criterion says what a mentor gains."),
    "mentee": Message("No criterion says what a mentee gains."),
}
NOTHING = "–"
WITHHELD = Message(
    "Groups are not shown: the earlier round was read without its people, and beside its report this one might give "
    "somebody away."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head, and its cells."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """How groups of people fare, as far as the report tells it.

    Attributes
    ----------
    title : str
        Whose groups, and by what.
    rows : tuple of Row
        Everybody, the groups that are shown, and all others.
    notes : tuple of str
        What is not told, and why.
    """

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fair:
    """How fair the round is.

    Attributes
    ----------
    sides : tuple of Row
        What each side gains, mentors and mentees beside each other.
    sentences : tuple of str
        Whether people would rather meet others, and what protected attributes do.
    groups : tuple of Groups
        How groups fare.
    smallest : int
        Nothing is told of groups with fewer people.
    """

    sides: tuple[Row, ...]
    sentences: tuple[str, ...]
    groups: tuple[Groups, ...]
    smallest: int


def measured(matching: Outcome) -> bool:
    """Tell whether fairness is worked out for the page: with the people, and up to a size."""
    return kept_of(matching.scores) is None and prod(matching.scores.shape) <= LOOKED_AT


def fair(matching: Outcome, previous: Outcome | None, who: Mapping[str, Who], unit: Unit) -> Fair:
    """Return how fair a round is, told so that beside an earlier report nothing follows of anybody.

    Parameters
    ----------
    matching : Outcome
        The round.
    previous : Outcome or None
        An earlier round whose report is known.
    who : mapping of str to Who
        Everybody by id.
    unit : Unit
        What points are told in.
    """
    locked = [(pair.mentor, pair.mentee) for pair in matching.pairs if pair.locked]
    told = previous is None or kept_of(previous.scores) is None
    since = [(previous.scores, previous.id_pairs)] if previous is not None and told else []
    effect = effect_of_protected(matching, wanted=None)
    report = fairness(matching.scores, matching.id_pairs, locked, effect, since=since)
    return Fair(
        tuple(_sides(report, unit)),
        (*_sentences(report, who, unit), *([] if told else [WITHHELD])),
        tuple(map(_groups, report.groups)) if told else (),
        report.smallest,
    )


def _sides(report: Fairness, unit: Unit) -> Iterator[Row]:
    sides = list(report.sides.values())

    def fit(gain: float | None) -> str:
        return NOTHING if gain is None else str(unit.of_100(gain))

    rows: dict[str, list[str]] = {
        Message("have a partner"): [
            Message("{some} of {all}", some=side.matched, all=side.people) for side in sides
        ],
        Message("what they gain on average, of 100"): [fit(side.mean) for side in sides],
        Message("the least that one gains"): [fit(side.least) for side in sides],
        Message("nobody else would suit them better"): [str(side.first_choice) for side in sides],
        Message("would rather have another's partner"): [str(side.envious) for side in sides],
    }
    for head, cells in rows.items():
        yield Row(head, tuple(cells))


def _sentences(report: Fairness, who: Mapping[str, Who], unit: Unit) -> Iterator[str]:
    for side in report.sides.values():
        named = joined(", ", map(criterion_words, side.criteria))
        if not named:
            yield NO_GAIN[side.side]
        elif side.side == "mentor":
            yield Message("A mentor gains the points of: {criteria}.", criteria=named)
        else:
            yield Message("A mentee gains the points of: {criteria}.", criteria=named)
    yield rather_each_other(report.blocking)
    pareto = report.pareto
    if pareto.swap:
        pairs = joined(", ", (together(who[one], who[other]) for one, other in pareto.swap))
        yield Message("Another matching would help somebody and hurt nobody: {pairs}.", pairs=pairs)
    else:
        yield pareto.sentence
    yield report.effect.sentence
    if report.effect.price is not None:
        yield Message(
            "If protected attributes decided places, too, {loss}: the price of fair places.",
            loss=unit.loss(0, -report.effect.price),
        )


def rather_each_other(count: int) -> Message:
    """Say how many pairs of people would both rather meet each other."""
    if not count:
        return Message("No two people would both rather meet each other than their partners.")
    return Message(
        "{count} pair of people would both rather meet each other than their partners.",
        "{count} pairs of people would both rather meet each other than their partners.",
        count=count,
    )


def _groups(table: GroupTable) -> Groups:
    rows = (table.overall, *table.by_group, table.rest)
    return Groups(
        Message(
            "{people} by {dimensions}",
            people=POPULATIONS[table.side],
            dimensions=" × ".join(table.dimensions),
        ),
        tuple(Row(joined(" × ", group.name), tuple(_figures(group))) for group in rows),
        tuple(map(Sentence.of, table.notes)),
    )


def _figures(group: Group) -> Iterator[str]:
    yield str(group.people)
    for count, share in ((group.matched, group.match_rate), (group.above, group.above_rate)):
        yield (
            NOTHING
            if count is None or share is None
            else Message("{count} ({share})", count=count, share=Share(share))
        )
