"""One thing that the organiser should know before the round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rmatch.utils.shown import Shown

Severity = Literal["error", "warning", "note"]
"""What a finding means: matching will fail, somebody will be disappointed, or it is only good to know."""
SHOWN = 5
"""How many ids a sentence names."""


@dataclass(frozen=True, slots=True)
class Finding(Shown):
    """One thing that the organiser should know before the round.

    Attributes
    ----------
    code : str
        ``"invalid"``, ``"contradiction"``, ``"no_possible_partner"``, ``"shortage"``, ``"no_data"``, ``"no_effect"``,
        ``"mixed_units"``, ``"forbids_all"``, ``"no_role"``, ``"nothing_to_share"``, ``"email_as_id"``, ``"alike_topics"``, ``"swapped"``, ``"unanswered"``,
        ``"lived_topic_without_opt_in"`` or ``"reading"``.
    severity : {"error", "warning", "note"}
        Whether matching will fail, somebody will be disappointed, or it is only good to know.
    sentence : str
        What was found.
    people : tuple of str
        The ids concerned.
    """

    code: str
    severity: Severity
    sentence: str
    people: tuple[str, ...] = ()


def listed(people: list[str]) -> str:
    """Return some ids, and how many more there are."""
    return few([repr(person) for person in people])


def few(texts: list[str]) -> str:
    """Return the first of some texts, and how many more there are."""
    shown, hidden = ", ".join(texts[:SHOWN]), len(texts) - SHOWN
    return f"{shown} and {hidden} more" if hidden > 0 else shown
