"""Stable matchings: deferred acceptance, the best total among them, blocking pairs."""
