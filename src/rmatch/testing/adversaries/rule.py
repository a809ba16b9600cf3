"""A reader who knows by what rule a report is made, and tries what everybody's answers could be."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    Answer = tuple[str, ...] | None
    World = dict[str, Answer]


def knowing_the_rule(
    publish: Callable[[Mapping[str, Answer]], Hashable],
    alike: Sequence[Sequence[str]],
    answers: Sequence[tuple[str, ...]],
) -> Iterator[tuple[World, str, Answer]]:
    """Go through the answers that follow from what is published in some world, for a reader who can publish it, too.

    Every world is published, up to exchanges of people who are alike, and those that look the same are compared: what
    they have in common follows. That finds whatever can be found, and takes as long as there are worlds.

    Parameters
    ----------
    publish : callable
        From everybody's answers, None for those who released none, to all that is published.
    alike : sequence of sequence of str
        Everybody by id, those together who are alike in everything that is known of them: `publish` must not tell them apart.
    answers : sequence of tuple of str
        The answers that there may be.

    Yields
    ------
    tuple of dict, str and tuple of str
        A world, a person whose answer follows in it, and the answer.

    Examples
    --------
    >>> def count(world):
    ...     return sum(answer == ("woman",) for answer in world.values())
    >>> sorted(
    ...     {
    ...         (person, count(world))
    ...         for world, person, _ in knowing_the_rule(count, [["E1", "E2"]], [("woman",)])
    ...     }
    ... )
    [('E1', 2), ('E2', 2)]
    """
    looks: dict[Hashable, list[tuple[tuple[Answer, ...], ...]]] = defaultdict(list)
    options: list[Answer] = [None, *answers]
    for numbers in product(*(combinations_with_replacement(options, len(kind)) for kind in alike)):
        looks[publish(_world(alike, numbers))].append(numbers)
    for worlds in looks.values():
        for at, kind in enumerate(alike):
            # Exchanged among themselves, people who are alike can have each of the answers that any of them has.
            possible = {answer for numbers in worlds for answer in numbers[at]}
            if len(possible) == 1 and None not in possible:
                for person in kind:
                    yield _world(alike, worlds[0]), person, next(iter(possible))


def _world(alike: Sequence[Sequence[str]], numbers: Sequence[Sequence[Answer]]) -> World:
    return {
        person: answer
        for kind, given in zip(alike, numbers, strict=True)
        for person, answer in zip(kind, given, strict=True)
    }
