"""A saved round read back: put together, held against itself, and against its people."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

from rmatch.errors import Fault, InvalidInputError
from rmatch.formulas import Broken, Line
from rmatch.people import Fingerprints, People, Request, Requests
from rmatch.programme import Programme
from rmatch.rounds.kept import Kept
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.pair import Pair
from rmatch.rounds.places_price import PlacesPrice, open_to_all
from rmatch.rounds.saved.changes import read_changes
from rmatch.rounds.saved.edits import edits
from rmatch.rounds.saved.fitting import AGAIN, WHAT, misfits
from rmatch.rounds.saved.parse import parsed
from rmatch.rounds.saved.steps import read_step
from rmatch.rounds.told import Told
from rmatch.rounds.unmatched import Unmatched
from rmatch.scoring import score
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rmatch.rounds.saved.parse import Source
    from rmatch.rounds.saved.shape import (
        SavedPair,
        SavedPlainPair,
        SavedRequest,
        SavedRound,
        SavedStep,
    )

AS_THEN = "give the people of this round as they were then"


def saved_document(source: Source) -> dict[str, Any]:
    """Return a saved round as plain data, its parts checked one by one and beside each other."""
    document, saved = parsed(source)
    refuse(misfits(saved))
    return document


def read_saved(
    source: Source, people: People | None, given_programme: Programme | None = None
) -> tuple[Outcome, PlacesPrice | None]:
    """Return what a saved round came to, and the price of fair places if it is there; see :func:`rmatch.read_matching`."""
    document, saved = parsed(source)
    faults = list(misfits(saved))
    programme = programme_in(document, given_programme, faults)
    requests = requests_of(saved.requests, saved.notes.requests, faults)
    refuse(faults)
    kept = _kept(saved, document, programme, requests)
    found = _put_together(saved, programme, lambda chosen: replace(kept, programme=chosen))
    refuse(_edit_faults(document, *found))
    given = _whole_people(saved) if people is None else people
    if given is None:
        return found
    known = _known_again(kept, given)
    found = _put_together(saved, programme, lambda chosen: score(known, chosen, requests))
    refuse(_edit_faults(document, *found))
    return found


def _put_together(
    saved: SavedRound, programme: Programme, scores_under: Callable[[Programme], Any]
) -> tuple[Outcome, PlacesPrice | None]:
    """Return what a saved round came to, on its people or on what was kept of them."""
    own = _outcome(saved.pairs, saved, saved.steps, programme, scores_under(programme))
    price = saved.price_of_fair_places
    if price is None:
        return own, None
    other = own
    if price.with_protected is not None:
        open_places = open_to_all(programme)
        scores = scores_under(open_places)
        other = _outcome(price.with_protected, saved, price.steps, open_places, scores)
    return own, PlacesPrice(len(own.pairs), own.total, other)


def _outcome(
    pairs: Sequence[SavedPlainPair],
    saved: SavedRound,
    steps: Sequence[SavedStep],
    programme: Programme,
    scores: Any,
) -> Outcome:
    made = tuple(
        Pair(pair.mentor, pair.mentee, pair.points, pair.locked, pair.override_reason)
        for pair in pairs
    )
    total = saved.total if pairs is saved.pairs else sum(pair.points for pair in made)
    solved = tuple(read_step(step, programme) for step in steps)
    found = Outcome(scores, saved.seed, made, total, solved, waited=saved.waited)
    if pairs is not saved.pairs:
        return found
    return replace(found, changes=read_changes(saved.changes, found))


def _known_again(kept: Kept, people: People) -> People:
    """Return the people of a round in the order that they had, or raise with everybody who is not as they were."""
    refuse(strangers(kept.fingerprints, people, kept.programme))
    place = {person: row for row, person in enumerate(people.id)}
    ordered = people.take([place[person] for person in kept.fingerprints.each])
    return replace(ordered, notes=kept.notes)


def strangers(kept: Fingerprints, people: People, programme: Programme) -> Iterator[Fault]:
    """Go through everybody who is not as they were."""
    for person, how in kept.differences(Fingerprints.of(people, programme.unprotected)):
        if person:
            yield Fault("people", f"id {person!r}", f"is {how}", AS_THEN)
        else:
            kinds = "demographic answers, lived topics, e-mail addresses, columns of your own"
            problem = f"something has changed that no single fingerprint holds ({kinds})"
            yield Fault("people", "", problem, AS_THEN)


def _edit_faults(
    document: Mapping[str, Any], outcome: Outcome, price: PlacesPrice | None
) -> Iterator[Fault]:
    for place in edits(document, outcome, price):
        problem = "does not follow from the rest: it was changed by hand"
        yield Fault(WHAT, place, problem, "give the document as rmatch wrote it")


def programme_in(
    document: Mapping[str, Any], given: Programme | None, faults: list[Fault]
) -> Programme:
    """Return the programme of a document; one with functions, which no document holds, has to be given."""
    from rmatch.io import named_document, read_programme

    own = document["own"]
    if "count_topic" not in document["programme"]:
        faults.append(Fault(WHAT, "programme.count_topic", "is missing", AGAIN))
    if given is not None:
        if named_document(given) != (document["programme"], own):
            faults.append(Fault("programme", "", "is not that of this round", "give that of then"))
        return given
    if own:
        problem = f"no document holds criteria and rules made of functions: {', '.join(own)}"
        remedy = "give the programme: rmatch.read_matching(source, programme=…)"
        faults.append(Fault(WHAT, "own", problem, remedy))
        return Programme()
    try:
        return read_programme(document["programme"])
    except InvalidInputError as error:
        faults += error.faults
        return Programme()


def requests_of(
    saved: Sequence[SavedRequest], notes: Sequence[str], faults: list[Fault]
) -> Requests:
    """Return the requests of a document, with what was noted when they were read."""
    rows = (
        # A kind that is none is a fault of the request, told with its others.
        Request(**asdict(each) | {"kind": cast("Any", each.kind)})
        for each in saved
    )
    try:
        return Requests(tuple(rows), tuple(notes))
    except InvalidInputError as error:
        faults += error.faults
        return Requests()


def _kept(
    saved: SavedRound, document: Mapping[str, Any], programme: Programme, requests: Requests
) -> Kept:
    each = {person.id: person.fingerprint for person in saved.people}
    return Kept(
        programme=programme,
        requests=requests,
        fingerprints=Fingerprints(each, saved.fingerprint),
        mentors=tuple(saved.mentors),
        mentees=tuple(saved.mentees),
        without_data=tuple(saved.criteria_without_data),
        protected_most=saved.protected_most,
        notes=tuple(saved.notes.people),
        unmatched=tuple(
            Unmatched(one.id, one.role, one.code, one.sentence, tuple(one.rules), one.reason)
            for one in saved.unmatched
        ),
        told={(pair.mentor, pair.mentee): _told(pair) for pair in saved.pairs},
        document=document,
    )


def _told(pair: SavedPair) -> Told:
    return Told(
        lines=tuple(
            Line(one.criterion, one.subject, one.points, one.sentence, one.known, one.protected)
            for one in pair.lines
        ),
        broken=tuple(Broken(rule.rule, rule.sentence) for rule in pair.broken),
        why=tuple(pair.why),
    )


def _whole_people(saved: SavedRound) -> People | None:
    from rmatch.io import read_people

    if not saved.people or saved.people[0].whole is None:
        return None
    return read_people([person.whole for person in saved.people])
