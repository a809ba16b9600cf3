"""A criterion of the user's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rmatch.criteria.weights import check_criterion
from rmatch.errors import Fault, InvalidInputError
from rmatch.people import People
from rmatch.utils.points import MOST
from rmatch.utils.validation import choice, function, refuse, seen, text, texts, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from rmatch.people import Cohort

SIDES = ("mentor", "mentee", "both")
SHOWN = 5
"""How many wrong cells an error names."""
Block = Callable[[People, People], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A ready matrix of values, with the ids that its rows and columns belong to.

    Attributes
    ----------
    values : array_like, shape (mentors, mentees)
        The value of every pair.
    mentors, mentees : sequence of str
        The ids behind the rows and the columns, in any order.

    Examples
    --------
    >>> liking = Matrix([[1, 2]], mentors=["m1"], mentees=["e1", "e2"])
    >>> Custom("liking", liking).name
    'liking'
    """

    values: ArrayLike
    mentors: Sequence[str]
    mentees: Sequence[str]

    def __post_init__(self) -> None:
        """Check the shape and the ids."""
        refuse(
            [
                *texts("matrix", "mentors", self.mentors, "ids"),
                *texts("matrix", "mentees", self.mentees, "ids"),
            ]
        )
        try:
            found = np.shape(self.values)
        except ValueError:  # lines of different lengths
            found = ()
        wanted = (len(self.mentors), len(self.mentees))
        faults = [Fault("matrix", "shape", f"{found}", f"give {wanted}, mentors × mentees")] * (
            found != wanted
        )
        for side, ids in (("mentors", self.mentors), ("mentees", self.mentees)):
            repeated = (person for person, times in Counter(ids).items() if times > 1)
            faults += [
                Fault("matrix", side, f"{person!r} is there twice", "name each id once")
                for person in repeated
            ]
        if faults:
            raise InvalidInputError(faults)

    def __call__(self, mentors: People, mentees: People) -> NDArray[Any]:
        """Return the values of some mentors with some mentees."""
        rows = {person: row for row, person in enumerate(self.mentors)}
        columns = {person: column for column, person in enumerate(self.mentees)}
        missing = [
            *self._missing("mentors", mentors, rows),
            *self._missing("mentees", mentees, columns),
        ]
        if missing:
            raise InvalidInputError(missing)
        picked: NDArray[Any] = np.asarray(self.values)[
            np.ix_(
                [rows[person] for person in mentors.id], [columns[person] for person in mentees.id]
            )
        ]
        return picked

    def _missing(self, side: str, people: People, known: dict[str, int]) -> Iterator[Fault]:
        for person in people.id:
            if person not in known:
                yield Fault(
                    "matrix",
                    side,
                    f"has no line for id {person!r}",
                    "name every person of that side",
                )


@dataclass(frozen=True, slots=True, eq=False)
class Custom:
    """A criterion of the user's own: a function of two groups of people, or a ready :class:`Matrix`.

    Attributes
    ----------
    name : str
        What the explanation calls it.
    block : callable or Matrix
        Called with the mentors and the mentees as :class:`rmatch.People`; returns a matrix, mentors × mentees. A cell
        may depend on its two people only.
    weight : float or None
        With a weight, the values are shares from 0 to 1 and count beside the other criteria. Without one they are points
        in the user's own units, at most a million, rounded to whole numbers once, here.
    side : {"mentor", "mentee", "both"}
        Who gains.
    protected : bool
        Whether a protected attribute has a share in the values; then they never decide who gets a place. Only then does
        the function see the protected dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> same_site = Custom(
    ...     "same site",
    ...     lambda mentors, mentees: np.equal.outer(mentors.site, mentees.site),
    ...     weight=5,
    ... )
    >>> same_site.name
    'same site'
    """

    kind: ClassVar[str] = "custom"

    name: str
    block: Block
    weight: float | None = None
    side: str = "both"
    protected: bool = False

    def __post_init__(self) -> None:
        """Check the values."""
        where = f"criterion {seen(self.name)}"
        faults = [
            *text(where, "name", self.name),
            *function(where, "block", self.block),
            *choice(where, "side", self.side, SIDES),
            *truth(where, "protected", self.protected),
        ]
        check_criterion(self, faults, weightless=True)

    def factors(self, cohort: Cohort, most: int) -> list[Own]:
        """Return the points for the people of a cohort."""
        return [Own(self, cohort, most)]

    def points(self, mentors: People, mentees: People, most: int) -> NDArray[np.int64]:
        """Return whole points: the values as they are, or their share of `most`.

        Parameters
        ----------
        mentors, mentees : People
            The two groups.
        most : int
            What a share of 1 is worth; not used without a weight.

        Returns
        -------
        ndarray of int64, shape (mentors, mentees)
            The points, rounded half to even.

        Raises
        ------
        InvalidInputError
            If the function returns another shape, or values that are not finite or out of range.
        """
        if not len(mentors) or not len(mentees):
            return np.zeros((len(mentors), len(mentees)), np.int64)
        values = self._numbers(self.block(mentors, mentees))
        low, high = (-MOST, MOST) if self.weight is None else (0.0, 1.0)
        faults = list(self._value_faults(values, mentors, mentees, low, high))
        if faults:
            raise InvalidInputError(faults)
        points = np.rint(values if self.weight is None else values * most).astype(np.int64)
        if self.weight is None and values.any() and not points.any():
            problem, remedy = (
                "all round to 0 points",
                "give whole points, or a weight if these are shares",
            )
            raise InvalidInputError([Fault(f"criterion {self.name!r}", "values", problem, remedy)])
        return points

    def _numbers(self, returned: Any) -> NDArray[np.float64]:
        try:
            return np.asarray(returned, np.float64)
        except (TypeError, ValueError):  # whose message may quote a private value
            fault = Fault(
                f"criterion {self.name!r}",
                "values",
                "are not all numbers",
                "return a matrix of numbers",
            )
            raise InvalidInputError([fault]) from None

    def _value_faults(
        self, values: NDArray[np.float64], mentors: People, mentees: People, low: float, high: float
    ) -> Iterator[Fault]:
        where = f"criterion {self.name!r}"
        if values.shape != (len(mentors), len(mentees)):
            yield Fault(
                where,
                "shape",
                f"{values.shape}",
                f"return {(len(mentors), len(mentees))}, mentors × mentees",
            )
            return
        wrong = np.argwhere(~((values >= low) & (values <= high))).tolist()
        if wrong:
            cells = [
                f"{mentors.id[i]!r} with {mentees.id[j]!r}: {float(values[i, j])!r}"
                for i, j in wrong[:SHOWN]
            ]
            problem = f"{len(wrong)} of {values.size} cells out of range: {'; '.join(cells)}"
            yield Fault(
                where,
                "values",
                f"{problem}{' …' * (len(wrong) > SHOWN)}",
                f"return {low:g} to {high:g}",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The points of a :class:`Custom` criterion for one cohort.

    Attributes
    ----------
    criterion : Custom
        The criterion.
    cohort : Cohort
        The people.
    most : int
        What a share of 1 is worth.
    """

    criterion: Custom
    cohort: Cohort
    most: int

    @property
    def protected(self) -> bool:
        """Whether a protected attribute has a share in the points."""
        return self.criterion.protected

    def parts(self) -> None:
        """Return nothing: a function of the user's own is known by blocks only."""

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        people = self.cohort.matchable(protected=self.criterion.protected)
        mentors, mentees = (
            people.take(self.cohort.mentors[rows]),
            people.take(self.cohort.mentees[columns]),
        )
        return self.criterion.points(mentors, mentees, self.most)
