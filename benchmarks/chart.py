"""The chart of large problems: time against size, on two logarithmic scales."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from tables import peers, time

if TYPE_CHECKING:
    from pathlib import Path

    Series = dict[str, list[tuple[int, float]]]

INK = "#808080"
COLOURS = "#d55e00 #0072b2 #009e73 #cc79a7 #b8860b #56b4e9 #8c6bb1 #7f7f7f #a65628 #4daf4a #e41a1c"
MARKS = "os^vDP<>*Xh"
WHOLE, SOLVING = "rmatch, people to verification", "rmatch, solving only"


def series(rows: dict[str, Any]) -> Series:
    """Return size and seconds of rmatch and of each peer over the squares."""
    found: Series = {WHOLE: [], SOLVING: []}
    squares = [row for row in rows.values() if row["family"] == "square"]
    for row in sorted(squares, key=lambda row: row["shape"][0]):
        own = row["own"].get("solve") or row["own"]["stream"]
        lines = {WHOLE: time(row), SOLVING: median(own["seconds"]), **peers(row)}
        for name, seconds in lines.items():
            if seconds:
                found.setdefault(name, []).append((row["shape"][0], seconds))
    return {name: points for name, points in found.items() if points}


def draw(rows: dict[str, Any], path: Path) -> None:
    """Write the chart; grey ink and no background are legible on light and on dark pages."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    ink = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    # Without a salt and with no date the same results give the same file.
    style: dict[str, Any] = {
        "svg.hashsalt": "rmatch",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
    }
    with plt.rc_context(style | dict.fromkeys(ink, INK)):  # type: ignore[arg-type]
        figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
        looks = zip(series(rows).items(), COLOURS.split() * 2, MARKS * 2, strict=False)
        for (name, points), colour, mark in looks:
            size, seconds = zip(*points, strict=True)
            width, line = 2.6 if name in {WHOLE, SOLVING} else 1.3, "--" if name == SOLVING else "-"
            look: dict[str, Any] = {
                "marker": mark,
                "color": colour,
                "linewidth": width,
                "markersize": 5,
            }
            axes.plot(size, seconds, line, label=name, **look)
        axes.set(xscale="log", yscale="log", xlabel="mentors, and as many mentees")
        axes.set_ylabel("seconds (peers: solving only)")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.grid(visible=True, which="major", color=INK, alpha=0.3, linewidth=0.6)
        figure.legend(loc="outside right upper", fontsize=8, frameon=False, labelcolor=INK)
        figure.savefig(path, transparent=True, metadata={"Date": None})
        plt.close(figure)
