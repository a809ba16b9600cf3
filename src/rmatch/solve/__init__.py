"""Exact assignment: the most pairs, then the best of them, with capacities and minimums on both sides."""

from rmatch.solve.assign import Assignment, assign
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns.inputs import Blocks, Tables
from rmatch.solve.stopping import Progress

__all__ = ["Assignment", "Blocks", "Certificate", "Progress", "Tables", "assign"]
