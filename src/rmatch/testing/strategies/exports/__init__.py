"""Exports: people as foreign tables write them, with the mapping that describes it."""
