"""What a quota costs: choices from the best total without it to the strictest bound that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from rmatch.frontiers.curve import AFFORDABLE, Curve, Figures, decimals, percent
from rmatch.frontiers.plot import COLOURS, PRICE, Along, Mark, Panel, in_per_cent, recommended
from rmatch.programme import Unit
from rmatch.quotas import AnyQuota
from rmatch.solve import WORDS, Bound, Strictest
from rmatch.utils.documents import UNWRITTEN
from rmatch.utils.text import counted, numeral

EXTREMES = {"at_least": "most", "at_most": "fewest", "within": "least"}


@dataclass(frozen=True, slots=True)
class QuotaChoice(Figures):
    """The best matching under one bound, and what it costs: what :func:`rmatch.match` returns with that quota.

    Attributes
    ----------
    quota : Quota, PairQuota or MeanParity, optional
        The quota with this bound, to put into a programme; none for the best total without it.
    bound : int, optional
        What was asked for.
    reached : int
        What the matching has, locked pairs included: pairs, or points between two means, rounded up.
    pairs : tuple of tuple of str
        Mentor and mentee by id, sorted, without the locked pairs.
    points : tuple of int
        The points of these pairs, the fewest first.
    price : Fraction or None
        The price of fairness, :math:`(W^* - W) / W^*`, against the best total without this quota. None if something is
        lost of a total that has no points above zero.
    route : str
        The algorithm that ran: ``"lp"`` and ``"milp"`` are HiGHS, anything else needed no quota to get there.
    gap : float
        How far the bound on the total exceeds it, as a share of it; 0 unless the run was stopped.
    proved : bool
        Whether nothing is better; only a run that was stopped leaves that open.
    """

    quota: AnyQuota | None
    bound: int | None
    reached: int
    pairs: tuple[tuple[str, str], ...]
    points: tuple[int, ...]
    price: Fraction | None
    route: str
    gap: float
    proved: bool


@dataclass(frozen=True, eq=False, repr=False)
class QuotaFrontier(Curve):
    """The choices between the most points in all and the strictest bound of a quota that is possible.

    Made by :func:`rmatch.frontier` with a `quota`.

    Attributes
    ----------
    quota : Quota, PairQuota or MeanParity
        What is swept, as it was given.
    kind : {"at_least", "at_most", "within"}
        Which bound of it.
    choices : tuple of QuotaChoice
        One for each bound, the best total without the quota first, and then stricter and stricter.
    strictest : Strictest, optional
        The strictest bound that any matching keeps, and whether that is proved; none for means, which can be brought
        nearer and nearer to each other.
    strictest_with_all_pairs : Strictest, optional
        The same among the matchings with as many pairs as the first choice.
    locked : int
        The number of locked pairs, which count for the quota alone.
    left_out : tuple of tuple of str
        Bounds that cannot be had, and why.
    """

    quota: AnyQuota
    kind: Bound
    choices: tuple[QuotaChoice, ...]
    strictest: Strictest | None
    strictest_with_all_pairs: Strictest | None
    locked: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    @property
    def recommended(self) -> QuotaChoice:
        """The strictest of the choices that cost no pair and at most 2 % of the total."""
        return next(
            choice
            for choice in reversed(self.choices)
            if choice.affordable and self._lost(choice) <= 0
        )

    @property
    def _recommendation(self) -> str:
        """Return what is recommended, what it gains and costs, and what the next step would cost."""
        first, chosen = self.choices[0], self.recommended
        if chosen.bound is None:
            return f"Stay with the best total: {self._why_stay()}"
        gain = (
            f"{self.quota} from {numeral(first.reached)} to {numeral(chosen.reached)}{self._unit}"
        )
        cost = (
            f"for {percent(chosen.price)} of the total"
            if chosen.total < first.total
            else "at no cost"
        )
        return f"Take {self._word} {numeral(chosen.bound)}: {gain} {cost}. {self._next(chosen)}"

    @property
    def _word(self) -> str:
        return WORDS[self.kind]

    @property
    def _unit(self) -> str:
        return " points apart" if self.kind == "within" else ""

    def _lost(self, choice: QuotaChoice) -> int:
        """Return how many pairs a choice has less than the first."""
        return len(self.choices[0].pairs) - len(choice.pairs)

    def _why_stay(self) -> str:
        first = self.choices[0]
        if self._is_strictest(first.reached):
            return f"nothing to gain, it already has the {EXTREMES[self.kind]} possible, {numeral(first.reached)}."
        if len(self.choices) > 1:
            return f"no stricter bound keeps all pairs for at most {percent(AFFORDABLE)} of it. {self._next(first)}"
        if self.left_out:
            return "none of the bounds can be had."
        return f"little to gain, these are only {numeral(first.reached)}{self._unit}."

    def _is_strictest(self, value: int) -> bool:
        return (
            self.strictest is not None and self.strictest.proved and value == self.strictest.value
        )

    def _next(self, chosen: QuotaChoice) -> str:
        later = self.choices[self.choices.index(chosen) + 1 :]
        if not later:
            return (
                "No matching goes further."
                if self._is_strictest(chosen.reached)
                else "Nothing further was tried."
            )
        first, following = self.choices[0], later[0]
        lost, cost = self._lost(following), []
        if following.total < first.total:
            points_lost = self.unit.size(first.total - following.total)
            cost.append(percent(following.price) or points_lost)
        if lost > 0:
            cost.append(counted(lost, "pair"))
        costs = " and ".join(cost) or "nothing"
        return f"The next, {self._word} {_bound(following)}, costs {costs}."

    def _panels(self) -> list[Panel]:
        first, *others = self.choices
        bounds = [choice.bound for choice in others if choice.bound is not None]
        along = Along(
            f"{self.quota}: {self._word}",
            [first.reached, *bounds],
            whole=True,
            falling=self.kind != "at_least",
        )
        marks = [*self._marks(), recommended(self.choices.index(self.recommended))]
        prices = [in_per_cent(choice.price) for choice in self.choices]
        worst = [choice.worst for choice in self.choices]
        title = f"{PRICE}: per cent of the best total"
        return [
            Panel(title, along, prices, marks, joined=True),
            Panel("points of the worst pair", along, worst, marks, whole=True, joined=True),
        ]

    def _marks(self) -> Iterator[Mark]:
        """Go through the kinds of choices; those that cost a pair are hollow."""
        yield Mark("without the quota", [0], "D", COLOURS[0])
        positions = range(1, len(self.choices))
        kept = [position for position in positions if self._lost(self.choices[position]) <= 0]
        fewer = [position for position in positions if position not in kept]
        if kept:
            yield Mark("with all pairs", kept, "o", COLOURS[0])
        if fewer:
            yield Mark("with fewer pairs", fewer, "o", COLOURS[0], filled=False)

    def _columns(self) -> dict[str, list[Any]]:
        return {
            "bound": [choice.bound for choice in self.choices],
            "reached": [choice.reached for choice in self.choices],
            **self._figures(),
            "route": [choice.route for choice in self.choices],
            "gap": [choice.gap for choice in self.choices],
            "proved": [choice.proved for choice in self.choices],
        }

    def _rows(self) -> Iterator[tuple[str, ...]]:
        yield self._word, "reached", "pairs", *self._heads, "price", "Gini", "route"
        for choice in self.choices:
            bound = _bound(choice)
            figures = numeral(choice.reached), *choice.shown(self.unit)
            gap = "" if choice.proved else f", gap {100 * choice.gap:.2g} %"
            route = f"{choice.route}{gap}"
            yield bound, *figures, percent(choice.price), decimals(choice.gini), route

    def _notes(self) -> Iterator[str]:
        if self.locked:
            yield f"Not counted, but for the quota: {counted(self.locked, 'locked pair')}."
        if self.strictest is None or self.strictest_with_all_pairs is None:
            return
        ends = [("", self.strictest)]
        if self.strictest_with_all_pairs.value != self.strictest.value:
            ends = [
                (" with as many pairs", self.strictest_with_all_pairs),
                (" with any number of pairs", self.strictest),
            ]
        found = (
            f"{numeral(end.value)}{how}{'' if end.proved else ' (not proved)'}" for how, end in ends
        )
        name = str(self.quota)
        yield f"{name[0].upper()}{name[1:]}: the {EXTREMES[self.kind]} possible: {', '.join(found)}."


def _bound(choice: QuotaChoice) -> str:
    return "any" if choice.bound is None else numeral(choice.bound)
