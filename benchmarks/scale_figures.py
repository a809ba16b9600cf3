"""What follows from the measurements of the scale benchmark: ratios, growth, goals met or missed."""

from __future__ import annotations

from math import log
from statistics import median
from typing import TYPE_CHECKING, Any

from scale_jobs import GOALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scale_jobs import Goal

    Row = dict[str, Any]

GROWS_FROM = 2_000


def whole(row: Row) -> float | None:
    """Return the seconds from people in memory to the verified matching."""
    return row["match"]["median"] + median(row["match"]["verify"]) if "match" in row else None


def fastest(row: Row) -> tuple[str, float] | None:
    """Return the fastest peer and its seconds, solving only."""
    times = {name: peer["median"] for name, peer in row["peers"].items()}
    return min(times.items(), key=lambda item: item[1]) if times else None


def peak(row: Row) -> float:
    """Return rmatch's peak memory in MB: from people where there are any, else on tables."""
    part: Row = row.get("match") or row["stream"]
    return float(part["megabytes"])


def figures(row: Row) -> dict[str, float]:
    """Return every figure of a job that a goal can name."""
    found: dict[str, float] = {"peak memory, GB": peak(row) / 1000}
    total, peer = whole(row), fastest(row)
    if total:
        found["gap"] = row["match"]["gap"]
        found["whole, seconds"] = total
        found |= {
            f"whole ÷ {name}": total / other["median"] for name, other in row["peers"].items()
        }
        if peer:
            found["whole ÷ fastest peer"] = total / peer[1]
    if "stream" in row and total:
        found["whole ÷ one pass"] = total / row["stream"]["one_pass"]
        found["verify ÷ one pass"] = median(row["match"]["verify"]) / row["stream"]["one_pass"]
    return found


def goals(rows: dict[str, Row]) -> Iterator[tuple[Goal, float | None]]:
    """Go through the figures to reach, with what was measured."""
    for goal in GOALS:
        yield goal, figures(rows[goal.job]).get(goal.figure) if goal.job in rows else None


def growth(rows: dict[str, Row]) -> tuple[float, list[int]] | None:
    r"""Return the exponent `b` of :math:`t \approx a n^b` by least squares on logarithms, and the sizes it rests on."""
    points = [
        (row["shape"][0], seconds)
        for row in rows.values()
        if row["family"] == "square" and row["shape"][0] >= GROWS_FROM and (seconds := whole(row))
    ]
    if len(points) < 2:
        return None
    x, y = ([log(value) for value in side] for side in zip(*points, strict=True))
    middle = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - middle[0]) * (b - middle[1]) for a, b in zip(x, y, strict=True))
    return slope / sum((a - middle[0]) ** 2 for a in x), sorted(size for size, _ in points)
