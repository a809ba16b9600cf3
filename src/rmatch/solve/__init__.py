"""Exact assignment: the most pairs, then the best of them, with capacities and minimums on both sides."""

from rmatch.solve.assign import Assignment, assign

__all__ = ["Assignment", "assign"]
