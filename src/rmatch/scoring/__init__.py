"""From people and a programme to whole points: for all pairs, or for any block of them."""
