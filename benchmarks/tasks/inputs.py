"""Files that jobs read, written by a process of their own so that its memory does not count."""

from __future__ import annotations

from pathlib import Path

from measure import Measured


def people_csv(path: str, mentors: int, mentees: int, seed: int = 0) -> Measured:
    """Write the synthetic workforce as a CSV file, if it is not there yet."""
    from rmatch import datasets
    from rmatch.io import write_people

    if not Path(path).exists():
        write_people(datasets.workforce(mentors, mentees, seed), path)
    return Measured((0.0,))
