"""A plan as the document that is kept: written, and read back with its people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from rmatch.errors import Fault, InvalidInputError, Status
from rmatch.people import Fingerprints
from rmatch.rounds.kept import Kept, kept_of
from rmatch.rounds.plan.planned import ByRounds, Meeting, Planned
from rmatch.rounds.plan.terms import PlanTerms
from rmatch.rounds.plan.together import together, without_repeats
from rmatch.rounds.saved.parse import SAYS_ONCE, loaded, of_another_format, place_of, told_in_full
from rmatch.rounds.saved.read import programme_in, read_saved, requests_of, strangers
from rmatch.rounds.saved.write import document_of, library
from rmatch.scoring import score
from rmatch.solve import RoundPrices
from rmatch.utils.lazy import Later
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rmatch.people import People, Requests
    from rmatch.programme import Programme
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.plan import shape
    from rmatch.rounds.saved import shape as saved_shape
    from rmatch.rounds.saved.parse import Source
else:
    # Both need pydantic, which most runs never do.
    shape, saved_shape = Later("rmatch.rounds.plan.shape"), Later("rmatch.rounds.saved.shape")

WHAT: Final = "saved plan"
FORMAT: Final = "rmatch plan"
READS: Final = (1, 2, 3)
KINDS: Final = "give a file, its text, or what Plan.to_dict returned"
AGAIN = "give the document as rmatch wrote it"


def plan_document(planned: Planned, claim: str) -> dict[str, Any]:
    """Return a plan as plain data.

    Parameters
    ----------
    planned : Planned
        The plan.
    claim : str
        In which sense it is the best.

    Returns
    -------
    dict
        What :func:`read_planned` reads back.
    """
    from rmatch.io import named_document

    if kept := kept_of(planned.scores):
        return dict(kept.document)
    cohort, terms = planned.scores.cohort, planned.terms
    programme, own = named_document(planned.scores.programme)
    prints = Fingerprints.of(cohort.people, planned.scores.programme.unprotected)
    every = None if planned.together is None else document_of(planned.together)
    saved = shape.SavedPlan(
        format=FORMAT,
        version=SAYS_ONCE,
        rmatch=library(),
        programme={},
        own=own,
        requests=[saved_shape.SavedRequest(**asdict(each)) for each in cohort.requests.rows],
        people=dict(prints.each),
        fingerprint=prints.together,
        seed=planned.seed,
        rounds=terms.rounds,
        gap=terms.gap,
        load=dict(terms.load),
        away={one: list(numbers) for one, numbers in terms.away.items()},
        history=_listed(terms.history),
        waited=dict(terms.waited),
        total=planned.total,
        status="optimal" if planned.status is Status.OPTIMAL else "feasible",
        claim=claim,
        meetings=[shape.SavedMeeting(**asdict(each)) for each in planned.meetings],
        order=list(map(_prices, planned.order)),
        by_rounds=_word(planned),
        together=None,
        planned=_listed(terms.planned),
        over=dict(zip(terms.over, _listed(terms.over.values()), strict=True)),
    )
    plain = saved_shape.plain_requests(shape.plan_adapter().dump_python(saved, mode="json"))
    for name in ("planned", "over"):
        if not plain[name]:
            del plain[name]
    return plain | {"programme": programme, "together": every}


def _prices(one: RoundPrices) -> shape.SavedPrices:
    return shape.SavedPrices(one.u.tolist(), one.v.tolist(), one.each)


def _word(planned: Planned) -> shape.SavedWord | None:
    known, scores = planned.by_rounds, planned.scores
    if known is None:
        return None
    return shape.SavedWord(known.bound, known.proved, list(scores.mentors), list(scores.mentees))


def read_planned(source: Source, people: People | None, given: Programme | None) -> Planned:
    """Return the plan that a document holds, held against its people; see :func:`rmatch.lifecycle.read_plan`."""
    given_document = loaded(source)
    refuse(of_another_format(given_document, WHAT, FORMAT, READS, KINDS))
    document = told_in_full(given_document)
    saved = _parsed(document)
    faults: list[Fault] = []
    programme = programme_in(document, given, faults)
    requests = requests_of(saved.requests, [], faults)
    prints = Fingerprints(saved.people, saved.fingerprint)
    if people is not None:
        faults += strangers(prints, people, programme)
    refuse([*faults, *_misfits(saved)])
    terms = _terms(saved)
    scores: Any = None if people is None else score(people, programme, requests)
    every = None
    if document["together"] is not None:
        wide = None if scores is None else together(scores, terms)[0]
        whole = None if given is None else without_repeats(given, terms)
        every = read_saved(document["together"], wide, whole)[0]
    planned = Planned(
        scores if scores is not None else _kept(saved, document, programme, requests, every),
        terms,
        saved.seed,
        tuple(Meeting(**asdict(each)) for each in saved.meetings),
        saved.total,
        every,
        tuple(
            RoundPrices(np.array(one.mentors, np.int64), np.array(one.mentees, np.int64), one.each)
            for one in saved.order
        ),
        None
        if saved.by_rounds is None
        else ByRounds(saved.by_rounds.bound, saved.by_rounds.proved),
    )
    refuse(_strange(planned))
    if saved.status != planned.status:
        raise InvalidInputError([Fault(WHAT, "status", "does not follow from the rest", AGAIN)])
    return planned


def _parsed(document: Mapping[str, Any]) -> shape.SavedPlan:
    from pydantic import ValidationError

    try:
        return shape.plan_adapter().validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        raise InvalidInputError(
            Fault(WHAT, place_of(each["loc"]), "is not what it should be", each["msg"])
            for each in error.errors(include_url=False, include_input=False)
        ) from None


def _misfits(saved: shape.SavedPlan) -> Iterator[Fault]:
    """Go through what does not fit the rest of a saved plan."""
    if (saved.together is None) == (saved.by_rounds is None):
        problem = "all rounds together, or rounds one by one: one of the two has to be there"
        yield Fault(WHAT, "together", problem, AGAIN)
    if saved.planned and len(saved.planned) != saved.rounds:
        yield Fault(WHAT, "planned", f"there are {counted(saved.rounds, 'round')}", AGAIN)
    planned = {tuple(pair) for pairs in saved.planned for pair in pairs}
    if not planned.issuperset(tuple(pair) for pairs in saved.over.values() for pair in pairs):
        yield Fault(WHAT, "over", "a pair is none of those that were planned", AGAIN)


def _strange(planned: Planned) -> Iterator[Fault]:
    """Go through the meetings of people who take no part."""
    mentors, mentees = set(planned.scores.mentors), set(planned.scores.mentees)
    for position, meeting in enumerate(planned.meetings):
        where = f"meetings[{position}]"
        if meeting.mentor not in mentors:
            problem = f"{meeting.mentor!r} is no mentor of this plan"
            yield Fault(WHAT, f"{where}.mentor", problem, AGAIN)
        if meeting.mentee not in mentees:
            problem = f"{meeting.mentee!r} is no mentee of this plan"
            yield Fault(WHAT, f"{where}.mentee", problem, AGAIN)
        if meeting.round > planned.terms.rounds:
            yield Fault(WHAT, f"{where}.round", "there is no such round", AGAIN)


def _kept(
    saved: shape.SavedPlan,
    document: Mapping[str, Any],
    programme: Programme,
    requests: Requests,
    every: Outcome | None,
) -> Any:
    """Return what the plan knows without its people."""
    known = saved.by_rounds if every is None else every.scores
    if known is None or known.mentors is None or known.mentees is None:
        problem = "this plan does not say by itself who takes part"
        raise InvalidInputError([Fault("people", "", problem, "give them as they were then")])
    return Kept(
        programme=programme,
        requests=requests,
        fingerprints=Fingerprints(saved.people, saved.fingerprint),
        mentors=tuple(known.mentors),
        mentees=tuple(known.mentees),
        without_data=(),
        protected_most=0,
        notes=(),
        unmatched=(),
        told={},
        document=document,
    )


def _listed(rounds: Iterable[Iterable[tuple[str, str]]]) -> list[list[list[str]]]:
    return [[list(pair) for pair in pairs] for pairs in rounds]


def _terms(saved: shape.SavedPlan) -> PlanTerms:
    def tuples(pairs: Iterable[list[str]]) -> tuple[tuple[str, str], ...]:
        return tuple((one, other) for one, other in pairs)

    return PlanTerms(
        saved.rounds,
        saved.gap,
        saved.load,
        {one: tuple(numbers) for one, numbers in saved.away.items()},
        tuple(map(tuples, saved.history)),
        saved.waited,
        tuple(map(tuples, saved.planned)),
        {outlook: tuples(pairs) for outlook, pairs in saved.over.items()},
    )
