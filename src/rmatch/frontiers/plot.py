"""The plot of a frontier; matplotlib is imported here and nowhere else in the library."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve import WORDS
from rmatch.utils.validation import path_faults, refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from rmatch.frontiers.over_objectives import Frontier
    from rmatch.frontiers.quota_frontier import QuotaFrontier

ENDINGS = (".svg", ".png", ".pdf")
INK = "#808080"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#b8860b", "#d55e00", "#8c6bb1")
MARKS = "os^vDP<>*Xh"
PRICE = "price of fairness"
RING: dict[str, Any] = {
    "marker": "o",
    "markersize": 17,
    "fillstyle": "none",
    "color": INK,
    "linestyle": "none",
}


def draw_objectives(frontier: Frontier, path: str | Path) -> None:
    """Write the plot of a frontier over objectives; see :meth:`rmatch.Frontier.plot`."""
    _write(partial(_objectives, frontier), path)


def draw_bounds(frontier: QuotaFrontier, path: str | Path) -> None:
    """Write the plot of a frontier over the bounds of a quota; see :meth:`rmatch.frontiers.quota_frontier.QuotaFrontier.plot`."""
    _write(partial(_bounds, frontier), path)


def _write(fill: Callable[[Any], None], path: str | Path) -> None:
    refuse(path_faults("plot", path))
    target = Path(path)
    if target.suffix not in ENDINGS:
        raise InvalidInputError(
            [Fault("plot", "path", f"{target.name!r}", f"end it in {', '.join(ENDINGS)}")]
        )
    try:
        from matplotlib.figure import Figure
        from matplotlib.style import context
    except ModuleNotFoundError as error:
        problem, remedy = "matplotlib is not installed", "install reverse-mentoring[report]"
        raise InvalidInputError([Fault("plot", "matplotlib", problem, remedy)]) from error
    # A figure of its own touches no global state. Grey ink and no background are legible on light and on dark pages;
    # with a salt and without a date the same frontier gives the same file.
    with context({"svg.hashsalt": "rmatch", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(9, 3.8), layout="constrained")
        fill(figure)
        dated = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(target.suffix)
        figure.savefig(target, transparent=True, dpi=150, metadata=dated)


def _objectives(frontier: Frontier, figure: Any) -> None:
    worst, unequal = figure.subplots(1, 2)
    prices = [_per_cent(choice.price) for choice in frontier.choices]
    chosen = frontier.choices.index(frontier.recommended)
    for axes, heights, label in (
        (worst, [choice.worst for choice in frontier.choices], "points of the worst pair"),
        (
            unequal,
            [_number(choice.gini) for choice in frontier.choices],
            "inequality of the pairs (Gini)",
        ),
    ):
        for here, choice in enumerate(frontier.choices):
            style = {
                "color": COLOURS[here % len(COLOURS)],
                "marker": MARKS[here % len(MARKS)],
                "alpha": 0.85,
            }
            axes.plot(
                prices[here],
                heights[here],
                linestyle="none",
                markersize=8,
                label=choice.name,
                **style,
            )
        axes.plot(prices[chosen], heights[chosen], label="recommended", **RING)
        _dress(axes, label, f"{PRICE}: per cent of the best total")
    worst.yaxis.set_major_formatter(_thousands)
    _legend(figure, worst)


def _bounds(frontier: QuotaFrontier, figure: Any) -> None:
    """Draw the price and the worst pair of each choice over its bound; those that cost a pair are hollow."""
    cost, worst = figure.subplots(1, 2)
    first, *others = frontier.choices
    along = [first.reached, *(choice.bound for choice in others)]
    lost = [len(choice.pairs) < len(first.pairs) for choice in frontier.choices]
    chosen = frontier.choices.index(frontier.recommended)
    for axes, heights, label in (
        (
            cost,
            [_per_cent(choice.price) for choice in frontier.choices],
            f"{PRICE}: per cent of the best total",
        ),
        (worst, [choice.worst for choice in frontier.choices], "points of the worst pair"),
    ):
        axes.plot(along, heights, color=COLOURS[0], linewidth=1, alpha=0.5)
        for name, mark, fill, shown in (
            ("without the quota", "D", "full", [0]),
            (
                "with all pairs",
                "o",
                "full",
                [here for here in range(1, len(along)) if not lost[here]],
            ),
            (
                "with fewer pairs",
                "o",
                "none",
                [here for here in range(1, len(along)) if lost[here]],
            ),
        ):
            if shown:
                places = [along[here] for here in shown], [heights[here] for here in shown]
                style = {
                    "marker": mark,
                    "fillstyle": fill,
                    "color": COLOURS[0],
                    "linestyle": "none",
                    "markersize": 7,
                }
                axes.plot(*places, label=name, **style)
        axes.plot(along[chosen], heights[chosen], label="recommended", **RING)
        _dress(axes, label, f"{frontier.quota}: {WORDS[frontier.kind]}")
        axes.xaxis.set_major_locator(_whole())
        axes.xaxis.set_major_formatter(_thousands)
        if frontier.kind != "at_least":
            axes.invert_xaxis()
    worst.yaxis.set_major_formatter(_thousands)
    _legend(figure, cost)


def _dress(axes: Any, title: str, along: str) -> None:
    axes.set_xlabel(along, color=INK)
    axes.set_title(title, color=INK, fontsize=10)
    axes.margins(0.12)
    axes.tick_params(colors=INK)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(visible=True, color=INK, alpha=0.3, linewidth=0.6)


def _legend(figure: Any, axes: Any) -> None:
    figure.legend(
        *axes.get_legend_handles_labels(), loc="outside right center", frameon=False, labelcolor=INK
    )


def _whole() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=6, integer=True)


def _thousands(value: float, _: object) -> str:
    return f"{value:,.0f}"


def _per_cent(share: Fraction | None) -> float:
    return math.nan if share is None else 100 * float(share)


def _number(index: float | None) -> float:
    return math.nan if index is None else index
