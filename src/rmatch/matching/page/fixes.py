"""The least that has to give so that somebody without a partner gets one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rmatch.matching.page.who import Who
from rmatch.rounds import SAFE, Search, fix_faults, kept_of, seekers
from rmatch.utils.messages import Message, joined

if TYPE_CHECKING:
    from rmatch.rounds import Give, Least, Outcome

ASKED = 25
"""For so many people it is worked out, the first by role and id."""
LARGEST = 1_000_000
"""In a round of more pairs it is not worked out: the page would have to wait for it."""


def fixes(matching: Outcome, who: Mapping[str, Who]) -> dict[tuple[str, str], Message]:
    """Return what would have to give for each of the first people without a partner.

    Only what single people can simply agree to gives: one partner more, other hours, one topic or one language more.

    Parameters
    ----------
    matching : Outcome
        The round.
    who : mapping of str to Who
        Everybody by id.
    """
    if kept_of(matching.scores) is not None or any(fix_faults(matching, "page")):
        return {}
    mentors, mentees = matching.scores.shape
    alone = seekers(matching)[:ASKED]
    if mentors * mentees > LARGEST or not alone:
        return {}
    search = Search.of(matching, SAFE)
    return {(one, role): _words(search.least([(one, role)]), who) for one, role in alone}


def _words(least: Least | None, who: Mapping[str, Who]) -> Message:
    if least is None:
        return Message("nothing that single people can agree to is enough")
    if not least.gives:
        return Message("nothing has to give: points alone decide against it")
    return joined("; ", [give.words(_called(give, who)) for give in least.gives])


def _called(give: Give, who: Mapping[str, Who]) -> str:
    return who[give.who].called if give.who else ""
