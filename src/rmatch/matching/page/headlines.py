"""The figures on top of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.matching.page.alone import Alone
from rmatch.matching.page.topics import Topic
from rmatch.matching.page.who import players
from rmatch.programme import Unit
from rmatch.utils.messages import Listed, Message, Share, joined
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.rounds import Outcome


EVERYBODY = Message("everybody in a role has one")


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the figures on top.

    Attributes
    ----------
    figure, label, beside : str
        The number, what it counts, and what there is to know of it.
    """

    figure: str
    label: str
    beside: str = ""


def headlines(
    matching: Outcome, unit: Unit, groups: Sequence[Alone], subjects: Sequence[Topic]
) -> list[Headline]:
    """Return the figures on top: pairs, how good they are, what is covered, who is left.

    Parameters
    ----------
    matching : Outcome
        The round.
    unit : Unit
        What points are told in.
    groups : sequence of Alone
        Those without a partner.
    subjects : sequence of Topic
        All topics; none where they are not known.
    """
    sides = Counter[str]()
    for group in groups:
        sides[group.role] += group.count
    pairs = len(matching.pairs)
    mentors = len({pair.mentor for pair in matching.pairs})
    mentees = len({pair.mentee for pair in matching.pairs})
    found = [
        Headline(
            str(pairs),
            Message("pair") if pairs == 1 else Message("pairs"),
            joined(", ", [players(mentors, "mentor"), players(mentees, "mentee")]),
        )
    ]
    if pairs:
        mean = unit.of_100(matching.total / pairs)
        worst = unit.of_100(min(pair.points for pair in matching.pairs))
        found.append(
            Headline(
                f"{mean}",
                Message("of 100: the average fit"),
                Message("the weakest pair has {fit}", fit=worst),
            )
        )
    wanted, covered = sum(one.wanted for one in subjects), sum(one.covered for one in subjects)
    if wanted:
        found.append(
            Headline(
                Message("{share}", share=Share(100 * covered // wanted / 100)),
                Message("of what is wanted is covered"),
                Message("{covered} of {wanted} wants of mentees", covered=covered, wanted=wanted),
            )
        )
    rest = sides["mentor"] + sides["mentee"]
    told = tuple(players(sides[side], side) for side in SIDES if sides[side])
    beside = Message("{people}", people=Listed(told)) if told else EVERYBODY
    found.append(Headline(str(rest), Message("without a partner"), beside))
    return found
