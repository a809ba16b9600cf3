"""What is wanted and taught, by the aims that topics serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from rmatch.errors import Fault
from rmatch.rounds.facts import facts_of
from rmatch.rounds.in_common import gained
from rmatch.rounds.visible import visible
from rmatch.utils.labels import fold
from rmatch.utils.messages import Message
from rmatch.utils.validation import seen, texts

if TYPE_CHECKING:
    from rmatch.scoring import Scores

Aims: TypeAlias = Mapping[str, Sequence[str]]
"""The aims of a programme, and the topics that serve each."""
Wants: TypeAlias = Mapping[tuple[str, str], bool]
"""What somebody wants, by aim and topic, and whether a partner teaches it."""
OTHER_TOPICS = Message("other topics")
REMEDY = "give the topics of each aim, such as {'new technology': ['python', 'generative AI']}"


def aim_faults(where: str, aims: object) -> Iterator[Fault]:
    """Look for aims without a list of topics, and for topics that serve two.

    Examples
    --------
    >>> [str(fault) for fault in aim_faults("board", {"a": ["python"], "b": ["Python"]})]
    ["board, aims: 'Python' serves 'a' and 'b'; leave it with one of the two"]
    """
    if not isinstance(aims, Mapping):
        yield Fault(where, "aims", f"{seen(aims)} are no aims", REMEDY)
        return
    of: dict[str, str] = {}
    for aim, topics in aims.items():
        if not isinstance(aim, str) or not aim.strip() or texts("", "", topics):
            yield Fault(where, "aims", f"{seen(aim)} has no list of topics", REMEDY)
            continue
        for topic in topics:
            other = of.setdefault(fold(topic), aim)
            if other != aim:
                problem = f"{topic!r} serves {other!r} and {aim!r}"
                yield Fault(where, "aims", problem, "leave it with one of the two")


def wants_of(scores: Scores, pairs: Iterable[tuple[str, str]], aims: Aims) -> dict[str, Wants]:
    """Return the wants of each mentee by aim and topic, and whether a partner teaches them.

    Lived topics that are not released are none.

    Parameters
    ----------
    scores : Scores
        The people.
    pairs : iterable of (str, str)
        The mentor and mentee ids of the pairs.
    aims : mapping of str to sequence of str
        The topics that serve each aim; all others are :data:`OTHER_TOPICS`.

    Returns
    -------
    dict of str to mapping
        By the ids of those mentees who want anything that they do not know already.
    """
    serves = {fold(topic): aim for aim, topics in aims.items() for topic in topics}
    facts = facts_of(visible(scores))
    taught: dict[str, set[str]] = defaultdict(set)
    for mentor, mentee in pairs:
        taught[mentee].update(map(fold, gained(facts, mentor, mentee)))
    return {
        mentee: {
            (serves.get(topic, OTHER_TOPICS), topic): topic in taught[mentee]
            for topic in facts.wants[mentee]
        }
        for mentee in facts.mentees
        if facts.wants[mentee]
    }
