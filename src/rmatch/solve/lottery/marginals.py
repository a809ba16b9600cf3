"""The best distribution over matchings in which no pair is likelier than its limit, for a bare matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import TOTAL, Objective
from rmatch.solve.lottery.decomposition import Circulation, decomposed, drawn
from rmatch.solve.lottery.rational import Number, read_cap, read_spread, whole
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Participation
from rmatch.utils.shown import Shown
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

SPLIT = 5_000
"""The most uncertain pairs of which all matchings are listed."""


@dataclass(frozen=True, eq=False, repr=False)
class Marginals(Value, Shown):
    """How likely each pair is, exactly, in a lottery over matchings.

    Attributes
    ----------
    points : numpy.ndarray of int64
        What each pair is worth in units of ``1 / scale``, shape (mentors, mentees).
    scale : int
        The parts of one point.
    units : numpy.ndarray of int
        The chance of each pair in units of ``1 / grid``, same shape.
    grid : int
        The units of certainty.
    """

    points: Whole
    scale: int
    units: NDArray[np.int64]
    grid: int

    def chance(self, row: int, column: int) -> Fraction:
        """Return how likely one pair is."""
        return Fraction(int(self.units[row, column]), self.grid)

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """How likely each pair is, rounded to float64."""
        return self.units / self.grid

    @property
    def total(self) -> Fraction:
        """The expected points."""
        rows, columns = np.nonzero(self.units)
        products = zip(
            self.units[rows, columns].tolist(), self.points[rows, columns].tolist(), strict=True
        )
        return Fraction(sum(units * points for units, points in products), self.grid * self.scale)

    @property
    def pairs(self) -> Fraction:
        """The expected number of pairs."""
        return Fraction(int(self.units.sum()), self.grid)

    def draw(self, seed: int | str) -> Whole:
        """Draw one matching.

        Parameters
        ----------
        seed : int or str
            Decides. The same seed draws the same matching on every machine.

        Returns
        -------
        numpy.ndarray of int64
            Row and column of each pair, shape (pairs, 2), sorted.
        """
        return np.array(drawn(self.units, self.grid, seed), np.int64).reshape(-1, 2)

    def matchings(self) -> list[tuple[Fraction, Whole]]:
        """Return matchings with weights that add up to 1 exactly and give every pair its chance.

        Returns
        -------
        list of tuple of Fraction and numpy.ndarray of int64
            A weight, and row and column of each pair.

        Raises
        ------
        InvalidInputError
            If more than 5,000 pairs are uncertain; :meth:`draw` has no such limit.
        """
        uncertain = len(Circulation.of(self.units, self.grid).cells)
        if uncertain > SPLIT:
            problem = f"{numeral(uncertain)} pairs are uncertain, too many to list all matchings"
            raise InvalidInputError([Fault("", "matchings", problem, "draw one instead")])
        split = decomposed(self.units, self.grid)
        return [
            (Fraction(weight, self.grid), np.array(pairs, np.int64).reshape(-1, 2))
            for weight, pairs in split
        ]

    def __repr__(self) -> str:
        """Return the figures in a line."""
        return (
            f"<Marginals: {np.count_nonzero(self.units)} possible pairs, {float(self.pairs):g} pairs and "
            f"{float(self.total):g} points expected, chances in steps of 1/{numeral(self.grid)}>"
        )


def marginals(
    points: ArrayLike,
    *,
    cap: Number | Sequence[Sequence[Number]] | NDArray[np.generic] = 1,
    allowed: ArrayLike | None = None,
    mentor_capacity: ArrayLike = 1,
    mentee_capacity: ArrayLike = 1,
    mentor_minimum: ArrayLike = 0,
    mentee_minimum: ArrayLike = 0,
    participation: Participation = "most",
    objective: Objective | str = TOTAL,
    sides: tuple[ArrayLike, ArrayLike] | None = None,
    spread: Number | None = None,
    grid: int | None = None,
) -> Marginals:
    r"""Return the chances of all pairs in the best lottery whose pairs are no likelier than a limit.

    Every matrix of chances :math:`x_{ij}` that keeps all places on average belongs to a lottery over matchings that
    keep them always (Birkhoff and von Neumann). So the best lottery is the answer of a linear programme [1]_,

    .. math:: \max \sum_{ij} p_{ij} x_{ij} \quad\text{subject to}\quad
       l_i \le \sum_j x_{ij} \le c_i, \quad m_j \le \sum_i x_{ij} \le d_j, \quad \sum_{ij} x_{ij} = K, \quad
       0 \le x_{ij} \le Q_{ij}

    where :math:`K` is the largest expected number of pairs, or is left free. It is solved in whole units of the
    common denominator of all limits, without rounding. With `spread` :math:`b` the objective is
    :math:`\sum p_{ij} (x_{ij} - b x_{ij}^2)`, whose only optimum shares chances out among good partners [2]_; it is
    solved over all multiples of one grid step. Rows (columns) that are the same throughout get the same chances.

    With ``Leximin(over="people")`` it is the expected gains that count, :math:`\sum_j u_{ij} x_{ij}` of the mentors and
    :math:`\sum_i w_{ij} x_{ij}` of the mentees: sorted, they are the largest lexicographically, and the total comes after
    them; see :func:`rmatch.solve.lottery.expected_leximin.leximin_units`.

    Parameters
    ----------
    points : array_like
        What each pair is worth, shape (mentors, mentees). Floats are read as the decimals that they print.
    cap : int, float, str, Fraction or matrix of these, default 1
        The most that each pair may be likely, one number or one for each; ``0.45`` and ``"9/20"`` are the same.
    allowed : array_like of bool, optional
        The pairs that may be made, same shape; all of them if left out.
    mentor_capacity, mentee_capacity, mentor_minimum, mentee_minimum : int or array_like of int
        Most and fewest partners of each person, one number for all or one each.
    participation : {"most", "best"}, default "most"
        Whether the largest expected number of pairs comes before the points.
    objective : Total, Leximin or str, default Total()
        What is best: the expected total, or ``Leximin(over="people")``. Others compare single matchings.
    sides : tuple of two array_like, optional
        What each pair is worth to the mentor and to the mentee, same shapes; for leximin alone.
    spread : int, float, str or Fraction, optional
        Above 0 and up to 1; needs points of 0 or more.
    grid : int, optional
        A number of steps that the chances can have beside those that the limits need; 5,040 with `spread`, and 5,040,000
        for leximin where the chances are no simple fractions.

    Returns
    -------
    Marginals
        The chances, and the lottery that has them.

    Raises
    ------
    InvalidInputError
        If the input is wrong, with every fault, or if more than a million pairs are possible, for leximin 90,000.
    InfeasibleError
        If the minimums are out of reach, with the smallest limit at which they are not.

    References
    ----------
    .. [1] S. Jecmen, H. Zhang, R. Liu, N. Shah, V. Conitzer and F. Fang, "Mitigating manipulation in peer review via
       randomized reviewer assignments", NeurIPS 2020. :doi:`10.48550/arXiv.2006.16437`
    .. [2] Y. E. Xu, S. Jecmen, Z. Song and F. Fang, "A one-size-fits-all approach to improving randomness in paper
       assignment", NeurIPS 2023. :doi:`10.48550/arXiv.2310.05995`

    Examples
    --------
    >>> lottery = marginals([[4, 4, 1], [1, 4, 1]], cap="3/4")
    >>> lottery.chance(1, 1), lottery.total
    (Fraction(3, 4), Fraction(29, 4))
    >>> lottery.draw("spring").tolist()
    [[0, 1], [1, 2]]
    >>> [[str(x.chance(0, j)) for j in (0, 1)] for x in [marginals([[1, 2]], spread="1/2")]]
    [['1/3', '2/3']]

    The first mentor gains from the first mentee alone. Both mentors expect 15/4:

    >>> from rmatch.objectives import Leximin
    >>> worth = [[5, 0], [3, 3]]
    >>> fair = marginals(
    ...     worth, mentor_capacity=2, objective=Leximin("people"), sides=(worth, [[0, 0], [0, 0]])
    ... )
    >>> [[str(fair.chance(i, j)) for j in (0, 1)] for i in (0, 1)]
    [['3/4', '0'], ['1/4', '1']]
    """
    from rmatch.solve.lottery.expected import best_chances, scaled, steps_of
    from rmatch.solve.lottery.gains import read_gains
    from rmatch.solve.validate import Given, read_problem

    numbers, scale = whole(points)
    given = Given(
        allowed=allowed,
        mentor_capacity=mentor_capacity,
        mentee_capacity=mentee_capacity,
        mentor_minimum=mentor_minimum,
        mentee_minimum=mentee_minimum,
        participation=participation,
    )
    problem = read_problem(numbers, given).own
    gains = read_gains(objective, sides, problem.shape, spread=spread)
    bend = None if spread is None else read_spread(spread)
    limits, steps = read_cap(cap, problem.shape, steps_of(grid, bend, floating=gains is not None))
    units, steps = best_chances(
        scaled(problem, limits, steps), steps, problem, spread=bend, gains=gains
    )
    return Marginals(problem.points.astype(np.int64), scale, units, steps)
