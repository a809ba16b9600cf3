"""What is wrong with what a programme asks of groups: their sizes, their departments, what they go with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, is_whole
from rmatch.objectives import Objective, compatibility_of
from rmatch.people import MOST_PARTNERS
from rmatch.utils.text import numeral
from rmatch.utils.validation import seen, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = "group sizes, and partners from different departments,"


def size_faults(group_sizes: Any, mentee_capacity: Any, one_per_department: Any) -> Iterator[Fault]:
    """Go through sizes that are no numbers, are there twice or are out of reach for everybody.

    Parameters
    ----------
    group_sizes : object
        The sizes.
    mentee_capacity : object
        How many partners a mentee has who states no number.
    one_per_department : object
        Whether departments are to differ.

    Yields
    ------
    Fault
        One for each.
    """
    yield from truth("programme", "one_per_department", one_per_department)
    if not isinstance(group_sizes, tuple):
        yield _fault(f"{seen(group_sizes)} is not a list", "give a list such as [2, 3]")
        return
    wrong = [size for size in group_sizes if not is_whole(size, 1, MOST_PARTNERS)]
    for size in wrong:
        yield _fault(seen(size), f"give whole numbers from 1 to {numeral(MOST_PARTNERS)}")
    for size in dict.fromkeys(size for size in group_sizes if group_sizes.count(size) > 1):
        yield _fault(f"{seen(size)} is there twice", "name each size once")
    largest = 0 if wrong else max(group_sizes, default=0)
    if is_whole(mentee_capacity, 0, largest - 1):
        problem = f"a group of {largest} is more than mentee_capacity, which is {mentee_capacity}"
        yield _fault(problem, f"say mentee_capacity = {largest}")


def group_faults(
    group_sizes: Any,
    one_per_department: Any,
    count_topic: Any,
    objective: Any,
    quotas: Any,
    waiting: Any,
    spread: Any,
) -> Iterator[Fault]:
    """Go through what groups do not go with: whatever else than points counts, and topics that count with each partner."""
    if not group_sizes and one_per_department is not True:
        return
    field = "group_sizes" if group_sizes else "one_per_department"
    if isinstance(objective, Objective) and not compatibility_of(objective).is_total:
        remedy = "take the objective 'total'"
        yield Fault("programme", field, f"{ASKED} go with the total only", remedy)
    if quotas:
        yield Fault("programme", field, f"{ASKED} do not go with quotas", "leave one of them out")
    for name, on in (("waiting", waiting == "first"), ("spread", spread is True)):
        if on:
            problem = f"{ASKED} do not go with {name}"
            yield Fault("programme", field, problem, "leave one of them out")
    if count_topic == "each":
        problem, remedy = f"{ASKED} go with topics that count once", "say count_topic = 'once'"
        yield Fault("programme", field, problem, remedy)


def _fault(problem: str, remedy: str) -> Fault:
    return Fault("programme", "group_sizes", problem, remedy)
