"""The plot of a frontier; matplotlib is imported here and nowhere else in the library."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from rmatch.frontier import Frontier

ENDINGS = (".svg", ".png", ".pdf")
INK = "#808080"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#b8860b", "#d55e00", "#8c6bb1")
MARKS = "os^vDP<>*Xh"


def draw(frontier: Frontier, path: str | Path) -> None:
    """Write the plot of a frontier; see :meth:`rmatch.Frontier.plot`."""
    target = Path(path)
    if target.suffix not in ENDINGS:
        raise InvalidInputError([Fault("plot", "path", f"{target.name!r}", f"end it in {', '.join(ENDINGS)}")])
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
        worst, unequal = figure.subplots(1, 2)
        _panel(worst, frontier, [choice.worst for choice in frontier.choices], "points of the worst pair")
        _panel(unequal, frontier, [choice.gini for choice in frontier.choices], "inequality of the pairs (Gini)")
        worst.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        figure.legend(*worst.get_legend_handles_labels(), loc="outside right center", frameon=False, labelcolor=INK)
        dated = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(target.suffix)
        figure.savefig(target, transparent=True, dpi=150, metadata=dated)


def _panel(axes: Any, frontier: Frontier, heights: list[Any], label: str) -> None:
    """Draw one figure of every choice against its price, with a ring around the recommended one."""
    heights = [math.nan if height is None else height for height in heights]
    price = [100 * float(choice.price) for choice in frontier.choices]
    for here, choice in enumerate(frontier.choices):
        style = {"color": COLOURS[here % len(COLOURS)], "marker": MARKS[here % len(MARKS)]}
        axes.plot(price[here], heights[here], linestyle="none", markersize=8, alpha=0.85, label=choice.name, **style)
    chosen = frontier.choices.index(frontier.recommended)
    ring = {"marker": "o", "markersize": 17, "fillstyle": "none", "color": INK, "linestyle": "none"}
    axes.plot(price[chosen], heights[chosen], label="recommended", **ring)
    axes.set_xlabel("price of fairness: per cent of the best total", color=INK)
    axes.set_title(label, color=INK, fontsize=10)
    axes.margins(0.12)
    axes.tick_params(colors=INK)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(visible=True, color=INK, alpha=0.3, linewidth=0.6)
