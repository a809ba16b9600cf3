"""What was proved of a matching, in one sentence: no more than its steps say."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from rmatch.formulas import COUNTED_ONCE
from rmatch.objectives import compatibility_of
from rmatch.people import bare
from rmatch.programme import counts_once
from rmatch.solve import FairSolution, GroupSolution
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.programme import Programme
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
    beside = f"beside {counted(locked, 'locked pair')}" if locked else ""
    sentence = "; ".join(
        filter(None, [beside, *_parts(programme, steps), _each(programme, steps[0])])
    )
    return f"{sentence[0].upper()}{sentence[1:]}."


def stopped_claim(steps: Sequence[Step], bound: int) -> str:
    """Return what is known of other pairs after a run that was stopped.

    Parameters
    ----------
    steps : sequence of Step
        The problems that were solved, not all of them to the end.
    bound : int
        What no pairs can have more points than.

    Returns
    -------
    str
        A sentence.
    """
    more = "others may do more for what comes before the points, and " * any(
        map(_leaves_aims_open, steps)
    )
    known = f"Stopped early: {more}up to {numeral(bound)} points may be possible"
    first, last = steps[0].solution, steps[-1].solution
    if not isinstance(last, FairSolution):
        return f"{known}."
    objective = steps[-1].objective.kind
    settled = ""
    if len(steps) == 1 or first.proved:
        settled = _settled(last)
    return f"{known}, and others may be better by the objective {objective!r}{settled}."


def _leaves_aims_open(step: Step) -> bool:
    """Tell whether others may do more for what comes before the points of a step that was stopped."""
    solution = step.solution
    if isinstance(solution, GroupSolution) and solution.aims is not None:
        return not solution.aims.proved
    return step.precedence is not None and not solution.proved


def _settled(solution: FairSolution) -> str:
    if solution.bottleneck is not None:
        return f"; none of as many has more than {numeral(solution.bottleneck.value)} points in the worst pair"
    if solution.up_to > -inf and not solution.proved:
        return f"; none of as many does better for those who fare worst, up to {numeral(solution.up_to)} points"
    return ""


def _parts(programme: Programme, steps: Sequence[Step]) -> list[str]:
    first, *second = steps
    if compatibility_of(programme.objective).settles_places:
        return ["no two people would rather have each other than the partners they have"]
    number = "as many pairs as possible" if first.participation == "most" else ""
    served, better = _served(programme, first.precedence), _better(programme, steps[-1])
    if not second:
        aims = [f"no others {aim}" for aim in (*served, *better)]
        among = "among as many, " if number else ""
        return [number, among + aims[0], *(f"among these, {aim}" for aim in aims[1:])]
    by_places = (
        "who holds a place was decided without protected attributes, and between equals by the seed"
    )
    pairs = [
        f"no other pairs of these people {better[0]}",
        *(f"among these, no others {aim}" for aim in better[1:]),
    ]
    return [number, *(f"among as many, no others {aim}" for aim in served), by_places, *pairs]


def _each(programme: Programme, first: Step) -> str:
    """Say that topics count with each partner, where somebody may have several."""
    several = bool((first.places.mentee_capacity > 1).any())
    taught = any(bare(criterion).kind == COUNTED_ONCE for criterion in programme.criteria)
    each = several and taught and not counts_once(programme)
    return "a topic that several partners teach counted with each of them" * each


def _served(programme: Programme, first: Precedence | None) -> list[str]:
    """Return what no others do better for people without a partner."""
    if first is None or first.firsts is None:
        return []
    if not programme.spread:
        return ["give more of those who wait a partner, the longest waits first"]
    waiting = ", the longest waits first" * (programme.waiting == "first")
    return [f"give more people a partner{waiting}"]


def _better(programme: Programme, step: Step) -> list[str]:
    """Return what no others do better among the pairs that are left to choose from, in order."""
    if not compatibility_of(programme.objective).is_total:
        but = ", but for the rounding of its sums" * step.rounds_sums
        return [f"are better by the objective {programme.objective.kind!r}{but}"]
    points = "have more points"
    if isinstance(step.solution, GroupSolution):
        points = f"{points}, every topic counted once for whoever wants it"
    elif programme.quotas:
        # Under quotas nothing is proved by prices: the linear programme has said so.
        points = f"{points} and keep the quotas, by the word of the linear programme"
    if (first := step.precedence) is None or not len(first.kept):
        return [points]
    aims = ["keep more of the earlier pairs", points]
    return aims[::-1] if first.points_first else aims
