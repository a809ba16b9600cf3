"""What fairness between pairs costs: the best matching for one objective after another, from the total to leximin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from rmatch.errors import Fault, InvalidInputError, Status, StopError
from rmatch.frontiers.curve import AFFORDABLE, STOPPED, Curve, Figures, decimals, percent, price
from rmatch.frontiers.plot import (
    COLOURS,
    MARKERS,
    PRICE,
    Along,
    Mark,
    Panel,
    in_per_cent,
    recommended,
)
from rmatch.objectives import TOTAL, AlphaFair, Leximin, MaxMin, Objective
from rmatch.people import People, Requests
from rmatch.programme import Programme, Unit
from rmatch.rounds import Cell, Round, pair_by_pair
from rmatch.scoring import score
from rmatch.solve import Problem, solve_fair
from rmatch.utils.documents import UNWRITTEN
from rmatch.utils.stopping import listen
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse

NAMES = {
    "total": "total",
    "alpha_fair": "α = {0.alpha:g}",
    "max_min": "max-min",
    "leximin": "leximin",
}
"""What the choices are called, with what the objective was made of."""

AIMS = {
    "alpha_fair": "a larger α does more for those who have least",
    "max_min": "max-min aims at the worst pair itself",
    "leximin": "leximin also does its best for the pairs above the worst",
}
"""Why of two choices with the same worst pair and total the later one is taken."""


@dataclass(frozen=True, slots=True)
class Choice(Figures):
    """The best matching for one objective, and what it costs.

    Attributes
    ----------
    objective : Total, AlphaFair, MaxMin or Leximin
        What was best.
    pairs : tuple of tuple of str
        Mentor and mentee by id, sorted, without the locked pairs.
    points : tuple of int
        The points of these pairs, the fewest first.
    price : Fraction or None
        The price of fairness, :math:`(W^* - W) / W^*`: what is lost against the best total, as a share of it. None if
        something is lost of a total that has no points above zero.
    """

    objective: Objective
    pairs: tuple[tuple[str, str], ...]
    points: tuple[int, ...]
    price: Fraction | None

    _besides = ("name", *Figures._besides)

    @property
    def name(self) -> str:
        """The objective in a word."""
        return NAMES[self.objective.kind].format(self.objective)


@dataclass(frozen=True, eq=False, repr=False)
class Frontier(Curve):
    """The choices between the most points in all and the best for those who get least.

    Made by :func:`rmatch.frontier`.

    Attributes
    ----------
    choices : tuple of Choice
        One for each objective, the total first.
    locked : int
        The number of locked pairs, which are the same in all and do not count.
    left_out : tuple of tuple of str
        Objectives that cannot be had with these points, and why.
    unit : Unit
        What points are told in.
    """

    choices: tuple[Choice, ...]
    locked: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    @property
    def recommended(self) -> Choice:
        """Of the choices that cost at most 2 % of the total the one with the best worst pair.

        Of several the cheapest, and of several of these the one that comes last, which looks at more than the worst.
        """
        affordable = [choice for choice in reversed(self.choices) if choice.affordable]
        return max(affordable, key=lambda choice: (choice.worst, choice.total))

    @property
    def _recommendation(self) -> str:
        """Return what is recommended, what it gains and costs, and why it and not its equals."""
        first, chosen = self.choices[0], self.recommended
        if chosen.worst == first.worst:
            return f"Stay with the best total: nothing that costs at most {percent(AFFORDABLE)} helps the worst pair."
        lifted = f"{self.unit.finely(first.worst)} to {self.unit.finely(chosen.worst)}"
        gain = f"{lifted} {self.unit.heading}"
        if first.worst > 0:
            gain += f" (+{percent(Fraction(chosen.worst, first.worst) - 1)})"
        cost = f"{percent(chosen.price)} of the total"
        return f"Take {chosen.name}: it lifts the worst pair from {gain} for {cost}.{self._equals(chosen)}"

    def _equals(self, chosen: Choice) -> str:
        same = [
            each.name
            for each in self.choices
            if each is not chosen and (each.worst, each.total) == (chosen.worst, chosen.total)
        ]
        if not same:
            return ""
        *others, last = same
        names = f"{', '.join(others)} and {last}" if others else last
        verb = "have" if others else "has"
        return f" {names} {verb} the same worst pair and total; {AIMS[chosen.objective.kind]}."

    def _panels(self) -> list[Panel]:
        prices = [in_per_cent(choice.price) for choice in self.choices]
        inequality = [math.nan if each.gini is None else each.gini for each in self.choices]
        marks = [self._mark(position) for position in range(len(self.choices))]
        marks.append(recommended(self.choices.index(self.recommended)))
        along = Along(f"{PRICE}: per cent of the best total", prices)
        worst = [choice.worst for choice in self.choices]
        return [
            Panel("points of the worst pair", along, worst, marks, whole=True),
            Panel("inequality of the pairs (Gini)", along, inequality, marks),
        ]

    def _mark(self, position: int) -> Mark:
        colour, marker = COLOURS[position % len(COLOURS)], MARKERS[position % len(MARKERS)]
        name = self.choices[position].name
        return Mark(name, [position], marker, colour, size=8, opacity=0.85)

    def _columns(self) -> dict[str, list[Any]]:
        return {
            "objective": [choice.name for choice in self.choices],
            **self._figures(),
            "jain": [choice.jain for choice in self.choices],
        }

    def _rows(self) -> Iterator[tuple[str, ...]]:
        yield "objective", "pairs", *self._heads, "price", "Gini"
        for choice in self.choices:
            yield (
                choice.name,
                *choice.shown(self.unit),
                percent(choice.price),
                decimals(choice.gini),
            )

    def _notes(self) -> Iterator[str]:
        if self.locked:
            yield f"Not counted: {counted(self.locked, 'locked pair')}."


def sweep_objectives(
    people: People,
    programme: Programme,
    requests: Requests,
    alphas: Sequence[AlphaFair],
    seed: int | str,
) -> Frontier:
    """Return the best matching for the total, for each α, for max-min and for leximin; see :func:`rmatch.frontier`.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme
        What "good" and "allowed" mean, whatever its objective.
    requests : Requests
        Locks, exclusions, previous pairs, wishes.
    alphas : sequence of AlphaFair
        What to try between the total and max-min.
    seed : int or str
        Decides ties.

    Returns
    -------
    Frontier
        The choices.

    Raises
    ------
    InvalidInputError
        If the programme has quotas, or people, programme and requests do not fit each other.
    InfeasibleError
        If no matching can do what is asked.
    StopError
        If the run was stopped before the best total was known.
    """
    if programme.quotas:
        reason = "go with the objective 'total' alone, and a frontier compares objectives"
        remedy = "leave them out, or name the one to vary as the argument `quota`"
        raise InvalidInputError([Fault("frontier", "quotas", reason, remedy)])
    refuse(
        Fault("frontier", name, "comes before the objective 'total' alone", "leave it out")
        for name in programme.comes_first
    )
    plain = replace(programme, objective=TOTAL)
    scores = score(people, plain, requests)
    refuse(pair_by_pair(scores, "frontier"))
    this_round = Round(scores, seed)
    with_most = this_round.solve()
    if with_most.status is not Status.OPTIMAL:
        message = (
            "it was stopped before the best total was known, which all others are compared with"
        )
        raise StopError(message)
    last = with_most.steps[-1]
    problem = this_round.problem(last.taken, "most", protected=last.protected)
    first = _choice(this_round, problem, TOTAL, last.cells, None)
    choices, left_out = [first], []
    objectives: list[Objective] = [*alphas, MaxMin(), Leximin()]
    for objective in objectives:
        try:
            listen("choices")
            solution = solve_fair(problem, objective, ties=this_round.ties)
            reason = "" if solution.proved else STOPPED
        except InvalidInputError as error:
            reason = "; ".join(fault.problem for fault in error.faults)
        except StopError:
            reason = STOPPED
        if reason:
            left_out.append((replace(first, objective=objective).name, reason))
            continue
        cells = list(zip(solution.rows.tolist(), solution.cols.tolist(), strict=True))
        choices.append(_choice(this_round, problem, objective, cells, first.total))
    unit = Unit.of(this_round.scores.programme, choices[0].points)
    return Frontier(tuple(choices), len(this_round.locks), tuple(left_out), unit=unit)


def _choice(
    this_round: Round,
    problem: Problem,
    objective: Objective,
    cells: Sequence[Cell],
    best: int | None,
) -> Choice:
    mentors, mentees = this_round.scores.mentors, this_round.scores.mentees
    points = sorted(int(problem.points[cell]) for cell in cells)
    total = sum(points)
    pairs = tuple((mentors[row], mentees[column]) for row, column in cells)
    return Choice(objective, pairs, tuple(points), price(total if best is None else best, total))
