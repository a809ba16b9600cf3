"""A fair lottery over matchings: nobody can count on a pair, and everybody can check the chances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.programme import Unit
from rmatch.rounds import Cell, Pair, PairChances
from rmatch.scoring import side_points
from rmatch.utils.documents import Document, plain
from rmatch.utils.frames import dataframe
from rmatch.utils.shown import SHOWN, Rows, more
from rmatch.utils.sides import Side
from rmatch.utils.text import numeral


@dataclass(frozen=True, eq=False, repr=False)
class Lottery(PairChances, Document):
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
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    """

    @property
    def pairs(self) -> Fraction:
        """The expected number of pairs; a draw has the whole number next below or above it."""
        return self.marginals.pairs + len(self.locks)

    @property
    def share(self) -> Fraction:
        """The expected points as a share of those of the best matching."""
        if not self.best:
            return Fraction(1)
        return Fraction(self.total, self.best)

    def expected_partners(self, side: Side) -> dict[str, Fraction]:
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
        found = self._nothing(side)
        for (mentor, mentee), chance in self.chances.items():
            person = mentor if side == "mentor" else mentee
            found[person] += chance
        return found

    def expected_gains(self, side: Side) -> dict[str, Fraction]:
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
        found = self._nothing(side)
        of_mentors, of_mentees = side_points(self.scores)
        gains = of_mentors if side == "mentor" else of_mentees
        for (mentor, mentee), chance in self.chances.items():
            person = mentor if side == "mentor" else mentee
            gain = gains[self._cell(mentor, mentee)]
            # A Fraction takes Python's own integers, and stays exact.
            found[person] += chance * int(gain)
        return found

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

    def to_dict(self) -> dict[str, Any]:
        """Return the lottery as plain data.

        Returns
        -------
        dict
            The seed, the expected `pairs` and `total`, the `share` of the `best` total, the steps of chances in `grid`, and
            the `chances`: a dict for every possible pair.
        """
        columns = self._columns()
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        figures = {
            "seed": self.seed,
            "pairs": self.pairs,
            "total": self.total,
            "best": self.best,
            "share": self.share,
            "grid": self.marginals.grid,
        }
        return {name: plain(figure) for name, figure in (*figures.items(), ("chances", rows))}

    def to_frame(self, *, backend: Any = None) -> Any:
        """Return the possible pairs as a dataframe: mentor, mentee, points, chance, and the chance as a fraction.

        Parameters
        ----------
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the only one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown library, or where none or several are imported and none is named.
        """
        columns = self._columns()
        chances = columns.pop("chance")
        columns |= {"chance": list(map(float, chances)), "exactly": list(map(str, chances))}
        return dataframe(columns, backend)

    def _columns(self) -> dict[str, list[Any]]:
        """Return the possible pairs, column by column."""
        pairs = list(self.chances)
        return {
            "mentor": [mentor for mentor, _ in pairs],
            "mentee": [mentee for _, mentee in pairs],
            "points": [self._points(*self._cell(mentor, mentee)) for mentor, mentee in pairs],
            "chance": list(self.chances.values()),
        }

    def _nothing(self, side: Side) -> dict[str, Fraction]:
        """Return nought for everybody on one side."""
        if side not in {"mentor", "mentee"}:
            problem, remedy = f"{side!r} is no side", "give 'mentor' or 'mentee'"
            raise InvalidInputError([Fault("lottery", "side", problem, remedy)])
        ids = self.scores.mentors if side == "mentor" else self.scores.mentees
        return dict.fromkeys(ids, Fraction(0))

    def _cell(self, mentor: str, mentee: str) -> Cell:
        cohort = self.scores.cohort
        return cohort.row[mentor], cohort.column[mentee]

    def __repr__(self) -> str:
        """Return the chances as a table."""
        return "\n".join(self._lines())

    def _parts(self) -> Iterator[str | Rows]:
        yield self._headline
        header, *rows = self._rows()
        yield Rows(header, rows)
        yield more(len(self.chances), "chances")

    def _rows(self) -> list[tuple[str, str, str]]:
        """Return the first rows of the table, below the heads of its columns."""
        first = islice(self.chances.items(), SHOWN)
        rows = [(mentor, mentee, _percent(chance)) for (mentor, mentee), chance in first]
        return [("mentor", "mentee", "chance"), *rows]

    def _lines(self) -> Iterator[str]:
        yield self._headline
        rows = self._rows()
        mentors, mentees, shares = zip(*rows, strict=True)
        first, second = max(map(len, mentors)), max(map(len, mentees))
        third = max(map(len, shares))
        for mentor, mentee, share in rows:
            yield f"  {mentor:<{first}}  {mentee:<{second}}  {share:>{third}}"
        if rest := more(len(self.chances), "chances"):
            yield f"  {rest}"

    @property
    def unit(self) -> Unit:
        """What points are told in."""
        points = self.scores.points[self.scores.open_pairs]
        return Unit.of(self.scores.programme, points.tolist())

    @property
    def _headline(self) -> str:
        mean = self.unit.mean(float(self.total), float(self.pairs))
        expected = f"{_decimal(self.pairs)} pairs expected, {mean}"
        if self.best:
            expected += f", {float(100 * self.share):.3g} % of the best matching"
        steps = f"chances in steps of 1/{numeral(self.marginals.grid)}"
        return f"Lottery: {expected} (seed {self.seed!r}, {steps})"


def _decimal(value: Fraction) -> str:
    return numeral(float(value), 2).rstrip("0").rstrip(".")


def _percent(chance: Fraction) -> str:
    """Return a chance to one decimal, so that only what is impossible reads 0 % and only what is certain 100 %."""
    if 0 < chance < Fraction(1, 1000):
        return "<0.1%"
    if Fraction(999, 1000) < chance < 1:
        return ">99.9%"
    return f"{float(chance):.1%}"
