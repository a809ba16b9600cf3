"""
Who meets whom, among all possible pairs
========================================

Each square is a pair that could be: the brighter, the more points. Crosses are pairs that a rule forbids, rings the pairs
that are made. The best total is seldom the best square of each row: two mentors may want the same leader.
"""

import matplotlib.pyplot as plt
import numpy as np

import rmatch

people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
scores = rmatch.score(people, programme)
matching = rmatch.match(people, programme, seed="spring")

figure, axes = plt.subplots(figsize=(6, 5.5), layout="constrained")
image = axes.imshow(scores.points / 1000, cmap="cividis")
forbidden_rows, forbidden_columns = np.nonzero(~scores.allowed)
axes.plot(forbidden_columns, forbidden_rows, "x", color="white", label="forbidden by a rule")
axes.plot(
    [scores.mentees.index(pair.mentee) for pair in matching.pairs],
    [scores.mentors.index(pair.mentor) for pair in matching.pairs],
    "o", fillstyle="none", markersize=20, markeredgewidth=3, color="orangered", label="made",
)  # fmt: skip
axes.set_xticks(range(len(scores.mentees)), scores.mentees)
axes.set_yticks(range(len(scores.mentors)), scores.mentors)
axes.set(xlabel="mentee", ylabel="mentor")
figure.colorbar(image, label="thousand points")
figure.legend(loc="outside upper center", ncols=2, frameon=False)

print(f"{len(matching.pairs)} pairs, {matching.total:,} points")
