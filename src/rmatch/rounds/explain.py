"""Why two people are, or are not, a pair: what is looked up for it, and the sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, get_args

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.formulas import broken_rules
from rmatch.rounds.comparison import comparison
from rmatch.rounds.explanation import Audience, Explanation, Other
from rmatch.rounds.facts import facts_of
from rmatch.rounds.groups.credit import in_a_group, lines_beside, mentors_of
from rmatch.rounds.in_common import in_common
from rmatch.rounds.kept import kept_of
from rmatch.rounds.player import Player, player
from rmatch.rounds.waiting import coming_first
from rmatch.utils.called import called
from rmatch.utils.messages import Message
from rmatch.utils.sides import SIDES
from rmatch.utils.validation import choice, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from rmatch.people import Requests
    from rmatch.programme import Unit
    from rmatch.rounds.alternative import Alternative
    from rmatch.rounds.kept import Kept
    from rmatch.scoring import Scores

    Ids = tuple[str, str]
    """A mentor and a mentee."""

    CostOf = Callable[[str, str], Alternative | None]
    CanBeMade = Callable[[str, str], bool | None]

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def explanation_of(
    scores: Scores,
    pairs: AbstractSet[Ids],
    mentor: str,
    mentee: str,
    audience: Audience = "admin",
    cost: CostOf = lambda *_: None,
    can_be_made: CanBeMade = lambda *_: None,
    waited: Mapping[str, int] | None = None,
    *,
    unit: Unit,
) -> Explanation:
    """Explain one pair of a matching, or why two people are not one.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    pairs : set of (str, str)
        The mentor and mentee ids of the matching.
    mentor, mentee : str
        The ids of the two.
    audience : {"admin", "participant"}
        Who reads it.
    cost : callable, optional
        Returns what another pair would cost the programme.
    can_be_made : callable, optional
        Returns whether some matching has another pair.
    waited : mapping of str to int, optional
        For how many rounds people have waited, by id.
    unit : Unit
        What points are told in.

    Returns
    -------
    Explanation
        Lines that add up to the points, and sentences.

    Raises
    ------
    InvalidInputError
        For an unknown id or audience, or a participant's explanation of two people who are not a pair.
    """
    refuse(choice("explain", "audience", audience, AUDIENCES))
    paired = (mentor, mentee) in pairs
    kept = kept_of(scores)
    if kept is not None and paired:
        return _of_kept(kept, mentor, mentee, audience, unit)
    scores.check_pair(mentor, mentee)
    if audience == "participant":
        return _for_participants(scores, mentor, mentee, unit, paired=paired)
    groups = mentors_of(pairs) if paired else {}
    lines, together = (
        lines_beside(scores, groups, mentor, mentee),
        in_a_group(scores, groups, mentee),
    )
    points = sum(line.points for line in lines)
    explanation = Explanation(
        mentor=mentor,
        mentee=mentee,
        audience=audience,
        paired=paired,
        points=points,
        lines=lines,
        broken=broken_rules(facts_of(scores), mentor, mentee),
        # Another partner in a group is worth what the rest of it lacks: a group has a swap of its own.
        others=()
        if together
        else tuple(_others(scores, pairs, (mentor, mentee), points, cost, can_be_made)),
        sentences=(),
        unit=unit,
    )
    price = None if paired else cost(mentor, mentee)
    sentences = (
        *_limits(scores, explanation, can_be_made),
        *coming_first(scores, (mentor, mentee), waited or {}),
        *_verdict(explanation, price),
        *chain.from_iterable(comparison(explanation, other) for other in explanation.others),
    )
    return replace(explanation, sentences=sentences)


def _of_kept(kept: Kept, mentor: str, mentee: str, audience: Audience, unit: Unit) -> Explanation:
    """Return what was kept about a pair: all but what other partners would have cost."""
    told = kept.told[mentor, mentee]
    if audience == "participant":
        return Explanation(mentor, mentee, audience, True, None, (), (), (), told.why, unit=unit)
    points = sum(line.points for line in told.lines)
    found = Explanation(
        mentor, mentee, audience, True, points, told.lines, told.broken, (), (), unit=unit
    )
    locked = _locked(kept.requests, mentor, mentee)
    return replace(found, sentences=(*locked, *_verdict(found, None)))


def _for_participants(
    scores: Scores, mentor: str, mentee: str, unit: Unit, *, paired: bool
) -> Explanation:
    if not paired:
        problem = f"{mentor!r} and {mentee!r} are not a pair"
        remedy = "participants see their own pair only"
        raise InvalidInputError([Fault("explain", "audience", problem, remedy)])
    sentences = tuple(
        in_common(scores, mentor, mentee, {one: called(one) for one in (mentor, mentee)})
    )
    return Explanation(
        mentor, mentee, "participant", paired, None, (), (), (), sentences, unit=unit
    )


def _others(
    scores: Scores,
    pairs: AbstractSet[Ids],
    two: Ids,
    own: int,
    cost: CostOf,
    can_be_made: CanBeMade,
) -> Iterator[Other]:
    """Go through the best other partner of the mentor, and of the mentee, beside one with so many points."""
    taken = _taken(scores)
    for role, (person, partner) in zip(SIDES, (two, two[::-1]), strict=True):
        met = _partners(pairs, role, person)
        # Beside a pair the other pairs of the two are no alternative; beside two who are none they are the comparison.
        known = {partner, *met} if two in pairs else {partner}
        one = player(scores, person, role)
        choices = list(_choices(scores, one))
        full = {person for side, person in taken if side == one.other_side}
        room = (role, person) not in taken
        left = [gain for other, gain in choices if other in met or (room and other not in full)]
        rank = 1 + sum(gain > own for gain in left)
        others = [(-gain, other) for other, gain in choices if other not in known]
        # Of several with as many points the first by id.
        for loss, other in sorted(others):
            pair = (person, other) if role == "mentor" else (other, person)
            possible = other in met or can_be_made(*pair)
            if possible is not False:
                meets = tuple(sorted(_partners(pairs, one.other_side, other)))
                price = None if other in met else cost(*pair)
                yield Other(role, other, -loss, meets, price, possible, rank, len(left))
                break


def _partners(pairs: AbstractSet[Ids], role: str, person: str) -> list[str]:
    if role == "mentor":
        return [mentee for mentor, mentee in pairs if mentor == person]
    return [mentor for mentor, mentee in pairs if mentee == person]


def _taken(scores: Scores) -> set[tuple[str, str]]:
    """Return the side and id of those whose places the locks take."""
    cohort, locks = scores.cohort, scores.cohort.requests.of_kind("lock")
    found: set[tuple[str, str]] = set()
    for side, row in zip(SIDES, (cohort.row, cohort.column), strict=True):
        capacity, locked = cohort.capacity(side), Counter(getattr(one, side) for one in locks)
        found |= {
            (side, person) for person, count in locked.items() if capacity[row[person]] <= count
        }
    return found


def _choices(scores: Scores, person: Player) -> Iterator[tuple[str, int]]:
    """Go through everybody whom a person may meet and who takes somebody, with the points of the pair."""
    block = person.all_cells(scores.shape)
    possible = scores.open_block(*block).ravel()
    possible &= scores.cohort.capacity(person.other_side) > 0
    points = scores.block(*block).ravel()
    ids = scores.mentees if person.side == "mentor" else scores.mentors
    for position in np.flatnonzero(possible).tolist():
        yield ids[position], int(points[position])


def _limits(scores: Scores, explanation: Explanation, can_be_made: CanBeMade) -> Iterator[str]:
    """Say what beside the rules keeps the two apart, or holds them together."""
    cohort = scores.cohort
    both = explanation.mentor, explanation.mentee
    row, column = cohort.row[explanation.mentor], cohort.column[explanation.mentee]
    if not explanation.paired and not explanation.broken:
        open_pair = scores.open_block(np.array([row]), np.array([column]))
        if not open_pair.all():
            yield Message("The pair is below min_points{basis}.", basis=scores.basis)
        elif can_be_made(*both) is False:
            yield Message("No matching that keeps locks, capacities and minimums has this pair.")
    yield from _locked(cohort.requests, *both)


def _locked(requests: Requests, mentor: str, mentee: str) -> Iterator[str]:
    for lock in requests.of_kind("lock"):
        if (lock.mentor, lock.mentee) == (mentor, mentee):
            if lock.override_reason:
                yield Message("The requests lock this pair: {reason}.", reason=lock.override_reason)
            else:
                yield Message("The requests lock this pair.")


def _verdict(explanation: Explanation, price: Alternative | None) -> Iterator[str]:
    if not explanation.paired:
        yield Message(
            "{mentor} and {mentee} are not a pair.",
            mentor=called(explanation.mentor),
            mentee=called(explanation.mentee),
        )
    if price is not None:
        yield Message("To make them one {price}.", price=price.price)
    for rule in explanation.broken:
        yield Message("The rule {rule} forbids it: {why}.", rule=rule.rule, why=rule.sentence)
