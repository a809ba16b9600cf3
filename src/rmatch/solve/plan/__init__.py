"""Plans over rounds: which pairs, and when."""
