"""Where blocks of rows are worked on: threads of this process, or any executor, to whose workers tables go once."""

from __future__ import annotations

import warnings
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from copy import deepcopy
from itertools import count, repeat
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.columns.shelf import Order, Reply, first_lacking, work
from rmatch.utils.log import LOG
from rmatch.utils.threads import LISTENED, each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

    from rmatch.solve.columns.shelf import Place
    from rmatch.solve.columns.source import Source
    from rmatch.utils.lent import Lent

AFEW = 4
"""So many blocks are sent before it is known how many workers there are."""


class _BrokenError(Exception):
    """An executor fails, rather than what it was asked."""


class Workers:
    """The threads of this process, and an executor for what is worth the way.

    Only tables travel. They go to each worker once, and so does which of their rows and columns are looked at; with every
    block only prices and candidates do. A worker that lacks something says so and gets it with its next block: also one
    that has just taken the place of another that died.

    Parameters
    ----------
    threads : concurrent.futures.Executor
        Threads of this process.
    lent : Lent, optional
        The executor.
    """

    def __init__(self, threads: Executor, lent: Lent | None = None) -> None:
        self._threads = threads
        self._lent = lent
        if lent is not None and isinstance(lent.executor, ThreadPoolExecutor):
            # Threads share what is here: nothing has to travel.
            self._threads, self._lent = lent.executor, None
            lent.used = True
        self._held: dict[Place, set[str]] = {}
        self._threads_there = 0

    def go_to(self, source: Source, least: int) -> bool:
        """Return whether blocks of some points go to the executor, which they do from so many pairs on."""
        rows, columns = source.shape
        return self._lent is not None and source.travels and rows * columns >= least

    def each(
        self,
        task: Callable[..., Any],
        source: Source,
        arguments: Sequence[tuple[Any, ...]],
        pause: Callable[[], None],
        *,
        far: bool,
    ) -> Iterator[Any]:
        """Yield what a task returns for points and each of some arguments, in their order, whichever is done first.

        Parameters
        ----------
        task : callable
            A function of a module.
        source : Source
            The points.
        arguments : sequence of tuple
            What else it is given. Arrays may change until it begins.
        pause : callable
            Called before each, and while it is waited for; may raise.
        far : bool
            Whether to ask the executor.

        Raises
        ------
        InvalidInputError
            If the executor fails before it has answered. One that breaks later is left, with a warning in the log.
        """
        done = 0
        if far and self._lent is not None:
            try:
                for result in self._far(task, source, arguments, pause):
                    yield result
                    done += 1
            except _BrokenError as broken:
                self._leave(broken)
        rest = [(source, *some) for some in arguments[done:]]
        yield from each(self._threads, task, rest, pause)

    def _leave(self, broken: _BrokenError) -> None:
        """Go on without an executor that breaks in mid-run; one that never answers is an error."""
        error = broken.__cause__
        kind = type(error).__name__
        if not self._held:
            problem = f"fails with {kind}"
            remedy = (
                "give one that runs, whose workers have this version of rmatch and its extra scale"
            )
            raise InvalidInputError([Fault("", "executor", problem, remedy)]) from error
        LOG.warning("the executor fails with %s: the run goes on in this process alone", kind)
        self._lent = None

    def _far(
        self,
        task: Callable[..., Any],
        source: Source,
        arguments: Sequence[tuple[Any, ...]],
        pause: Callable[[], None],
    ) -> Iterator[Any]:
        """Yield what the executor's workers return, in order."""
        assert self._lent is not None
        self._lent.used = True
        pass_ = _Pass(self._lent.executor, task, source, arguments)
        pass_.begin(self._held, self._threads_there)
        try:
            for number in range(len(arguments)):
                pause()
                while number not in pass_.done:
                    pass_.send()
                    pass_.receive()
                    pause()
                yield pass_.done.pop(number)
        finally:
            pass_.end()
            # Who has not answered any more may be gone.
            if pass_.held:
                self._held, self._threads_there = pass_.held, len(pass_.threads)


class _Pass:
    """The blocks of one pass on their way to workers and back."""

    def __init__(
        self,
        executor: Executor,
        task: Callable[..., Any],
        source: Source,
        arguments: Sequence[tuple[Any, ...]],
    ) -> None:
        self.executor, self.task, self.arguments = executor, task, arguments
        self.keys, self.parcels = source.parcels()
        self.todo = deque(range(len(arguments)))
        self.flight: dict[Future[Reply], tuple[int, bool]] = {}
        self.done: dict[int, Any] = {}
        # Not the same twice, whoever asks.
        self.numbers = zip(repeat(uuid4().hex), count())
        # The positions from which on parcels are to be sent, one for each worker that lacks some, and those workers.
        self.owed: list[int] = []
        self.promised: set[Place] = set()
        self.held: dict[Place, set[str]] = {}
        self.threads: set[tuple[Place, int]] = set()
        self.width = AFEW

    def begin(self, held: dict[Place, set[str]], threads: int) -> None:
        """Send parcels at once to those who are known to lack them."""
        for place, keys in held.items():
            self._owe(place, first_lacking(self.keys, keys))
        self.width = _room(threads)

    def send(self) -> None:
        """Send blocks, as many as workers can have at hand."""
        while self.todo and self._may_send:
            first = self.owed.pop() if self.owed else len(self.keys)
            number = self.todo.popleft()
            order = Order(
                number=next(self.numbers),
                keys=self.keys,
                first=first,
                parcels=self.parcels[first:],
                task=self.task,
                # As they are now: what is known goes on to change while executors take their time to send it.
                arguments=deepcopy(self.arguments[number]),
            )
            try:
                with warnings.catch_warnings():
                    # Dask warns of large parcels in case they were sent with everything.
                    warnings.filterwarnings("ignore", "Sending large graph")
                    future = self.executor.submit(work, order)
            except Exception as error:
                raise _BrokenError from error
            self.flight[future] = number, first < len(self.keys)

    @property
    def _may_send(self) -> bool:
        """Whether the next block may go."""
        # Parcels and blocks without any are never on their way together, so that parcels meet workers who are idle: each
        # another one.
        carried = sum(carries for _, carries in self.flight.values())
        if self.owed:
            return carried == len(self.flight)
        if carried:
            return False
        self.promised.clear()
        return len(self.flight) < max(self.width, _room(len(self.threads)))

    def receive(self) -> None:
        """Wait a moment for what comes back."""
        finished, _ = wait(self.flight, LISTENED, FIRST_COMPLETED)
        # Answers first: an executor that has given any is left, not refused, when it fails.
        for future in sorted(finished, key=_failed):
            number, _ = self.flight.pop(future)
            try:
                reply = future.result()
            except Exception as error:
                raise _BrokenError from error
            self.threads.add((reply.place, reply.thread))
            if reply.failed is not None:
                raise reply.failed
            self.held[reply.place] = set(self.keys[: reply.lacks])
            if reply.lacks is None:
                self.done[number] = reply.result
            else:
                self.todo.appendleft(number)
                self._owe(reply.place, reply.lacks)

    def _owe(self, place: Place, first: int) -> None:
        if first < len(self.keys) and place not in self.promised:
            self.promised.add(place)
            self.owed.append(first)

    def end(self) -> None:
        """Take back what has not begun."""
        for future in self.flight:
            future.cancel()


def _failed(future: Future[Reply]) -> bool:
    """Whether there will be no answer."""
    return future.cancelled() or future.exception() is not None


def _room(threads: int) -> int:
    """Return how many blocks may be on their way, so that nobody waits for work, and more workers are found."""
    return 2 * threads + 2 if threads else AFEW
