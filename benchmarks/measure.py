"""Tasks that run in fresh interpreters, and what they measure.

The process that starts them imports nothing heavy: on Linux the peak memory of a child is never below what its parent held
when the child was started.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HERE = Path(__file__).resolve().parent
CHILD = HERE / "child.py"

Answer = TypeVar("Answer")


class SkipError(Exception):
    """Why a task cannot run here."""


class TaskError(Exception):
    """What a task printed when it failed: a wrong answer, or a fault of its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """A function to run in fresh interpreters, in the scratch folder of the run.

    Attributes
    ----------
    where : str
        The function, ``"module:name"``; it returns :class:`Measured`.
    arguments : mapping of str to object
        Its keyword arguments, plain data.
    smoke : mapping of str to object
        What is different in a smoke run.
    """

    where: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    smoke: Mapping[str, Any] = field(default_factory=dict)

    def given(self, *, smoke: bool) -> dict[str, Any]:
        """Return the arguments of a full or of a smoke run."""
        return {**self.arguments, **(self.smoke if smoke else {})}

    def measured(self, folder: Path, *, smoke: bool) -> Measured:
        """Run the task in one fresh interpreter."""
        return fresh(self.where, self.given(smoke=smoke), folder)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a task measured.

    Attributes
    ----------
    seconds : tuple of float
        One time a run, warm-up left out.
    facts : dict of str to object
        The answer (pairs, total …) and whatever else is worth knowing.
    megabytes : float
        Peak memory of the process, in units of 10⁶ bytes; 0 to have the process's own filled in.
    beside : tuple of float
        The times of what took turns with it in the same process, if anything did.
    """

    seconds: tuple[float, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    megabytes: float = 0
    beside: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The median of the times."""
        return median(self.seconds)

    @classmethod
    def joined(cls, parts: Sequence[Measured]) -> Measured:
        """Return all times of several runs of one task, the highest peak, and the facts of the last."""
        seconds = tuple(second for part in parts for second in part.seconds)
        beside = tuple(second for part in parts for second in part.beside)
        return cls(seconds, parts[-1].facts, max(part.megabytes for part in parts), beside)


def fresh(
    where: str, arguments: Mapping[str, Any], folder: Path, patience: float | None = None
) -> Measured:
    """Run a function in a fresh interpreter.

    Parameters
    ----------
    where : str
        The function, ``"module:name"``.
    arguments : mapping of str to object
        Its keyword arguments.
    folder : Path
        Where it runs, and where the bytecode goes.
    patience : float, optional
        The seconds after which it is stopped.

    Returns
    -------
    Measured
        What it returned, with its peak memory.

    Raises
    ------
    SkipError
        If it cannot run here, or takes too long.
    TaskError
        If it failed.
    """
    command = [sys.executable, str(CHILD), where, json.dumps(dict(arguments))]
    options: dict[str, Any] = {
        "cwd": folder,
        "env": environment(folder),
        "capture_output": True,
        "text": True,
    }
    try:
        done = subprocess.run(command, **options, check=False, timeout=patience)
    except subprocess.TimeoutExpired:
        message = f"stopped after {patience:g} s"
        raise SkipError(message) from None
    if done.returncode:
        raise TaskError(done.stderr)
    answer = json.loads(done.stdout.splitlines()[-1])
    if "skip" in answer:
        raise SkipError(answer["skip"])
    return Measured(
        tuple(answer["seconds"]), answer["facts"], answer["megabytes"], tuple(answer["beside"])
    )


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a fresh interpreter: modules are found as here, and compiled only once, as if installed."""
    paths = [
        str(Path(path).resolve())
        for path in os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if path
    ]
    ours = {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(folder.resolve() / "bytecode"),
    }
    return {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    } | ours


def repeated(
    function: Callable[[], Answer], times: int, warm_up: int = 1
) -> tuple[tuple[float, ...], Answer]:
    """Return the seconds of so many calls after some others that do not count, and the last answer."""
    for _ in range(warm_up):
        function()
    seconds = []
    for _ in range(times):
        start = perf_counter()
        answer = function()
        seconds.append(perf_counter() - start)
    return tuple(seconds), answer


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory that this process held so far, or any of its children."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6
