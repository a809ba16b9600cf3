"""The round as its participants may see it: without lived topics that are not released, and without wishes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.people import PURPOSES
from rmatch.rounds.facts import facts_of
from rmatch.scoring import score
from rmatch.utils.beside import Beside

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.formulas import Facts
    from rmatch.people import People
    from rmatch.scoring import Scores
    from rmatch.utils.labels import Labels

_MADE: Beside[Scores] = Beside()


def visible(scores: Scores) -> Scores:
    """Return the points of the same round if there were nothing in it that participants may not learn of each other.

    Whatever is worked out from these cannot tell it. Protected attributes are still in it, which its
    blind points leave out.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Returns
    -------
    Scores
        Of the same people and the same criteria and rules, without any requests.
    """
    return _MADE.of(scores, partial(_visible, scores))


def visible_facts(scores: Scores) -> Facts:
    """Return what the formulas know of the people as participants may know each other."""
    return facts_of(visible(scores))


def _visible(scores: Scores) -> Scores:
    return score(visible_people(scores.cohort.people), replace(scores.programme, min_points=None))


def visible_people(people: People) -> People:
    """Return the people without lived topics that they have not released."""
    nobody = np.zeros(len(people), np.uint8)
    released = people.consent.get("lived_topics", nobody) & PURPOSES["display"] != 0
    lived, offers = people.lived_topics, people.offers
    hidden = ~released[lived.rows]
    # The two share a vocabulary. What somebody keeps to themselves is not to come out of another list either.
    secret = _keys(lived)[hidden]
    return replace(
        people,
        lived_topics=lived.keep(~hidden),
        offers=offers.keep(~np.isin(_keys(offers), secret)),
    )


def _keys(labels: Labels) -> NDArray[np.int64]:
    return labels.rows.astype(np.int64) * len(labels.vocabulary) + labels.codes
