"""Where to begin: coarse prices from a sample, and the most promising pairs under them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.answer import Warm
from rmatch.solve.columns.looked import UNSEEN, Looked, together, views
from rmatch.solve.columns.pricing import Found, passed
from rmatch.solve.columns.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.columns.answer import Answer
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.tuning import Tuning
    from rmatch.solve.columns.workers import Workers
    from rmatch.solve.network.network import Whole

    Prices = tuple[Whole, Whole]


class Start(NamedTuple):
    """Where a run begins.

    Attributes
    ----------
    prices : tuple of two numpy.ndarray of int64
        Prices of the rows, all 0, and of the columns.
    found : Found
        Candidates.
    looked : Looked
        Prices that no pair exceeds but the candidates.
    """

    prices: Prices
    found: Found
    looked: Looked


def start(
    problem: ImplicitProblem,
    workers: Workers,
    pause: Callable[[], None],
    solved: Callable[[ImplicitProblem], Answer],
    warm: Warm | None = None,
    tuning: Tuning = DEFAULT,
) -> Start:
    r"""Return prices to start from, and candidates.

    The best matching of a random sample of both sides has prices :math:`u, v`. In all linear programmes of this form
    the price of a column is what the best of the rows would gain by it, :math:`\max_i (p_{ij} - u_i)`; over the rows of
    the sample alone that is a price for every column, in the sample or not, and likewise for every row. The mean of the
    best few such gains is a little lower, as prices are where there are more to choose from.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    workers : Workers
        Where blocks of rows are worked on.
    pause : callable
        Called now and then; may raise.
    solved : callable
        Returns the answer to the problem of the sample; may raise what `pause` may.
    warm : Warm, optional
        Where to start from instead of a sample.
    tuning : Tuning, optional
        The size of the sample and the number of candidates.

    Returns
    -------
    Start
        Prices and candidates.
    """
    rows, columns = problem.shape
    nothing = np.zeros(rows, np.int64)
    if rows * columns <= tuning.written_out:
        prices, found = (nothing, np.zeros(columns, np.int64)), _everything(problem.source)
        return Start(prices, found, Looked.at(prices, found.rest, 0))
    look = partial(passed, workers=workers, pause=pause, tuning=tuning)
    keep = (
        _share(tuning.first, columns, rows),
        _share(tuning.first, rows, columns),
    )
    if warm:
        coarse = warm.prices
    elif short := _short(problem):
        # Each of a few people needs the best few of many others, at whatever prices: most of these have none.
        coarse = nothing, np.zeros(columns, np.int64)
        keep = tuning.few * (short == "rows"), tuning.few * (short == "columns")
    else:
        coarse = _coarse(problem, partial(look, above=None), solved, tuning)
    looked = Looked.nothing(problem.source)
    above = band(problem.source, coarse, keep, look, tuning)
    if warm:
        coarse, looked = _raised(problem, warm), looked._replace(margin=-above)
        some = looked.fallen(coarse, tuning.partly)
        few = views(problem.source, coarse, some)
        seen = [(view, look(view.source, view.prices, keep, above=above)) for view in few]
        found = together(seen, rows)
        looked = looked.after(coarse, some, found.rest)
        found = _with(found, warm.pairs)
    else:
        found = look(problem.source, coarse, keep, above=above)
    # The master wants no negative price. Those of the rows may start at 0: before its first search
    # it raises them to whatever the prices of the columns leave over.
    bonus = problem.bonus if _columns_scarce(problem) else _lift(problem, warm)
    prices = nothing, np.maximum(coarse[1] + bonus, 0)
    # What outweighs all else is no part of what is known of pairs that were not looked at.
    return Start(prices, _with(found, problem.source.gaining), looked)


def trivial(problem: ImplicitProblem) -> tuple[Certificate, int]:
    """Return prices that nothing exceeds, all of them on the side with fewer places, and the bound they mean."""
    top = max(problem.source.highest, 0)
    row_places, column_places = (int(places.sum()) for places in problem.capacities)
    u, v = (np.zeros(size, np.int64) for size in problem.shape)
    scarce = v if column_places < row_places else u
    scarce += top + problem.bonus
    pairs = min(row_places, column_places)
    firsts = sum(int(side.sum()) for side in problem.firsts)
    return Certificate(u, v, problem.bonus), pairs * top + firsts


def _lift(problem: ImplicitProblem, warm: Warm | None) -> int:
    """Return by what prices of columns that are known beforehand rise, so that none is negative; those of the rows fall by it.

    Where everybody is matched the rows may have paid the columns' share of a bonus. Whoever has to meet a minimum has a
    price below all points, and is no reason to raise the others.
    """
    if warm is None:
        return 0
    _, v = warm.prices
    span = problem.source.highest - min(problem.source.lowest, 0)
    return -int(v.min(initial=0, where=v >= -span))


def band(
    source: Source,
    prices: Prices,
    keep: tuple[int, int],
    look: Callable[..., Found],
    tuning: Tuning,
) -> int:
    """Return what a pair may be worth less than good prices and still be a candidate: half of some rows have enough of them.

    Most pairs are far below their prices, and a pass that lists none of those takes a third of the time.
    """
    rows, _ = source.shape
    some = np.unique(np.linspace(0, rows - 1, tuning.polled).astype(np.int64))
    u, v = prices
    found = look(source.take(rows=some), (u[some], v), (keep[0], 0), above=None)
    least = np.zeros(len(some), np.int64)
    np.minimum.at(least, found.rows, found.gain)
    return max(int(np.median(least)) - 1, -LARGEST)


def _raised(problem: ImplicitProblem, warm: Warm) -> Prices:
    """Return prices that are known beforehand, those of full people up to what the known pairs are worth: gains on top may be new."""
    points, (u, v) = problem.source.at(*warm.pairs), warm.prices

    def rise(people: Whole, places: Whole) -> Whole:
        over = np.full(len(places), problem.must)
        np.minimum.at(over, people, points - u[warm.rows] - v[warm.columns])
        full = np.bincount(people, minlength=len(places)) == places
        return np.where(full, np.maximum(over, 0), 0)

    of_rows, of_columns = problem.capacities
    u = u + rise(warm.rows, of_rows)
    return u, v + rise(warm.columns, of_columns)


def _with(found: Found, pairs: tuple[Whole, Whole]) -> Found:
    """Return candidates together with pairs that are known beforehand."""
    rows, columns = pairs
    return found._replace(
        rows=np.append(found.rows, rows),
        columns=np.append(found.columns, columns),
        gain=np.append(found.gain, np.zeros_like(rows)),
    )


def _columns_scarce(problem: ImplicitProblem) -> bool:
    """Return whether the columns have fewer places, so that they rather than the rows command the bonus of a pair."""
    row_places, column_places = problem.capacities
    return bool(column_places.sum() < row_places.sum())


def _short(problem: ImplicitProblem) -> Literal["rows", "columns"] | None:
    """Return the side of a few people with hardly a place for each of the other side, who need not have one."""
    (rows, columns), (row_places, column_places) = problem.shape, problem.capacities
    if columns > 4 * row_places.sum() and not problem.minimums[1].any():
        return "rows"
    if rows > 4 * column_places.sum() and not problem.minimums[0].any():
        return "columns"
    return None


def _share(most: int, others: int, own: int) -> int:
    """Return how many pairs someone needs who is one of so many: fewer on a side that is much the longer one."""
    if own <= 4 * others:
        return most
    # Most people of the longer side stay without a partner: twice what there is for each is enough.
    fair = -(-most * 2 * others // own)
    return min(most, fair)


def _everything(source: Source) -> Found:
    points = source.rows(0, source.shape[0])
    rows, columns = np.nonzero(points >= source.lowest)
    gain, rest = points[rows, columns].astype(np.int64), np.full(len(points), UNSEEN)
    return Found(rows, columns, gain, rest)


def _coarse(
    problem: ImplicitProblem,
    look: Callable[..., Found],
    solved: Callable[[ImplicitProblem], Answer],
    tuning: Tuning,
) -> Prices:
    """Return prices in points."""
    # The same sample each time: an answer must not depend on chance, nor how long it takes.
    dice = np.random.default_rng(0)
    rows, columns = (_sample(dice, size, tuning.sample) for size in problem.shape)
    answer = solved(problem.part(rows, columns))
    u, v = Warm.of(answer).prices
    few_columns = problem.source.take(columns=columns)
    few_rows = problem.source.take(rows=rows)
    every_row = _best_gains(few_columns, (None, v), look, tuning)
    every_column = _best_gains(few_rows, (u, None), look, tuning)
    return every_row, every_column


def _sample(dice: np.random.Generator, size: int, share: float) -> Whole:
    """Return some people of a side, in ascending order, but at least one."""
    some = max(1, int(size * share))
    return np.sort(dice.choice(size, some, replace=False))


def _best_gains(
    source: Source,
    prices: tuple[Whole | None, Whole | None],
    look: Callable[..., Found],
    tuning: Tuning,
) -> Whole:
    """Return the mean of the best few gains of each person of one side, at the prices of the other."""
    u, v = prices
    side = 0 if u is None else 1
    size = source.shape[side]
    if u is None:
        u = np.zeros(size, np.int64)
        keep = tuning.averaged, 0
    if v is None:
        v = np.zeros(size, np.int64)
        keep = 0, tuning.averaged
    found = look(source, (u, v), keep)
    people = found[side]
    sums = np.zeros(size, np.int64)
    np.add.at(sums, people, found.gain)
    # Who has no allowed partner in the sample has a price of 0: a pass tells if that is wrong.
    counts = np.bincount(people, minlength=size)
    return sums // np.maximum(counts, 1)
