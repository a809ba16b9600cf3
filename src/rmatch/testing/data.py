"""Small published instances with their source and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rmatch.testing.instance import Instance
from rmatch.utils.validation import choice, refuse

PR4A = "I. Stelmakh, N. Shah and A. Singh, PeerReview4All, JMLR 22, 2021; worked examples of the authors' code"
OPENREVIEW = "openreview-matcher, tests of the solver Randomized; the optimum is the only one"
DEFECT = "openreview-matcher, the solver MinMax; worked out by hand"
MINMAX = "openreview-matcher, tests of the solver MinMax: costs, here as points 2 - cost"


@dataclass(frozen=True, slots=True)
class Known:
    """A published instance and what is known of it.

    Attributes
    ----------
    name : str
        What :func:`load_known` takes.
    instance : Instance
        The problem.
    total : int or float
        The best total of the matchings with most pairs.
    values : mapping
        Further published values: ``"bottleneck"``, ``"leximin"`` (points of the pairs, lowest first), ``"pairs"`` where
        the optimum is the only one, ``"mentor_minimum"`` (fewest partners, with the same total).
    source : str
        Where it was published.
    """

    name: str
    instance: Instance
    total: int | float
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)


PUBLISHED = (
    Known(
        name="pr4a-1",
        instance=Instance.of([[1.0, 1.0, 1.0], [0.0, 0.0, 0.24], [0.25, 0.25, 0.5]]),
        total=1.5,
        source=PR4A,
        values={"bottleneck": 0.24, "leximin": (0.24, 0.25, 1.0)},
    ),
    Known(
        name="pr4a-2",
        instance=Instance.of([[0, 0.04, 0.1], [0.01, 0.05, 0], [0, 0.1, 1]]),
        total=1.05,
        source=PR4A,
        values={"bottleneck": 0.01, "leximin": (0.01, 0.1, 0.1)},
    ),
    Known(
        name="openreview-two-by-two",
        instance=Instance.of(
            [[0, 0.4, 0.7], [0.3, 0.6, 0.5], [0.5, 0.8, 0.5]],
            mentor_capacity=2,
            mentee_capacity=2,
        ),
        total=3.2,
        source=OPENREVIEW,
        values={"pairs": frozenset({(1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2)})},
    ),
    Known(
        name="openreview-minmax",
        instance=Instance.of(
            [[2, 1, 1], [1, 2, 1], [1, 1, 2], [0, 0, 2]],
            mentor_capacity=2,
            mentee_capacity=[1, 1, 2],
        ),
        total=8,
        source=MINMAX,
        values={"pairs": frozenset({(0, 0), (1, 1), (2, 2), (3, 2)})},
    ),
    Known(
        name="minmax-minimums",
        instance=Instance.of([[0.2, 0.2], [0.2, 0.1], [0.9, 0.1]]),
        total=1.1,
        source=f"{DEFECT}; a minimum of one partner for mentor 0, which served first gives 0.3",
        values={"mentor_minimum": (1, 0, 0)},
    ),
)
KNOWN: dict[str, Known] = {known.name: known for known in PUBLISHED}


def load_known(name: str) -> Known:
    """Return a published instance and its values.

    Parameters
    ----------
    name : str
        One of ``KNOWN``.

    Returns
    -------
    Known
        Instance, values, source.

    Raises
    ------
    InvalidInputError
        For an unknown name, with the nearest right one.

    Examples
    --------
    >>> known = load_known("pr4a-2")
    >>> known.total, known.values["leximin"]
    (1.05, (0.01, 0.1, 0.1))
    """
    refuse(choice("load_known", "name", name, KNOWN))
    return KNOWN[name]
