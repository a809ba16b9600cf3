"""Checking what is told about a matching: its fairness report and its explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.fairness import fairness
from rmatch.rounds import AUDIENCES, explanation_of
from rmatch.verification.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.fairness import FairnessFigures
    from rmatch.rounds import Explanation, Outcome
    from rmatch.verification.inputs import Inputs


def figures(
    inputs: Inputs, report: FairnessFigures, about: Outcome, since: Sequence[Outcome]
) -> Iterator[str]:
    """Go through the figures of a fairness report that are others when they are worked out anew.

    The effect of protected attributes is not among them: only another matching would tell it.
    """
    locked = [(pair.mentor, pair.mentee) for pair in about.pairs if pair.locked]
    earlier = [(each.scores, each.id_pairs) for each in since]
    anew = fairness(inputs.scores, about.id_pairs, locked, report.effect, since=earlier)
    yield from differences(report, anew, "report", left_out=frozenset({"effect"}))


def reasons(inputs: Inputs, explanation: Explanation, about: Outcome) -> Iterator[str]:
    """Go through what an explanation says that is not so: points, lines, rules, and all sentences for participants.

    What other partners would cost, which an organiser's sentences go by, only solving once more would tell.
    """
    claimed: Any = explanation
    if claimed.audience not in AUDIENCES:
        yield "the explanation is for nobody"
        return
    ids = claimed.mentor, claimed.mentee
    if ids[0] not in inputs.row or ids[1] not in inputs.column:
        yield "the explanation is about people who play no such role"
        return
    if claimed.audience == "participant" and ids not in about.id_pairs:
        yield "two people who are no pair are told why they are one"
        return
    anew = explanation_of(inputs.scores, about.id_pairs, *ids, claimed.audience, unit=claimed.unit)
    by_solving = {"others", "sentences"} if claimed.audience == "admin" else set()
    yield from differences(explanation, anew, "explanation", left_out=frozenset(by_solving))
    if anew.points is not None and anew.points != inputs.lines.points(*ids):
        yield "the formulas give other points than the blocks"
