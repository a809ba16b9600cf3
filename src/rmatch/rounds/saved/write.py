"""A matching as the document that is kept: what it holds, and how it is written."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, Status
from rmatch.people import Fingerprints
from rmatch.rounds.groups.credit import mentors_of
from rmatch.rounds.kept import kept_of, told_of
from rmatch.rounds.saved.changes import saved_changes
from rmatch.rounds.saved.parse import SAYS_ONCE
from rmatch.rounds.saved.steps import saved_step
from rmatch.utils.lazy import Later
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.pair import Pair
    from rmatch.rounds.places_price import PlacesPrice
    from rmatch.rounds.saved import shape
else:
    shape = Later("rmatch.rounds.saved.shape")  # pydantic, which most rounds never need


def saved(
    matching: Outcome,
    *,
    whole: bool = False,
    include: Sequence[str] = (),
    price: PlacesPrice | None = None,
) -> shape.SavedRound:
    """Return a matching as it is kept, all but its programme.

    Parameters
    ----------
    matching : Outcome
        The result.
    whole : bool
        Whether the people are in it, and not their fingerprints alone.
    include : sequence of {"name", "email"}
        What else is told of people.
    price : PlacesPrice, optional
        What fair places cost, where that was asked for.

    Returns
    -------
    SavedRound
        The same for equal rounds.
    """
    scores, requests = matching.scores, matching.requests
    prints, groups = fingerprints_of(matching), mentors_of(matching.id_pairs)
    return shape.SavedRound(
        format="rmatch round",
        version=SAYS_ONCE,
        rmatch=library(),
        programme={},
        own=[],
        requests=[shape.SavedRequest(**asdict(each)) for each in requests.rows],
        seed=matching.seed,
        total=matching.total,
        bound=matching.bound,
        status="optimal" if matching.status is Status.OPTIMAL else "feasible",
        claim=matching.claim,
        route=matching.route,
        criteria_without_data=list(matching.without_data),
        protected_most=scores.protected_most,
        notes=shape.SavedNotes(list(matching.reading_notes), list(requests.notes)),
        pairs=[_pair(matching, pair, groups) for pair in matching.pairs],
        unmatched=[
            shape.SavedReason(**asdict(each) | {"rules": list(each.rules)})
            for each in matching.unmatched
        ],
        people=list(_people(matching, prints, whole=whole, include=include)),
        fingerprint=prints.together,
        mentors=list(scores.mentors),
        mentees=list(scores.mentees),
        steps=[saved_step(step) for step in matching.steps],
        price_of_fair_places=None if price is None else _price(matching, price),
        changes=None if matching.changes is None else saved_changes(matching.changes),
        waited=dict(matching.waited),
    )


def document_of(matching: Outcome, **asked: Any) -> dict[str, Any]:
    """Return a matching as plain data, with what is asked for beside as :func:`saved` knows it."""
    from rmatch.io import named_document

    refuse(_borrowed_means(matching))
    programme, own = named_document(matching.programme)
    return shape.plain(saved(matching, **asked)) | {"programme": programme, "own": own}


def _borrowed_means(matching: Outcome) -> Iterator[Fault]:
    """Name the fault of a matching whose points nobody could work out again: the people of its means are not kept with it."""
    if kept_of(matching.scores) is None and matching.scores.cohort.baseline is not None:
        problem = (
            "its points are counted with the means of other people, to be compared with theirs"
        )
        remedy = "match the changed people with rmatch.match, and keep that"
        yield Fault("result", "", problem, remedy)


def content_of(matching: Outcome) -> shape.SavedRound:
    """Return what makes two matchings the same round; how it was read, and by which version, does not, and the programme stands beside."""
    return replace(saved(matching), rmatch="", notes=shape.SavedNotes([], []))


def text_of(document: Mapping[str, Any]) -> str:
    """Return a document as JSON in which every pair, person and step has a line of its own."""
    entries = (f"{_dumped(name)}: {_lines(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(entries) + "\n}\n"


def fingerprints_of(matching: Outcome) -> Fingerprints:
    """Return the fingerprints of the people of a matching, or those that it was kept with."""
    if kept := kept_of(matching.scores):
        return kept.fingerprints
    return Fingerprints.of(matching.people, matching.programme.unprotected)


def library() -> str:
    """Return the version of this library."""
    from importlib.metadata import version

    return version("reverse-mentoring")


def _pair(matching: Outcome, pair: Pair, groups: Mapping[str, Sequence[str]]) -> shape.SavedPair:
    told = told_of(matching.scores, pair.mentor, pair.mentee, groups)
    line_of = shape.SavedLine
    return shape.SavedPair(
        **asdict(pair),
        why=list(told.why),
        # Of everything in a round there is most of these.
        lines=[
            line_of(one.criterion, one.subject, one.points, one.sentence, one.known, one.protected)
            for one in told.lines
        ],
        broken=[shape.SavedBroken(**asdict(rule)) for rule in told.broken],
    )


def _price(matching: Outcome, price: PlacesPrice) -> shape.SavedPrice:
    other = price.with_protected
    if other is matching:
        return shape.SavedPrice(**price.to_dict(), with_protected=None, steps=[])  # type: ignore[arg-type]
    return shape.SavedPrice(
        **price.to_dict(),  # type: ignore[arg-type]
        with_protected=[shape.SavedPlainPair(**asdict(pair)) for pair in other.pairs],
        steps=[saved_step(step) for step in other.steps],
    )


def _people(
    matching: Outcome, prints: Fingerprints, *, whole: bool, include: Sequence[str]
) -> Iterator[shape.SavedPerson]:
    from rmatch.io import complete_record

    columns = {name: getattr(matching.people, name) for name in include}
    records = [complete_record(one, matching.people) for one in matching.people] if whole else []
    for row, (person, fingerprint) in enumerate(prints.each.items()):
        partners = list(matching.partners[person])
        contacts = {name: column[row] or "" for name, column in columns.items()}
        record = records[row] if whole else None
        yield shape.SavedPerson(person, fingerprint, partners, **contacts, whole=record)


def _lines(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_dumped, value)) + "\n]"
    return _dumped(value)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
