"""What a benchmark consists of, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measure import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from measure import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The figures to reach; those left out do not count.

    Attributes
    ----------
    seconds : float or None
        Most seconds, by the median.
    megabytes : float or None
        Most memory.
    times : float or None
        At least so many times as fast as the peer.
    longer : float or None
        At most so many times as long as the peer.
    """

    seconds: float | None = None
    megabytes: float | None = None
    times: float | None = None
    longer: float | None = None

    def __str__(self) -> str:
        """Return the figures as the table shows them."""
        return ", ".join(
            text.format(figure)
            for text, figure in (
                ("≤ {:g} s", self.seconds),
                ("≤ {:,g} MB", self.megabytes),
                ("≥ {:g} × peer", self.times),
                ("≤ {:g} × its time", self.longer),
            )
            if figure is not None
        )

    def met(self, measured: Measured, ratio: float | None) -> bool:
        """Tell whether a measurement reaches all of them."""
        return (
            (self.seconds is None or measured.median <= self.seconds)
            and (self.megabytes is None or measured.megabytes <= self.megabytes)
            and (self.times is None or (ratio is not None and ratio >= self.times))
            and (self.longer is None or (ratio is not None and ratio * self.longer >= 1))
        )


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody else's way to do the job, or a part of it.

    Attributes
    ----------
    name : str
        What it is, and where it does less.
    run : Task or None
        The measurement; none where the job's own task takes turns with it in one process.
    """

    name: str
    run: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One benchmark.

    Attributes
    ----------
    name : str
        What ``--only`` calls it.
    what : str
        What is timed; the arguments of `run` are filled in.
    data : str
        What it works on; the same.
    run : Task
        The measurement.
    prepare : Task or None
        What must be there before; not timed.
    target : Target or None
        The figures to reach.
    peer : Peer or None
        Whom to compare with, in the same run.
    rounds : int
        How many fresh interpreters each, by turns, so that both meet the same disturbances; one in a smoke run.
    """

    name: str
    what: str
    data: str
    run: Task
    prepare: Task | None = None
    target: Target | None = None
    peer: Peer | None = None
    rounds: int = 1

    def result(self, folder: Path, *, smoke: bool) -> Result:
        """Run everything and return what came out."""
        if self.prepare:
            self.prepare.measured(folder, smoke=smoke)
        own, other = [], []
        for _ in range(1 if smoke else self.rounds):
            own.append(self.run.measured(folder, smoke=smoke))
            if self.peer and self.peer.run:
                other.append(self.peer.run.measured(folder, smoke=smoke))
            elif self.peer:
                other.append(Measured(own[-1].beside, megabytes=own[-1].megabytes))
        return Result(self, smoke, Measured.joined(own), Measured.joined(other) if other else None)


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one benchmark.

    Attributes
    ----------
    job : Job
        What was run.
    smoke : bool
        Whether at tiny sizes, where no target counts.
    own, peer : Measured
        The measurements.
    """

    job: Job
    smoke: bool
    own: Measured
    peer: Measured | None

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the peer."""
        return self.peer.median / self.own.median if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none to reach."""
        return (
            None if self.smoke or not self.job.target else self.job.target.met(self.own, self.ratio)
        )

    def text(self, text: str) -> str:
        """Return a text of the job with the sizes filled in."""
        return text.format(**self.job.run.given(smoke=self.smoke))

    def document(self) -> dict[str, Any]:
        """Return plain data for a file."""
        return dict(self._entries())

    def _entries(self) -> Iterator[tuple[str, Any]]:
        yield from {
            "name": self.job.name,
            "what": self.text(self.job.what),
            "data": self.text(self.job.data),
        }.items()
        yield from _figures(self.own).items()
        if self.job.target:
            yield from {"target": str(self.job.target), "met": self.met}.items()
        if self.job.peer and self.peer:
            yield "peer", {"name": self.job.peer.name, **_figures(self.peer)}
            yield "times_as_fast_as_peer", round(self.ratio or 0, 3)


def _figures(measured: Measured) -> dict[str, Any]:
    return {
        "median_seconds": round(measured.median, 6),
        "seconds": [round(second, 6) for second in measured.seconds],
        "megabytes": round(measured.megabytes, 1),
        "facts": measured.facts,
    }
