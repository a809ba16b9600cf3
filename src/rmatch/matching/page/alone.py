"""Who has no partner, why, and what would help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rmatch.matching.page.fixes import fixes
from rmatch.matching.page.who import Who, players
from rmatch.rounds import rule_words
from rmatch.utils.messages import Message, joined

if TYPE_CHECKING:
    from rmatch.rounds import Outcome, Unmatched

LISTED = 1_000
"""So many people without a partner are listed, the first of each reason."""
WHY = {
    "no_capacity": Message("Nobody on the other side, or not this person, takes a partner."),
    "no_allowed_partner": Message("The rules allow nobody."),
    "below_min_points": Message(
        "Every pair that the rules allow is below the least points of the programme."
    ),
    "needed_elsewhere": Message("All possible partners are needed elsewhere."),
    "adds_nothing": Message("A possible partner is free, but the pair would add nothing."),
    "run_stopped": Message("The run was stopped before a place was found."),
}
HELPS = {
    "no_capacity": Message("A capacity of at least 1."),
    "below_min_points": Message("A lower `min_points`, or more topics in common."),
    "needed_elsewhere": Message(
        "One more place with one of the possible partners, or one more person like them."
    ),
    "adds_nothing": Message("The programme decides this: it says what pairs have to add."),
    "run_stopped": Message("Letting the run end."),
}
SOMEBODY = {
    "mentor": Message("Somebody who plays mentee."),
    "mentee": Message("Somebody who plays mentor."),
}


@dataclass(frozen=True, slots=True)
class Alone:
    """People without a partner for one reason.

    Attributes
    ----------
    role, code : str
        In which role, and why, as a code.
    why, helps : str
        Why in words, and the smallest thing that would help.
    count : int
        How many they are.
    people : tuple of (Who, str, str)
        Those that are listed, each with the reason in a sentence, and with the least that has to give where it was worked out.
    """

    role: str
    code: str
    why: str
    helps: str
    count: int
    people: tuple[tuple[Who, str, str], ...]

    @property
    def title(self) -> str:
        """Who they are."""
        return players(self.count, self.role)

    @property
    def unfixed(self) -> int:
        """How many of those that are listed nothing was worked out for."""
        return sum(not fix for _, _, fix in self.people)

    @property
    def unlisted(self) -> int:
        """How many are not listed."""
        return self.count - len(self.people)


def alone(matching: Outcome, who: Mapping[str, Who]) -> tuple[Alone, ...]:
    """Return those without a partner, the most frequent reason first.

    Parameters
    ----------
    matching : Outcome
        The round.
    who : mapping of str to Who
        Everybody by id.
    """
    groups: dict[tuple[str, str, tuple[str, ...]], list[Unmatched]] = defaultdict(list)
    for one in matching.unmatched:
        if one.code != "takes_no_part":
            groups[one.role, one.code, one.rules].append(one)
    left, found, least = iter(range(LISTED)), [], fixes(matching, who)
    for (role, code, rules), people in sorted(groups.items(), key=lambda each: -len(each[1])):
        listed = [one for one, _ in zip(people, islice(left, len(people)), strict=False)]
        found.append(
            Alone(
                role,
                code,
                WHY[code],
                _helps(role, code, rules),
                len(people),
                tuple((who[one.id], one.sentence, least.get((one.id, role), "")) for one in listed),
            )
        )
    return tuple(found)


def _helps(role: str, code: str, rules: tuple[str, ...]) -> str:
    if code != "no_allowed_partner":
        return HELPS[code]
    if not rules:
        return SOMEBODY[role]
    if "exclude" in rules:
        return Message(
            "The requests exclude them: whether that still holds, those can say who asked for it."
        )
    words = joined("; ", map(rule_words, rules))
    return Message(
        "An exception from the fewest rules that stand in the way: {rules}.", rules=words
    )
