"""One matching problem in which the two sides value a pair differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike, NDArray

from rmatch.testing.instance import Instance
from rmatch.utils.validation import instance as given
from rmatch.utils.validation import refuse
from rmatch.utils.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Market(Value):
    """Who may meet whom, what each of the two gains from it, and how many partners everybody can take.

    Attributes
    ----------
    instance : Instance
        The problem; its points are what the mentors gain.
    mentee_points : numpy.ndarray
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
    mentee_points: NDArray[Any]

    @classmethod
    def of(cls, instance: Instance, mentee_points: ArrayLike) -> Market:
        """Build a market from what is easy to type.

        Parameters
        ----------
        instance : Instance
            The problem; its points are what the mentors gain.
        mentee_points : array_like
            What the mentees gain, same shape.

        Returns
        -------
        Market
            The market, with an array of its own.

        Raises
        ------
        InvalidInputError
            If the points do not fit the instance.
        """
        refuse(given("market", "instance", instance, Instance, "give an Instance"))
        return cls(instance, instance.with_points(mentee_points).points)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What a matcher is called with; copies, so that it cannot change the market."""
        return self.instance.points.copy(), self.mentee_points.copy(), *self.instance.arguments[1:]

    def take(self, rows: Sequence[int], columns: Sequence[int]) -> Market:
        """Return the market of some mentors and some mentees, in the order asked for."""
        theirs = self.instance.with_points(self.mentee_points).take(rows, columns)
        return Market(self.instance.take(rows, columns), theirs.points)

    def __repr__(self) -> str:
        """Return both matrices."""
        theirs = repr(self.instance.with_points(self.mentee_points)).splitlines()[
            1 : 1 + self.instance.shape[0]
        ]
        return "\n".join([repr(self.instance), "and what the mentees gain", *theirs])
