"""The formulas once more, over arrays: the points and the rules of all pairs, some mentors at a time.

What is known of one person is looked up by :class:`rmatch.formulas.Facts`; what two people have together is one formula over
arrays for each criterion and rule, written from the published definitions and apart from the blocks that a matching is made
from. Verification goes by it wherever a proof is about all pairs.
"""
