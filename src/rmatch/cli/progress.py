"""The progress bar of the command line, for runs long enough to want one."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.solve import Progress

LAYOUT = "{desc} |{bar:8}| {elapsed}{postfix}"


@contextmanager
def bar() -> Iterator[Callable[[Progress], None] | None]:
    """Give what draws how far a run is to the error stream; nothing if nobody looks at it or tqdm is missing."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        yield None
        return
    # A terminal that does not tell its size gets the usual one.
    width, height = get_terminal_size()
    with tqdm(
        total=1.0, bar_format=LAYOUT, file=sys.stderr, leave=False, ncols=width, nrows=height
    ) as drawn:
        yield lambda progress: _draw(drawn, progress)


def _draw(drawn: Any, progress: Progress) -> None:
    drawn.set_description_str(
        f"{progress.step}, {progress.phase}, pass {progress.passes:.1f}", refresh=False
    )
    drawn.set_postfix_str(in_words(progress), refresh=False)
    left = progress.remaining
    drawn.n = 0.0 if left is None else progress.seconds / (progress.seconds + left)
    drawn.update(0)
    drawn.refresh()


def in_words(progress: Progress) -> str:
    """Return what is known about the best matching so far.

    Examples
    --------
    >>> from rmatch.solve import Progress
    >>> in_words(Progress("pairs", "passes", 2.5, 1000, 600_000, 600_600, 9.0, 21.0))
    '1000 pairs, at most 0.1 % below the best, about 21 s left'
    """
    found = f"{numeral(progress.pairs)} pairs" if progress.pairs else "no pairs yet"
    gap = (
        f", at most {100 * progress.gap:.2g} % below the best"
        if progress.pairs and progress.total
        else ""
    )
    left = "" if progress.remaining is None else f", about {progress.remaining:.0f} s left"
    return found + gap + left
