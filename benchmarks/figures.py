"""The figures that follow from the results: medians, ratios, and how times are shown."""

from __future__ import annotations

from statistics import median
from typing import Any

Row = dict[str, Any]

UNITS = ((1e6, "µs"), (1e3, "ms"))


def time(row: Row) -> float | None:
    """Return rmatch's seconds: of a large problem from people in memory to the verified matching, if it has people."""
    if not row["family"]:
        return float(median(main(row)["seconds"]))
    match = row["own"].get("match")
    return median(match["seconds"]) + median(match["verify"]) if match else None


def peers(row: Row) -> dict[str, float]:
    """Return the median seconds of each peer."""
    return {name: float(median(part["seconds"])) for name, part in row["peers"].items()}


def fastest(row: Row) -> tuple[str, float] | None:
    """Return the fastest peer and its seconds."""
    return min(peers(row).items(), key=lambda item: item[1], default=None)


def figures(row: Row) -> dict[str, float]:
    """Return every figure of a job that a goal can name."""
    found: dict[str, float] = {"peak memory, GB": (main(row)["megabytes"] or 0) / 1000}
    seconds, peer, own = time(row), fastest(row), row["own"]
    if peer and "solve" in own:
        found["solve ÷ fastest peer"] = median(own["solve"]["seconds"]) / peer[1]
    if seconds is None:
        return found
    found["seconds"] = seconds
    if peer:
        found["time ÷ fastest peer"] = seconds / peer[1]
    if "gap" in main(row):
        found["gap"] = main(row)["gap"]
    if "stream" in own:
        found["verify ÷ one pass"] = median(main(row)["verify"]) / own["stream"]["one_pass"]
    return found


def duration(seconds: float) -> str:
    r"""Return a time with three digits that mean something, in one line with its unit.

    Examples
    --------
    >>> duration(0.0000123), duration(0.16251), duration(12.3)
    ('12.3\xa0µs', '163\xa0ms', '12.3\xa0s')
    """
    number, unit = next(
        ((seconds * times, unit) for times, unit in UNITS if seconds * times < 1_000),
        (seconds, "s"),
    )
    return f"{number:.3g}\N{NO-BREAK SPACE}{unit}"


def main(row: Row) -> Row:
    """Return the measurement that a job is about."""
    part: Row = next(iter(row["own"].values()))
    return part
