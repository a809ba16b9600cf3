"""The results as a table to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from job import Result

HEADER = (
    "job",
    "data",
    "median",
    "memory",
    "answer",
    "target",
    "met",
    "peer",
    "its median",
    "its answer",
    "times as fast",
)
MET = {True: "yes", False: "NO", None: ""}


def lines(results: list[Result]) -> Iterator[str]:
    """Yield the lines of a table in Markdown, a row a benchmark."""
    rows = [HEADER, *map(cells, results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    ruled = [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    for row in ruled:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"


def cells(result: Result) -> tuple[str, ...]:
    """Return the row of one benchmark."""
    job, own, peer = result.job, result.own, result.peer
    name, data = job.name, result.text(job.data)
    mine = (seconds(own.median), f"{own.megabytes:,.0f} MB", answer(own.facts))
    aim = (str(job.target or ""), MET[result.met])
    if not job.peer or not peer:
        return name, data, *mine, *aim, "", "", "", ""
    return (
        name,
        data,
        *mine,
        *aim,
        job.peer.name,
        seconds(peer.median),
        answer(peer.facts),
        f"{result.ratio:.3g}",
    )


def seconds(figure: float) -> str:
    """Return a time with three digits that mean something.

    Examples
    --------
    >>> seconds(0.16251), seconds(12.3)
    ('163 ms', '12.3 s')
    """
    return f"{1000 * figure:.3g} ms" if figure < 1 else f"{figure:.3g} s"


def answer(facts: Mapping[str, object]) -> str:
    """Return what was found, in a few words."""
    return ", ".join(f"{name.replace('_', ' ')} {_shown(fact)}" for name, fact in facts.items())


def _shown(fact: object) -> str:
    if isinstance(fact, list):
        return " ".join(map(str, fact)) or "none"
    return f"{fact:,}" if isinstance(fact, int) else str(fact)
