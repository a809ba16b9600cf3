"""A criterion of one's own, made of functions or of a ready matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rmatch.criteria.weights import check_criterion
from rmatch.errors import Fault, InvalidInputError
from rmatch.people import People, Person
from rmatch.utils.names import OWN
from rmatch.utils.sides import WHOSE, Whose
from rmatch.utils.validation import choice, function, refuse, seen, text, texts, truth
from rmatch.utils.values import Value

Block = Callable[[People, People], Any]
Formula = Callable[[Person, Person], float]
Words = Callable[[Person, Person, float], str]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix(Value):
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

    def formula(self, mentor: Person, mentee: Person) -> Any:
        """Return the value of one pair."""
        row, column = list(self.mentors).index(mentor.id), list(self.mentees).index(mentee.id)
        values: Any = self.values if isinstance(self.values, Sequence) else np.asarray(self.values)
        return values[row][column]

    def words(self, *_: object) -> str:
        """Return where the value is from."""
        return "by a matrix of one's own"

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
class Custom(Value):
    """A criterion of one's own, made of functions, or of a ready :class:`Matrix`.

    A :class:`Criterion` for those who do without a class: the same members with the same meaning, and a name instead of
    a kind of its own. A programme does not take it without `formula` and `words`; a :class:`Matrix` brings its own.

    Attributes
    ----------
    name : str
        What the explanation calls it.
    block : callable or Matrix
        Called with the mentors and the mentees as :class:`rmatch.People`; returns a matrix, mentors × mentees. A cell
        may depend on its two people only.
    formula : callable
        Called with a mentor and a mentee as :class:`rmatch.Person`; returns the value of that pair, worked out apart
        from `block`: explanation and verification go by it.
    words : callable
        Called with the two and the value; returns a few words why. It never sees protected dimensions.
    weight : float or None
        With a weight, the values are shares from 0 to 1 and count beside the other criteria. Without one they are points
        in one's own units, at most a million, rounded to whole numbers once.
    side : {"mentor", "mentee", "both"}
        Who gains.
    protected : bool
        Whether a protected attribute has a share in the values; then they never decide who gets a place. Only then do
        `block` and `formula` see the protected dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> same_site = Custom(
    ...     "same site",
    ...     block=lambda mentors, mentees: np.equal.outer(
    ...         np.array(mentors.site), np.array(mentees.site)
    ...     ),
    ...     formula=lambda mentor, mentee: mentor.site == mentee.site,
    ...     words=lambda mentor, mentee, value: "the same site" if value else "another site",
    ...     weight=5,
    ... )
    >>> same_site.name
    'same site'
    """

    kind: ClassVar[str] = OWN

    name: str
    block: Block
    formula: Formula | None = None
    words: Words | None = None
    weight: float | None = None
    side: Whose = "both"
    protected: bool = False

    def __post_init__(self) -> None:
        """Take the formula and the words of a matrix, and check the values."""
        where = f"criterion {seen(self.name)}"
        faults = [*text(where, "name", self.name), *function(where, "block", self.block)]
        for method in ("formula", "words"):
            if getattr(self, method) is None:
                object.__setattr__(self, method, getattr(self.block, method, None))
            else:
                faults += function(where, method, getattr(self, method))
        faults += choice(where, "side", self.side, WHOSE)
        faults += truth(where, "protected", self.protected)
        check_criterion(self, faults, weightless=True)
