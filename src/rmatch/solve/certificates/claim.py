"""What a matching claims, held against prices and the points of all pairs; it shares nothing with the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from itertools import chain
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.look import Look, Seen
from rmatch.solve.network.network import Whole, worth_of_firsts
from rmatch.utils.loops import heard, strips
from rmatch.utils.sides import SIDES
from rmatch.utils.stopping import AT_ONCE, listen
from rmatch.utils.text import numeral
from rmatch.utils.threads import each

Ask: TypeAlias = "Callable[[int, int], tuple[NDArray[np.integer], NDArray[np.bool_] | None]]"
Found = TypeVar("Found")

SHOWN = 5


def failures(
    certificate: Certificate,
    pairs: tuple[Whole, Whole, Whole],
    capacities: tuple[Whole, Whole],
    minimums: tuple[Whole, Whole],
    ask: Ask,
    *,
    most_pairs: bool,
    bound: int,
    firsts: tuple[Whole, Whole] | None = None,
    executor: Executor | None = None,
) -> Iterator[str]:
    """Go through everything that keeps a certificate from proving what a matching claims.

    Parameters
    ----------
    certificate : Certificate
        Prices and bonus.
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each used pair.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee.
    ask : callable
        Returns the points of the rows from a first to before a last one, with all columns, and which pairs are allowed;
        if that is None, those that have more than `ALLOWED` points.
    most_pairs : bool
        Whether the matching claims to have as many pairs as possible, beside the most points of as many.
    bound : int
        What the matching claims that no other can exceed; with its own total it claims to be optimal.
    firsts : tuple of two numpy.ndarray of int64, optional
        What the first partner of each mentor and of each mentee is worth, which is part of all totals.
    executor : concurrent.futures.Executor, optional
        Where blocks of rows are looked at; here, without it.

    Yields
    ------
    str
        What does not hold.
    """
    claim = Claim(
        certificate, pairs, capacities, minimums, most_pairs=most_pairs, bound=bound, firsts=firsts
    )
    shape = len(certificate.u), len(certificate.v)
    yield from claim.failures(walked(shape, lambda rows: claim.look(rows, *ask(*rows)), executor))


def walked(
    shape: tuple[int, int],
    look: Callable[[tuple[int, int]], Found],
    executor: Executor | None,
    at_once: int = AT_ONCE,
) -> Iterator[Found]:
    """Look at all rows of pairs, some at a time, and listen before each.

    Parameters
    ----------
    shape : tuple of int
        The numbers of rows and of columns.
    look : callable
        Takes the first row and the one after the last.
    executor : concurrent.futures.Executor, optional
        Where to look; here, without it.
    at_once : int
        About how many pairs to look at together.

    Yields
    ------
    object
        What was seen, in the order of the rows.
    """
    blocks = [(rows.start, rows.stop) for rows in strips(shape, at_once=at_once)]
    if executor is None:
        yield from map(look, heard(blocks, "prices"))
    else:
        yield from each(executor, look, [(rows,) for rows in blocks], lambda: listen("prices"))


class Claim:
    """What a matching claims, held against prices: first rows of pairs are looked at, in any order, then what was seen.

    Parameters
    ----------
    certificate : Certificate
        Prices and bonus.
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each used pair.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee.
    most_pairs : bool
        Whether the matching claims to have as many pairs as possible.
    bound : int
        What the matching claims that no other can exceed.
    firsts : tuple of two numpy.ndarray of int64, optional
        What the first partner of each is worth.
    """

    def __init__(
        self,
        certificate: Certificate,
        pairs: tuple[Whole, Whole, Whole],
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        *,
        most_pairs: bool,
        bound: int,
        firsts: tuple[Whole, Whole] | None = None,
    ) -> None:
        # More places than there are people with places on the other side cannot be filled.
        placed_mentors, placed_mentees = (int((side > 0).sum()) for side in capacities)
        most_out = np.minimum(capacities[0], placed_mentees)
        most_into = np.minimum(capacities[1], placed_mentors)
        self.certificate: Certificate = certificate
        self.pairs: tuple[Whole, Whole, Whole] = pairs
        self.places: tuple[tuple[Whole, Whole], tuple[Whole, Whole]] = (
            (most_out, most_into),
            minimums,
        )
        self.most_pairs: bool = most_pairs
        self.bound: int = bound
        self.firsts: tuple[Whole, Whole] | None = firsts
        self._look = Look(certificate, pairs)

    def look(
        self, rows: tuple[int, int], points: NDArray[np.integer], allowed: NDArray[np.bool_] | None
    ) -> Seen:
        """Look at the points of the rows from a first to before a last one, and which pairs are allowed; see :func:`failures`."""
        return self._look(rows, points, allowed)

    def failures(self, looks: Iterable[Seen]) -> Iterator[str]:
        """Go through everything that keeps the certificate from proving the claim, after a look at all rows."""
        rows, columns, points = self.pairs
        (most_out, most_into), minimums = self.places
        in_pairs, pair_bound = int(points.sum()), int(min(most_out.sum(), most_into.sum()))
        yield from _count_failures(self.pairs, *self.places)
        if len(np.unique(rows * len(self.certificate.v) + columns)) != len(rows):
            yield "a pair is there twice"
        seen = list(looks)
        yield from chain.from_iterable(found.failures for found in seen)
        lowest = min((found.lowest for found in seen), default=0)
        highest = max((found.highest for found in seen), default=0)
        by_prices = self.certificate.bound(self.pairs, (most_out, most_into), minimums, self.firsts)
        total = in_pairs + worth_of_firsts(self.firsts, self.pairs)
        in_firsts = sum(int(side.sum()) for side in self.firsts or ())
        proven = min(by_prices, pair_bound * highest + in_firsts)
        bound = self.bound
        if proven > bound:
            yield f"the prices allow for {numeral(proven)} points, and the bound is said to be {numeral(bound)}"
        if bound < total:
            yield f"the pairs have {numeral(total)} points, and the bound is said to be {numeral(bound)}"
        # One pair more earns the bonus, and costs at most what all pairs can differ by: a path that adds a pair takes nobody's
        # last partner away. That no points of pairs are left says nothing about their number: the prices have to.
        too_small = self.certificate.bonus <= in_pairs - pair_bound * lowest
        if self.most_pairs and (too_small or by_prices > total):
            yield "the bonus is too small, or the prices are too high, to prove that there are no more pairs"


def _count_failures(
    pairs: tuple[Whole, Whole, Whole],
    capacities: tuple[Whole, Whole],
    minimums: tuple[Whole, Whole],
) -> Iterator[str]:
    for who, own, most, fewest in zip(SIDES, pairs, capacities, minimums, strict=False):
        partners = np.bincount(own, minlength=len(most))
        wrong = np.flatnonzero((partners > most) | (partners < fewest))
        for person in wrong[:SHOWN].tolist():
            yield f"{who} {person} has {partners[person]} partners, not {fewest[person]} to {most[person]}"
