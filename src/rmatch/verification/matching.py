"""Checking a matching: its pairs one by one, everybody without a partner, and that nothing is better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.errors import Status, VerificationError
from rmatch.rounds import PlacesPrice, has_groups, kept_of, open_to_all
from rmatch.utils.text import numeral
from rmatch.verification import pairs
from rmatch.verification.changes import are_told, changes
from rmatch.verification.differences import differences
from rmatch.verification.optimality import doubts
from rmatch.verification.reasons import everybody
from rmatch.verification.well_formed import malformed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Kept, Outcome
    from rmatch.verification.inputs import Inputs


SAVED = "saved round"
PRICE, KEPT = "price of fair places", "_price"
"""A price that was asked for, and where a matching keeps it."""


def on_ones_own(inputs: Inputs, matching: Outcome) -> Outcome:
    """Return the same pairs and steps on one's own people, with nothing that was kept from an earlier question.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    matching : Outcome
        What somebody says is a matching.

    Returns
    -------
    Outcome
        Put together as a matching is; whether it is a true one has to be checked.

    Raises
    ------
    VerificationError
        For what is no matching, or one of other people.
    """
    wrong = list(
        malformed(matching, inputs.programme, inputs.pairs.shape, groups=has_groups(inputs.scores))
    )
    wrong = wrong or list(pairs.strangers(inputs.facts, matching))
    if wrong:
        raise VerificationError(wrong)
    return replace(matching, scores=inputs.scores)


def checks(inputs: Inputs, matching: Outcome, anew: Outcome) -> dict[str, Iterator[str]]:
    """Return what is checked of a matching, by name, each with what does not hold.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    matching : Outcome
        What somebody says is a matching.
    anew : Outcome
        The same on one's own people.

    Returns
    -------
    dict of str to iterator of str
        The last one is about nothing being better.
    """
    facts, kept = inputs.facts, kept_of(matching.scores)
    return {
        "rules": pairs.rules(inputs, matching),
        "capacities": pairs.capacities(facts, matching),
        "minimums": pairs.minimums(facts, matching),
        "locks": pairs.locks(facts, matching),
        "points": pairs.points(inputs, matching),
        "total": pairs.total(inputs, matching),
        "everybody accounted for": everybody(facts, matching, anew),
        **({"changes": changes(inputs, matching, anew)} if are_told(matching) else {}),
        **({SAVED: _saved(kept, matching, anew)} if kept else {}),
        **({PRICE: _price(inputs, matching)} if KEPT in vars(matching) else {}),
        _claim(anew): doubts(inputs, matching),
    }


def _saved(kept: Kept, matching: Outcome, anew: Outcome) -> Iterator[str]:
    """Check all that was kept of a round without its people: it says what they come to, and says it throughout."""
    from rmatch.rounds import edits

    for outcome in (matching, anew):
        for place in edits(kept.document, outcome, vars(matching).get(KEPT)):
            yield f"the saved round: {place} is not what it should be"


def _price(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Check the price of fair places where it is kept: that matching, too, has its proof, and needs no other solve."""
    kept = vars(matching)[KEPT]
    if (
        type(kept) is not PlacesPrice
        or kept.pairs != len(matching.pairs)
        or kept.total != matching.total
    ):
        yield "the price of fair places is not that of this matching"
        return
    other = kept.with_protected
    if not (inputs.pairs.weighed and inputs.programme.places == "without_protected"):
        # Where there is nothing to compare with, it is compared with itself.
        yield from differences(other, matching, "with_protected", left_out=frozenset({KEPT}))
        return
    deciding = inputs.under(open_to_all(inputs.programme))
    for name, check in checks(deciding, other, on_ones_own(deciding, other)).items():
        # A saved round holds the other matching as a part of itself, and no document about it alone.
        if name != SAVED:
            yield from (f"with protected attributes: {failure}" for failure in check)


def _claim(matching: Outcome) -> str:
    """Return what the last check is about: under quotas, optimality is the word of the linear programme alone."""
    if matching.programme.quotas:
        return "quotas"
    but = " but for the rounding of its sums" * matching.steps[-1].rounds_sums
    claim = (
        f"optimal{but}"
        if matching.status is Status.OPTIMAL
        else f"at most {numeral(matching.bound)} points possible"
    )
    # A total is about the people of the last step; that others were not better there was never asked.
    holders = " for the place-holders, who were chosen without protected attributes"
    return f"{claim}{holders * (len(matching.steps) > 1)}"
