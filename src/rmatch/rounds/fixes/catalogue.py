"""What an organiser lets give, and what each of it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rmatch.errors import Fault, nearest
from rmatch.programme import Programme
from rmatch.utils.documents import Document
from rmatch.utils.names import name_of
from rmatch.utils.validation import refuse, seen, whole
from rmatch.utils.values import Value

MOST = 1000
"""What one thing costs at most."""
NEVER = {
    "exclude": "an exclusion is never given up",
    "self": "nobody is paired with themselves",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Catalogue(Value, Document):
    """What may give so that somebody gets a partner, each with a cost: whole numbers from 1 to 1000.

    What has no cost never gives. Nobody's demographic answers, consents and lived topics, and no exclusion, can be in it.

    Attributes
    ----------
    capacities : int, optional
        Somebody takes one partner more.
    hours : int, optional
        Somebody can meet at any hour, where hours in common are a rule.
    topics : int, optional
        A leader wants one topic more, where the mentor must teach something that is wanted.
    languages : int, optional
        Somebody speaks one language more, where a shared one is a rule.
    locks : int, optional
        A lock is taken back.
    minimums : int, optional
        Somebody who must get several partners may get one less.
    min_points : int, optional
        The least points of a pair are given up, for all.
    rules : mapping of str to int
        Rules by name, each given up for all.

    Examples
    --------
    >>> Catalogue(capacities=1, rules={"other_site": 5}).rules
    {'other_site': 5}
    """

    capacities: int | None = None
    hours: int | None = None
    topics: int | None = None
    languages: int | None = None
    locks: int | None = None
    minimums: int | None = None
    min_points: int | None = None
    rules: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the costs."""
        refuse(self._faults())

    @property
    def for_all(self) -> dict[str, int]:
        """The cost of what is given up for everybody at once: the rules, and `min_points`."""
        least = {} if self.min_points is None else {"min_points": self.min_points}
        return {**self.rules, **least}

    def misfits(self, programme: Programme) -> Iterator[Fault]:
        """Go through the rules that a programme does not have.

        Yields
        ------
        Fault
            One for each, with the nearest one that it has.
        """
        known = [name_of(rule) for rule in programme.rules]
        for name in self.rules:
            if name not in known:
                remedy = nearest(name, known) if known else "the programme has no rules"
                yield Fault("catalogue", f"rules.{name}", "the programme has no such rule", remedy)

    def _faults(self) -> Iterator[Fault]:
        where = "catalogue"
        rules: Any = self.rules
        if not isinstance(rules, Mapping):
            yield Fault(where, "rules", f"{seen(rules)} is no table", "give a cost for each")
            return
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        costs = {name: cost for name, cost in given.items() if name != "rules" and cost is not None}
        for name, cost in (
            *costs.items(),
            *((f"rules.{name}", c) for name, c in self.rules.items()),
        ):
            yield from whole(where, name, cost, 1, MOST)
        for name in self.rules:
            if name in NEVER:
                yield Fault(where, f"rules.{name}", NEVER[name], "leave it out")
        if not costs and not self.rules:
            yield Fault(where, "", "nothing may give", "give a cost for capacities, say")


SAFE = Catalogue(capacities=1, hours=2, topics=2, languages=3)
"""What may give where nobody says otherwise: what single people can simply agree to. No rule, lock, minimum or threshold does."""
