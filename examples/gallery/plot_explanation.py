"""
Why these two
=============

The lines of an explanation add up to the points of the pair, exactly, so that they can be drawn as parts of a whole.
"""

import matplotlib.pyplot as plt

import rmatch

matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
explanation = matching.explain("E15", "E03")
lines = [line for line in explanation.lines if line.points]

figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
left = 0
for place, line in enumerate(lines):
    axes.barh(place, line.points / 1000, left=left / 1000)
    left += line.points
axes.set_yticks(range(len(lines)), [f"{line.criterion}: {line.subject}" for line in lines])
axes.invert_yaxis()
axes.set(xlabel="thousand points, adding up", title=f"E15 with E03: {left:,} points")

print(explanation)
