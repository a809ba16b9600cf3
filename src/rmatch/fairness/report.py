"""The figures of a matching's fairness, put together for the organiser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError, is_whole, nearest
from rmatch.fairness.envy import compare
from rmatch.fairness.gains import SIDES, Gains
from rmatch.fairness.groups import group_tables
from rmatch.fairness.indices import atkinson, gini, jain
from rmatch.fairness.pareto import LIMIT, pareto
from rmatch.utils.files import write_text
from rmatch.utils.frames import dataframe
from rmatch.utils.points import MOST
from rmatch.utils.validation import choice, refuse, seen, text, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rmatch.fairness.effect import Effect
    from rmatch.fairness.envy import Standing
    from rmatch.fairness.groups import GroupTable
    from rmatch.fairness.pareto import Pareto
    from rmatch.scoring import Scores

LISTED = 20
"""How many blocking pairs are named."""
SMALLEST, LEAST = 5, 3
"""The smallest number of people that is shown unless asked otherwise, and how small one may ask for."""
INDICES = {
    "Gini": gini,
    "Jain": jain,
    "Atkinson(1/2)": lambda own: atkinson(own, 0.5),
    "Atkinson(1)": lambda own: atkinson(own, 1),
}
TABLES = ("groups", "people", "blocking")


@dataclass(frozen=True, slots=True)
class Side:
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
class PersonStanding:
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


@dataclass(frozen=True, slots=True, repr=False)
class Fairness:
    """The figures of a matching's fairness, for the organiser alone.

    Made by :meth:`rmatch.Matching.fairness`. Prints as a report. It holds no name, no address and nobody's answer to a
    demographic question.

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
        Match rates and gains by the groups that people released for reports.
    smallest : int
        Groups with fewer people are suppressed.
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
    def worst(self) -> int | None:
        """The points of the worst pair; None without pairs."""
        return self.points[0] if self.points else None

    def table(self, side: str, *dimensions: str) -> GroupTable:
        """Return the groups of one side.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            Whose groups.
        *dimensions : str
            One dimension, or those of an intersection that was asked for.

        Returns
        -------
        GroupTable
            With `overall`, `by_group`, `difference` and `ratio`.

        Raises
        ------
        InvalidInputError
            If there is no such table.
        """
        refuse([*text("fairness", "side", side), *texts("fairness", "dimensions", dimensions)])
        for table in self.groups:
            if (table.side, table.dimensions) == (side, tuple(sorted(dimensions))):
                return table
        known = [f"{table.side}: {' × '.join(table.dimensions)}" for table in self.groups]
        asked = f"{side}: {' × '.join(sorted(dimensions))}"
        raise InvalidInputError(
            [Fault("fairness", "table", f"there is no table {asked!r}", nearest(asked, known))]
        )

    def to_frame(self, table: str = "groups", *, backend: Any = None) -> Any:
        """Return one of the report's tables as a dataframe of the user's library.

        Parameters
        ----------
        table : {"groups", "people", "blocking"}
            Groups with their figures, people with rank, regret and envy, or the blocking pairs that are named.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table or library, or if no library is imported.
        """
        from rmatch.fairness.text import columns

        refuse(choice("fairness", "table", table, TABLES))
        return dataframe(columns(self, table), backend)

    def to_json(self, path: str | Path) -> None:
        """Write the report as a JSON file.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        """
        from rmatch.fairness.text import as_json

        write_text(path, as_json(self))

    def to_html(self, path: str | Path) -> None:
        """Write the report as an HTML page that needs nothing else.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        """
        from rmatch.fairness.text import as_page

        write_text(path, as_page(self))

    def __str__(self) -> str:
        """Return the report as text."""
        from rmatch.fairness.text import as_text

        return as_text(self)

    def __repr__(self) -> str:
        """Return the report as text."""
        return str(self)

    def _repr_html_(self) -> str:
        from rmatch.fairness.text import as_html

        return as_html(self)


def fairness(
    scores: Scores,
    pairs: Iterable[tuple[str, str]],
    locked: Iterable[tuple[str, str]],
    effect: Effect,
    *,
    intersections: Sequence[Sequence[str]] = (),
    smallest: int = SMALLEST,
) -> Fairness:
    """Work out the figures; see :meth:`rmatch.Matching.fairness`."""
    _check(scores, intersections, smallest)
    gains = Gains.of(scores, pairs, locked)
    found = compare(gains, most_listed=LISTED, most_harmless=LIMIT)
    mentors, mentees = scores.mentors, scores.mentees
    return Fairness(
        programme=scores.programme.name,
        total=int(gains.points.sum()),
        most=None if any(item.weight is None for item in scores.programme.criteria) else MOST,
        points=tuple(np.sort(gains.points).tolist()),
        sides={side: _side(gains, side, found.standing[side]) for side in SIDES},
        people=tuple(
            person for side in SIDES for person in _people(gains, side, found.standing[side])
        ),
        blocking=found.blocking,
        blocking_pairs=tuple((mentors[row], mentees[column]) for row, column in found.listed),
        pareto=pareto(gains, found.harmless),
        groups=group_tables(gains, intersections, smallest),
        smallest=smallest,
        effect=effect,
    )


def _check(scores: Scores, intersections: Sequence[Sequence[str]], smallest: int) -> None:
    known, faults = scores.cohort.people.dimensions, []
    if not is_whole(smallest, LEAST):
        faults.append(
            Fault(
                "fairness", "smallest", f"{smallest!r}", f"give a whole number of {LEAST} or more"
            )
        )
    if isinstance(intersections, str) or not isinstance(intersections, Iterable):
        remedy = 'give a list of them, [("gender", "ethnicity")]'
        refuse(
            [
                *faults,
                Fault(
                    "fairness", "intersections", f"{seen(intersections)} is not possible", remedy
                ),
            ]
        )
    for names in intersections:
        if texts("fairness", "intersections", names) or len(set(names)) < 2:
            problem = f"{seen(names)} is not possible"
            faults.append(
                Fault("fairness", "intersections", problem, "give two or more dimensions together")
            )
            continue
        for name in names:
            if name not in known:
                remedy = nearest(name, known) or "the people have no dimensions"
                faults.append(
                    Fault("fairness", "intersections", f"nobody has a dimension {name!r}", remedy)
                )
    refuse(faults)


def _side(gains: Gains, side: str, standing: Standing) -> Side:
    matched = gains.partners(side) > 0
    own = gains.total(side)[matched]
    return Side(
        side=side,
        criteria=tuple(
            dict.fromkeys(
                getattr(item, "name", item.kind)
                for item in gains.scores.programme.criteria
                if item.side in {side, "both"}
                and item.weight != 0
                and getattr(item, "name", item.kind) not in gains.scores.without_data
            )
        ),
        people=len(matched),
        matched=int(matched.sum()),
        mean=float(own.mean()) if own.size else None,
        least=float(own.min()) if own.size else None,
        indices={name: _defined(index, own) for name, index in INDICES.items()},
        first_choice=int((standing.better[matched] == 0).sum()),
        envious=int((standing.envy > 0).sum()),
    )


def _defined(index: Any, own: Any) -> float | None:
    try:
        return float(index(own))
    except InvalidInputError:
        return None


def _people(gains: Gains, side: str, standing: Standing) -> Iterable[PersonStanding]:
    columns = (
        gains.partners(side),
        gains.total(side),
        standing.better,
        standing.regret,
        standing.envy,
    )
    for person, *figures in zip(
        gains.people(side), *(column.tolist() for column in columns), strict=True
    ):
        partners, gain, better, regret, envy = figures
        yield PersonStanding(
            person, side, partners, gain, better + 1 if partners else None, regret, envy
        )
