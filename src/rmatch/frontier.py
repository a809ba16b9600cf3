"""What fairness between pairs costs: the best matching for one objective after another, from the total to leximin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.fairness.indices import gini, jain
from rmatch.match import Task, taken
from rmatch.objectives import TOTAL, AlphaFair, Leximin, MaxMin
from rmatch.programme import Programme
from rmatch.scoring import score
from rmatch.solve.fair import solve_fair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rmatch.objectives import Objective
    from rmatch.people import People
    from rmatch.requests import Requests
    from rmatch.solve.problem import Problem

ALPHAS = (0.5, 1, 2, 4, 8)
AFFORDABLE = Fraction(1, 50)
"""The most that the recommended matching may cost, as a share of the total."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best matching for one objective, and what it costs.

    Attributes
    ----------
    objective : Total, AlphaFair, MaxMin or Leximin
        What was best.
    pairs : tuple of tuple of str
        Mentor and mentee by id, sorted, without the locked pairs.
    points : tuple of int
        The points of these pairs, the fewest first.
    price : Fraction
        The price of fairness, :math:`(W^* - W) / W^*`: what is lost against the best total, as a share of it.
    """

    objective: Objective
    pairs: tuple[tuple[str, str], ...]
    points: tuple[int, ...]
    price: Fraction

    @property
    def name(self) -> str:
        """The objective in a word."""
        return f"α = {self.objective.alpha:g}" if isinstance(self.objective, AlphaFair) else NAMES[self.objective.kind]

    @property
    def total(self) -> int:
        """The points of all pairs."""
        return sum(self.points)

    @property
    def worst(self) -> int:
        """The points of the worst pair; 0 if there is none."""
        return min(self.points, default=0)

    @property
    def gini(self) -> float | None:
        """How unequal the points of the pairs are, 0 where they are equal; none where that is not defined."""
        return gini(self.points) if self._comparable else None

    @property
    def jain(self) -> float | None:
        """How equal the points of the pairs are, 1 where they are; none where that is not defined."""
        return jain(self.points) if self._comparable else None

    @property
    def _comparable(self) -> bool:
        return self.worst >= 0 < self.total


NAMES = {"total": "total", "max_min": "max-min", "leximin": "leximin"}


@dataclass(frozen=True, eq=False, repr=False)
class Frontier:
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
    """

    choices: tuple[Choice, ...]
    locked: int = 0
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def recommended(self) -> Choice:
        """Of the choices that cost at most 2 % of the total the one with the best worst pair.

        Of several the cheapest, and of several of these the one that comes last, which looks at more than the worst.
        """
        affordable = [choice for choice in reversed(self.choices) if choice.price <= AFFORDABLE]
        return max(affordable, key=lambda choice: (choice.worst, choice.total))

    @property
    def recommendation(self) -> str:
        """What is recommended, and what it gains and costs, in words."""
        first, chosen = self.choices[0], self.recommended
        if chosen.worst == first.worst:
            return f"Stay with the best total: nothing that costs at most {_percent(AFFORDABLE)} helps the worst pair."
        gain = f"{first.worst:,} to {chosen.worst:,} points"
        if first.worst > 0:
            gain += f" (+{_percent(Fraction(chosen.worst, first.worst) - 1)})"
        return f"Take {chosen.name}: it lifts the worst pair from {gain} for {_percent(chosen.price)} of the total."

    def to_frame(self, *, backend: Any = None) -> Any:
        """Return a row for each choice as a dataframe.

        Parameters
        ----------
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            With the columns objective, pairs, total, worst, price, gini, jain.

        Raises
        ------
        InvalidInputError
            For an unknown library, or if none is imported.
        """
        from rmatch.output import dataframe

        columns: dict[str, list[Any]] = {
            "objective": [choice.name for choice in self.choices],
            "pairs": [len(choice.pairs) for choice in self.choices],
            "total": [choice.total for choice in self.choices],
            "worst": [choice.worst for choice in self.choices],
            "price": [float(choice.price) for choice in self.choices],
            "gini": [choice.gini for choice in self.choices],
            "jain": [choice.jain for choice in self.choices],
        }
        return dataframe(columns, backend)

    def plot(self, path: str | Path) -> None:
        """Draw the curve: the price of fairness against the worst pair. Needs the extra ``report``.

        Parameters
        ----------
        path : str or Path
            The file to write; its ending says whether SVG, PNG or PDF.

        Raises
        ------
        InvalidInputError
            If the extra is not installed, or for another ending.
        """
        from rmatch.frontier_plot import draw

        draw(self, path)

    def __repr__(self) -> str:
        """Return the choices as a table, and the recommendation."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        rows: list[tuple[str, ...]] = [("objective", "pairs", "total", "worst pair", "price", "Gini")]
        for choice in self.choices:
            unequal = "" if choice.gini is None else f"{choice.gini:.3f}"
            figures = (
                f"{len(choice.pairs):,}",
                f"{choice.total:,}",
                f"{choice.worst:,}",
                _percent(choice.price),
                unequal,
            )
            rows.append((choice.name, *figures))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (f"{figure:>{width}}" for figure, width in zip(row[1:], widths[1:], strict=True))
            yield "  ".join([f"{row[0]:<{widths[0]}}", *cells]).rstrip()
        yield from (f"Left out: {name}: {why}" for name, why in self.left_out)
        if self.locked:
            yield f"Not counted: {self.locked} locked pair{'s' * (self.locked != 1)}."
        yield self.recommendation


def frontier(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    alphas: Sequence[float] = ALPHAS,
    seed: int | str = 0,
) -> Frontier:
    r"""Return what a better deal for the worst pairs costs in total points.

    The first choice is the best total :math:`W^*`, then α-fairness for each α, max-min, and leximin. Everybody who has
    a place in the matching with the best total keeps it, and there are as many pairs in each: the choices differ in
    who meets whom. For each the price of fairness [1]_ is :math:`(W^* - W) / W^*`.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent. Its `objective` does not matter here.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    alphas : sequence of float
        The values of α to try, each 0 or more.
    seed : int or str
        Decides ties.

    Returns
    -------
    Frontier
        The choices as data, table and plot, and one recommended by a stated rule.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme and requests do not fit each other.
    InfeasibleError
        If locks break rules or capacities, or minimums are out of reach, with the people concerned.

    References
    ----------
    .. [1] D. Bertsimas, V. F. Farias and N. Trichakis, "The price of fairness", Operations Research 59(1), 2011.
       :doi:`10.1287/opre.1100.0865`

    Examples
    --------
    >>> import rmatch
    >>> frontier = rmatch.frontier(rmatch.datasets.example())
    >>> [choice.name for choice in frontier.choices]
    ['total', 'α = 0.5', 'α = 1', 'α = 2', 'α = 4', 'α = 8', 'max-min', 'leximin']
    >>> all(0 <= choice.price <= 1 for choice in frontier.choices)
    True
    """
    objectives: list[Objective] = [*(AlphaFair(alpha) for alpha in alphas), MaxMin(), Leximin()]
    plain = replace(Programme() if programme is None else programme, objective=TOTAL)
    if plain.quotas:
        reason = "go with the objective 'total' alone, and a frontier compares objectives"
        raise InvalidInputError([Fault("frontier", "quotas", reason, "leave them out")])
    task = Task(score(people, plain, requests), seed)
    last = task.matching().steps[-1]
    problem = task.problem(taken(last), "most", protected=last.protected)
    cells = list(zip(last.solution.rows.tolist(), last.solution.cols.tolist(), strict=True))
    first = _choice(task, problem, TOTAL, cells, None)
    choices, left_out = [first], []
    for objective in objectives:
        try:
            solution = solve_fair(problem, objective, ties=task.ties)
        except InvalidInputError as error:
            name = replace(first, objective=objective).name
            left_out.append((name, "; ".join(fault.problem for fault in error.faults)))
            continue
        cells = list(zip(solution.rows.tolist(), solution.cols.tolist(), strict=True))
        choices.append(_choice(task, problem, objective, cells, first.total))
    return Frontier(tuple(choices), len(task.locks), tuple(left_out))


def _choice(
    task: Task, problem: Problem, objective: Objective, cells: list[tuple[int, int]], best: int | None
) -> Choice:
    mentors, mentees = task.scores.mentors, task.scores.mentees
    points = sorted(int(problem.points[cell]) for cell in cells)
    price = Fraction(best - sum(points), best) if best else Fraction(0)
    return Choice(objective, tuple((mentors[i], mentees[j]) for i, j in cells), tuple(points), price)


def _percent(share: Fraction) -> str:
    return f"{100 * float(share):.2f}".rstrip("0").rstrip(".") + " %"
