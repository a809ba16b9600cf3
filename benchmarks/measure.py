"""Tasks that run in fresh interpreters, and what they measure.

The process that starts them imports nothing heavy: on Linux the peak memory of a child is never below what its parent held
when the child was started.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import traceback
from contextlib import chdir, nullcontext
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from sampling import Sampler

    Watch = Callable[[int], AbstractContextManager[None]]

HERE = Path(__file__).resolve().parent
CHILD = "import measure; measure.child()"
LONG_ENOUGH, MOST_RUNS, FIRST_COUNTS = 0.02, 5, 4
"""The seconds that a timed run takes at least, how many there are, and at how many budgets the first one counts."""
Answer = TypeVar("Answer")


class SkipError(Exception):
    """Why a task cannot run here."""


class TaskError(Exception):
    """What a task says when it fails: a wrong answer, or a fault of its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """A function for a fresh interpreter, ``"module:name"``, its keyword arguments, plain data, and the folder it runs in."""

    where: str
    arguments: dict[str, Any] = field(default_factory=dict)
    folder: str = "."


@dataclass(frozen=True, slots=True)
class Measured:
    """What a task measured.

    Attributes
    ----------
    seconds : sequence of float
        One time a run, warm-up left out.
    facts : dict of str to object
        The answer (pairs, total …) and whatever else is worth knowing.
    megabytes : float
        Peak memory of the process, in units of 10⁶ bytes; 0 to have the process's own filled in.
    beside : sequence of float
        The times of what took turns with it in the same process, if anything did.
    """

    seconds: Sequence[float]
    facts: dict[str, Any] = field(default_factory=dict)
    megabytes: float = 0
    beside: Sequence[float] = ()


def fresh(
    tasks: Sequence[Task], folder: Path, patience: float | None = None
) -> list[Measured | SkipError | TaskError]:
    """Run tasks in one fresh interpreter, one after another, and return what came of each.

    They run in `folder`, or in their own ones inside; bytecode goes beside it. After `patience` seconds the interpreter is stopped.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, json.dumps([asdict(task) for task in tasks])],
            cwd=folder,
            env=environment(folder.parent),
            capture_output=True,
            text=True,
            check=False,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        return [SkipError(f"stopped after {patience:g} s")] * len(tasks)
    if done.returncode:
        return [TaskError(done.stderr or "killed")] * len(tasks)
    return [_outcome(**told) for told in json.loads(done.stdout.splitlines()[-1])]


def _outcome(skip: str = "", error: str = "", **measured: Any) -> Measured | SkipError | TaskError:
    if skip:
        return SkipError(skip)
    return TaskError(error) if error else Measured(**measured)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a fresh interpreter: modules are found as here, and compiled only once, as if installed."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(HERE), *(str(Path(path).resolve()) for path in given if path)]
    ours = {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(folder.resolve() / "bytecode"),
    }
    others = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    return others | ours


def repeated(
    function: Callable[[], Answer], times: int, warm_up: int = 1
) -> tuple[list[float], Answer]:
    """Return the seconds of so many calls after some others that do not count, and the last answer."""
    for _ in range(warm_up):
        function()
    seconds = []
    for _ in range(times):
        start = perf_counter()
        answer = function()
        seconds.append(perf_counter() - start)
    return seconds, answer


def by_stages(
    load: Callable[[], Sequence[Any]],
    stages: Sequence[Callable[[Any], Any]],
    budget: float,
    sampler: Sampler | None = None,
) -> tuple[list[list[float]], list[Any]]:
    """Time one thing after another that is done to each of some little problems, in loops long enough to be timed.

    Parameters
    ----------
    load : callable
        Makes the problems anew, so that nothing is known of them from the run before; not timed.
    stages : sequence of callable
        What is done to each: the first gets the problem, each other one what the one before returned.
    budget : float
        About so many seconds it may take. The first run does not count unless it takes four times as long.
    sampler : Sampler, optional
        Looks where the time of the runs that count goes.

    Returns
    -------
    seconds : list of list of float
        Of each stage the seconds that it takes a problem, once a run.
    last : list
        What the last stage made of each problem at last.
    """
    watch: Watch = sampler.watching if sampler else lambda _: nullcontext()
    taken, last = _run(load, stages, 1, watch)
    whole = sum(map(sum, taken)) * len(last)
    if whole > FIRST_COUNTS * budget:
        return taken, last
    if sampler:
        sampler.clear()
    loops = max(1, ceil(LONG_ENOUGH / whole))
    runs = min(MOST_RUNS, max(1, int(budget / (loops * whole))))
    for run in range(runs):
        more, last = _run(load, stages, loops, watch)
        taken = [[*before, *now] if run else now for before, now in zip(taken, more, strict=True)]
    return taken, last


def _run(
    load: Callable[[], Sequence[Any]],
    stages: Sequence[Callable[[Any], Any]],
    loops: int,
    watch: Watch,
) -> tuple[list[list[float]], list[Any]]:
    some = [problem for _ in range(loops) for problem in load()]
    taken = []
    gc.collect()
    for number, stage in enumerate(stages):
        with watch(number):
            start = perf_counter()
            some = [stage(one) for one in some]
            taken.append([(perf_counter() - start) / len(some)])
    return taken, some[-len(some) // loops :]


def rounded(seconds: float) -> float:
    """Return a time as it is kept, with four digits that mean something."""
    return float(f"{seconds:.4g}")


def needs(module: str, package: str) -> None:
    """Skip the task where a peer is not installed."""
    if not find_spec(module):
        message = f"{package} is not installed"
        raise SkipError(message)


def data_file(name: str) -> Path:
    """Return a file of data that is not part of this repository; skip the task where it is not here."""
    path = HERE.parents[1] / "shared" / "data" / name
    if not path.exists():
        message = f"the data file {name} is not here"
        raise SkipError(message)
    return path


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory that this process held so far, or any of its children."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


def child() -> None:
    """Inside a fresh interpreter: run the tasks that were handed over, and print what came of each."""
    tasks = [Task(**task) for task in json.loads(sys.argv[1])]
    print(json.dumps([_told(task) for task in tasks]))


def _told(task: Task) -> dict[str, Any]:
    module, name = task.where.split(":")
    try:
        with chdir(task.folder):
            measured = getattr(import_module(module), name)(**task.arguments)
    except SkipError as reason:
        return {"skip": str(reason)}
    except Exception:  # noqa: BLE001  # whatever it is, the process that asked prints it
        return {"error": traceback.format_exc()}
    return {**asdict(measured), "megabytes": measured.megabytes or peak_megabytes()}
