"""
The proof as a picture
======================

Every mentor and every mentee gets a price. Where no pair is worth more than the prices of the two, and every pair that is
made is worth exactly as much, no other matching can have a higher total: each dot is a pair that may be made, and none
lies above the line.
"""

import matplotlib.pyplot as plt
import numpy as np

import rmatch

scores = rmatch.score(rmatch.datasets.example(), rmatch.datasets.example_programme())
answer = rmatch.assign(scores.points, allowed=scores.allowed)
prices = answer.certificate
asked = np.add.outer(prices.u, prices.v) - prices.bonus

rows, columns = answer.pairs.T
figure, axes = plt.subplots(figsize=(6, 6), layout="constrained")
axes.plot(asked[scores.allowed] / 1e6, scores.points[scores.allowed] / 1e6, "o", alpha=0.5)
axes.plot(
    asked[rows, columns] / 1e6, scores.points[rows, columns] / 1e6, "s", label="pairs that are made"
)
axes.axline((0.5, 0.5), slope=1, linewidth=1, color="gray")
axes.set(xlabel="the two prices together, million points", ylabel="points of the pair, million")
axes.legend(frameon=False)

above = scores.allowed & (scores.points > asked)
print(
    f"{scores.allowed.sum()} possible pairs, {above.sum()} of them above their prices; gap {answer.gap}"
)
