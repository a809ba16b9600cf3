"""Expected assignments, and matchings drawn from them."""
