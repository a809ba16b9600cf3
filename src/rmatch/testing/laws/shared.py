"""Cases that several laws are tried on, and what several laws expect."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from rmatch.testing.laws.law import expect
from rmatch.testing.strategies import instances

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

Case = TypeVar("Case")
Person = TypeVar("Person", int, str)

SEVERAL_PLACES = instances(min_capacity=0, max_capacity=3)
ANY = st.one_of(instances(), SEVERAL_PLACES)


def beside(
    cases: st.SearchStrategy[Case], of: Callable[[Case], st.SearchStrategy[Any]]
) -> st.SearchStrategy[tuple[Case, Any]]:
    """Return cases together with something that is drawn to fit each of them."""
    return cases.flatmap(lambda case: st.tuples(st.just(case), of(case)))


def expect_same_pairs(one: Collection[Any], other: Collection[Any], what: str) -> None:
    """Expect the same pairs twice, the second time under other circumstances."""
    expect(set(one) == set(other), f"pairs {sorted(one)}, and {sorted(other)} {what}")


def expect_places(
    pairs: Sequence[tuple[Person, Person]], places: Callable[[str, Person], int]
) -> None:
    """Expect that nobody has more partners than places."""
    for position, side in enumerate(("mentor", "mentee")):
        for person, count in Counter(pair[position] for pair in pairs).items():
            room = places(side, person)
            expect(count <= room, f"{side} {person!r} has {count} partners and {room} places")
