"""A programme that lives: a state machine of Hypothesis, which lets everything happen that may, and asks a matcher every time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import replace
from itertools import product
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from rmatch.testing.life.examined import Examined
from rmatch.testing.life.laws import find
from rmatch.testing.life.situation import IdPair, Situation
from rmatch.testing.life.story import Story
from rmatch.utils.text import counted
from rmatch.utils.validation import function, refuse

MOST_PEOPLE = 4
"""So many are on a side at most: every day is held against all that is possible."""
FEWEST_PEOPLE = 3
"""So few never leave: a life in which hardly anybody is left shows little."""
WORTH = st.sampled_from((0, 1, 2, 3, 9, None, None))
"""What a pair is worth; None where a rule forbids it."""
PLACES = st.sampled_from((1, 1, 2, 0))
GAP = st.sampled_from((None, 1, None, 2, None, 0))
ROUNDS = st.sampled_from((2, 1, 3))
ASKED = st.sampled_from(("pairs", "plan", "pairs", "nothing"))
ASKED_WITHOUT_PLAN = st.sampled_from(("pairs", "pairs", "nothing"))


def life_machine(
    rematch: Callable[[Situation], Any],
    *,
    plan: Callable[[Situation, int], Any] | None = None,
    laws: Collection[str] | None = None,
) -> type[RuleBasedStateMachine]:
    """Return a state machine of Hypothesis that holds a matcher to the laws of a life.

    Parameters
    ----------
    rematch : callable
        ``fn(situation) -> pairs``, as in :func:`check_life`.
    plan : callable, optional
        ``fn(situation, rounds) -> rounds of pairs``.
    laws : collection of str, optional
        Names of the laws to try; all that apply, if absent.

    Returns
    -------
    type of RuleBasedStateMachine
        For pytest: ``TestLife = life_machine(mine).TestCase``.

    Raises
    ------
    InvalidInputError
        For a law that does not exist, or is one of plans where there is none, or what cannot be called.
    """
    return machine_of(examine(rematch, plan, laws))


def examine(
    rematch: Callable[[Situation], Any],
    plan: Callable[[Situation, int], Any] | None,
    laws: Collection[str] | None,
) -> Examined:
    """Return what is to be examined, refused where it is not as it should be."""
    faults = function("laws", "rematch", rematch)
    refuse(faults + (function("laws", "plan", plan) if plan is not None else []))
    return Examined(rematch, plan, find(laws, planned=plan is not None))


def machine_of(examined: Examined) -> type[LifeMachine]:
    """Return the machine that lets a matcher live."""
    return type("Life", (LifeMachine,), {"examined": examined})


class LifeMachine(RuleBasedStateMachine):
    """The life of a programme under one matcher; made by :func:`life_machine`."""

    examined: ClassVar[Examined]

    def __init__(self) -> None:
        super().__init__()
        self.examined.begin()
        self.story = Story(Situation({}, {}, {}))
        self.over = False

    @property
    def day(self) -> Situation:
        """Everybody and everything as it is now."""
        return self.story.day

    @initialize(data=st.data())
    def begin(self, data: Any) -> None:
        """Let the first people join."""
        gap = data.draw(GAP)
        self.story = Story(Situation({}, {}, {}, gap=gap), [_gap(gap)])
        for side in (0, 1):
            for _ in range(data.draw(st.sampled_from((1, 2, 3, 4, 4, 0)))):
                self._join(side, data)
        self._then(data)

    @precondition(lambda self: min(self._sizes) < MOST_PEOPLE)
    @rule(data=st.data())
    def join(self, data: Any) -> None:
        """Somebody joins."""
        sides = [side for side in (0, 1) if self._sizes[side] < MOST_PEOPLE]
        self._join(data.draw(st.sampled_from(sides)), data)
        self._then(data)

    @precondition(lambda self: len(self._everybody) > FEWEST_PEOPLE)
    @rule(data=st.data())
    def leave(self, data: Any) -> None:
        """Somebody leaves."""
        self.story.leaves(data.draw(st.sampled_from(self._everybody)))
        self._then(data)

    @precondition(lambda self: self._everybody)
    @rule(data=st.data())
    def change_places(self, data: Any) -> None:
        """Somebody has more places, or fewer, but always those for who was accepted."""
        who = data.draw(st.sampled_from(self._everybody))
        accepted = sum(who in pair for pair in self.day.accepted)
        self.story.takes(who, max(data.draw(PLACES), accepted))
        self._then(data)

    @precondition(lambda self: self._acceptable)
    @rule(data=st.data())
    def accept(self, data: Any) -> None:
        """Both of a pair accept."""
        self.story.accepts(data.draw(st.sampled_from(self._acceptable)))
        self._then(data)

    @precondition(lambda self: self._open)
    @rule(data=st.data())
    def decline(self, data: Any) -> None:
        """One of a pair declines."""
        self.story.declines(data.draw(st.sampled_from(self._open)))
        self._then(data)

    @precondition(lambda self: self._unsettled)
    @rule(data=st.data())
    def value(self, data: Any) -> None:
        """Let a pair that nobody has accepted be worth something else, or forbid it by a rule, or no longer."""
        pair = data.draw(st.sampled_from(self._unsettled))
        self.story.valued(pair, data.draw(WORTH))
        self._then(data)

    @rule(data=st.data())
    def next_round(self, data: Any) -> None:
        """End the round; of the pairs that were accepted some go on."""
        accepted = sorted(self.day.accepted)
        self.story.next_round(data.draw(st.sets(st.sampled_from(accepted))) if accepted else ())
        self._then(data)

    def _then(self, data: Any) -> None:
        """Go on at once, or ask for pairs or a plan first; for pairs once more, though nothing has changed."""
        asked = data.draw(ASKED if self.examined.plan else ASKED_WITHOUT_PLAN)
        if self.over or asked == "nothing":
            return
        if asked == "plan":
            self._plan(data)
            return
        pairs = self.examined.pairs(self.story, "pairs")
        if pairs is not None:
            self.story.made(pairs)
            pairs = self.examined.pairs(self.story, "again")
        self.over = pairs is None

    def _plan(self, data: Any) -> None:
        """Ask for a plan of the rounds to come, with a gap of its own; often as if nobody had met, since few pairs are left else."""
        rounds, gap, afresh = data.draw(ROUNDS), data.draw(GAP), data.draw(st.booleans())
        ahead = deepcopy(self.story)
        ahead.next_round(())
        ahead.day = replace(ahead.day, gap=gap, met={} if afresh else ahead.day.met)
        told = f"a plan of {counted(rounds, 'round')} is asked for; {_gap(gap)}"
        ahead.told.append(told + "; nobody has met" * afresh)
        self.examined.planned(ahead, rounds)

    def _join(self, side: int, data: Any) -> None:
        others = self._sizes[1 - side]
        points = data.draw(st.lists(WORTH, min_size=others, max_size=others))
        self.story.joins(side, data.draw(PLACES), points)

    @property
    def _sizes(self) -> tuple[int, int]:
        return len(self.day.mentor_capacity), len(self.day.mentee_capacity)

    @property
    def _everybody(self) -> list[str]:
        return [*self.day.mentor_capacity, *self.day.mentee_capacity]

    @property
    def _unsettled(self) -> list[IdPair]:
        """The pairs that nobody has accepted, allowed or not."""
        every = product(self.day.mentor_capacity, self.day.mentee_capacity)
        return [pair for pair in every if pair not in self.day.accepted]

    @property
    def _open(self) -> list[IdPair]:
        """The pairs of this round about which nobody has answered."""
        there = self.day.earlier & frozenset(self.day.points)
        return sorted(there - self.day.accepted - self.day.declined)

    @property
    def _acceptable(self) -> list[IdPair]:
        """Those of them for which there is still room beside the accepted ones: places may have become fewer."""
        accepted = self.day.accepted
        return [pair for pair in self._open if not self.day.crowded([*accepted, pair])]


def _gap(gap: int | None) -> str:
    if gap is None:
        return "no pair meets twice"
    return f"{counted(gap, 'round')} between two meetings of a pair"
