"""The two accept each other's grade and site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort
from rmatch.utils.labels import Labels, fold
from rmatch.utils.validation import choice, refuse

Who = Literal["both", "mentor", "mentee"]
FIELDS = {"accepted_levels": "level", "accepted_sites": "site"}
"""What a person accepts, and what of the partner it is about."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Each of the two has a level and a site that the other accepts; whoever names none accepts all.

    Attributes
    ----------
    whose : {"both", "mentor", "mentee"}
        Whose word counts: that of both, or only what a mentor says of mentees, or a mentee of mentors.

    Examples
    --------
    >>> Accepted(whose="mentor")
    Accepted(whose='mentor')
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "accepted"

    whose: Who = "both"

    def __post_init__(self) -> None:
        """Check the values."""
        refuse(choice("rules.accepted", "whose", self.whose, get_args(Who)))

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        # Where nobody names anything all mentors are alike, whatever their levels: more kinds are more work.
        parts = [np.zeros(len(cohort.people), np.intp)]
        for accepted, own in FIELDS.items():
            named: Labels = getattr(cohort.people, accepted)
            if len(named.codes):
                parts += [named.distinct()[1], _codes(getattr(cohort.people, own))]
        told = np.stack(parts, axis=1)[cohort.mentors]
        return np.unique(told, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        mentors, mentees = cohort.mentors[rows], cohort.mentees[columns]
        allowed = np.ones((len(rows), len(columns)), bool)
        for accepted, own in FIELDS.items():
            named: Labels = getattr(cohort.people, accepted)
            if not len(named.codes):
                continue
            values = getattr(cohort.people, own)
            if self.whose != "mentee":
                allowed &= _accepts(named, values, mentors, mentees)
            if self.whose != "mentor":
                allowed &= _accepts(named, values, mentees, mentors).T
        return allowed


def _accepts(
    named: Labels,
    values: Sequence[str | None],
    people: NDArray[np.intp],
    partners: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Tell which of some people accept which partners; nobody who names something accepts what is not known."""
    sets, which = named.distinct()
    code = {fold(label): position for position, label in enumerate(named.vocabulary)}
    # The last column is for all values that nobody names, and for those that are not known.
    accepted = np.zeros((len(sets), len(code) + 1), bool)
    for position, members in enumerate(sets):
        accepted[position, list(members)] = True
        if not members:
            accepted[position] = True
    theirs = [len(code) if own is None else code.get(fold(own), len(code)) for own in values]
    return accepted[which[people]][:, np.array(theirs, np.intp)[partners]]


def _codes(values: Sequence[str | None]) -> NDArray[np.intp]:
    folded = [None if own is None else fold(own) for own in values]
    number = {each: code for code, each in enumerate(dict.fromkeys(folded))}
    return np.array([number[each] for each in folded], np.intp)
