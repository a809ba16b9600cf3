"""How many points each criterion may give a pair, where some criteria are for some pairs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.criteria import Inside, restricted
from rmatch.people import Only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rmatch.criteria import AnyCriterion, Factor
    from rmatch.people import Cohort

    Made = Callable[[Cohort, Sequence[AnyCriterion]], Mapping[str, Sequence[Factor]]]


def shared_out(
    cohort: Cohort, criteria: Sequence[AnyCriterion], made: Made
) -> Iterator[tuple[str, Factor]]:
    """Go through the factors of some criteria, each with the share that it has among those that are for a pair.

    A criterion for some takes no share from the pairs outside, so pairs that are inside of different criteria have
    different shares: for each set of criteria that some pair has, all of them are made anew and kept for these pairs alone.

    Parameters
    ----------
    cohort : Cohort
        The people.
    criteria : sequence of Criterion
        Those with data.
    made : callable
        Makes the factors of some criteria by name, with all points shared out among them.

    Yields
    ------
    str, Factor
        The criterion's name and its points.
    """
    some = [each for each in criteria if isinstance(each, Only) and each.takes_a_share]
    everyone = tuple(np.arange(len(side)) for side in (cohort.mentors, cohort.mentees))
    # Bit k is set for whoever meets the conditions of the k-th; a pair is inside where both have it.
    bits_of = [np.zeros(len(side), np.int64) for side in everyone]
    for bit, each in enumerate(some):
        for side, met in enumerate(each.inside(cohort, *everyone)):
            bits_of[side] |= met.astype(np.int64) << bit
    mentors, mentees = bits_of
    kinds, classes = np.unique(mentors, return_inverse=True)
    shared = kinds[:, None] & mentees
    for bits in np.unique(shared).tolist():
        absent = [each for bit, each in enumerate(some) if not bits >> bit & 1]
        inside = Inside(classes.reshape(-1), shared == bits)
        for name, factor in _named(made(cohort, [one for one in criteria if one not in absent])):
            yield name, restricted(factor, inside)


def _named(factors: Mapping[str, Sequence[Factor]]) -> Iterator[tuple[str, Factor]]:
    yield from ((name, factor) for name, own in factors.items() for factor in own)
