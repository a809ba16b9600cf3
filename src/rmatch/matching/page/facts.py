"""What the organiser's page says, as words and numbers: whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from rmatch.errors import Status
from rmatch.matching.export import PageColumn
from rmatch.matching.page.alone import Alone, alone
from rmatch.matching.page.changes import Changed, changed, changes_of
from rmatch.matching.page.fair import Fair, fair, measured
from rmatch.matching.page.headlines import Headline, headlines
from rmatch.matching.page.others import Standings, standings
from rmatch.matching.page.pairs import PairFacts, Telling
from rmatch.matching.page.quality import Column, Near, distribution, nearness
from rmatch.matching.page.reach import Reach, reach
from rmatch.matching.page.topics import Topic, topics
from rmatch.matching.page.who import Who, everybody
from rmatch.matching.page.whom import Whom, recruitable, whom
from rmatch.matching.sheet import how, whose
from rmatch.people import natural
from rmatch.programme import Unit
from rmatch.rounds import Outcome, Pair, kept_of
from rmatch.utils.messages import Message, joined
from rmatch.utils.validation import choice, instance, refuse, texts

LISTED = 2_000
"""So many pairs are listed, those with the fewest points where there are more."""
TOPICS = 60
"""So many topics are listed."""
COLUMNS: tuple[PageColumn, ...] = get_args(PageColumn)
EARLIER = "give what rmatch.match returned"
NEEDS_PEOPLE = Message(
    "The round was read without its people, so the page has no topics, no other partners, no stand-ins and no fairness."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page says.

    Attributes
    ----------
    title : str
        What the round is called.
    made : date
        The day on which the page was made.
    version : str
        The version of rmatch.
    seed : str
        What decided ties.
    claim : str
        What is proved.
    headlines : tuple of Headline
        The figures on top.
    notices : tuple of str
        What the page leaves out, and why.
    unit : str
        What points are told in.
    how, whose : tuple of str
        How the round was decided, and by whose choice.
    notes : tuple of str
        How people and requests were read.
    pairs : tuple of PairFacts
        The pairs that are listed.
    count : int
        How many there are.
    alone : tuple of Alone
        Those without a partner.
    topics : tuple of Topic
        The topics that are listed.
    all_topics : int
        How many there are.
    whom : Whom or None
        Whom to recruit; None where no want is open, or where that is not worked out.
    distribution : tuple of Column
        How many pairs have which fit.
    near : tuple of Near
        How near both sides are to the best that each could have.
    reach : Reach or None
        What the pairs connect; None without the people.
    fair : Fair or None
        How fair the round is; None where that is not worked out.
    changed : Changed or None
        What has changed since an earlier round, where there is one.
    auditor : tuple of (str, str)
        Whole points and other exact figures, with their labels.
    kept : bool
        Whether the reasons are those that were kept, without the people, as they were said then.
    """

    title: str
    made: date
    version: str
    seed: str
    claim: str
    headlines: tuple[Headline, ...]
    notices: tuple[str, ...]
    unit: str
    how: tuple[str, ...]
    whose: tuple[str, ...]
    notes: tuple[str, ...]
    pairs: tuple[PairFacts, ...]
    count: int
    alone: tuple[Alone, ...]
    topics: tuple[Topic, ...]
    all_topics: int
    whom: Whom | None
    distribution: tuple[Column, ...]
    near: tuple[Near, ...]
    reach: Reach | None
    fair: Fair | None
    changed: Changed | None
    auditor: tuple[tuple[str, str], ...]
    kept: bool

    @property
    def marks(self) -> tuple[str, ...]:
        """What is particular about some of the pairs that are listed."""
        return tuple(sorted({mark for pair in self.pairs for mark in pair.marks}))

    @property
    def widest(self) -> int:
        """How many want the topic that is wanted most."""
        return max([1, *(topic.wanted for topic in self.topics)])


def page(
    matching: Outcome,
    include: Sequence[PageColumn],
    previous: Outcome | None,
    made: date,
    listed: int = LISTED,
) -> Page:
    """Gather what the page says.

    Parameters
    ----------
    matching : Outcome
        The round.
    include : sequence of {"name"}
        Whether people are called by their names.
    previous : Outcome or None
        An earlier round that it is compared with.
    made : date
        The day.
    listed : int
        How many pairs are listed at most.

    Raises
    ------
    InvalidInputError
        For wrong arguments, or names where the people are not at hand.
    """
    _check(include, previous)
    unit, who = matching.unit, everybody(matching, named="name" in include)
    found = standings(matching, matching.pairs)
    whole = kept_of(matching.scores) is None
    subjects = topics(matching) if whole else ()
    groups = alone(matching, who)
    changes = changes_of(matching, previous)
    new = frozenset(changes.new if changes else ())
    open_wants = any(topic.missing for topic in subjects)
    advised = whom(matching, unit) if open_wants and recruitable(matching) else None
    told = Telling(matching, who, unit, found, new).pairs(_shown(matching, who, listed))
    return Page(
        title=matching.programme.name or Message("Who meets whom"),
        made=made,
        version=_version(),
        seed=str(matching.seed),
        claim=_claim(matching, unit),
        headlines=tuple(headlines(matching, unit, groups, subjects)),
        notices=tuple(_notices(matching, told, found, groups, advised or not open_wants)),
        unit=unit.sentence,
        how=tuple(how(matching)),
        whose=tuple(whose(matching)),
        notes=(*matching.reading_notes, *matching.requests.notes),
        pairs=told,
        count=len(matching.pairs),
        alone=groups,
        topics=subjects[:TOPICS],
        all_topics=len(subjects),
        whom=advised,
        distribution=distribution([unit.of_100(pair.points) for pair in matching.pairs]),
        near=nearness(found, (((one.mentor, one.mentee), one.points) for one in matching.pairs)),
        reach=reach(matching) if whole else None,
        fair=fair(matching, previous, who, unit) if measured(matching) else None,
        changed=None if changes is None else changed(changes, who),
        auditor=tuple(_auditor(matching)),
        kept=not whole,
    )


def _check(include: Sequence[str], previous: object) -> None:
    columns = texts("page", "include", include, "columns")
    if not columns:
        columns = [f for column in include for f in choice("page", "include", column, COLUMNS)]
    other = [] if previous is None else instance("page", "previous", previous, Outcome, EARLIER)
    refuse([*columns, *other])


def _shown(matching: Outcome, who: dict[str, Who], listed: int) -> list[Pair]:
    """Return the pairs that are listed, by what the mentors are called; the weakest where there are too many."""
    shown = list(matching.pairs)
    if len(shown) > listed:
        shown = sorted(shown, key=lambda pair: (pair.points, pair.mentor, pair.mentee))[:listed]
    return sorted(
        shown, key=lambda pair: (natural(who[pair.mentor].called.casefold()), natural(pair.mentee))
    )


def _notices(
    matching: Outcome,
    told: Sequence[PairFacts],
    found: Standings,
    groups: Sequence[Alone],
    advised: object,
) -> Iterator[str]:
    """Go through what the page leaves out, and why."""
    pairs = len(matching.pairs)
    if matching.status is not Status.OPTIMAL:
        yield Message(
            "The run was stopped early: the pairs keep every rule, but better ones may exist."
        )
    if len(told) < pairs:
        yield Message(
            "Of {pairs} pairs the page lists {listed}, those with the lowest fit; `rmatch match --out pairs.csv` "
            "writes all of them.",
            pairs=pairs,
            listed=len(told),
        )
    if kept_of(matching.scores) is not None:
        yield NEEDS_PEOPLE
        return
    if not pairs:
        return
    fixed = [least for group in groups for *_, least in group.people if least]
    costs = (standing.cost for two in found.values() for standing in two.values())
    there = {
        Message("who stands in"): any(pair.stand_ins for pair in told),
        Message("how near everybody is to the best they could have"): bool(found),
        Message("what other partners would cost"): any(cost is not None for cost in costs),
        Message("how fair the round is"): measured(matching),
        Message("whom to recruit"): bool(advised),
        Message("the least that would have to give for whoever is alone"): bool(
            fixed or not groups
        ),
    }
    if missing := [words for words, is_there in there.items() if not is_there]:
        yield Message(
            "Not on the page, for the number of possible pairs or by the programme: {missing}. "
            "`rmatch stand-ins`, `rmatch alternatives`, `rmatch fairness`, `rmatch recruit` and `rmatch fix` tell what "
            "can be told.",
            missing=joined(", ", missing),
        )


def _claim(matching: Outcome, unit: Unit) -> str:
    if matching.status is Status.OPTIMAL:
        return matching.claim
    more = unit.gap(matching.bound - matching.total)
    return Message("Stopped early: the round as a whole might be up to {more}.", more=more)


def _auditor(matching: Outcome) -> list[tuple[str, str]]:
    return [
        (Message("what is proved"), matching.claim),
        (Message("total, in whole points"), str(matching.total)),
        (Message("upper bound, in whole points"), str(matching.bound)),
        (Message("steps"), ", ".join(step.decides for step in matching.steps)),
        (Message("route"), matching.route),
        (Message("seed"), repr(matching.seed)),
    ]


def _version() -> str:
    from importlib.metadata import version  # takes longer to import than most of rmatch

    return version("reverse-mentoring")
