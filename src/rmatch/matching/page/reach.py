"""What the pairs connect: departments and sites, before and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.rounds import connections_of
from rmatch.utils.messages import Message, Sentence

if TYPE_CHECKING:
    from rmatch.rounds import Links, Outcome

LISTED = 12
"""So many departments or sites are in a matrix, those with the most pairs."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many pairs link which departments, or sites.

    Attributes
    ----------
    part : str
        Whether these are departments or sites.
    names : tuple of str
        Those that are listed.
    count : int
        How many there are.
    cells : tuple of tuple of (int, bool)
        For each two, how many pairs link them, and whether nothing but pairs does.
    sentences : tuple of str
        What was linked before and is after, in words.
    """

    part: str
    names: tuple[str, ...]
    count: int
    cells: tuple[tuple[tuple[int, bool], ...], ...]
    sentences: tuple[str, ...]

    @property
    def between(self) -> Message:
        """What the matrix is about."""
        if self.part == "site":
            return Message("Between sites")
        return Message("Between departments")

    @property
    def caption(self) -> Message:
        """What its cells say."""
        if self.part == "site":
            return Message("How many pairs link which sites")
        return Message("How many pairs link which departments")

    @property
    def head(self) -> Message:
        """What its rows are, and how many there are beside them."""
        part = Message("site") if self.part == "site" else Message("department")
        if self.count <= len(self.names):
            return part
        return Message(
            "{part} ({shown} of {count}, those with the most pairs)",
            part=part,
            shown=len(self.names),
            count=self.count,
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """What the pairs connect.

    Attributes
    ----------
    sentences : tuple of str
        In words.
    matrices : tuple of Matrix
        Departments and sites, where people state theirs.
    """

    sentences: tuple[str, ...]
    matrices: tuple[Matrix, ...]


def reach(matching: Outcome) -> Reach:
    """Return what the pairs of a round connect.

    Parameters
    ----------
    matching : Outcome
        The round, with its people.
    """
    found = connections_of(matching)
    parts = (found.departments, found.sites)
    matrices = tuple(_matrix(each) for each in parts if each.count > 1)
    single = [told for each in parts if each.count == 1 for told in each.sentences]
    return Reach(tuple(map(Sentence.of, [found.apart, *single, found.held])), matrices)


def _matrix(links: Links) -> Matrix:
    weights: Counter[str] = Counter()
    known: dict[tuple[str, str], tuple[int, bool]] = {}
    for link in links.pairs:
        one, other = link.parts
        weights[one] += link.pairs
        weights[other] += link.pairs
        known[one, other] = known[other, one] = (link.pairs, not link.in_chart and one != other)
    names = tuple(sorted(sorted(weights, key=lambda name: -weights[name])[:LISTED]))
    return Matrix(
        links.part,
        names,
        links.count,
        tuple(tuple(known.get((one, other), (0, False)) for other in names) for one in names),
        tuple(map(Sentence.of, links.sentences)),
    )
