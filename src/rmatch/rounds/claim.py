"""What was proved of a matching, in one sentence: no more than its steps say."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from rmatch.formulas import COUNTED_ONCE
from rmatch.objectives import compatibility_of
from rmatch.people import bare
from rmatch.programme import counts_once
from rmatch.solve import FairSolution, GroupSolution
from rmatch.utils.messages import Message, Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.programme import Programme, Unit
    from rmatch.rounds.precedence import Precedence
    from rmatch.rounds.step import Step


def claim(programme: Programme, steps: Sequence[Step], locked: int) -> str:
    """Return in which sense the pairs of some steps are the best.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.
    steps : sequence of Step
        The problems that were solved, to the end.
    locked : int
        How many pairs were settled before.

    Returns
    -------
    str
        A sentence. Where places were decided in a step of their own, it is about the people who hold them.
    """
    beside = Message("beside {count} locked pair", "beside {count} locked pairs", count=locked)
    parts = (beside if locked else "", *_parts(programme, steps), _each(programme, steps[0]))
    return Sentence.of(joined("; ", filter(None, parts)))


def stopped_claim(steps: Sequence[Step], missing: int, unit: Unit) -> str:
    """Return what is known of other pairs after a run that was stopped.

    Parameters
    ----------
    steps : sequence of Step
        The problems that were solved, not all of them to the end.
    missing : int
        By how much no pairs can have more points.
    unit : Unit
        What points are told in.

    Returns
    -------
    str
        A sentence.
    """
    known = Message("Stopped early: {rest}", rest=at_most(missing, unit))
    if any(map(_leaves_aims_open, steps)):
        known = Message(
            "Stopped early: others may do more for what comes before the points, and {rest}",
            rest=at_most(missing, unit),
        )
    first, last = steps[0].solution, steps[-1].solution
    if not isinstance(last, FairSolution):
        return Sentence.of(known)
    objective = steps[-1].objective.kind
    better = Message(
        "{known}, and others may be better by the objective {objective}",
        known=known,
        objective=repr(objective),
    )
    settled = _settled(last, unit) if len(steps) == 1 or first.proved else ""
    return Sentence.of(joined("; ", filter(None, [better, settled])))


def at_most(missing: int, unit: Unit) -> Message:
    """Return how much better other pairs may be than those of a run that was stopped."""
    if not missing:
        return Message("all pairs together cannot have more")
    return Message("all pairs together may have up to {size} more", size=unit.size(missing))


def _leaves_aims_open(step: Step) -> bool:
    """Tell whether others may do more for what comes before the points of a step that was stopped."""
    solution = step.solution
    if isinstance(solution, GroupSolution) and solution.aims is not None:
        return not solution.aims.proved
    return step.precedence is not None and not solution.proved


def _settled(solution: FairSolution, unit: Unit) -> str:
    if solution.bottleneck is not None:
        return Message(
            "none of as many has more than {worth} in the worst pair",
            worth=unit.worth(solution.bottleneck.value),
        )
    if solution.up_to > -inf and not solution.proved:
        return Message(
            "none of as many does better for those who fare worst, up to {worth}",
            worth=unit.worth(solution.up_to),
        )
    return ""


def _parts(programme: Programme, steps: Sequence[Step]) -> list[str]:
    first, *second = steps
    if compatibility_of(programme.objective).settles_places:
        return [Message("no two people would rather have each other than the partners they have")]
    number = Message("as many pairs as possible") if first.participation == "most" else ""
    served, better = _served(programme, first.precedence), _better(programme, steps[-1])
    if not second:
        best, *rest = (*served, *better)
        first_aim = _among_as_many(best) if number else Message("no others {aim}", aim=best)
        return [number, first_aim, *map(_among_these, rest)]
    by_places = Message(
        "who holds a place was decided without protected attributes, and between equals by the seed"
    )
    best, *rest = better
    pairs = Message("no other pairs of these people {aim}", aim=best)
    return [number, *map(_among_as_many, served), by_places, pairs, *map(_among_these, rest)]


def _among_as_many(aim: str) -> Message:
    return Message("among as many, no others {aim}", aim=aim)


def _among_these(aim: str) -> Message:
    return Message("among these, no others {aim}", aim=aim)


def _each(programme: Programme, first: Step) -> str:
    """Say that topics count with each partner, where somebody may have several."""
    several = bool((first.places.mentee_capacity > 1).any())
    taught = any(bare(criterion).kind == COUNTED_ONCE for criterion in programme.criteria)
    each = several and taught and not counts_once(programme)
    return Message("a topic that several partners teach counted with each of them") if each else ""


def _served(programme: Programme, first: Precedence | None) -> list[Message]:
    """Return what no others do better for people without a partner."""
    if first is None or first.firsts is None:
        return []
    if not programme.spread:
        return [Message("give more of those who wait a partner, the longest waits first")]
    if programme.waiting == "first":
        return [Message("give more people a partner, the longest waits first")]
    return [Message("give more people a partner")]


def _better(programme: Programme, step: Step) -> list[Message]:
    """Return what no others do better among the pairs that are left to choose from, in order."""
    if not compatibility_of(programme.objective).is_total:
        objective = repr(programme.objective.kind)
        if step.rounds_sums:
            return [
                Message(
                    "are better by the objective {objective}, but for the rounding of its sums",
                    objective=objective,
                )
            ]
        return [Message("are better by the objective {objective}", objective=objective)]
    points = Message("have more points")
    if isinstance(step.solution, GroupSolution):
        points = Message("have more points, every topic counted once for whoever wants it")
    elif programme.quotas:
        # Under quotas nothing is proved by prices: the linear programme has said so.
        points = Message(
            "have more points and keep the quotas, by the word of the linear programme"
        )
    if (first := step.precedence) is None or not len(first.kept):
        return [points]
    aims = [Message("keep more of the earlier pairs"), points]
    return aims[::-1] if first.points_first else aims
