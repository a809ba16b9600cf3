"""The chart of the scale benchmark: time against size, on two logarithmic scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scale_figures import whole

if TYPE_CHECKING:
    from pathlib import Path

    Series = dict[str, list[tuple[int, float]]]

INK = "#808080"
COLOURS = (
    "#d55e00",
    "#0072b2",
    "#009e73",
    "#cc79a7",
    "#b8860b",
    "#56b4e9",
    "#8c6bb1",
    "#7f7f7f",
    "#a65628",
    "#4daf4a",
    "#e41a1c",
)
MARKS = "os^vDP<>*Xh"


def series(rows: dict[str, Any]) -> Series:
    """Return size and seconds of rmatch and of each peer over the squares."""
    found: Series = {"rmatch, people to verification": [], "rmatch, solving only": []}
    for row in sorted(
        (row for row in rows.values() if row["family"] == "square"), key=lambda row: row["shape"][0]
    ):
        own = row.get("solve") or row.get("stream")
        lines = {
            "rmatch, people to verification": whole(row),
            "rmatch, solving only": own and own["median"],
        }
        lines |= {name: peer["median"] for name, peer in row["peers"].items()}
        for name, seconds in lines.items():
            if seconds:
                found.setdefault(name, []).append((row["shape"][0], seconds))
    return {name: points for name, points in found.items() if points}


def draw(rows: dict[str, Any], path: Path) -> None:
    """Write the chart; grey ink and no background are legible on light and on dark pages."""
    import matplotlib as mpl

    mpl.use("svg" if path.suffix == ".svg" else "agg")
    from matplotlib import pyplot as plt

    ink = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    # Without a salt and with no date the same results give the same file.
    style: Any = {
        **dict.fromkeys(ink, INK),
        "svg.hashsalt": "rmatch",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
    }
    with plt.rc_context(style):
        figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
        for (name, points), colour, mark in zip(
            series(rows).items(), COLOURS * 2, MARKS * 2, strict=False
        ):
            own = name.startswith("rmatch")
            width, line = (2.6 if own else 1.3), ("--" if name == "rmatch, solving only" else "-")
            size, seconds = zip(*points, strict=True)
            axes.plot(
                size,
                seconds,
                line,
                marker=mark,
                color=colour,
                linewidth=width,
                markersize=5,
                label=name,
            )
        axes.set(
            xscale="log",
            yscale="log",
            xlabel="mentors, and as many mentees",
            ylabel="seconds (peers: solving only)",
        )
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.grid(visible=True, which="major", color=INK, alpha=0.3, linewidth=0.6)
        figure.legend(loc="outside right upper", fontsize=8, frameon=False, labelcolor=INK)
        figure.savefig(
            path, transparent=True, metadata={"Date": None} if path.suffix == ".svg" else None
        )
        plt.close(figure)
