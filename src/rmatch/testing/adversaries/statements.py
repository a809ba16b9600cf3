"""What a report says about answers, as sums over people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Statement:
    """A sum that is published: of these people, so many gave this answer.

    Attributes
    ----------
    question : tuple of str
        The dimensions that are asked for.
    answer : tuple of str
        An answer to each.
    weights : dict of str to int
        By id, how much everybody adds who gave it: 1 for a count, a person's gain for a sum of gains. Others add nothing.
    total : int
        The sum.
    """

    question: tuple[str, ...]
    answer: tuple[str, ...]
    weights: Mapping[str, int]
    total: int


def statements(report: Any) -> Iterator[Statement]:
    """Go through what the group tables of a fairness report say, for a reader who knows how everybody fared.

    Parameters
    ----------
    report : Fairness
        The report, of which `people` (what the reader knows) and `groups` (what is published) are read.

    Yields
    ------
    Statement
        How many people of each group there are, and how many with a partner, and how many above the median.
    """
    partners: dict[str, int] = defaultdict(int)
    gains: dict[str, int] = defaultdict(int)
    roles: dict[str, set[str]] = defaultdict(set)
    for person in report.people:
        roles[person.id].add(person.role)
        partners[person.id] += person.partners
        gains[person.id] += person.gain
    for table in report.groups:
        wanted = {"mentor", "mentee"} if table.side == "both" else {table.side}
        everybody = [person for person, own in roles.items() if own == wanted]
        matched = [person for person in everybody if partners[person]]
        middle = median(gains[person] for person in matched) if matched else 0
        above = [person for person in matched if gains[person] > middle]
        for group in table.by_group:
            counted = {"people": everybody, "matched": matched, "above": above}
            for figure, people in counted.items():
                total = getattr(group, figure)
                if total is not None:
                    weights = dict.fromkeys(people, 1)
                    yield Statement(table.dimensions, group.name, weights, total)
