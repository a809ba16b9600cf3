"""The board's page: one printed page of figures, and nobody on it."""
