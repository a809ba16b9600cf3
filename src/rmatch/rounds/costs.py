"""What pairs would cost a matching: those of one person, a single one, or all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import Total
from rmatch.rounds.alternatives import alternatives, cost, side_of
from rmatch.solve import all_costs
from rmatch.utils.validation import refuse, whole

if TYPE_CHECKING:
    from rmatch.rounds.alternatives import Alternative
    from rmatch.rounds.outcome import Proposal
    from rmatch.solve import Costs

ALL = 1_000_000
"""The most possible pairs of which all costs are worked out at once."""


def cheapest(matching: Proposal, person: str, k: int, side: str | None) -> tuple[Alternative, ...]:
    """Return the cheapest other partners of a person; see :meth:`rmatch.Matching.alternatives`."""
    refuse([*whole("alternatives", "k", k, 1), *_cost_faults(matching)])
    scores = matching.scores
    return alternatives(scores, matching.steps, matching.settled, *side_of(scores, person, side), k)


def every_cost(matching: Proposal) -> Costs:
    """Return what every possible pair would cost; see :meth:`rmatch.Matching.costs`."""
    refuse(_cost_faults(matching))
    mentors, mentees = matching.scores.shape
    if mentors * mentees > ALL:
        problem = f"{mentors:,} × {mentees:,} pairs are too many for all costs at once"
        raise InvalidInputError(
            [Fault("costs", "pairs", problem, "ask for the alternatives of some people")]
        )
    step = matching.steps[-1]
    solved, proof = step.problem(matching.scores, matching.settled), step.certificate
    assert proof is not None
    return all_costs(solved, step.solution.rows, step.solution.cols, proof)


def cost_of(matching: Proposal, mentor: str, mentee: str) -> Alternative | None:
    """Return what a pair would cost; nothing where that is not possible or not known."""
    if _cost_faults(matching):
        return None
    cohort = matching.scores.cohort
    return cost(
        matching.scores, matching.steps, matching.settled, cohort.row[mentor], cohort.column[mentee]
    )


def unproved(matching: Proposal, asked: str) -> list[Fault]:
    """Return the fault of asking for what only the best matching tells after a run that was stopped."""
    problem = "the run was stopped, so nobody knows what the best matching is"
    return [] if matching.proved else [Fault(asked, "", problem, "let it run to the end")]


def _cost_faults(matching: Proposal) -> list[Fault]:
    faults, objective = unproved(matching, "alternatives"), matching.programme.objective
    if matching.programme.quotas:
        problem = "under quotas the cost of a pair is not known"
        faults.append(Fault("alternatives", "quotas", problem, "ask a matching without quotas"))
    if not isinstance(objective, Total):
        problem = f"costs are in points, and the objective is {objective.kind!r}"
        faults.append(
            Fault("alternatives", "objective", problem, "ask a matching with the objective 'total'")
        )
    return faults
