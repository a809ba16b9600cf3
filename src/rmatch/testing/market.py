"""One matching problem in which the two sides value a pair differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from rmatch.testing.instance import Instance


@dataclass(frozen=True, eq=False, repr=False)
class Market:
    """Who may meet whom, what each of the two gains from it, and how many partners everybody can take.

    Attributes
    ----------
    instance : Instance
        The problem; its points are what the mentors gain.
    mentee_points : numpy.ndarray of int64
        What the mentees gain, mentors × mentees.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> Market.of(Instance.of([[3, 1], [2, 0]]), [[0, 1], [2, 3]])
    Instance of 2 mentors × 2 mentees
      3 1
      2 0
    and what the mentees gain
      0 1
      2 3
    """

    instance: Instance
    mentee_points: NDArray[np.int64]

    @classmethod
    def of(cls, instance: Instance, mentee_points: ArrayLike) -> Market:
        """Build a market from what is easy to type.

        Parameters
        ----------
        instance : Instance
            The problem; its points are what the mentors gain.
        mentee_points : array_like of int
            What the mentees gain, same shape.

        Returns
        -------
        Market
            The market, with an array of its own.
        """
        return cls(instance, np.array(mentee_points, np.int64).reshape(instance.shape))

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What a matcher is called with; copies, so that it cannot change the market."""
        return self.instance.points.copy(), self.mentee_points.copy(), *self.instance.arguments[1:]

    def take(self, rows: Sequence[int], columns: Sequence[int]) -> Market:
        """Return the market of some mentors and some mentees, in the order asked for."""
        block = np.ix_(np.asarray(rows, np.intp), np.asarray(columns, np.intp))
        return Market(self.instance.take(rows, columns), self.mentee_points[block])

    def __repr__(self) -> str:
        """Return both matrices."""
        theirs = repr(self.instance.with_points(self.mentee_points)).splitlines()[1 : 1 + self.instance.shape[0]]
        return "\n".join([repr(self.instance), "and what the mentees gain", *theirs])
