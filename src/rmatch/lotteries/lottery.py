"""A fair lottery over matchings: nobody can count on a pair, and everybody can check the chances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.lotteries.chances import Asked, chances_of
from rmatch.objectives import TOTAL
from rmatch.programme import Programme
from rmatch.rounds import Round, pairs_of
from rmatch.scoring import score, side_points
from rmatch.solve import Marginals
from rmatch.utils.frames import dataframe
from rmatch.utils.validation import refuse, seed_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.lotteries.parity import Alike, Parity
    from rmatch.people import People, Request, Requests
    from rmatch.rounds import Cell, Pair
    from rmatch.scoring import Scores
    from rmatch.solve import Number

SHOWN = 25


@dataclass(frozen=True, eq=False, repr=False)
class Lottery:
    """How likely each pair is, and the draw of one matching with exactly these chances.

    Made by :func:`rmatch.lottery`.

    Attributes
    ----------
    scores : Scores
        The points and permissions that it was made from.
    seed : int or str
        What decided between equally good chances, and what :meth:`draw` draws by unless told otherwise.
    marginals : Marginals
        The chances of the pairs that are not locked, by row and column of the scores.
    locks : mapping of tuple of int to Request
        The locked pairs, which are certain.
    best : int
        The points of the matching with the largest total: of :func:`rmatch.match` with that objective and the same input.
    """

    scores: Scores
    seed: int | str
    marginals: Marginals
    locks: dict[tuple[int, int], Request]
    best: int

    @cached_property
    def chances(self) -> dict[tuple[str, str], Fraction]:
        """The chance of each possible pair, mentor and mentee by id, sorted; the chance of all others is 0."""
        rows, columns = np.nonzero(self.marginals.units)
        cells = zip(rows.tolist(), columns.tolist(), strict=True)
        found = {cell: self.marginals.chance(*cell) for cell in cells} | dict.fromkeys(
            self.locks, Fraction(1)
        )
        mentors, mentees = self.scores.mentors, self.scores.mentees
        return {
            (mentors[row], mentees[column]): chance
            for (row, column), chance in sorted(found.items())
        }

    @property
    def total(self) -> Fraction:
        """The expected points, those of the locked pairs included."""
        return self.marginals.total + sum(self._points(row, column) for row, column in self.locks)

    @property
    def pairs(self) -> Fraction:
        """The expected number of pairs; a draw has the whole number next below or above it."""
        return self.marginals.pairs + len(self.locks)

    @property
    def share(self) -> Fraction:
        """The expected points as a share of those of the best matching."""
        return Fraction(self.total, self.best) if self.best else Fraction(1)

    def expected_partners(self, side: str) -> dict[str, Fraction]:
        """Return the expected number of partners of everybody on one side: with one place, the chance of getting it.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            Which side.

        Returns
        -------
        dict of str to Fraction
            By id.

        Raises
        ------
        InvalidInputError
            For another side.
        """
        if side not in {"mentor", "mentee"}:
            raise InvalidInputError(
                [Fault("lottery", "side", f"{side!r} is no side", "give 'mentor' or 'mentee'")]
            )
        found = dict.fromkeys(
            self.scores.mentors if side == "mentor" else self.scores.mentees, Fraction(0)
        )
        for pair, chance in self.chances.items():
            found[pair[side == "mentee"]] += chance
        return found

    def expected_gains(self, side: str) -> dict[str, Fraction]:
        """Return the points that everybody on one side expects to gain, those of locked pairs included.

        What counts for a side are its own criteria and those of both: for the mentors what they gain, for the mentees
        what these gain. A programme with the objective ``Leximin(over="people")`` is about these numbers.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            Which side.

        Returns
        -------
        dict of str to Fraction
            By id.

        Raises
        ------
        InvalidInputError
            For another side.
        """
        found = dict.fromkeys(self.expected_partners(side), Fraction(0))
        gains = side_points(self.scores)[side == "mentee"]
        for (mentor, mentee), chance in self.chances.items():
            gain = int(gains[self.scores.cohort.row[mentor], self.scores.cohort.column[mentee]])
            found[mentee if side == "mentee" else mentor] += chance * gain
        return found

    def draw(self, seed: int | str | None = None) -> tuple[Pair, ...]:
        """Draw one matching. It keeps every rule, capacity, minimum and lock.

        Parameters
        ----------
        seed : int or str, optional
            Decides; the lottery's own seed if absent. Whoever knows the chances and the seed can draw it again: say
            before the draw where the seed will come from.

        Returns
        -------
        tuple of Pair
            Sorted by mentor and mentee.

        Raises
        ------
        InvalidInputError
            If the seed is neither a whole number nor a text.
        """
        seed = self.seed if seed is None else seed
        refuse(seed_faults("draw", seed))
        return self._matching(self.marginals.draw(seed))

    def matchings(self) -> list[tuple[Fraction, tuple[Pair, ...]]]:
        """Return matchings with weights that add up to 1 exactly: to draw among them gives every pair its chance.

        Returns
        -------
        list of tuple of Fraction and tuple of Pair
            A weight and a matching each.

        Raises
        ------
        InvalidInputError
            If more than 5,000 pairs are uncertain; :meth:`draw` has no such limit.
        """
        split = self.marginals.matchings()
        return [(weight, self._matching(drawn)) for weight, drawn in split]

    def to_frame(self, *, backend: Any = None) -> Any:
        """Return the possible pairs as a dataframe: mentor, mentee, points, chance, and the chance as a fraction.

        Parameters
        ----------
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown library, or if none is imported.
        """
        columns: dict[str, list[Any]] = {
            name: [] for name in ("mentor", "mentee", "points", "chance", "exactly")
        }
        for (mentor, mentee), chance in self.chances.items():
            points = self._points(self.scores.cohort.row[mentor], self.scores.cohort.column[mentee])
            for name, value in zip(
                columns, (mentor, mentee, points, float(chance), str(chance)), strict=True
            ):
                columns[name].append(value)
        return dataframe(columns, backend)

    def _matching(self, drawn: NDArray[np.int64]) -> tuple[Pair, ...]:
        """Return the pairs that were drawn, and the locked ones."""
        cells: list[Cell] = [*map(tuple, drawn.tolist()), *self.locks]
        points = {cell: self._points(*cell) for cell in cells}
        return pairs_of(self.scores, points, self.locks)

    def _points(self, row: int, column: int) -> int:
        return int(self.scores.points[row, column])

    def __repr__(self) -> str:
        """Return the chances as a table."""
        share = f", {float(100 * self.share):.3g} % of the best matching" if self.best else ""
        expected = f"{_decimal(self.pairs)} pairs and {_decimal(self.total)} points expected{share}"
        lines = [
            f"Lottery: {expected} (seed {self.seed!r}, chances in steps of 1/{self.marginals.grid:,})"
        ]
        rows = [("mentor", "mentee", "chance")]
        rows += [(*pair, _percent(chance)) for pair, chance in list(self.chances.items())[:SHOWN]]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines += [
            f"  {mentor:<{widths[0]}}  {mentee:<{widths[1]}}  {chance:>{widths[2]}}"
            for mentor, mentee, chance in rows
        ]
        if len(self.chances) > SHOWN:
            lines.append(f"  … and {len(self.chances) - SHOWN} more in `chances`")
        return "\n".join(lines)


def lottery(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    cap: Number | Sequence[Sequence[Number]],
    spread: Number | None = None,
    parity: Sequence[Parity] = (),
    alike: Sequence[Alike] = (),
    grid: int | None = None,
    seed: int | str = 0,
) -> Lottery:
    r"""Return the best lottery over matchings in which no pair is likelier than a cap.

    The chances :math:`x_{ij}` of the pairs maximise the expected points :math:`\sum p_{ij} x_{ij}` while nobody expects
    more partners than they have places, no chance exceeds the cap, and the expected number of pairs is the largest
    possible (with ``participation="best"``, it is left free). They are exact: multiples of one step, without any
    rounding. Locked pairs are certain, whatever the cap.

    People whose points, rules and places are the same have the same chances, but where `parity` or `alike` tells them
    apart. How likely somebody is to get a place is decided without the protected attributes, so people who differ in
    these alone have the same chance of one; the chances of the pairs follow with them, while everybody's expected number
    of partners stays as it is. So groups that are to expect about the same points have to do so with these places. Only
    ``places="with_protected"`` decides both at once.

    With the programme's objective ``Leximin(over="people")`` it is what everybody expects to gain that counts, the sum over
    the criteria of their side: whoever expects the least expects as much as possible, then whoever expects the second
    least, and so on, and the points come after that. Nobody could expect more without taking it from somebody who
    expects no more than they do. People may have several places.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    cap : int, float, str, Fraction or matrix of these
        The most that a pair may be likely: ``0.5``, ``"1/3"``. A matrix has a limit for each pair, in the order of
        :attr:`rmatch.Scores.mentors` and :attr:`rmatch.Scores.mentees`.
    spread : int, float, str or Fraction, optional
        How fast the points of a pair fall with its chance, above 0 and up to 1: maximises :math:`\sum p_{ij} (x_{ij} - b
        x_{ij}^2)` over the steps of `grid` instead, which shares chances out among good partners.
    parity : sequence of Parity, optional
        Groups that may expect about as many partners, or points, a head; see :class:`rmatch.lotteries.Parity`. By a
        protected dimension, parity of partners needs ``places="with_protected"``.
    alike : sequence of tuple of str, str and number, optional
        Two people of one side, and the most that the total variation between what the lottery gives them may be: similar
        chances for similar people [1]_. For one place it is the largest difference in the chance of any set of
        outcomes, nobody included; for several it is that in the expected number of partners out of any set. At 0 both have
        the same chances exactly, or up to the rounding if one of them alone is locked to somebody; two people who both
        play both roles are alike in each. Locked pairs count.
    grid : int, optional
        A number of steps that chances can have beside those that the cap needs; 5,040 with `spread`, 5,040,000 with
        `parity`, `alike` or leximin. What these three promise then holds up to the rounding of each chance to a next step: a
        total variation up to two steps for each partner, or six where protected attributes count, and what somebody
        expects up to one step of each partner. In leximin alone simple fractions that keep everything exactly are not
        rounded, up to a common denominator of a billion. Prices below a billionth count as nought in the linear
        programmes.
    seed : int or str
        Decides between equally good chances, and the draw.

    Returns
    -------
    Lottery
        The chances, and the draw.

    Raises
    ------
    InvalidInputError
        With everything in which the arguments do not fit each other; for more than a million possible pairs, or 90,000
        for leximin; for an objective other than the total and leximin over people, which no expected value stands for;
        and for `spread` together with `parity`, `alike` or leximin.
    InfeasibleError
        If locks break rules or capacities, or if minimums are out of reach, with the smallest cap at which they are not,
        or if the differences cannot be kept so small.

    References
    ----------
    .. [1] C. Dwork, M. Hardt, T. Pitassi, O. Reingold and R. Zemel, "Fairness through awareness", ITCS 2012.
       :doi:`10.1145/2090236.2090255`

    Examples
    --------
    >>> import rmatch
    >>> lottery = rmatch.lottery(rmatch.datasets.example(), cap="1/2")
    >>> max(lottery.chances.values())
    Fraction(1, 2)
    >>> lottery.draw("spring") == lottery.draw("spring")
    True
    >>> sum(weight for weight, _ in lottery.matchings())
    Fraction(1, 1)
    """
    refuse(seed_faults("lottery", seed))
    programme = Programme() if programme is None else programme
    scores = score(people, programme, requests)
    asked = Asked.read(scores, cap, spread, parity, alike, grid)
    task = Round(scores, seed)
    marginals = Marginals(scores.points, 1, *chances_of(task, asked))
    fair = scores.programme.objective != TOTAL
    plain = (
        Round(score(people, replace(programme, objective=TOTAL), requests), seed) if fair else task
    )
    return Lottery(scores, seed, marginals, task.locks, plain.solve().total)


def _decimal(value: Fraction) -> str:
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def _percent(chance: Fraction) -> str:
    """Return a chance to one decimal, so that only what is impossible reads 0 % and only what is certain 100 %."""
    if 0 < chance < Fraction(1, 1000):
        return "<0.1%"
    if Fraction(999, 1000) < chance < 1:
        return ">99.9%"
    return f"{float(chance):.1%}"
