"""Rules and criteria for some: what holds for part of the people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault
from rmatch.people.cohort import Cohort
from rmatch.people.conditions import Condition, document_of, who_of, words_of
from rmatch.utils.messages import Message
from rmatch.utils.sides import SIDES
from rmatch.utils.validation import refuse, seen


@dataclass(frozen=True, slots=True, repr=False)
class Only:
    """A rule or a criterion that holds only for some of the people.

    It holds for the pairs whose mentor meets the conditions on mentors and whose mentee meets those on mentees. On all
    other pairs such a rule has no say, and such a criterion gives them nothing and takes no share: the other criteria
    share out the million among themselves. In a programme's file it is the key ``for`` of the rule or criterion.

    A condition asks for a column: one of ``years``, ``level``, ``department``, ``site``, ``languages``,
    ``meeting_modes``, ``offers``, ``wants``, ``dimension:<name>`` and ``extra:<name>``. It gives a value, a list of
    values any of which will do, or a table of the operators ``equals``, ``not_equals``, ``contains``,
    ``not_contains``, ``at_least`` and ``at_most`` (years, and levels by the programme's list). All conditions of a
    mapping have to be met; of a list of mappings one. Spelling counts without case and blanks. Who is unknown only
    meets ``not_`` conditions; of a dimension only answers released for matching are known.

    Attributes
    ----------
    item : Rule or Criterion
        What holds for them.
    mentor, mentee : mapping, or list of mappings
        The conditions; kept as tuples of alternatives.

    Examples
    --------
    Heads and directors meet nobody from their own site:

    >>> from rmatch.rules import OtherSite
    >>> rule = Only(OtherSite(), mentee={"level": ["Head", "Director"]})
    >>> rule
    Only(OtherSite(), mentee={'level': ['Head', 'Director']})
    >>> rule.kind, rule.words
    ('other_site', 'mentees whose level is Head or Director')
    """

    item: Any
    mentor: Any = ()
    mentee: Any = ()

    def __post_init__(self) -> None:
        """Turn the conditions into what they are kept as, and check them."""
        faults: list[Fault] = []
        if isinstance(self.item, Only | type) or not hasattr(self.item, "kind"):
            remedy = "give a rule or a criterion, such as OtherSite()"
            faults.append(Fault("programme", "only", f"{seen(self.item)} is not possible", remedy))
        kind = str(getattr(self.item, "kind", "only"))
        for side in SIDES:
            who = who_of(getattr(self, side), f"{kind}.for.{side}", faults)
            object.__setattr__(self, side, who)
        if not faults and not self.mentor and not self.mentee:
            remedy = "give conditions on mentor, on mentee or on both"
            faults.append(Fault("programme", f"{kind}.for", "names nobody", remedy))
        refuse(faults)

    def __repr__(self) -> str:
        """Return how to make it."""
        sides = ", ".join(f"{side}={own!r}" for side, own in self.document().items())
        return f"Only({self.item!r}, {sides})"

    @property
    def kind(self) -> str:
        """What holds, as a programme's file calls it."""
        return str(self.item.kind)

    @property
    def name(self) -> str:
        """What it is called, if it is made of functions."""
        return str(self.item.name)

    @property
    def weight(self) -> float | None:
        """How much a criterion matters beside the others."""
        weight: float | None = self.item.weight
        return weight

    @property
    def side(self) -> str:
        """Who gains by a criterion."""
        return str(self.item.side)

    @property
    def protected(self) -> bool:
        """Whether it goes by dimensions, which may be protected."""
        return bool(getattr(self.item, "protected", False) or self.dimensions)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, on mentors and on mentees."""
        return tuple(each for who in (self.mentor, self.mentee) for own in who for each in own)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that the conditions ask for."""
        return frozenset(filter(None, (each.dimension for each in self.conditions)))

    @property
    def takes_a_share(self) -> bool:
        """Whether a criterion takes its share of the points from its own pairs alone.

        One whose conditions ask for answers keeps it everywhere: nobody's answers may change what the others give.
        """
        return self.weight is not None and not self.dimensions

    @property
    def words(self) -> str:
        """For whom it holds."""
        mentors = words_of(self.mentor, Message("mentors")) if self.mentor else ""
        mentees = words_of(self.mentee, Message("mentees")) if self.mentee else ""
        if mentors and mentees:
            return Message("{mentor} with {mentee}", mentor=mentors, mentee=mentees)
        return mentors or mentees

    def document(self) -> dict[str, Any]:
        """Return the conditions as a programme's file holds them."""
        return {side: document_of(getattr(self, side)) for side in SIDES if getattr(self, side)}

    def inside(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which of some mentors (rows) and of some mentees (columns) meet the conditions on their side."""
        mentors = cohort.members(self.mentor)[cohort.mentors[rows]]
        return mentors, cohort.members(self.mentee)[cohort.mentees[columns]]


def bare(item: Any) -> Any:
    """Return a rule or criterion without its conditions."""
    return item.item if isinstance(item, Only) else item
