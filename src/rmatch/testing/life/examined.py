"""A matcher of a life under test: what it is asked, how its answers are read, and which law they break."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rmatch.testing.life.laws import SOUND, plan_possible, possible_pairs, same_answer
from rmatch.testing.matcher import called, twos
from rmatch.testing.trial import EnoughError
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from rmatch.testing.life.laws import About, LifeLaw
    from rmatch.testing.life.situation import IdPair, Situation
    from rmatch.testing.life.story import Story

WHAT = "the ids of a mentor and a mentee"


class Examined:
    """A matcher, the laws that it is held to, and what came of it so far.

    Parameters
    ----------
    rematch : callable
        ``fn(situation) -> pairs``.
    plan : callable or None
        ``fn(situation, rounds) -> rounds of pairs``.
    laws : sequence of LifeLaw
        The laws that it is held to.
    known : collection of LifeLaw
        Laws that it is known to break.
    most_shrinks : int or None
        How many more lives are begun once a broken law was found, to make its story short; None for as many as it takes.

    Attributes
    ----------
    looked_at : Counter of str
        How often each law was looked at, before one was found broken.
    found : tuple of LifeLaw, str and list of str, or None
        The law that was broken at last, the reason, and what had happened.
    """

    def __init__(
        self,
        rematch: Callable[[Situation], Any],
        plan: Callable[[Situation, int], Any] | None,
        laws: Sequence[LifeLaw],
        known: Collection[LifeLaw] = (),
        most_shrinks: int | None = None,
    ) -> None:
        self.rematch, self.plan, self.laws, self.known = rematch, plan, laws, known
        self.most_shrinks = most_shrinks
        self.looked_at: Counter[str] = Counter()
        self.found: tuple[LifeLaw, str, list[str]] | None = None
        self.begun = 0
        self._answers: dict[tuple[int, str], list[Any]] = {}

    def begin(self) -> None:
        """Count a life; once a broken law was found only so many more are begun."""
        self.begun += self.found is not None
        if self.most_shrinks is not None and self.begun > self.most_shrinks:
            raise EnoughError

    def pairs(self, story: Story, about: About) -> list[IdPair] | None:
        """Ask for the pairs of a day, and judge them; nothing if the day cannot go on with them."""

        def ask(day: Situation) -> list[IdPair]:
            return _pairs(self.rematch(day))

        answers = self._asked(story, possible_pairs, ask, times=1 + (same_answer in self.laws))
        if not answers:
            return None
        pairs: list[IdPair] = answers[0]
        if len(answers) > 1:
            self._judge(story, "twice", answers)
        self._judge(story, about, pairs)
        return None if any(law.broken(story.day, pairs) for law in SOUND) else pairs

    def planned(self, story: Story, rounds: int) -> None:
        """Ask for a plan, and judge it."""

        def ask(day: Situation) -> list[list[IdPair]]:
            assert self.plan is not None
            answer = [_pairs(each) for each in self.plan(day, rounds)]
            if len(answer) != rounds:
                message = f"{counted(rounds, 'round')} asked for, and {len(answer)} planned"
                raise ValueError(message)
            return answer

        for answer in self._asked(story, plan_possible, ask, rounds=rounds):
            self._judge(story, "plan", answer)

    def _asked(
        self,
        story: Story,
        readable: LifeLaw,
        ask: Callable[[Situation], Any],
        rounds: int = 0,
        times: int = 1,
    ) -> list[Any]:
        """Return what is answered each time; nothing where the matcher refuses, or where the answer cannot be read.

        What was answered once stands: lives are lived again to make a story short, and have to be the same.
        """
        key = rounds, str(story.day)
        try:
            if key not in self._answers:
                # The matcher may do with its own copy whatever it likes.
                self._answers[key] = [called(ask, deepcopy(story.day)) for _ in range(times)]
        except NotImplementedError:
            return []
        except AssertionError as error:
            # Once this is known the other laws are tried on answers that can be read.
            if readable not in self.known:
                blamed = readable if readable in self.laws else self.laws[0]
                self._fail(blamed, str(error), story, error)
            return []
        return self._answers[key]

    def _judge(self, story: Story, about: About, answer: Any) -> None:
        for law in self.laws:
            reason = law.broken(story.day, answer) if law.about == about else None
            if reason is not None:
                self.looked_at[law.name] += self.found is None
            if reason:
                self._fail(law, reason, story)

    def _fail(
        self, law: LifeLaw, reason: str, story: Story, cause: Exception | None = None
    ) -> None:
        self.found = law, reason, [*story.told, *str(story.day).splitlines()]
        message = "\n".join([f"{law.name}: {reason}", *story.told])
        raise AssertionError(message) from cause


def _pairs(answer: Any) -> list[IdPair]:
    return [(str(mentor), str(mentee)) for mentor, mentee in twos(answer, WHAT)]
