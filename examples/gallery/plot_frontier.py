"""
What a better worst pair costs
==============================

A frontier goes through the choices between the best total and the best worst pair, and says the price of each.
``frontier.plot("frontier.svg")`` draws it in one call; here the same figures are drawn by hand.
"""

import matplotlib.pyplot as plt

import rmatch

frontier = rmatch.frontier(rmatch.datasets.workforce(60, 60, seed=4), seed="spring")

figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
for choice in frontier.choices:
    label = choice.name + (" (recommended)" if choice is frontier.recommended else "")
    axes.plot(100 * float(choice.price), choice.worst / 1000, "o", label=label)
axes.set(xlabel="per cent of the total given up", ylabel="worst pair, thousand points")
axes.legend(frameon=False)

print(frontier)
