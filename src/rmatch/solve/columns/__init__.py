"""Column generation: the certified optimum without a matrix. All but this file needs the extra `scale`."""

from __future__ import annotations

LARGEST = 2**25
"""The magnitude of points up to which sums of 32 bits hold everything."""


def available() -> bool:
    """Return whether the extra `scale` is installed."""
    from importlib.util import find_spec

    return find_spec("numba") is not None
