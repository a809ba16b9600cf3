"""A plan as the document that is kept: written, and read back with its people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from rmatch.errors import Fault, InvalidInputError, Status
from rmatch.people import Fingerprints
from rmatch.rounds.plan.planned import ByRounds, Meeting, Planned
from rmatch.rounds.plan.terms import PlanTerms
from rmatch.rounds.plan.together import together
from rmatch.rounds.saved.parse import loaded, place_of
from rmatch.rounds.saved.read import programme_in, read_saved, requests_of, strangers
from rmatch.rounds.saved.write import document_of, library
from rmatch.scoring import score
from rmatch.solve import RoundPrices
from rmatch.utils.lazy import Later
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.rounds.plan import shape
    from rmatch.rounds.saved import shape as saved_shape
    from rmatch.rounds.saved.parse import Source
    from rmatch.scoring import Scores
else:
    # Both need pydantic, which most runs never do.
    shape, saved_shape = Later("rmatch.rounds.plan.shape"), Later("rmatch.rounds.saved.shape")

WHAT: Final = "saved plan"
FORMAT: Final = "rmatch plan"
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

    cohort, terms = planned.scores.cohort, planned.terms
    programme, own = named_document(planned.scores.programme)
    prints = Fingerprints.of(cohort.people, planned.scores.programme.unprotected)
    every = None if planned.together is None else document_of(planned.together)
    known = planned.by_rounds
    saved = shape.SavedPlan(
        format=FORMAT,
        version=1,
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
        history=[[list(pair) for pair in earlier] for earlier in terms.history],
        waited=dict(terms.waited),
        total=planned.total,
        status="optimal" if planned.status is Status.OPTIMAL else "feasible",
        claim=claim,
        meetings=[shape.SavedMeeting(**asdict(each)) for each in planned.meetings],
        order=[
            shape.SavedPrices(one.u.tolist(), one.v.tolist(), one.each) for one in planned.order
        ],
        by_rounds=None if known is None else shape.SavedWord(known.bound, known.proved),
        together=None,
    )
    plain: dict[str, Any] = shape.plan_adapter().dump_python(saved, mode="json")
    return plain | {"programme": programme, "together": every}


def read_planned(source: Source, people: People, given: Programme | None) -> Planned:
    """Return the plan that a document holds, held against its people; see :func:`rmatch.lifecycle.read_plan`."""
    document = loaded(source)
    saved = _parsed(document)
    faults: list[Fault] = []
    programme = programme_in(document, given, faults)
    requests = requests_of(saved.requests, [], faults)
    prints = Fingerprints(saved.people, saved.fingerprint)
    faults += strangers(prints, people, programme)
    refuse(faults)
    scores = score(people, programme, requests)
    terms = _terms(saved)
    planned = Planned(
        scores,
        terms,
        saved.seed,
        tuple(Meeting(**asdict(each)) for each in saved.meetings),
        saved.total,
        _together(document, scores, terms, given),
        tuple(
            RoundPrices(np.array(one.mentors, np.int64), np.array(one.mentees, np.int64), one.each)
            for one in saved.order
        ),
        None if saved.by_rounds is None else ByRounds(**asdict(saved.by_rounds)),
    )
    if (planned.together is None) == (planned.by_rounds is None):
        problem = "all rounds together, or rounds one by one: one of the two has to be there"
        raise InvalidInputError([Fault(WHAT, "together", problem, AGAIN)])
    if saved.status != planned.status:
        raise InvalidInputError([Fault(WHAT, "status", "does not follow from the rest", AGAIN)])
    return planned


def _parsed(document: Mapping[str, Any]) -> shape.SavedPlan:
    from pydantic import ValidationError

    if document.get("format") != FORMAT:
        remedy = f"it has to be {FORMAT!r}: give what Plan.to_dict or Plan.to_json returned"
        refuse([Fault(WHAT, "format", "this is no saved plan", remedy)])
    try:
        return shape.plan_adapter().validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        raise InvalidInputError(
            Fault(WHAT, place_of(each["loc"]), "is not what it should be", each["msg"])
            for each in error.errors(include_url=False, include_input=False)
        ) from None


def _terms(saved: shape.SavedPlan) -> PlanTerms:
    return PlanTerms(
        saved.rounds,
        saved.gap,
        saved.load,
        {one: tuple(numbers) for one, numbers in saved.away.items()},
        tuple(tuple((one, other) for one, other in earlier) for earlier in saved.history),
        saved.waited,
    )


def _together(
    document: Mapping[str, Any], scores: Scores, terms: PlanTerms, given: Programme | None
) -> Any:
    if document["together"] is None:
        return None
    people, programme, _ = together(scores, terms)
    return read_saved(document["together"], people, None if given is None else programme)[0]
