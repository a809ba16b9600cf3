"""What one more mentor is worth, the best few together, and the count that misleads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rmatch.rounds.recruits.worth import Worth
from rmatch.utils.documents import Document
from rmatch.utils.messages import Message
from rmatch.utils.shown import SHOWN
from rmatch.utils.text import aligned, counted
from rmatch.utils.values import Value

HEADER = ("", "one more", "pairs", "points", "wants", "short by", "rank by that")


@dataclass(frozen=True, slots=True)
class Recruit(Document):
    """A profile, and what one more mentor like it is worth.

    Attributes
    ----------
    profile : str
        What it is called.
    says : mapping of str to str
        What it says, by the fields of a person; all else is unknown.
    worth : Worth
        What the best matching with one such mentor has more than that of today.
    rank : int
        From 1 on, by the worth: pairs, then points, then covered wants, or as the programme orders them; alike if they are.
    short : int
        How many more mentees want a topic than there are places of mentors who teach it: the largest such number of its
        topics, negative where places are left.
    rank_by_count : int
        From 1 on, by that number: the rank that misleads.
    reason : str
        Why no mentee may meet such a mentor, if so.
    """

    profile: str
    says: Mapping[str, str]
    worth: Worth
    rank: int
    short: int
    rank_by_count: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Together(Document):
    """The best few recruits together.

    Attributes
    ----------
    profiles : tuple of str
        Whom to recruit, a profile as often as it is good to have it twice; fewer than asked for where one more gains nothing.
        The first so many are the best so many.
    each : tuple of Worth
        What each of them gains beside those before.
    worth, bound : Worth
        What all of them gain, and what no choice of as many as were asked for exceeds.
    """

    profiles: tuple[str, ...]
    each: tuple[Worth, ...]
    worth: Worth
    bound: Worth
    _besides = ("proved",)

    @property
    def proved(self) -> bool:
        """Whether no other choice gains more."""
        return self.worth == self.bound


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Recruits(Value, Document):
    """Whom to recruit as mentors.

    Made by :func:`rmatch.advice.recruit`. All points are without those of protected attributes: nobody is recruited by them.

    Attributes
    ----------
    today : Worth
        What the best matching of today has.
    wants : int
        How many wants there are.
    recruits : tuple of Recruit
        The profiles, those first that are worth most.
    together : Together
        The best few of them together.
    hundred : int
        The points that are 100 where they are printed: the most that a pair can have.
    """

    today: Worth
    wants: int
    recruits: tuple[Recruit, ...]
    together: Together
    hundred: int

    @property
    def about_the_count(self) -> str:
        """How far the count of wants and places misleads, in words."""
        first = min(self.recruits, key=lambda one: (one.rank_by_count, one.rank))
        if first.short <= 0:
            return Message(
                "By the count of wants and places none of these is needed: there are places for all who want their topics."
            )
        profile = repr(first.profile)
        if first.rank == 1:
            return Message(
                "The count of wants and places puts {profile} first (short by {short}); by worth it is first, too.",
                profile=profile,
                short=first.short,
            )
        return Message(
            "The count of wants and places puts {profile} first (short by {short}); by worth it is number {rank}.",
            profile=profile,
            short=first.short,
            rank=first.rank,
        )

    def __str__(self) -> str:
        """Return it as a report."""
        said = [*self._alone(), self.about_the_count, "", *self._few(), *self._common()]
        return "\n".join(said)

    def _alone(self) -> Iterator[str]:
        pairs, wants = counted(self.today.pairs, "pair"), counted(self.wants, "want")
        yield f"Today the best matching has {pairs} and covers {self.today.covered} of {wants}."
        yield "What one more mentor adds to it; a pair has 100 points at most, protected attributes left out:"
        some = self.recruits[:SHOWN]
        rows = [
            (f"{one.rank}.", _called(one), *self._gain(one.worth), *_counts(one)) for one in some
        ]
        yield from aligned([HEADER, *rows], "  ", right=(0, 2, 3, 4, 5, 6))
        if rest := len(self.recruits) - len(some):
            yield f"  … and {rest} more that add no more than these, in `recruits`"
        for one in self.recruits:
            if one.reason:
                yield f"  No mentee may meet {one.profile!r}: {one.reason}."

    def _few(self) -> Iterator[str]:
        found, asked = self.together, len(self.together.profiles)
        if not asked:
            yield "No mentor like these adds anything."
            return
        best = "best one adds" if asked == 1 else f"best {asked} together add"
        proof = "no other choice adds more (proved)"
        if not found.proved:
            proof = f"no choice adds more than {self._in_words(found.bound)}"
        yield f"The {best} {self._in_words(found.worth)}; {proof}:"
        rows = [
            (f"{place}.", profile, *self._gain(worth))
            for place, (profile, worth) in enumerate(
                zip(found.profiles, found.each, strict=True), 1
            )
        ]
        yield from aligned(rows, "  ", right=(0, 2, 3, 4))

    def _common(self) -> Iterator[str]:
        """Say what all profiles have in common."""
        first, *others = (one.says.items() for one in self.recruits)
        same = [
            f"{name} {said}" for name, said in first if all((name, said) in one for one in others)
        ]
        said = f"Each of these: {', '.join(same)}. " if same else ""
        yield f"{said}What a profile does not say is unknown, and neither helps nor harms."

    def _in_words(self, worth: Worth) -> str:
        pairs, wants = counted(worth.pairs, "pair"), counted(worth.covered, "covered want")
        return f"{pairs}, {self._points(worth):.1f} points and {wants}"

    def _points(self, worth: Worth) -> float:
        return float(Fraction(100 * worth.points, self.hundred))

    def _gain(self, worth: Worth) -> tuple[str, str, str]:
        return f"{worth.pairs:+d}", f"{self._points(worth):+.1f}", f"{worth.covered:+d}"


def _called(one: Recruit) -> str:
    """Return the name of a profile, with its topics where it is not called after them."""
    offers = one.says.get("offers", "")
    return one.profile if offers.startswith(f"{one.profile}:") else f"{one.profile} ({offers})"


def _counts(one: Recruit) -> tuple[str, str]:
    """Return the shortage and the rank by it, in words."""
    return (f"{one.short}", f"{one.rank_by_count}.") if one.short > 0 else ("none", "–")
