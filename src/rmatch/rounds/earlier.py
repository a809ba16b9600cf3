"""What a round takes over from earlier ones: pairs that are to go on, and for how long people have waited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.people import People, Requests, natural
from rmatch.programme import Programme, group_terms, points_alone
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.player import Cell
from rmatch.rounds.precedence import Precedence, nobody
from rmatch.rounds.waiting import ranks_of, waiting_of
from rmatch.utils.recognised import Recognised
from rmatch.utils.validation import a_kind, refuse
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.rounds.capacity import Places
    from rmatch.scoring import Scores


AGAIN = "take the objective 'total' without quotas, or match anew"
TOOK_NO_PART = frozenset({"takes_no_part", "no_capacity"})
"""The reasons of those who did not wait: they had no role, or no places."""


@dataclass(frozen=True, slots=True, eq=False)
class Earlier(Value):
    """What a round takes over from earlier ones.

    Attributes
    ----------
    kept : tuple of (int, int)
        Row and column of each earlier pair that is to go on where it can.
    points_first : bool
        Whether these pairs decide among equal points only.
    waited : mapping of str to int
        For how many rounds people have waited, by id, where they have.
    """

    kept: tuple[Cell, ...] = ()
    points_first: bool = False
    waited: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, outcome: Outcome) -> Earlier:
        """Return what a round took over, so that it can be solved again with something else changed."""
        first = outcome.steps[0].precedence
        if first is None:
            return cls(waited=outcome.waited)
        kept = tuple((row, column) for row, column in first.kept.tolist())
        return cls(kept, first.points_first, outcome.waited)

    def precedence(
        self, scores: Scores, places: Places, locked: Iterable[Cell], *, decides_places: bool
    ) -> Precedence | None:
        """Return what comes before the points of a step.

        Parameters
        ----------
        scores : Scores
            Points and permissions.
        places : Places
            What the step may fill.
        locked : iterable of (int, int)
            Row and column of each locked pair.
        decides_places : bool
            Whether who gets a place is open still: a later step fills all the places that it is given.

        Raises
        ------
        InvalidInputError
            If the programme lets nothing come before its objective, or the numbers would not fit into 64 bits.
        """
        ranks = nobody(scores.shape)
        if decides_places:
            cohort, ids = scores.cohort, (scores.mentors, scores.mentees)
            priorities = cohort.priority("mentor"), cohort.priority("mentee")
            waiting = waiting_of(priorities, ids, self.waited)
            going_on = () if self.points_first else self.kept
            ranks = ranks_of(scores.programme, waiting, locked, going_on)
        first = Precedence.of(
            ranks, self.kept, places, scores.reach, points_first=self.points_first
        )
        programme = scores.programme
        # The programme itself refuses those who wait beside another objective: what is left are earlier pairs.
        alone = points_alone(programme.objective, programme.quotas) if first else ()
        refuse(replace(fault, where="earlier pairs", remedy=AGAIN) for fault in alone)
        refuse(_of_groups(programme) if first else ())
        return first


def _of_groups(programme: Programme) -> Iterator[Fault]:
    """Go through what is asked of groups as a whole: what comes before the points is then no question of pairs."""
    for name in group_terms(programme):
        problem = "no earlier pair can come before the points of such groups"
        yield Fault("programme", name, problem, "leave it out, or match anew")


def waited_until(earlier: Outcome, people: People) -> dict[str, int]:
    """Return how many rounds in a row people have been without a partner after a round.

    Parameters
    ----------
    earlier : Outcome
        The round, with what it says of the rounds before; its people are not needed.
    people : People
        Those who are there now: of others nothing is said.

    Returns
    -------
    dict of str to int
        Everybody who took part in it and got no partner in any role, by id; 1 and more.
    """
    names = _recognised(earlier, people).names
    alone = {
        names.get(reason.id, reason.id): earlier.waited.get(reason.id, 0) + 1
        for reason in earlier.unmatched
        if reason.code not in TOOK_NO_PART and not earlier.partners[reason.id]
    }
    return {person: alone[person] for person in sorted(alone.keys() & set(people.id), key=natural)}


def with_waiting_notes(requests: Requests, earlier: Outcome, people: People) -> Requests:
    """Return requests with a note of those whom an earlier round has under ids in another form."""
    notes = replace(_recognised(earlier, people), gone=()).notes("the earlier round")
    return replace(requests, notes=(*requests.notes, *notes))


def _known(earlier: Outcome, people: People) -> bool:
    """Tell whether anybody of an earlier round is there, under their id or one in another form."""
    return bool(set(people.id) & set(earlier.partners) or _recognised(earlier, people).names)


def _recognised(earlier: Outcome, people: People) -> Recognised:
    return Recognised.of(earlier.partners, people.id, people.email)


def waiting_faults(
    where: str, earlier: object, people: People, programme: Programme
) -> Iterator[Fault]:
    """Go through what keeps an earlier round from saying who has waited."""
    if not isinstance(earlier, Outcome):
        remedy = "give what rmatch.match or rmatch.read_matching returned"
        yield Fault(where, "earlier", f"{a_kind(earlier)} is no matching", remedy)
        return
    if programme.waiting != "first":
        problem = "it counts for nothing in a programme in which all wait the same"
        remedy = "say waiting='first' in the programme, or leave the earlier round out"
        yield Fault(where, "earlier", problem, remedy)
    if not _known(earlier, people):
        problem = "nobody of the earlier round is among these people"
        yield Fault(where, "earlier", problem, "give the round before this one")
