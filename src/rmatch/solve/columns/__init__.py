"""Column generation: the certified optimum without a matrix. Needs the extra `scale`."""
