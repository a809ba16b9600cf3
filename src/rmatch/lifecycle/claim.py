"""In which sense a plan is the best, in sentences that say no more than was proved."""

from __future__ import annotations

from rmatch.errors import Status
from rmatch.programme import counts_once
from rmatch.rounds import Planned, at_most, kept_of, moved_of

EVEN = (
    "Everybody's partners and all pairs are spread evenly over the rounds, and each round in turn serves those who have waited as"
    " well as these pairs allow."
)
DIFFER = "Rounds are as even in size as these pairs and those who are away allow."
IN_TIME = "Every pair that is kept meets in the round that was planned."
MOVED = "As many of these pairs as can meet in the round that was planned do."


def plan_claim(plan: Planned) -> str:
    """Return in which sense a plan is the best; of one that was read without its people, what its document says.

    Parameters
    ----------
    plan : Planned
        The plan.
    """
    if plan.together is None:
        kept = kept_of(plan.scores)
        return str(kept.document["claim"]) if kept else _by_rounds(plan)
    rest = EVEN if plan.terms.alike else DIFFER
    if plan.terms.planned:
        rest = MOVED if moved_of(plan) else IN_TIME
    return f"Over all rounds: {plan.together.claim} {rest}"


def _by_rounds(plan: Planned) -> str:
    programme, terms = plan.scores.programme, plan.terms
    if plan.status is not Status.OPTIMAL:
        missing = at_most(plan.bound - plan.total, plan.unit)
        return f"Stopped early: with these places {missing}."
    told = []
    if programme.participation == "most":
        told.append("as many meetings as possible")
    if terms.planned and terms.gap == "never":
        told.append(
            "as many pairs that were planned stay as can, and as many of these in their round"
        )
    elif terms.planned:
        told.append("as many meetings that were planned stay as can")
    if programme.places == "without_protected" and any(
        one.protected for one in plan.scores.factors
    ):
        told.append("who has a place in which round was decided without protected attributes")
    once = ", every topic counted once over all rounds for whoever wants it"
    points = f"no others have more points{once * counts_once(programme)}"
    told.append(f"{points}, by the word of the mixed-integer programme")
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."
