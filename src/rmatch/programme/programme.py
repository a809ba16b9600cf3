"""Everything the organiser chose. No person's id is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from rmatch.criteria import AnyCriterion, Diversity, ExperienceGap, Expertise, Growth, Reach
from rmatch.objectives import TOTAL, Objective, named
from rmatch.people import as_dates, bare
from rmatch.programme.crossed import as_crossings
from rmatch.programme.faults import ITEMS, LISTS, faults_of
from rmatch.quotas import AnyQuota
from rmatch.rules import Accepted, AnyRule, JuniorMentor, NoRepeat, ReportingChain
from rmatch.utils.model_field import ModelField
from rmatch.utils.names import name_of
from rmatch.utils.shown import Rows, Shown
from rmatch.utils.validation import refuse
from rmatch.utils.values import Value

DEFAULT_CRITERIA: tuple[AnyCriterion, ...] = (
    Expertise(45),
    ExperienceGap(20),
    Diversity(20),
    Reach(10),
    Growth(5),
)
DEFAULT_RULES: tuple[AnyRule, ...] = (
    JuniorMentor(),
    ReportingChain(),
    Accepted(),
    NoRepeat(),
)


LATER = frozenset({"waiting", "spread", "group_sizes", "one_per_department"})
"""Switches that are as by default where a document does not name them, as those from before there were any do not."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Programme(Value, Shown, ModelField):
    """Criteria with weights, rules, capacities, participation: what "good" and "allowed" mean in one programme.

    Attributes
    ----------
    name : str
        What the programme is called; printed with the result.
    criteria : tuple of Criterion
        What gives a pair points, built in or one's own. A built-in one without any data is left out and reported.
    rules : tuple of Rule
        What forbids a pair, built in or one's own. Exclusions and nobody-with-themselves always hold.
    levels : tuple of str
        The grades from the most junior to the most senior; empty to go by years.
    topic_levels : int
        The top level of a topic; an offer without a level counts as the top.
    lived_topics : tuple of str
        Topics that only those teach who listed them under the people's column `lived_topics`; offered elsewhere they do
        not count.
    unprotected : tuple of str
        Dimensions that are not protected attributes, such as the work mode.
    dates : tuple of date
        The first and the last day of the round, or its only day: the time in which two people can both meet is that of
        the worst day between them, as clocks change. Without dates it holds all year. Texts like ``"2026-05-01"`` are
        taken as dates.
    mentor_capacity, mentee_capacity : int
        Partners for everybody who does not state their own number.
    mentor_minimum, mentee_minimum : int
        Partners that everybody in the role must get who does not state their own number; hard, and met before
        anything else.
    count_topic : {"each", "once"}
        Whether what several partners of a mentee teach counts with each of them, or once, at its best. Once goes with the
        objective `total` alone; under quotas it counts with each, too.
    group_sizes : tuple of int
        How many partners a mentee may have, if any; empty for every number up to the capacity.
    one_per_department : bool
        Whether no two partners of a mentee may be from one department; who has none stated is alone, then.
    participation : {"most", "best"}
        As many pairs as possible and then the best, or the best total whatever the number.
    objective : Total, AlphaFair, MaxMin or Leximin
        What is best over all pairs; one that needs no values also by its name, such as ``"leximin"``.
    quotas : tuple of Quota, PairQuota or MeanParity
        Bounds on partners, places or pairs of groups; those on protected dimensions need the `justification`.
    min_points : int or None
        Pairs below it are refused. Protected attributes have no share in the points that it is compared with, unless
        `places` says otherwise.
    places : {"without_protected", "with_protected"}
        Whether protected attributes may decide who gets a place, beside who meets whom.
    justification : str
        Why they may; required with ``"with_protected"`` and for quotas on protected dimensions, and kept in the result.
    waiting : {"same", "first"}
        Whether those with a priority, and those who have waited since earlier rounds, get a partner before others do:
        after the number of pairs, and before the points.
    spread : bool
        Whether nobody gets a second partner while somebody could have a first one, as far as the number of pairs and those
        who wait allow for it.
    smallest_group : int
        The fewest people of whom a fairness report tells anything as a group, at least 3.
    crossed : tuple of tuple of str
        Dimensions whose answers reports count together, such as ``("gender", "ethnicity")``; each in one of them at most.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> programme = Programme(criteria=(Expertise(3), ExperienceGap(1)), mentor_capacity=2)
    >>> programme.participation
    'most'
    """

    name: str = ""
    criteria: Sequence[AnyCriterion] = DEFAULT_CRITERIA
    rules: Sequence[AnyRule] = DEFAULT_RULES
    levels: Sequence[str] = ()
    topic_levels: int = 5
    lived_topics: Sequence[str] = ()
    unprotected: Sequence[str] = ()
    dates: tuple[date, ...] = ()
    mentor_capacity: int = 1
    mentee_capacity: int = 1
    mentor_minimum: int = 0
    mentee_minimum: int = 0
    count_topic: Literal["once", "each"] = "once"
    group_sizes: Sequence[int] = ()
    one_per_department: bool = False
    participation: Literal["most", "best"] = "most"
    objective: Objective = TOTAL
    quotas: Sequence[AnyQuota] = ()
    min_points: int | None = None
    places: Literal["without_protected", "with_protected"] = "without_protected"
    justification: str = ""
    waiting: Literal["same", "first"] = "same"
    spread: bool = False
    smallest_group: int = 5
    crossed: Sequence[Sequence[str]] = ()

    @property
    def comes_first(self) -> tuple[str, ...]:
        """The switches that are on of those by which people come before the points."""
        on = {"waiting": self.waiting == "first", "spread": self.spread}
        return tuple(name for name, says in on.items() if says)

    def _parts(self) -> Iterator[str | Rows]:
        yield f"Programme {self.name}".strip()
        criteria = [bare(criterion) for criterion in self.criteria]
        weights = ("points" if one.weight is None else f"{one.weight:g}" for one in criteria)
        yield Rows(("criterion", "weight"), zip(map(name_of, criteria), weights, strict=True))
        told: dict[str, Sequence[str]] = {
            "rules": [name_of(bare(rule)) for rule in self.rules],
            "objective": [self.objective.kind],
            "participation": [self.participation],
            "quotas": [str(quota) for quota in self.quotas],
            "places": [self.places],
            "comes first": self.comes_first,
        }
        yield Rows((), ((word, ", ".join(said)) for word, said in told.items()))

    def __post_init__(self) -> None:
        """Turn lists into tuples and check the values."""
        for column in (*LISTS, *ITEMS, "group_sizes"):
            given = getattr(self, column)
            object.__setattr__(self, column, tuple(given) if isinstance(given, list) else given)
        object.__setattr__(self, "dates", as_dates(self.dates))
        object.__setattr__(self, "crossed", as_crossings(self.crossed))
        object.__setattr__(self, "objective", named(self.objective))
        refuse(faults_of({column.name: getattr(self, column.name) for column in fields(self)}))
