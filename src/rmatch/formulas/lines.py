"""The points of one pair, line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from rmatch.formulas.comparisons import diversity, experience_gap, logistics
from rmatch.formulas.line import Line
from rmatch.formulas.own import OwnPoints
from rmatch.formulas.reach import reach
from rmatch.formulas.some import for_whom, goes_by_protected, holds, shares_apart
from rmatch.formulas.teaching import expertise, growth
from rmatch.people import bare
from rmatch.programme import counts_once
from rmatch.utils.messages import Message
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST, allot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.line import Formula

COUNTED_ONCE = "expertise"
"""The criterion whose topics count once where several partners teach them."""
WISHED_FOR = Message("the pair was wished for")


@dataclass(frozen=True)
class Lines:
    """The explanation lines of any pair.

    Attributes
    ----------
    facts : Facts
        The people, the programme, the requests.
    """

    facts: Facts

    def of(self, mentor: str, mentee: str) -> tuple[Line, ...]:
        """Return the lines of a pair.

        Parameters
        ----------
        mentor, mentee : str
            The ids of the two.

        Returns
        -------
        tuple of Line
            Their points add up to the points of the pair.
        """
        formulas = self._for_pair(mentor, mentee)
        return tuple(chain.from_iterable(formula.lines(mentor, mentee) for formula in formulas))

    def beside(self, mentor: str, mentee: str, others: Sequence[str]) -> tuple[Line, ...]:
        """Return the lines of a pair whose mentee has other partners, where what several of them teach counts once.

        A topic counts with the mentor who brings the most for it, and of several with as much with the first by id.

        Parameters
        ----------
        mentor, mentee : str
            The ids of the two.
        others : sequence of str
            The other mentors of the mentee.

        Returns
        -------
        tuple of Line
            The lines of all mentors of the mentee add up to the points of the group.
        """
        lines = self.of(mentor, mentee)
        if not others or not counts_once(self.facts.programme):
            return lines
        known = {other: self._taught(other, mentee) for other in others}
        rank = {person: place for place, person in enumerate(self.facts.mentors)}

        def counted(line: Line) -> Line:
            if line.criterion != COUNTED_ONCE or not line.subject or not line.points:
                return line
            best = max(others, key=lambda other: (known[other].get(line.subject, 0), -rank[other]))
            theirs = known[best].get(line.subject, 0), -rank[best]
            if theirs < (line.points, -rank[mentor]):
                return line
            # It names nobody, for a round may be kept under other ids.
            sentence = Message(
                "{sentence}; counted with another partner, who brings as much or more",
                sentence=line.sentence,
            )
            return replace(line, points=0, sentence=sentence)

        return tuple(map(counted, lines))

    def _taught(self, mentor: str, mentee: str) -> dict[str, int]:
        """Return what a mentor brings for each topic."""
        lines = self.of(mentor, mentee)
        return {line.subject: line.points for line in lines if line.criterion == COUNTED_ONCE}

    def points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair."""
        return sum(formula.points(mentor, mentee) for formula in self._for_pair(mentor, mentee))

    def blind_points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair that no protected attribute has a share in."""
        return sum(line.points for line in self.of(mentor, mentee) if not line.protected)

    @property
    def without_data(self) -> tuple[str, ...]:
        """The criteria that are left out because the people have no data for them."""
        return tuple(
            name_of(criterion)
            for criterion in self.facts.programme.criteria
            if criterion.weight != 0 and name_of(criterion) not in self._made(frozenset())
        )

    def _for_pair(self, mentor: str, mentee: str) -> Iterable[Formula]:
        outside = shares_apart(self.facts, self.sharing, mentor, mentee)
        return self._made(outside).values()

    @cached_property
    def sharing(self) -> list[Any]:
        """The criteria among which the points of a pair are shared out."""
        chosen = [criterion for criterion in self.facts.programme.criteria if criterion.weight != 0]
        # Whether a criterion has data does not depend on its share, so a first try with all points tells. What may be
        # protected keeps its share in any case: nobody's answers may change what the other criteria give.
        return [item for item in chosen if item.protected or _formula(self.facts, item, MOST)]

    def shares(self, absent: frozenset[int] = frozenset()) -> list[tuple[Any, int]]:
        """Return the criteria that share out the points of a pair, all but some by their position, and how many each has."""
        present = [item for at, item in enumerate(self.sharing) if at not in absent]
        weights = {name_of(item): item.weight for item in present if item.weight is not None}
        shares = allot(MOST, weights)
        return [(item, shares.get(name_of(item), 0)) for item in present]

    def _made(self, absent: frozenset[int]) -> dict[str, Formula]:
        if absent not in self._known:
            made = {
                name_of(item): _formula(self.facts, item, most)
                for item, most in self.shares(absent)
            }
            self._known[absent] = {name: each for name, each in made.items() if each is not None}
        return self._known[absent]

    @cached_property
    def _known(self) -> dict[frozenset[int], dict[str, Formula]]:
        return {}


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What it is worth to be wished for, by the best rank of each pair."""

    kind: str
    most: int
    ranks: dict[tuple[str, str], int]

    def points(self, mentor: str, mentee: str) -> int:
        rank = self.ranks.get((mentor, mentee))
        return 0 if rank is None else self.most // rank

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        if rank := self.ranks.get((mentor, mentee)):
            yield Line(self.kind, Message("rank {rank}", rank=rank), self.most // rank, WISHED_FOR)


def _wish(facts: Facts, criterion: Any, most: int) -> Formula | None:
    ranks: dict[tuple[str, str], int] = {}
    for request in facts.requests.of_kind("wish"):
        pair = (request.mentor, request.mentee)
        ranks[pair] = min(request.rank or 1, ranks.get(pair, request.rank or 1))
    some = ranks or any(facts.basis.requests.of_kind("wish"))
    return _Wishes(criterion.kind, most, ranks) if some else None


@dataclass(frozen=True, slots=True)
class _ForSome:
    """A formula that holds for some pairs, and gives nothing to all others."""

    facts: Facts
    item: Any
    formula: Formula

    def points(self, mentor: str, mentee: str) -> int:
        inside = holds(self.facts, self.item, mentor, mentee)
        return self.formula.points(mentor, mentee) if inside else 0

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        if not holds(self.facts, self.item, mentor, mentee):
            return
        protected = goes_by_protected(self.facts, self.item)
        for line in self.formula.lines(mentor, mentee):
            sentence = for_whom(line.sentence, self.item)
            yield replace(line, sentence=sentence, protected=line.protected or protected)


def _formula(facts: Facts, item: Any, most: int) -> Formula | None:
    """Return the formula of a built-in criterion, or of one's own, `None` without data."""
    formula = FORMULAS.get(item.kind, OwnPoints)(facts, bare(item), most)
    return formula if formula is None or item is bare(item) else _ForSome(facts, item, formula)


FORMULAS: dict[str, Callable[[Facts, Any, int], Formula | None]] = {
    "expertise": expertise,
    "experience_gap": experience_gap,
    "diversity": diversity,
    "reach": reach,
    "growth": growth,
    "wish": _wish,
    "logistics": logistics,
}
