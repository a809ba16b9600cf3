"""What a pair, or a change of points, costs at the optimum."""
