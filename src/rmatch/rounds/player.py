"""Somebody in one role: the row or the column that stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.sides import Side
from rmatch.utils.validation import choice, refuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.scoring import Scores

Cell = tuple[int, int]
"""Row and column of a pair in the scores."""


class Player(NamedTuple):
    """Somebody who plays one of the two roles.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        The role.
    position : int
        Row of a mentor, column of a mentee.

    Examples
    --------
    >>> mentee = Player("mentee", 5)
    >>> mentee.cell_with(2), mentee.is_in((2, 5)), mentee.partner_in((2, 5))
    ((2, 5), True, 2)
    """

    side: Side
    position: int

    @property
    def other_side(self) -> Side:
        """The role of those whom they meet."""
        return "mentee" if self.side == "mentor" else "mentor"

    def cell_with(self, partner: int) -> Cell:
        """Return row and column of the pair with somebody of the other side."""
        return (self.position, partner) if self.side == "mentor" else (partner, self.position)

    def all_cells(self, shape: tuple[int, int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows and the columns of the block of all their pairs."""
        mentors, mentees = shape
        own = np.array([self.position])
        if self.side == "mentor":
            return own, np.arange(mentees)
        return np.arange(mentors), own

    def is_in(self, cell: Cell) -> bool:
        """Tell whether a pair is one of theirs."""
        return self.position == cell[self.side == "mentee"]

    def partner_in(self, cell: Cell) -> int:
        """Return the position of the other one of a pair."""
        return cell[self.side == "mentor"]


def player(scores: Scores, person: str, side: Side | None) -> Player:
    """Return somebody in the role that they play, where that is one or is said.

    Parameters
    ----------
    scores : Scores
        Who plays what.
    person : str
        An id.
    side : {"mentor", "mentee"}, optional
        The role; needed for those who play both.

    Returns
    -------
    Player
        The role, and the person's row or column.

    Raises
    ------
    InvalidInputError
        If the person plays no such role, or both and it is not said which.
    """
    positions: dict[Side, dict[str, int]] = {
        "mentor": scores.cohort.row,
        "mentee": scores.cohort.column,
    }
    refuse([] if side is None else choice("people", "side", side, tuple(positions)))
    roles = [role for role, known in positions.items() if person in known]
    if not roles or (side is not None and side not in roles):
        problem, remedy = f"{person!r} plays no such role", "give an id from the people table"
        raise InvalidInputError([Fault("people", "id", problem, remedy)])
    if side is None and len(roles) > 1:
        problem, remedy = (
            f"{person!r} plays both roles",
            "say which: side='mentor' or side='mentee'",
        )
        raise InvalidInputError([Fault("people", "id", problem, remedy)])
    role = side or roles[0]
    return Player(role, positions[role][person])
