"""Chances instead of pairs: a fair lottery over matchings."""
