"""A rule of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.validation import function, refuse, seen, text, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.people import Cohort, People


@dataclass(frozen=True, slots=True, eq=False)
class CustomRule:
    """A rule of the user's own: a function of two groups of people.

    Attributes
    ----------
    name : str
        What reasons and errors call it.
    block : callable
        Called with the mentors and the mentees as :class:`rmatch.People`; returns a matrix of bool, mentors × mentees,
        true where the two may meet. A cell may depend on its two people only.
    protected : bool
        Whether the function goes by protected dimensions; only then does it see them. Such a rule decides who gets a
        place, so the programme's `places` must say ``"with_protected"``.

    Examples
    --------
    >>> import numpy as np
    >>> CustomRule(
    ...     "another name", lambda mentors, mentees: np.not_equal.outer(mentors.name, mentees.name)
    ... ).name
    'another name'
    """

    kind: ClassVar[str] = "custom"

    name: str
    block: Callable[[People, People], Any]
    protected: bool = False

    def __post_init__(self) -> None:
        """Check the values."""
        where = f"rule {seen(self.name)}"
        faults = [*text(where, "name", self.name), *function(where, "block", self.block)]
        refuse([*faults, *truth(where, "protected", self.protected)])

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        people = cohort.matchable(protected=self.protected)
        return self.verdicts(
            people.take(cohort.mentors[rows]), people.take(cohort.mentees[columns])
        )

    def verdicts(self, mentors: People, mentees: People) -> NDArray[np.bool_]:
        """Return the function's answer, checked.

        Parameters
        ----------
        mentors, mentees : People
            The two groups.

        Returns
        -------
        ndarray of bool, shape (mentors, mentees)
            Who may meet whom.

        Raises
        ------
        InvalidInputError
            If the function returns anything but a matrix of bool of that shape.
        """
        shape = len(mentors), len(mentees)
        if not all(shape):
            return np.zeros(shape, bool)
        returned = self.block(mentors, mentees)
        try:
            block = np.asarray(returned)
        except ValueError:  # lines of different lengths
            block = np.array(returned, object)
        if block.shape != shape or block.dtype != bool:
            problem, remedy = (
                f"returned {block.dtype} {block.shape}",
                f"return bool {shape}, mentors × mentees",
            )
            raise InvalidInputError([Fault(f"rule {self.name!r}", "block", problem, remedy)])
        return block
