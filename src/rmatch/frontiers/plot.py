"""The plot of a frontier: panels beside each other; matplotlib is imported here and nowhere else in the library."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.text import numeral
from rmatch.utils.validation import path_faults, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

ENDINGS = (".svg", ".png", ".pdf")
INK = "#808080"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#b8860b", "#d55e00", "#8c6bb1")
MARKERS = "os^vDP<>*Xh"
PRICE = "price of fairness"


@dataclass(frozen=True, slots=True)
class Mark:
    """How some of the choices are marked.

    Attributes
    ----------
    name : str
        What the legend says.
    positions : sequence of int
        Which of the choices.
    marker, colour : str
        The form and the colour.
    filled : bool
        Whether the form is filled.
    size : float
        Of the form, in points.
    opacity : float
        From 0 to 1.
    """

    name: str
    positions: Sequence[int]
    marker: str
    colour: str
    filled: bool = True
    size: float = 7
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Along:
    """What runs along the bottom of a panel.

    Attributes
    ----------
    label : str
        What it is.
    values : sequence of float
        One for each choice.
    whole : bool
        Whether all are whole numbers.
    falling : bool
        Whether the largest comes first.
    """

    label: str
    values: Sequence[float]
    whole: bool = False
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a plot.

    Attributes
    ----------
    title : str
        What the heights are.
    along : Along
        What they stand over.
    heights : sequence of float
        One for each choice.
    marks : sequence of Mark
        How the choices are marked, the lowest layer first.
    whole : bool
        Whether the heights are whole numbers.
    joined : bool
        Whether a line joins the choices.
    """

    title: str
    along: Along
    heights: Sequence[float]
    marks: Sequence[Mark]
    whole: bool = False
    joined: bool = False


def recommended(position: int) -> Mark:
    """Return the ring around the choice that is recommended."""
    return Mark("recommended", [position], "o", INK, filled=False, size=17)


def plot(panels: Sequence[Panel], path: str | Path) -> None:
    """Write panels beside each other, with one legend.

    Parameters
    ----------
    panels : sequence of Panel
        From left to right; all have the marks of the first.
    path : str or Path
        The file to write; its ending says whether SVG, PNG or PDF.

    Raises
    ------
    InvalidInputError
        If the extra is not installed, or for another ending.
    """
    refuse(path_faults("plot", path))
    target = Path(path)
    if target.suffix not in ENDINGS:
        remedy = f"end it in {', '.join(ENDINGS)}"
        raise InvalidInputError([Fault("plot", "path", f"{target.name!r}", remedy)])
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
        all_axes = figure.subplots(1, len(panels))
        for axes, panel in zip(all_axes, panels, strict=True):
            _draw(axes, panel)
        handles = all_axes[0].get_legend_handles_labels()
        figure.legend(*handles, loc="outside right center", frameon=False, labelcolor=INK)
        dated = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(target.suffix)
        figure.savefig(target, transparent=True, dpi=150, metadata=dated)


def in_per_cent(share: Fraction | None) -> float:
    """Return a share as a height; none is not drawn."""
    return math.nan if share is None else 100 * float(share)


def _draw(axes: Any, panel: Panel) -> None:
    along, heights = panel.along, panel.heights
    if panel.joined:
        axes.plot(along.values, heights, color=COLOURS[0], linewidth=1, alpha=0.5)
    for mark in panel.marks:
        axes.plot(
            [along.values[position] for position in mark.positions],
            [heights[position] for position in mark.positions],
            label=mark.name,
            marker=mark.marker,
            color=mark.colour,
            fillstyle="full" if mark.filled else "none",
            markersize=mark.size,
            alpha=mark.opacity,
            linestyle="none",
        )
    _dress(axes, panel.title, along.label)
    if along.whole:
        axes.xaxis.set_major_locator(_whole_ticks())
        axes.xaxis.set_major_formatter(_thousands)
    if along.falling:
        axes.invert_xaxis()
    if panel.whole:
        axes.yaxis.set_major_formatter(_thousands)


def _dress(axes: Any, title: str, label: str) -> None:
    axes.set_xlabel(label, color=INK)
    axes.set_title(title, color=INK, fontsize=10)
    axes.margins(0.12)
    axes.tick_params(colors=INK)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(visible=True, color=INK, alpha=0.3, linewidth=0.6)


def _whole_ticks() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=6, integer=True)


def _thousands(value: float, _: object) -> str:
    return numeral(value)
