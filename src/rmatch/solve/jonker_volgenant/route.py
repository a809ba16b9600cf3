"""From a problem with a matrix to its pairs and prices."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.arrays import lent
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns import LARGEST
from rmatch.solve.jonker_volgenant import both_several, few, is_large
from rmatch.solve.jonker_volgenant.answered import answered
from rmatch.solve.jonker_volgenant.at_once import NEVER, at_once, read_off, single
from rmatch.solve.jonker_volgenant.costs import bounds, write, write_turned
from rmatch.solve.jonker_volgenant.in_steps import matched
from rmatch.solve.jonker_volgenant.kernels import Board, blank
from rmatch.solve.jonker_volgenant.possible import perhaps_all
from rmatch.solve.jonker_volgenant.several import best_of_several
from rmatch.utils import threads
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.columns.answer import Answer
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem
    from rmatch.utils.threads import Result

    Matrix = tuple[NDArray[Any], NDArray[Any], bool]

STRIP = 2**19
"""About how many pairs are worth a task of their own."""
IMPOSSIBLE, GIVEN_UP = -1, -2
"""The number of pairs where not all rows can be matched, or where that is not tried to the end."""
AT_ONCE = 2**16
"""Up to so many pairs nobody has to listen meanwhile."""
TRIED_FROM, PATIENCE = 2**20, 8
"""From so many pairs on half of the searches must be over after so many times as many looks, or after one of large problems."""
NOTHING = lent(np.zeros((0, 0), bool))


class Width(NamedTuple):
    """Numbers of so many bits.

    Attributes
    ----------
    kind, unsigned : type
        What holds them.
    most : int
        The most that a pair may cost.
    """

    kind: type[np.int32 | np.int64]
    unsigned: type[np.uint32 | np.uint64]
    most: int

    @property
    def far(self) -> int:
        """Twice the least length that is none of allowed pairs.

        Lengths stay below it, and prices above minus twice it, while `barred` and the two together are less than twice `barred`.
        """
        return 4 * self.most

    @property
    def barred(self) -> int:
        """Twice the cost of a pair that is not allowed: less any length and any price it is more than `far`."""
        return 16 * self.most


NARROW = Width(np.int32, np.uint32, 2**26)
WIDE = Width(np.int64, np.uint64, 2**56)


class Units(NamedTuple):
    """The places of both sides, each of them a row or a column: the side with fewer places has the rows.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        Whose place each is.
    turned : bool
        Whether the rows are mentees.
    plain : bool
        Whether everybody has one place.
    """

    rows: Whole
    columns: Whole
    turned: bool
    plain: bool

    @classmethod
    def of(cls, problem: Problem) -> Units:
        """Write down the places of a problem; nobody has more than there are people on the other side."""
        mentors, mentees = problem.shape
        out, into = np.arange(mentors), np.arange(mentees)
        plain = single(problem.mentor_capacity, problem.mentee_capacity)
        if not plain:
            out = out.repeat(np.minimum(problem.mentor_capacity, mentees))
            into = into.repeat(np.minimum(problem.mentee_capacity, mentors))
        turned = len(out) > len(into)
        return cls(into, out, turned, plain) if turned else cls(out, into, turned, plain)

    @property
    def sides(self) -> tuple[Whole, Whole]:
        """The places of the mentors and of the mentees."""
        return (self.columns, self.rows) if self.turned else (self.rows, self.columns)


def best(problem: Problem, *, surely: bool = False) -> Answer | None:
    """Return the best pairs of a problem that suits, or None where its points are too large for it, or it for this route.

    The method is that of Jonker and Volgenant [1]_: prices of the columns fall until most rows have one of their nearest,
    and shortest paths match the rest. Where not all can be matched, a row may stay alone, at a cost above all that the
    points can differ by, or at what no points are worth if the number of pairs does not count. Problems for which few rows
    are matched in some times as many looks as there are pairs are left to column generation, unless they are `surely` solved.

    References
    ----------
    .. [1] R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
       problems", Computing 38, 1987. :doi:`10.1007/BF02278710`
    """
    units = Units.of(problem)
    if not units.plain and both_several(problem):
        return best_of_several(problem)
    matrix = points, allowed, turned = _as_it_lies(problem)
    found = by_strips(points.shape, lambda *some: bounds(points, allowed, *some))
    lowest, highest = zip(*found, strict=True)
    ends = min(lowest), max(highest)
    if units.plain and few.is_few(len(units.rows), len(units.columns)):
        side, in_columns = int(not units.turned), units.turned != turned
        some, rest = few.nearest((points, allowed), by_strips, in_columns=in_columns)
        # With a place for everybody to spare whoever stays free has no price.
        if len(some) > len(units.rows):
            part = few.part(problem, some, side)
            answer = _best(part, Units.of(part), _as_it_lies(part), ends, surely=surely)
            answer = answer and few.whole(answer, some, rest, problem, side)
            if answer is not None:
                return answer
    return _best(problem, units, matrix, ends, surely=surely)


def _best(
    problem: Problem, units: Units, matrix: Matrix, ends: tuple[int, int], *, surely: bool
) -> Answer | None:
    """Return the same, given the places, the matrix as it lies, and bounds on the points of allowed pairs."""
    (low, high), (points, allowed, turned) = ends, matrix
    if not units.plain:
        places = units.sides[:: -1 if turned else 1]
        points = _by_places(points, places)
        allowed = _by_places(allowed, places) if allowed.size else allowed
    most = problem.participation == "most"
    bonus = (len(units.rows) + 1) * (high - low) + 1 if most else 0
    shape = len(units.rows), len(units.columns)
    large = is_large(*shape)
    # What column generation cannot take has no other way.
    others = not surely and max(high, -low) <= LARGEST and prod(shape) >= TRIED_FROM
    patience = (1 if large else PATIENCE) * prod(shape) if others else NEVER
    if max(high - low, high + bonus) > WIDE.most:
        return None
    together = most and perhaps_all(allowed.T if units.turned != turned else allowed)
    for stay in (NEVER, high + bonus)[not together :]:
        needed = high - low if stay == NEVER else max(high - low, stay)
        width = NARROW if needed <= NARROW.most else WIDE
        if large and width is WIDE:
            return None
        u, v = (np.full(size, high + bonus) for size in problem.shape)
        pairs, prices = np.empty((2, shape[0]), np.int64), (v, u) if units.turned else (u, v)
        tops, limits = (high, high + bonus, width.barred), (stay, width.far, high - low)
        tried = points, allowed, units.turned != turned
        count = _solved(units, tried, width, tops, limits, (pairs, *prices), patience)
        if count >= 0:
            rows, columns = pairs[:, :count]
            return answered(problem, (rows, columns), Certificate(u, v, bonus))
        if count == GIVEN_UP:
            return None
    message = "the matching by shortest paths has no end"
    raise AssertionError(message)


def _by_places(matrix: NDArray[Any], places: tuple[Whole, ...]) -> NDArray[Any]:
    """Return a matrix with a row and a column for each place; a side that has one place each stays as it lies."""
    for axis, owners in enumerate(places):
        if not np.array_equal(owners, np.arange(matrix.shape[axis])):
            matrix = matrix.take(owners, axis=axis)
    return lent(matrix)


def _as_it_lies(problem: Problem) -> Matrix:
    """Return points and permissions row by row, none of these where all may meet, and whether these rows are mentees.

    All is read only, and of one kind: for any other one everything would be compiled once more.
    """
    points, allowed = problem.points, problem.allowed
    # A matrix that lies column by column is another one row by row.
    turned = points.flags.f_contiguous and not points.flags.c_contiguous
    # Of one value that is repeated that one is looked at.
    everything = allowed.all() if any(allowed.strides) else allowed[0, 0]
    return (
        _laid(points, turned=turned),
        NOTHING if everything else _laid(allowed, turned=turned),
        turned,
    )


def _laid(matrix: NDArray[Any], *, turned: bool) -> NDArray[Any]:
    """Return a matrix, or the same with columns for rows, row by row to be looked at."""
    return lent(np.require(matrix.T if turned else matrix, requirements=("C", "A")))


def _solved(
    units: Units,
    matrix: Matrix,
    width: Width,
    ends: tuple[int, int, int],
    limits: tuple[int, int, int],
    answer: tuple[NDArray[np.int64], ...],
    patience: int,
) -> int:
    """Write down pairs and prices, and return how many pairs there are; see `at_once`."""
    shape = len(units.rows), len(units.columns)
    cost, length = np.empty(shape, width.kind), np.empty(shape[1], width.kind)
    memory, owner = (cost, length, length.view(width.unsigned)), (units.rows, units.columns)
    listen("dense")
    if cost.size <= AT_ONCE:
        return at_once(memory, matrix, ends, limits, owner, answer, units.turned)
    board, (top, high, barred), (points, allowed, turned) = blank(*memory), ends, matrix
    _write(board, points, allowed, (top, barred), turned=turned)
    done = matched(board, *limits, patience)
    if not done:
        return GIVEN_UP if done is None else IMPOSSIBLE
    return read_off(board, owner, answer, (limits[0], high), units.turned)


def by_strips(
    shape: tuple[int, int],
    task: Callable[[int, int], Result],
    at_once: int = 0,
    pause: Callable[[], None] = lambda: listen("dense"),
) -> list[Result]:
    """Do the same as :func:`rmatch.utils.threads.by_strips`, with as many pairs at a time as are worth it here, or more."""
    return threads.by_strips(shape, task, max(at_once, STRIP), pause)


def _write(
    board: Board,
    points: NDArray[Any],
    allowed: NDArray[Any],
    ends: tuple[int, int],
    *,
    turned: bool,
) -> None:
    kernel = write_turned if turned else write
    by_strips(points.shape, lambda *some: kernel(points, allowed, *ends, board.cost, *some))
