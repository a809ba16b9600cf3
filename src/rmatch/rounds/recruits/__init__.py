"""Whom to recruit: what one more mentor, or the best few together, are worth to a round."""
