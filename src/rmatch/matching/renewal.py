"""What a rematch is about: an earlier round, what became of its pairs, and what holds now, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rmatch.errors import Fault, faults_in
from rmatch.io import read_requests
from rmatch.people import IdPair, Outlook, People, Request, Requests, Response, Responses
from rmatch.programme import Programme
from rmatch.rounds import Outcome, kept_of
from rmatch.scoring import input_faults
from rmatch.utils.recognised import Recognised
from rmatch.utils.text import counted
from rmatch.utils.validation import instance, refuse

SHOWN_VOID = 5


@dataclass(frozen=True)
class Renewal:
    """An earlier round, and what holds now.

    Attributes
    ----------
    pairs : tuple of (str, str)
        The earlier pairs, under the ids that people have now.
    people : People
        Everybody now.
    programme : Programme
        What "good" and "allowed" mean now.
    stated : Requests
        The requests without what follows from the responses, all about people who are there.
    responses : Responses
        What became of the earlier pairs, under the ids that people have now.
    past : frozenset of (str, str)
        Pairs of rounds before, whose answers are known already.
    inherits : bool
        Whether the requests are those of the earlier round: then its locks are of pairs that stay.
    """

    pairs: tuple[IdPair, ...]
    people: People
    programme: Programme
    stated: Requests
    responses: Responses
    past: frozenset[IdPair]
    inherits: bool

    @classmethod
    def of(
        cls,
        earlier: Any,
        people: People | None,
        programme: Programme | None,
        requests: Requests | None,
        responses: Responses | None,
    ) -> Renewal:
        """Put together what is given, and take from an earlier matching what is not.

        Raises
        ------
        InvalidInputError
            With everything that is no part of a rematch.
        """
        before = earlier if isinstance(earlier, Outcome) else None
        if people is None and before is not None and not kept_of(before.scores):
            people = before.people
        given = {"people": people, "programme": programme, "requests": requests}
        table = _table(earlier, given, responses)
        assert people is not None  # refused above
        inherited = Requests() if before is None else _under_ids_of(people, before.requests)
        fitted = table.fitted(people)
        pairs = tuple(dict.fromkeys((row.mentor, row.mentee) for row in fitted.rows))
        leavers = {one for pair in pairs for one in pair}.difference(people.id)
        answered = (responses or Responses()).fitted(people, leavers)
        stated = inherited if requests is None else requests
        # What was noted for the earlier round is told there.
        known = () if before is None or requests is not None else before.requests.notes
        notes = [note for note in stated.notes if note not in known]
        renewal = cls(
            pairs,
            people,
            programme or (Programme() if before is None else before.programme),
            replace(stated, notes=(*notes, *fitted.notes, *answered.notes)),
            answered,
            frozenset((row.mentor, row.mentee) for row in _closing(inherited)),
            inherits=requests is None,
        )
        return renewal._inheriting() if renewal.inherits else renewal._replacing(inherited)

    @cached_property
    def answers(self) -> dict[IdPair, Response]:
        """The response that stands for each earlier pair that has one."""
        standing = self.responses.standing
        return {pair: standing[pair] for pair in self.pairs if pair in standing}

    @cached_property
    def outlooks(self) -> dict[IdPair, Outlook]:
        """What the responses mean for each earlier pair that has one."""
        return {pair: response.outlook for pair, response in self.answers.items()}

    @property
    def wanted(self) -> list[IdPair]:
        """The earlier pairs that are to be made again where that is possible."""
        over = ("declined", "ended")
        return [pair for pair in self.pairs if self.outlooks.get(pair) not in over]

    @cached_property
    def requests(self) -> Requests:
        """The requests with what follows from the responses: locks, exclusions, earlier pairs."""
        known = {(row.mentor, row.mentee, row.kind) for row in self.stated.rows}
        added = [row for row in map(_request, self.answers.items()) if row is not None]
        there = [row for row in added if row.kind != "lock" or self.here((row.mentor, row.mentee))]
        rows = [
            self._lasting(row) for row in there if (row.mentor, row.mentee, row.kind) not in known
        ]
        notes = list(self.stated.notes)
        if gone := len(added) - len(there):
            notes.append(
                f"{counted(gone, 'accepted pair')} {'is' if gone == 1 else 'are'} not kept: one of the two has left"
            )
        return Requests((*map(self._reasoned, self.stated.rows), *rows), tuple(notes))

    def _reasoned(self, row: Request) -> Request:
        """Return a lock with the reason that an answer gives to keep the pair, and whatever else as it is."""
        answer = self.answers.get((row.mentor, row.mentee))
        if row.kind != "lock" or answer is None or not answer.override_reason:
            return row
        return replace(row, override_reason=answer.override_reason)

    @cached_property
    def staying(self) -> dict[IdPair, str]:
        """The pairs that are to stay by the answers, or by those of rounds before, with the reasons to override rules."""
        locks = {
            (row.mentor, row.mentee): row.override_reason for row in self.stated.of_kind("lock")
        }
        told = {
            pair: answer.override_reason or locks.get(pair, "")
            for pair, answer in self.answers.items()
            if answer.outlook == "stays"
        }
        if self.inherits:
            return locks | told
        return {pair: reason for pair, reason in told.items() if pair not in locks}

    def _lasting(self, row: Request) -> Request:
        """Return an exclusion that holds although somebody has left, and whatever else as it is."""
        if row.kind != "exclude":
            return row
        return replace(row, left=not self.ids.issuperset((row.mentor, row.mentee)))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Everybody's id."""
        return frozenset(self.people.id)

    def here(self, pair: IdPair) -> bool:
        """Tell whether the two still play their roles."""
        return pair[0] in self._players[0] and pair[1] in self._players[1]

    @cached_property
    def _players(self) -> tuple[set[str], set[str]]:
        people = self.people
        mentors, mentees = (
            {people.id[row] for row in side.tolist()} for side in (people.mentors, people.mentees)
        )
        return mentors, mentees

    def _inheriting(self) -> Renewal:
        """Return the same with those requests of the earlier round that can still be asked for.

        Locks and wishes of people who have left are void, and so are locks of pairs that were declined or are over. Earlier
        pairs and exclusions may name whoever has left, and hold when they return.
        """
        over = {pair for pair, outlook in self.outlooks.items() if outlook in ("declined", "ended")}

        def holds(row: Request) -> bool:
            pair = row.mentor, row.mentee
            if row.kind == "lock":
                return pair not in over and self.here(pair)
            return row.kind != "wish" or self.here(pair)

        rows = tuple(self._lasting(row) for row in self.stated.rows if holds(row))
        notes = self.stated.notes
        if void := [row for row in self.stated.rows if not holds(row)]:
            some = f"{counted(len(void), 'request')} of the earlier round {'is' if len(void) == 1 else 'are'}"
            which = [f"{row.kind} {row.mentor!r} → {row.mentee!r}" for row in void[:SHOWN_VOID]]
            which += ["…"] * (len(void) > SHOWN_VOID)
            notes = (*notes, f"{some} void now: {', '.join(which)}")
        return replace(self, stated=Requests(rows, notes))

    def _replacing(self, inherited: Requests) -> Renewal:
        """Return the same with a note of what the earlier round closed, and the given requests do not."""
        closed = {(row.mentor, row.mentee, row.kind) for row in _closing(self.stated)}
        count = sum((row.mentor, row.mentee, row.kind) not in closed for row in _closing(inherited))
        if not count:
            return self
        what = "exclusion or earlier pair" if count == 1 else "exclusions and earlier pairs"
        note = f"{count} {what} of the earlier round {'is' if count == 1 else 'are'} not among the requests given"
        return replace(self, stated=replace(self.stated, notes=(*self.stated.notes, note)))


def _table(earlier: Any, given: dict[str, Any], responses: Any) -> Requests:
    """Return the earlier pairs, or refuse everything that is no part of a rematch."""
    faults = list(input_faults(**{name: one for name, one in given.items() if one is not None}))
    if given["people"] is None:
        remedy = "give people (--people): everybody as they are now"
        faults.append(Fault("rematch", "people", "the earlier round does not hold them", remedy))
    if responses is not None:
        remedy = "rmatch.io.read_responses reads a table"
        faults += instance("rematch", "responses", responses, Responses, remedy)
    if earlier is None:
        remedy = "give a matching, a saved round or the table of its pairs"
        faults.append(Fault("rematch", "earlier", "there is no earlier round", remedy))
    read: list[Requests] = []
    faults += faults_in(lambda: read.append(read_requests(previous=earlier)))
    known = earlier is None or isinstance(earlier, Outcome)
    if not known and any(not table.rows for table in read):
        remedy = "give a table with the columns mentor and mentee, or match without it"
        faults.append(Fault("earlier round", "", "there is no pair in it", remedy))
    refuse(faults)
    [table] = read
    return table


def _under_ids_of(people: People, earlier: Requests) -> Requests:
    """Return the requests of an earlier round under the ids that people have now."""
    stated = (one for row in earlier.rows for one in (row.mentor, row.mentee))
    found = Recognised.of(stated, people.id, people.email)
    # Of whoever has left, the pairs of the round tell.
    notes = replace(found, gone=()).notes("the earlier requests")
    return Requests(found.renamed(earlier.rows), (*earlier.notes, *notes))


def _closing(requests: Requests) -> list[Request]:
    return [row for row in requests.rows if row.kind in ("exclude", "previous")]


def _request(answered: tuple[IdPair, Response]) -> Request | None:
    """Return what follows from a response for the next matching."""
    (mentor, mentee), response = answered
    if response.outlook == "stays":
        return Request(mentor, mentee, "lock", override_reason=response.override_reason)
    if response.outlook == "declined":
        return Request(mentor, mentee, "exclude")
    return Request(mentor, mentee, "previous") if response.outlook == "ended" else None
