"""
Chances before the draw
=======================

A lottery says first how likely each pair is: here no pair above one half, so that nobody is bound to one partner. One
draw then keeps these chances: the rings are the pairs that it made.
"""

import matplotlib.pyplot as plt

import rmatch

people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
lottery = rmatch.lottery(people, programme, cap="1/2", seed="spring")
mentors, mentees = lottery.scores.mentors, lottery.scores.mentees
drawn = lottery.draw(seed="spring, in front of everybody")

figure, axes = plt.subplots(figsize=(6, 5.5), layout="constrained")
image = axes.imshow(lottery.marginals.matrix, cmap="Blues", vmin=0, vmax=1)
axes.plot(
    [mentees.index(pair.mentee) for pair in drawn],
    [mentors.index(pair.mentor) for pair in drawn],
    "o", fillstyle="none", markersize=20, markeredgewidth=3, color="orangered", label="drawn",
)  # fmt: skip
axes.set_xticks(range(len(mentees)), mentees)
axes.set_yticks(range(len(mentors)), mentors)
axes.set(xlabel="mentee", ylabel="mentor")
figure.colorbar(image, label="chance")
figure.legend(loc="outside upper center", frameon=False)

print(f"{float(lottery.total):,.0f} points expected; drawn {sum(pair.points for pair in drawn):,}")
