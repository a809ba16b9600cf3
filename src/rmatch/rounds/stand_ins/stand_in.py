"""Who stands in for whom, in figures and in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rmatch.io import Dialect, write_table
from rmatch.programme import Unit
from rmatch.rounds.stand_ins.first_answers import FirstAnswers
from rmatch.solve import SemiMatching
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document, plain, written
from rmatch.utils.files import Target
from rmatch.utils.shown import SHOWN, more
from rmatch.utils.sides import Side
from rmatch.utils.text import aligned, counted
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True)
class StandIn(Document):
    """Who takes somebody's place in a pair.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the pair.
    instead_of : {"mentor", "mentee"}
        Who of the two is replaced, if they decline.
    person : str or None
        The id of who stands in; None where nobody can.
    points : int or None
        What the pair with them would be worth, the share of protected attributes left out: they never decide who stands in.
    chance : float or None
        How likely that pair is to be accepted, where probabilities were given.
    unit : Unit
        What points are told in.
    """

    mentor: str
    mentee: str
    instead_of: Side
    person: str | None = None
    points: int | None = None
    chance: float | None = None
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    def __str__(self) -> str:
        """Return it in words."""
        pair = f"{called(self.mentor)} with {called(self.mentee)}"
        if self.person is None or self.points is None:
            return f"{pair}: nobody stands in for the {self.instead_of}"
        return f"{pair}: {called(self.person)} stands in for the {self.instead_of} ({self.unit.worth(self.points)})"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StandIns(Value, Document):
    """Who stands in for whom, whichever pairs decline.

    Made by :meth:`rmatch.Matching.stand_ins`.

    Attributes
    ----------
    r : int
        So many pairs may decline at once, and those who stand in for them all have room.
    mentors : tuple of StandIn
        For each pair, who teaches the mentee if the mentor declines.
    mentees : tuple of StandIn
        For each pair, whom the mentor teaches if the mentee declines.
    first_answers : FirstAnswers or None
        What to expect of the first answers, where probabilities were given.
    proofs : tuple of two SemiMatching
        What proves that nothing is better, for each of the two.
    """

    r: int
    mentors: tuple[StandIn, ...]
    mentees: tuple[StandIn, ...]
    first_answers: FirstAnswers | None
    proofs: tuple[SemiMatching, SemiMatching] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return who stands in for whom, and what to expect, as plain data; the proofs are left out."""
        told = ("r", "mentors", "mentees", "first_answers")
        return {name: plain(getattr(self, name)) for name in told}

    def to_table(self, path: Target, *, dialect: Dialect = "excel") -> None:
        """Write two rows a pair, who stands in for the mentor and who for the mentee, as a workbook or a CSV file.

        Parameters
        ----------
        path : str, Path or text file
            Where to write: a workbook (``.xlsx``), or CSV (``.csv``, and what an open file takes). A path is written whole
            or not at all.
        dialect : {"excel", "excel-de"}
            Of CSV: commas and decimal points, or semicolons and decimal commas.

        Raises
        ------
        InvalidInputError
            For an unknown dialect or ending.
        ModuleNotFoundError
            If a workbook is asked for, and XlsxWriter is not installed.
        """
        names = written(StandIn)
        pairs = zip(self.mentors, self.mentees, strict=True)
        rows = ([getattr(one, name) for name in names] for pair in pairs for one in pair)
        write_table([names, *rows], path, dialect)

    def __str__(self) -> str:
        """Return it as a table, with what it comes to."""
        return "\n".join([*self._heads(), "", *self._table(), *self._tail()])

    def _heads(self) -> list[str]:
        ready = f"Stand-ins for {counted(len(self.mentors), 'pair')}, ready for {counted(self.r, 'decline')} at once."
        sides = (("mentor", self.mentors), ("mentee", self.mentees))
        return [ready, *(f"If a {side} declines: {_sum(found)}." for side, found in sides)]

    def _table(self) -> list[str]:
        if not self.mentors:
            return []
        header = ["mentor", "mentee", "instead of the mentor", "instead of the mentee"]
        pairs = zip(self.mentors[:SHOWN], self.mentees[:SHOWN], strict=True)
        rows = [
            [called(one.mentor), called(one.mentee), _cell(one), _cell(other)]
            for one, other in pairs
        ]
        rest = more(len(self.mentors), "mentors")
        return [*aligned([header, *rows], "  "), *([rest] if rest else [])]

    def _tail(self) -> list[str]:
        return [] if self.first_answers is None else ["", str(self.first_answers)]


def _cell(one: StandIn) -> str:
    return (
        "–"
        if one.person is None or one.points is None
        else f"{called(one.person)} ({one.unit.worth(one.points)})"
    )


def _sum(found: tuple[StandIn, ...]) -> str:
    loads = Counter(each.person for each in found if each.person is not None)
    if not loads:
        return "nobody can stand in"
    people = counted(len(loads), "person")
    served = f"{loads.total()} of {counted(len(found), 'pair')} have somebody, {people} in all"
    return f"{served}, each for {max(loads.values())} at most"
