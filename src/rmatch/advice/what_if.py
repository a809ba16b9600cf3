"""What would be, if something were different: both sides solved by the same machinery, and side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from rmatch.advice.applied import Applied, applied
from rmatch.advice.scenario import Scenario
from rmatch.errors import Fault, Status
from rmatch.people import natural
from rmatch.rounds import Earlier, Outcome, Round, wanted_cells, wants_of
from rmatch.scoring import Scores, scored
from rmatch.utils.documents import Document
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule, unheard
from rmatch.utils.text import aligned, numeral
from rmatch.utils.validation import instance, refuse
from rmatch.utils.values import Value

M = TypeVar("M", bound=Outcome)
LISTED = 20
"""So many are named in a line; all of them are in the data."""


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Value, Document, Generic[M]):
    """A matching, and what it would be after changes.

    Made by :func:`rmatch.advice.what_if`. Points of both sides are counted with the means of the first, so that a pair of
    two people who do not change has the same points on both.

    Attributes
    ----------
    scenario : Scenario
        What changes.
    before, after : Matching
        The best matching without and with the changes, each with its own certificate.
    notes : tuple of str
        What is to be told about how the changes were made.
    """

    scenario: Scenario
    before: M
    after: M
    notes: tuple[str, ...] = ()

    @cached_property
    def gained(self) -> tuple[str, ...]:
        """Who has a partner only after the changes."""
        return _sorted(self._placed[1] - self._placed[0])

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """Who has a partner only before the changes, those among them who take no part after them."""
        return _sorted(self._placed[0] - self._placed[1])

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """Who has partners on both sides, and not the same."""
        before, after = self.before.partners, self.after.partners
        both = self._placed[0] & self._placed[1]
        return _sorted({one for one in both if set(before[one]) != set(after[one])})

    @property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """The pairs, mentor and mentee, that are made only before the changes."""
        return tuple(sorted(self.before.id_pairs - self.after.id_pairs))

    @property
    def made(self) -> tuple[tuple[str, str], ...]:
        """The pairs that are made only after them."""
        return tuple(sorted(self.after.id_pairs - self.before.id_pairs))

    @property
    def proof(self) -> str:
        """What was proved of the two sides."""
        sides = {"before": self.before, "after": self.after}
        open_ones = [
            f"{name}, the run was stopped, at most {side.gap:.2%} below the best"
            for name, side in sides.items()
            if side.status is not Status.OPTIMAL
        ]
        if open_ones:
            return f"Not both sides are proved: {'; '.join(open_ones)}."
        claims = [side.claim for side in sides.values()]
        if len(set(claims)) == 1:
            return f"Both sides are proved. {claims[0]}"
        return f"Both sides are proved. Before: {claims[0]} After: {claims[1]}"

    def to_dict(self) -> dict[str, Any]:
        """Return the two sides and their differences as plain data.

        Returns
        -------
        dict
            `before` and `after` with their figures, the pairs `broken` and `made`, who `gained`, `lost` and `moved`.
        """
        return {
            "changes": self.scenario.to_dict(),
            "before": _figures(self.before),
            "after": _figures(self.after),
            **{name: [list(pair) for pair in getattr(self, name)] for name in ("broken", "made")},
            **{name: list(getattr(self, name)) for name in ("gained", "lost", "moved")},
            "notes": list(self.notes),
            "proof": self.proof,
        }

    def __str__(self) -> str:
        """Return the two sides as a table, and who is concerned."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"What if: {self.scenario}"
        before, after, unit = _figures(self.before), _figures(self.after), self.before.unit
        rows = [["", "before", "after", "difference"]]
        for name, words in _ROWS.items():
            figures = before[name], after[name], after[name] - before[name]
            now, then, more = map(unit.figure if name == "points" else numeral, figures)
            of = ", of 100 a pair" * (name == "points" and not unit.exact)
            rows.append([f"{words}{of}", now, then, f"{'+' * (figures[2] > 0)}{more}"])
        yield from aligned(rows, "  ", right=(1, 2, 3))
        for words, people in (
            ("Gets a partner", self.gained),
            ("Has no partner any more", self.lost),
            ("Meets somebody else", self.moved),
            ("Pairs no longer made", [" → ".join(pair) for pair in self.broken]),
            ("Pairs made instead", [" → ".join(pair) for pair in self.made]),
        ):
            if people:
                yield f"{words}: {_some(people)}"
        yield from (f"Note: {note}" for note in self.notes)
        yield self.proof

    @cached_property
    def _placed(self) -> tuple[set[str], set[str]]:
        return _with_partner(self.before), _with_partner(self.after)


_ROWS = {
    "pairs": "pairs",
    "points": "points",
    "wants": "wants",
    "covered": "wants covered",
    "without_partner": "people without a partner",
}


@timed
def what_if(
    matching: M,
    changes: Scenario | Mapping[str, Any] | str | Path,
    *,
    max_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> WhatIf[M]:
    """Say what a matching would be, if people, requests or the programme were different.

    The changed round is solved as :func:`rmatch.match` solves it, with the same seed. The means that fill unknown answers,
    how rare a topic is and which criteria have data stay those of the matching, so that one more person does not move
    everybody's points, and what is left of a difference is due to the changes.

    Parameters
    ----------
    matching : Matching
        What is there; of a saved one the people are needed.
    changes : Scenario, mapping, str or Path
        What is different, or a TOML or JSON file that says it.
    max_seconds : float, optional
        Stop after about so many seconds, with the best matching so far and a bound.
    gap : float
        Stop when the bound exceeds the points by no more than this share of them.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.

    Returns
    -------
    WhatIf
        Both sides, and their differences; prints as a table. Its `after` can be asked, explained and verified like any
        matching; to keep one, match the changed people with :func:`rmatch.match`.

    Raises
    ------
    InvalidInputError
        With every change that cannot be, and everything in which what is changed does not fit together.
    InfeasibleError
        If locks or minimums cannot be kept after the changes.
    StopError
        If it was stopped before there was any matching.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> found = rmatch.advice.what_if(matching, {"change": {"E02": {"mentee_capacity": 2}}})
    >>> len(found.after.pairs) - len(found.before.pairs)
    1
    >>> rmatch.verify(found.after).believed
    ('people', 'programme', 'requests', 'baseline')
    """
    remedy = "give a Matching: rmatch.match makes one"
    refuse(
        [
            *instance("what_if", "matching", matching, Outcome, remedy),
            *limit_faults(max_seconds, gap, progress, cancel),
        ]
    )
    scenario = Scenario.of(changes)
    now = applied(scenario, matching.people, matching.programme, matching.requests)
    refuse(_same(matching, now))
    limits = StoppingRule(max_seconds, gap, progress, cancel=cancel, handle_signals=False)
    with limits:
        scores = scored(now.people, now.programme, now.requests, matching.scores.cohort)
        after = Round(scores, matching.seed, earlier=taken_over(matching, scores)).solve()
        with unheard():
            return WhatIf(scenario, matching, like(matching, after), now.notes)


def like(matching: M, outcome: Outcome) -> M:
    """Return what a round came to, as something that answers the same questions as a matching."""
    return type(matching)(**{each.name: getattr(outcome, each.name) for each in fields(Outcome)})


def _same(matching: Outcome, now: Applied) -> Iterator[Fault]:
    """Name the fault of changes that change nothing."""
    if (now.people, now.programme, now.requests) == (
        matching.people,
        matching.programme,
        matching.requests,
    ):
        yield Fault(
            "what-if", "", "nothing changes", "give join, drop, change, requests or programme"
        )


def taken_over(matching: Outcome, scores: Scores) -> Earlier:
    """Return what the matching took over from an earlier round, for the rows and columns of other scores."""
    earlier, own = Earlier.of(matching), matching.scores
    pairs = [(own.mentors[row], own.mentees[column]) for row, column in earlier.kept]
    return replace(earlier, kept=wanted_cells(scores, pairs))


def _figures(matching: Outcome) -> dict[str, int]:
    wants = wants_of(matching.scores, matching.id_pairs, {})
    every = [taught for own in wants.values() for taught in own.values()]
    alone = sum(one.code != "takes_no_part" for one in matching.unmatched)
    return {
        "pairs": len(matching.pairs),
        "points": matching.total,
        "wants": len(every),
        "covered": sum(every),
        "without_partner": alone,
    }


def _with_partner(matching: Outcome) -> set[str]:
    return {one for pair in matching.id_pairs for one in pair}


def _sorted(people: set[str]) -> tuple[str, ...]:
    return tuple(sorted(people, key=natural))


def _some(people: Any) -> str:
    named = [*people[:LISTED]]
    more = len(people) - len(named)
    return ", ".join([*named, *([f"and {more} more"] if more else [])])
