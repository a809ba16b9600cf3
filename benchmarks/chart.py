"""The pictures of problems: time against size, and where the time goes."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from figures import duration, peers, time
from sampling import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    Series = dict[str, list[tuple[int, float]]]

INK = "#808080"
COLOURS = "#d55e00 #0072b2 #009e73 #cc79a7 #b8860b #56b4e9 #8c6bb1 #7f7f7f #a65628 #4daf4a #e41a1c"
MARKS = "os^vDP<>*Xh"
FILLS = "#e69f00 #cc79a7 #d55e00 #56b4e9 #0099a8 #f0e442 #a6cee3 #999999 #7fc97f #009e73 #beaed4 #fdc086 #c8c8c8"
PROFILED, READABLE = (500, 2_000, 20_000, 100_000), 0.05
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


def draw(rows: dict[str, Any], folder: Path) -> None:
    """Write the pictures; grey ink and no background are legible on light and on dark pages."""
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
        for name, picture in (("scale", _scale), ("profile", _profile)):
            figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
            picture(axes, rows)
            look: dict[str, Any] = {"fontsize": 8, "frameon": False, "labelcolor": INK}
            figure.legend(loc="outside right upper", **look)
            figure.savefig(folder / f"{name}.svg", transparent=True, metadata={"Date": None})
            plt.close(figure)


def _scale(axes: Axes, rows: dict[str, Any]) -> None:
    """Draw time against size, on two logarithmic scales."""
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


def _profile(axes: Axes, rows: dict[str, Any]) -> None:
    """Draw which share of its time each phase takes, a bar for the match and one for its verification at each size."""
    bars = list(profiles(rows))[::-1]
    labels, ends = [label for label, _ in bars], [0.0] * len(bars)
    for phase, colour in zip(PHASES, FILLS.split(), strict=True):
        widths = [shares.get(phase, 0) for _, shares in bars]
        if not any(widths):
            continue
        drawn = axes.barh(labels, widths, left=ends, color=colour, label=phase, height=0.7)
        said = [f"{100 * width:.0f}" if width >= READABLE else "" for width in widths]
        axes.bar_label(drawn, said, label_type="center", fontsize=8, color="black")
        ends = [end + width for end, width in zip(ends, widths, strict=True)]
    axes.set(xlim=(0, 1), xlabel="share of the time; in the bars, per cent")
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    axes.spines[["top", "right"]].set_visible(False)


def profiles(rows: dict[str, Any]) -> Iterator[tuple[str, dict[str, float]]]:
    """Go through the bars: what they are of, with the time that it takes, and the share of each phase."""
    for size in PROFILED:
        own = rows.get(f"square-{size}", {"own": {}})["own"].get("match", {})
        for stage, shares in own.get("spent", {}).items():
            seconds = own["seconds" if stage == "match" else "verify"]
            yield f"{stage}, {size:,}\n{duration(median(seconds))}", shares
