"""What was proved of a matching, in one sentence: no more than its steps say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.objectives import compatibility_of
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from rmatch.rounds.outcome import Outcome


def claim_of(outcome: Outcome) -> str:
    """Return in which sense a matching is the best one, or that it need not be.

    Parameters
    ----------
    outcome : Outcome
        The matching with its steps.

    Returns
    -------
    str
        A sentence. Where places were decided in a step of their own, it is about the people who hold them.
    """
    locks = len(outcome.locked_cells)
    beside = f"beside {counted(locks, 'locked pair')}" if locks else ""
    parts = [beside, *_parts(outcome)]
    sentence = "; ".join(filter(None, parts))
    return f"{sentence[0].upper()}{sentence[1:]}."


def _parts(outcome: Outcome) -> list[str]:
    first, *second = outcome.steps
    if not outcome.proved:
        return [f"stopped early: up to {outcome.bound:,} points may be possible"]
    if compatibility_of(outcome.programme.objective).settles_places:
        return ["no two people would rather have each other than the partners they have"]
    number = "as many pairs as possible" if first.participation == "most" else ""
    best = _best(outcome)
    if not second:
        return [number, f"{'among as many, ' * bool(number)}no others {best}"]
    return [
        number,
        "who holds a place was decided without protected attributes, and between equals by the seed",
        f"no other pairs of these people {best}",
    ]


def _best(outcome: Outcome) -> str:
    objective = outcome.programme.objective
    if not compatibility_of(objective).is_total:
        return f"are better by the objective {objective.kind!r}"
    # Under quotas nothing is proved by prices: the linear programme has said so.
    unproved = " and keep the quotas, by the word of the linear programme"
    return f"have more points{unproved * bool(outcome.programme.quotas)}"
