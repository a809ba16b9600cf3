"""The figures on top of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.matching.page.alone import Alone
from rmatch.matching.page.topics import Topic
from rmatch.programme import Unit
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from rmatch.rounds import Outcome


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
            "pair" if pairs == 1 else "pairs",
            f"{counted(mentors, 'mentor')}, {counted(mentees, 'mentee')}",
        )
    ]
    if pairs:
        mean = unit.of_100(matching.total / pairs)
        worst = unit.of_100(min(pair.points for pair in matching.pairs))
        found.append(
            Headline(f"{mean}", "of 100: the average fit", f"the weakest pair has {worst}")
        )
    wanted, covered = sum(one.wanted for one in subjects), sum(one.covered for one in subjects)
    if wanted:
        found.append(
            Headline(
                f"{100 * covered // wanted} %",
                "of what is wanted is covered",
                f"{covered} of {wanted} wants of mentees",
            )
        )
    rest = sides["mentor"] + sides["mentee"]
    told = " and ".join(counted(sides[side], side) for side in ("mentor", "mentee") if sides[side])
    found.append(Headline(str(rest), "without a partner", told or "everybody in a role has one"))
    return found
