"""What was proved of a matching, in one sentence: no more than its steps say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.objectives import compatibility_of
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.programme import Programme
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
    sentence = "; ".join(filter(None, [beside, *_parts(programme, steps)]))
    return f"{sentence[0].upper()}{sentence[1:]}."


def _parts(programme: Programme, steps: Sequence[Step]) -> list[str]:
    first, *second = steps
    better = _better(programme, steps[-1])
    if compatibility_of(programme.objective).settles_places:
        return ["no two people would rather have each other than the partners they have"]
    number = "as many pairs as possible" if first.participation == "most" else ""
    if not second:
        return [number, f"{'among as many, ' * bool(number)}no others {better}"]
    return [
        number,
        "who holds a place was decided without protected attributes, and between equals by the seed",
        f"no other pairs of these people {better}",
    ]


def _better(programme: Programme, step: Step) -> str:
    if not compatibility_of(programme.objective).is_total:
        but = ", but for the rounding of its sums" * step.rounds_sums
        return f"are better by the objective {programme.objective.kind!r}{but}"
    # Under quotas nothing is proved by prices: the linear programme has said so.
    unproved = " and keep the quotas, by the word of the linear programme"
    return f"have more points{unproved * bool(programme.quotas)}"
