"""The group tables of a report: who is counted, what may be told of them, and how large a difference is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.fairness.groups.answers import answers, tables_of
from rmatch.fairness.groups.comparison import Comparison
from rmatch.fairness.groups.disclosure import Told, tell
from rmatch.fairness.groups.group import GroupTable
from rmatch.fairness.groups.outcomes import TOGETHER, outcomes
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.fairness.gains import Gains
    from rmatch.fairness.groups.answers import Answer, Dimensions
    from rmatch.fairness.groups.disclosure import Population

    Pages = dict[Dimensions, Told | None]

REST = Message("(others, or not released)")
WITHHELD = Message(
    "withheld: too few people came, went, or fared differently since an earlier report, or their answers are too much alike"
)


def group_tables(gains: Gains, since: Sequence[Gains] = ()) -> tuple[GroupTable, ...]:
    """Return the tables of all populations.

    Parameters
    ----------
    gains : Gains
        What each side gains from the pairs.
    since : sequence of Gains
        The same of earlier rounds whose reports are known, the earliest first.

    Returns
    -------
    tuple of GroupTable
        First of the mentors, then of the mentees, then of those who play both roles; one dimension after the other.
    """
    known: list[Pages] = []
    for earlier in since:
        known.append(_told(earlier, known))
    everybody = outcomes(gains)
    pages = _told(gains, known)
    return tuple(
        _table(name, dimensions, own, told)
        for name, own in everybody.items()
        for dimensions, told in pages.items()
    )


def _told(gains: Gains, known: Sequence[Pages]) -> Pages:
    """Return what a report tells, table by table; None where it is withheld."""
    people, programme = gains.scores.cohort.people, gains.scores.programme
    everybody = outcomes(gains)
    pages: Pages = {}
    for dimensions in tables_of(
        sorted(people.dimensions), [tuple(each) for each in programme.crossed]
    ):
        before = [told for page in known if (told := page.get(dimensions)) is not None]
        told = tell(answers(people, dimensions), everybody, before, programme.smallest_group)
        # The same answers crossed in another way would be a second table of them.
        pages[dimensions] = None if _crossed_anew(dimensions, known) else told
    return pages


def _crossed_anew(dimensions: Dimensions, known: Iterable[Pages]) -> bool:
    return any(
        told is not None and other != dimensions and not set(other).isdisjoint(dimensions)
        for page in known
        for other, told in page.items()
    )


def _table(name: str, dimensions: Dimensions, own: Population, told: Told | None) -> GroupTable:
    compared = Comparison(tuple(own.values()), told.splits[name] if told else TOGETHER)
    shown = sorted(told.shown[name]) if told else []
    members: dict[Answer, list[int]] = {group: [] for group in (*shown, None)}
    for person, outcome in heard(own.items(), "groups", EVERY):
        answer = told.answers[person] if told else None
        members[answer if answer in members else None].append(outcome)
    return GroupTable(
        side=name,
        dimensions=dimensions,
        overall=compared.everybody,
        by_group=tuple(compared.tested(group, members[group]) for group in shown),
        rest=compared.counted((REST,), members[None]),
        notes=() if told else (WITHHELD,),
    )
