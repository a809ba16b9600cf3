"""Reading people from a file."""

from __future__ import annotations

from importlib.util import find_spec

from measure import Measured, SkipError, repeated


def rmatch_reads(path: str) -> Measured:
    """Read and validate a CSV file once, in this process of its own."""
    import rmatch

    seconds, people = repeated(lambda: rmatch.read_people(path), 1, warm_up=0)
    return Measured(seconds, {"people": len(people)})


def pandas_reads(path: str) -> Measured:
    """Read the same file into a pandas frame, without any validation."""
    if not find_spec("pandas"):
        message = "pandas is not installed"
        raise SkipError(message)
    import pandas as pd

    seconds, frame = repeated(lambda: pd.read_csv(path), 1, warm_up=0)
    return Measured(seconds, {"people": len(frame)})
