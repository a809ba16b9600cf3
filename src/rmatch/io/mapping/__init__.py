"""Mapping documents: how a foreign table is read, as data that can be kept and reused."""
