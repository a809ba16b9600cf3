"""
What "best" means
=================

The same 60 people a side under three objectives. The total lets some pairs pay for others, max-min lifts the worst pair,
and leximin goes on to the next, and so on to the last.
"""

from dataclasses import replace

import matplotlib.pyplot as plt

import rmatch

people = rmatch.datasets.workforce(60, 60, seed=4)
figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
for objective in ("total", "max_min", "leximin"):
    programme = replace(rmatch.Programme(), objective=objective)
    matching = rmatch.match(people, programme, seed="spring")
    points = sorted(pair.points / 1000 for pair in matching.pairs)
    axes.step(range(1, len(points) + 1), points, where="mid", label=objective)
    print(f"{objective:8} total {matching.total:,}, worst pair {round(1000 * points[0]):,}")
axes.set(xlabel="pairs, from the worst", ylabel="thousand points")
axes.legend(frameon=False)
