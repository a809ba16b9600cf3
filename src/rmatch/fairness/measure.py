"""From the pairs of a matching to the figures of its fairness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import InvalidInputError
from rmatch.fairness.effect import Effect
from rmatch.fairness.envy import Standing, compare
from rmatch.fairness.figures import PersonStanding, Side
from rmatch.fairness.gains import Gains, Whole
from rmatch.fairness.groups.tables import group_tables
from rmatch.fairness.indices import atkinson, gini, jain
from rmatch.fairness.pareto import LIMIT, pareto
from rmatch.fairness.report import Fairness
from rmatch.programme import Programme
from rmatch.scoring import Scores
from rmatch.utils.log import timed
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST
from rmatch.utils.sides import SIDES

Index = Callable[[NDArray[np.int64]], float]
Pairs = Iterable[tuple[str, str]]


LISTED = 20
"""How many blocking pairs are named."""
INDICES: dict[str, Index] = {
    "Gini": gini,
    "Jain": jain,
    "Atkinson(1/2)": lambda gains: atkinson(gains, 0.5),
    "Atkinson(1)": lambda gains: atkinson(gains, 1),
}


@timed
def fairness(
    scores: Scores,
    pairs: Pairs,
    locked: Pairs,
    effect: Effect,
    *,
    since: Sequence[tuple[Scores, Pairs]] = (),
) -> Fairness:
    """Work out the figures; see :meth:`rmatch.Matching.fairness`.

    They depend on the scores, the pairs and what is given here alone, and not on anything that was decided on the way.
    """
    programme = scores.programme
    gains = Gains.of(scores, pairs, locked)
    found = compare(gains, most_listed=LISTED, most_harmless=LIMIT)
    sides: dict[str, Side] = {}
    people: list[PersonStanding] = []
    for side in SIDES:
        sides[side] = _side(gains, side, found.standing[side])
        people += _people(gains, side, found.standing[side])
    return Fairness(
        programme=programme.name,
        total=int(gains.points.sum()),
        most=_most_points(programme),
        points=tuple(np.sort(gains.points).tolist()),
        sides=sides,
        people=tuple(people),
        blocking=found.blocking,
        blocking_pairs=tuple(
            (scores.mentors[row], scores.mentees[column]) for row, column in found.listed
        ),
        pareto=pareto(gains, found.harmless),
        groups=group_tables(gains, [Gains.of(*earlier) for earlier in since]),
        smallest=programme.smallest_group,
        effect=effect,
    )


def _most_points(programme: Programme) -> int | None:
    """Return the most that a pair can have; None where a criterion gives points in units of its own."""
    own_units = any(criterion.weight is None for criterion in programme.criteria)
    return None if own_units else MOST


def _side(gains: Gains, side: str, standing: Standing) -> Side:
    matched = gains.partners(side) > 0
    gained = gains.total(side)[matched]
    return Side(
        side=side,
        criteria=_counted_criteria(gains.scores, side),
        people=len(matched),
        matched=int(matched.sum()),
        mean=float(gained.mean()) if gained.size else None,
        least=float(gained.min()) if gained.size else None,
        indices={name: _if_defined(index, gained) for name, index in INDICES.items()},
        first_choice=int((standing.better[matched] == 0).sum()),
        envious=int((standing.envy > 0).sum()),
    )


def _counted_criteria(scores: Scores, side: str) -> tuple[str, ...]:
    """Return the names of the criteria whose points are a side's gain, each once."""
    names = []
    for criterion in scores.programme.criteria:
        name = name_of(criterion)
        has_a_say = criterion.weight != 0 and name not in scores.without_data
        if has_a_say and criterion.side in {side, "both"} and name not in names:
            names.append(name)
    return tuple(names)


def _if_defined(index: Index, gained: Whole) -> float | None:
    try:
        return float(index(gained))
    except InvalidInputError:
        return None


def _people(gains: Gains, side: str, standing: Standing) -> Iterator[PersonStanding]:
    figures = np.stack(
        [
            gains.partners(side),
            gains.total(side),
            standing.better,
            standing.regret,
            standing.envy,
        ],
        axis=1,
    )
    standings = zip(gains.people(side), figures.tolist(), strict=True)
    for person, row in heard(standings, "figures", EVERY):
        partners, gain, better, regret, envy = row
        rank = better + 1 if partners else None
        yield PersonStanding(person, side, partners, gain, rank, regret, envy)
