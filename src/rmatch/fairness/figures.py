"""What the fairness report holds: each side, each person, pairs that would rather meet, and groups."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.fairness.effect import Effect
from rmatch.fairness.groups.group import GroupTable
from rmatch.fairness.pareto import Pareto
from rmatch.programme import Unit
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Side(Value, Shown):
    """How one side fares, by what it gains itself.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        Which.
    criteria : tuple of str
        Whose points count as its gain.
    people, matched : int
        How many there are, and how many of them have a partner.
    mean, least : float or None
        The mean and the smallest gain of those with a partner.
    indices : dict of str to float or None
        Indices of inequality over the gains of those with a partner; None where not defined.
    first_choice : int
        How many of those with a partner would rather have nobody else.
    envious : int
        How many people would rather have the partner of somebody else.
    """

    side: str
    criteria: tuple[str, ...]
    people: int
    matched: int
    mean: float | None
    least: float | None
    indices: dict[str, float | None]
    first_choice: int
    envious: int


@dataclass(frozen=True, slots=True)
class PersonStanding(Shown):
    """How one person stands; no answer to any question is in it.

    Attributes
    ----------
    id, role : str
        Who, in which role.
    partners : int
        How many partners.
    gain : int
        What the person gains from them.
    rank : int or None
        1 if no other partner would be better than the worst of the person's own, 2 if one would be, …; None without.
    regret : int
        By how many points the best other partner would be better.
    envy : int
        How many places with better partners others have.
    """

    id: str
    role: str
    partners: int
    gain: int
    rank: int | None
    regret: int
    envy: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FairnessFigures(Value, Shown):
    """The figures of a matching's fairness; nothing in them is a name, an address or an answer to a demographic question.

    Attributes
    ----------
    programme : str
        The programme's name.
    total : int
        The points of all pairs.
    most : int or None
        The most points that a pair can have; None where a criterion of the user's own gives points in units of its own.
    points : tuple of int
        The points of the pairs, the worst first.
    sides : dict of str to Side
        What each side gains, by ``"mentor"`` and ``"mentee"``.
    people : tuple of PersonStanding
        Everybody in a role, mentors first.
    blocking : int
        How many pairs would both rather meet each other, exactly.
    blocking_pairs : tuple of (str, str)
        The first of them, mentor and mentee.
    pareto : Pareto
        Whether some swap helps somebody and hurts nobody.
    groups : tuple of GroupTable
        Outcomes by the groups that people released for reports.
    smallest : int
        Nothing is told of groups with fewer people; the programme says it.
    effect : Effect
        How many people would have another partner, or none, without the protected criteria.
    """

    programme: str
    total: int
    most: int | None
    points: tuple[int, ...]
    sides: dict[str, Side]
    people: tuple[PersonStanding, ...]
    blocking: int
    blocking_pairs: tuple[tuple[str, str], ...]
    pareto: Pareto
    groups: tuple[GroupTable, ...]
    smallest: int
    effect: Effect

    @property
    def unit(self) -> Unit:
        """What points are told in."""
        return Unit.by(self.most, self.points)

    @property
    def worst(self) -> int | None:
        """The points of the worst pair; None without pairs."""
        return self.points[0] if self.points else None
