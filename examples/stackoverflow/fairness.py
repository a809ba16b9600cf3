"""Make the figures of the page on fairness reports: the report of the survey cohort as text, and its plot.

Run as ``python examples/stackoverflow/fairness.py SURVEY.csv``, with matplotlib installed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rmatch

if TYPE_CHECKING:
    from rmatch.fairness import Fairness

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "docs" / "_static"
BLUE, GREY, LIGHT = "#2a6f97", "#555555", "#d0d0d0"


def report(survey: Path) -> Fairness:
    """Return the fairness report of the survey cohort."""
    people = rmatch.read_people(survey, mapping=HERE / "mapping.toml")
    return rmatch.match(people, rmatch.read_programme(HERE / "programme.toml")).fairness()


def plot(found: Fairness, target: Path) -> None:
    """Draw the match rates of the leaders by age, and the points of all pairs."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.rcParams |= {"svg.hashsalt": "rmatch", "svg.fonttype": "path", "font.size": 10}
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    table = found.table("mentee", "age")
    shown = [group for group in table.by_group if group.match_rate is not None][::-1]
    rates = [100 * (group.match_rate or 0) for group in shown]
    overall = 100 * (table.overall.match_rate or 0)
    left.barh([group.name[0].removesuffix(" old") for group in shown], rates, color=BLUE)
    for at, group in enumerate(shown):
        told = f"{rates[at]:.0f} %, {group.matched} of {group.people}, p = {group.p_match_rate:.3f}"
        left.text(66, at, told, va="center", color=GREY)
    left.axvline(overall, color=GREY, linestyle="--", linewidth=1)
    left.annotate(
        f"all leaders: {overall:.0f} %",
        (overall, len(shown) - 0.45),
        xytext=(4, 0),
        textcoords="offset points",
        color=GREY,
    )
    left.set(
        xlim=(0, 115),
        ylim=(-0.6, len(shown) - 0.1),
        xlabel="leaders with a partner, %",
        title="Who gets a partner, by age",
    )
    thousands = [points / 1000 for points in found.points]
    right.hist(thousands, bins=range(400, 1001, 50), color=LIGHT, edgecolor=GREY)
    right.axvline(thousands[0], color=BLUE, linewidth=2)
    right.annotate(
        f"worst pair: {thousands[0]:.0f}",
        (thousands[0], right.get_ylim()[1]),
        xytext=(6, -14),
        textcoords="offset points",
        color=BLUE,
    )
    right.set(xlabel="points of a pair, thousands", ylabel="pairs", title="How good the pairs are")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None, dpi=110)


if __name__ == "__main__":
    made = report(Path(sys.argv[1]))
    (STATIC / "survey-fairness.txt").write_text(f"{made}\n", encoding="utf-8")
    plot(made, Path(sys.argv[2]) if len(sys.argv) > 2 else STATIC / "survey-fairness.svg")
