"""What another round would have less: with a certain pair, or without a person or a topic."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InfeasibleError, InvalidInputError, Status, nearest
from rmatch.objectives import compatibility_of
from rmatch.programme import group_terms
from rmatch.rounds.alternatives import KEPT, REMATCHED, all_pair_costs, alternatives
from rmatch.rounds.earlier import Earlier
from rmatch.rounds.groups.others import counts_all_pairs, in_groups
from rmatch.rounds.lost import Loss
from rmatch.rounds.player import player
from rmatch.rounds.rematched import rematched
from rmatch.rounds.round import Round
from rmatch.scoring import scored
from rmatch.utils.labels import fold
from rmatch.utils.sides import Side
from rmatch.utils.text import numeral
from rmatch.utils.validation import refuse, text, whole

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.rounds.alternative import Alternative
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.player import Cell, Player
    from rmatch.scoring import Scores
    from rmatch.solve import Costs

ALL = 1_000_000
"""The most possible pairs of which all costs are worked out at once,"""
ALL_GROUPS = 1_000
"""and where topics count once, so that each is solved; so many are also told the cost of another pair unasked."""


def cheapest(matching: Outcome, person: str, k: int, side: Side | None) -> tuple[Alternative, ...]:
    """Return the cheapest other partners of a person; see :meth:`rmatch.Matching.alternatives`."""
    # Prices of groups bound what a pair costs, whatever they leave open.
    open_faults = [] if counts_all_pairs(matching) else unproved(matching, "alternatives")
    no_price = [*open_faults, *price_faults(matching, "alternatives")]
    refuse([*whole("alternatives", "k", k, 1), *no_price])
    return alternatives(matching, player(matching.scores, person, side), k)


def every_cost(matching: Outcome, *, most: int = ALL, solved: int = REMATCHED) -> Costs:
    """Return what every possible pair would cost, of so many at most; see :meth:`rmatch.Matching.costs`."""
    groups = in_groups(matching)
    refuse(total_faults(matching, "costs"))
    mentors, mentees = matching.scores.shape
    if mentors * mentees > (min(most, ALL_GROUPS) if groups else most):
        once = ", each of which is solved where topics count once" * groups
        problem = f"{numeral(mentors)} × {numeral(mentees)} pairs{once} are too many for all costs at once"
        raise InvalidInputError(
            [Fault("costs", "pairs", problem, "ask for the alternatives of some people")]
        )
    return all_pair_costs(matching, solved=solved)


def cost_of(matching: Outcome, mentor: str, mentee: str) -> Alternative | None:
    """Return what a pair would cost; nothing where that is not possible or not known."""
    scores = matching.scores
    largest = ALL_GROUPS if in_groups(matching) else KEPT
    if total_faults(matching, "") or prod(scores.shape) > largest:
        return None
    cell = scores.cohort.row[mentor], scores.cohort.column[mentee]
    return rematched(matching, cell) if _is_open(scores, cell) else None


def can_be_made(matching: Outcome, mentor: str, mentee: str) -> bool | None:
    """Return whether any matching has a pair beside the locks, the minimums and the quotas; None where only solving would tell.

    Parameters
    ----------
    matching : Outcome
        The round.
    mentor, mentee : str
        The ids of the two.

    Returns
    -------
    bool or None
        None under quotas, and for large programmes with minimums: they are not solved unasked.
    """
    scores = matching.scores
    cell = row, column = scores.cohort.row[mentor], scores.cohort.column[mentee]
    left = Round(scores, matching.seed).places
    room = left.mentor_capacity[row] and left.mentee_capacity[column]
    if not (room and _is_open(scores, cell)):
        return False
    programme = matching.programme
    quotas = programme.quotas or group_terms(programme)
    if not quotas and not any(fewest.any() for fewest in left.minimums):
        return True
    if quotas or prod(scores.shape) > KEPT:
        return None
    try:
        Round(scores, matching.seed, asked=cell).check()
    except InfeasibleError:
        return False
    return True


def _is_open(scores: Scores, cell: Cell) -> bool:
    row, column = cell
    return bool(scores.open_block(np.array([row]), np.array([column])).all())


def loss(
    matching: Outcome, *, mentor: str | int | None, mentee: str | int | None, topic: str | None
) -> Loss:
    """Return what would be lost without one of the three; see :meth:`rmatch.Matching.loss_without`."""
    named: dict[Side, str | int | None] = {"mentor": mentor, "mentee": mentee}
    given = {side: person for side, person in named.items() if person is not None}
    if len(given) + (topic is not None) != 1:
        raise InvalidInputError(
            [
                Fault(
                    "loss_without",
                    "",
                    f"{len(given) + (topic is not None)} are named",
                    "name one: who or what is gone",
                )
            ]
        )
    refuse(unproved(matching, "loss_without"))
    if topic is not None:
        refuse(text("loss_without", "topic", topic))
        return without_topic(matching, topic)
    # Points are not worked out anew without a person, as they are without a topic: all others keep theirs.
    (side, person), *_ = given.items()
    return without_person(matching, player(matching.scores, str(person), side))


def without_person(matching: Outcome, absent: Player) -> Loss:
    """Return what is lost if somebody takes no part in one role, their locks included, at the same points of all others.

    Parameters
    ----------
    matching : Outcome
        The matching with the person.
    absent : Player
        The person and the role.

    Returns
    -------
    Loss
        By solving once more.

    Raises
    ------
    InfeasibleError
        If the minimums of the others cannot be met then.
    """
    earlier = Earlier.of(matching)
    return _loss(matching, Round(matching.scores, matching.seed, absent, earlier=earlier).solve())


def without_topic(matching: Outcome, topic: str) -> Loss:
    """Return what is lost if nobody can teach a topic.

    The points are scored anew, so a criterion that has no data then gives its share to the others, and the means that
    stand for what is unknown are those without the topic.

    Parameters
    ----------
    matching : Outcome
        The matching with the topic.
    topic : str
        Something that is offered or lived.

    Returns
    -------
    Loss
        By scoring and solving once more.

    Raises
    ------
    InvalidInputError
        If nobody teaches the topic.
    """
    taught = [label for label in matching.people.topics if fold(label) == fold(topic)]
    if not taught:
        hint = nearest(topic, matching.people.topics)
        raise InvalidInputError(
            [Fault("loss_without", "topic", f"{topic!r} is taught by nobody", hint)]
        )
    people, basis = _untaught(matching.people, taught[0]), matching.scores.cohort.baseline
    scores = scored(people, matching.programme, matching.requests, basis)
    return _loss(matching, Round(scores, matching.seed, earlier=Earlier.of(matching)).solve())


def _untaught(people: People, topic: str) -> People:
    code = people.topics.index(topic)
    return replace(
        people, offers=people.offers.without(code), lived_topics=people.lived_topics.without(code)
    )


def _loss(before: Outcome, after: Outcome) -> Loss:
    return Loss(len(before.pairs) - len(after.pairs), before.total - after.total)


def unproved(matching: Outcome, asked: str) -> list[Fault]:
    """Return the fault of asking for what only the best matching tells after a run that was stopped."""
    if matching.status is Status.OPTIMAL:
        return []
    problem, remedy = (
        "the run was stopped, so nobody knows what the best matching is",
        "let it run to the end",
    )
    if in_groups(matching):
        problem, remedy = (
            "it is not proved that no groups are better",
            "say count_topic = 'each', or let a run that was stopped go to its end",
        )
    return [Fault(asked, "", problem, remedy)]


def group_faults(matching: Outcome, asked: str) -> list[Fault]:
    """Return why no pair of a matching has points of its own: in groups what one adds depends on the others."""
    faults = []
    if in_groups(matching):
        problem = "where a topic counts once, what a pair adds depends on the rest of its group"
        faults.append(
            Fault(asked, "count_topic", problem, "ask a matching with count_topic = 'each'")
        )
    return faults


def total_faults(matching: Outcome, asked: str) -> list[Fault]:
    """Return why no pair has a price in points: it is not known, there are no points to compare, or something comes first."""
    return [*unproved(matching, asked), *price_faults(matching, asked)]


def price_faults(matching: Outcome, asked: str) -> list[Fault]:
    """Return why no pair of the best matching has a price in points: it is the best by something else, or that comes first."""
    faults = priceless(matching.programme, asked)
    if any(step.precedence for step in matching.steps):
        problem = "where people who wait or earlier pairs come before the points, a price in points is not known"
        faults.append(
            Fault(asked, "", problem, "ask a matching in which nothing comes before them")
        )
    return faults


def points_faults(matching: Outcome, asked: str) -> list[Fault]:
    """Return why a matching has no price in points: it was stopped, has quotas, or is the best by something else."""
    return [*unproved(matching, asked), *priceless(matching.programme, asked)]


def priceless(programme: Programme, asked: str) -> list[Fault]:
    """Return why no matching of a programme has a price in points."""
    faults, objective = [], programme.objective
    if programme.quotas:
        problem = "under quotas a price in points is not known"
        faults.append(Fault(asked, "quotas", problem, "ask a matching without quotas"))
    if not compatibility_of(objective).is_total:
        problem = f"prices are in points, and the objective is {objective.kind!r}"
        remedy = "ask a matching with the objective 'total'"
        faults.append(Fault(asked, "objective", problem, remedy))
    return faults
