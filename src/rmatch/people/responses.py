"""What became of the pairs of an earlier round, pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.people.people import People
from rmatch.people.requests import READER, SMALL
from rmatch.people.response import Response
from rmatch.utils.ids import LikelyIds, how
from rmatch.utils.recognised import Recognised, said
from rmatch.utils.shown import SHOWN, Rows, Shown, more
from rmatch.utils.text import counted
from rmatch.utils.validation import instance, refuse, texts

IdPair = tuple[str, str]
NO_TABLE = Fault(
    "responses", "rows", "are not all Responses", "read a table with rmatch.io.read_responses"
)


@dataclass(frozen=True, slots=True, repr=False)
class Responses(Shown):
    """All that is known about what became of the pairs of an earlier round.

    Attributes
    ----------
    rows : tuple of Response
        The responses.
    notes : tuple of str
        What the reader should be told about how they were read.

    Raises
    ------
    InvalidInputError
        For notes that are no texts, and for whatever is wrong with a response by itself.

    Examples
    --------
    >>> responses = Responses((Response("E7", "D2", "proposed"), Response("E7", "D2", "accepted")))
    >>> responses.standing["E7", "D2"].status
    'accepted'
    """

    rows: tuple[Response, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        rows: Any = self.rows
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Response) for row in rows):
            raise InvalidInputError([NO_TABLE])
        object.__setattr__(self, "rows", tuple(rows))
        strange = texts("responses", "notes", self.notes)
        refuse([*strange, *(fault for row in self.rows for fault in row.faults())])
        object.__setattr__(self, "notes", tuple(self.notes))

    @property
    def standing(self) -> dict[IdPair, Response]:
        """The response that stands for each pair; none for a pair whose responses contradict each other."""
        found = {pair: _standing(rows) for pair, rows in self._by_pair.items()}
        return {pair: response for pair, response in found.items() if response is not None}

    def _parts(self) -> Iterator[str | Rows]:
        yield counted(len(self.rows), "response")
        shown = (
            (one.status, one.mentor, one.mentee, "" if one.date is None else str(one.date), one.by)
            for one in self.rows[:SHOWN]
        )
        yield Rows(("status", "mentor", "mentee", "date", "by"), shown)
        yield more(len(self.rows), "rows")

    def fitted(self, people: People, leavers: Collection[str] = ()) -> Responses:
        """Return the same under the people's ids, where a spreadsheet has changed these.

        Parameters
        ----------
        people : People
            Everybody.
        leavers : collection of str
            The ids of those of earlier pairs who are no longer among the people.

        Returns
        -------
        Responses
            These, or repaired ones; what was repaired is in the notes.
        """
        refuse(instance("responses", "people", people, People, READER))
        ids = (*people.id, *leavers)
        stated = (one for row in self.rows for one in (row.mentor, row.mentee))
        found = Recognised.of(stated, ids, (*people.email, *(None for _ in leavers)))
        if found.all_known:
            return self
        # Whoever is not recognised is in a pair that never was: a fault, and no note.
        repaired = replace(found, unsure={}, gone=())
        notes = [note for note in repaired.notes("the responses") if note not in self.notes]
        return Responses(found.renamed(self.rows), (*self.notes, *notes))

    def faults(
        self,
        pairs: Collection[IdPair],
        past: Collection[IdPair] = (),
        people: Collection[str] = (),
    ) -> Iterator[Fault]:
        """Go through responses that contradict each other, or are about pairs that never were.

        Parameters
        ----------
        pairs : collection of (str, str)
            The pairs that are responded to.
        past : collection of (str, str)
            Pairs of rounds before, of which it is known already that they are over, or were declined.
        people : collection of str
            The ids of everybody: none of them is taken for another one.

        Yields
        ------
        Fault
            One a pair.
        """
        known = {person for pair in (*pairs, *past) for person in pair} | set(people)
        likely = LikelyIds(known)
        for pair, rows in self._by_pair.items():
            place = f"{rows[-1].status} {said(pair[0], known)} → {said(pair[1], known)}"
            stands = _standing(rows)
            goes_on = stands is not None and stands.outlook == "stays"
            # What is known already may be said again, but not that it goes on.
            if pair not in pairs and (pair not in past or goes_on):
                problem = "was no pair of the earlier round"
                yield Fault(place, "", problem, _meant(pair, pairs, known, likely))
            if stands is None:
                statuses = " and ".join(dict.fromkeys(row.status for row in rows))
                problem = f"is said to be {statuses}"
                remedy = (
                    "keep the row that holds, or give each its date: then the latest one stands"
                )
                yield Fault(place, "status", problem, remedy)

    @property
    def _by_pair(self) -> dict[IdPair, list[Response]]:
        found: dict[IdPair, list[Response]] = defaultdict(list)
        for row in self.rows:
            found[row.mentor, row.mentee].append(row)
        return found


def _standing(rows: list[Response]) -> Response | None:
    """Return the one of several responses about a pair that stands, nothing where they contradict each other.

    That a pair was proposed is no answer. Of answers that mean different things the latest stands if all have a day.
    """
    answers = [row for row in rows if row.outlook != "open"] or rows
    days = [row.date for row in answers if row.date is not None]
    if len({row.outlook for row in answers}) > 1:
        if len(days) < len(answers):
            return None
        answers = [row for row in answers if row.date == max(days)]
    if len({row.outlook for row in answers}) > 1:
        return None
    reasons = [row.override_reason for row in answers if row.override_reason]
    return replace(answers[-1], override_reason=reasons[-1]) if reasons else answers[-1]


def _meant(
    pair: IdPair, pairs: Collection[IdPair], known: Collection[str], likely: LikelyIds
) -> str:
    """Return what a response about a pair that never was may mean."""
    if pair[::-1] in pairs:
        return "it was one the other way round: exchange the two"
    for person in pair:
        if person in known:
            continue
        if found := likely.of(person):
            those = " or ".join(map(repr, found))
            return f"did you mean {those}? It is {how(person, found[0])}"
        if len(known) <= SMALL and (hint := nearest(person, known)).startswith("did"):
            return hint
    return "take the row out, or give the round that had this pair"
