"""What a programme asks of several partners of one mentee."""

from __future__ import annotations

from rmatch.objectives import compatibility_of
from rmatch.programme.programme import Programme


def counts_once(programme: Programme) -> bool:
    """Return whether what several partners of a mentee teach counts once, at its best.

    Examples
    --------
    >>> from rmatch import Programme
    >>> counts_once(Programme()), counts_once(Programme(count_topic="each"))
    (True, False)
    """
    total = compatibility_of(programme.objective).is_total
    return programme.count_topic == "once" and total and not programme.quotas


def group_terms(programme: Programme) -> tuple[str, ...]:
    """Return the keys of a programme that ask something of a group as a whole.

    Examples
    --------
    >>> from rmatch import Programme
    >>> group_terms(Programme(mentee_capacity=3, group_sizes=(2, 3)))
    ('group_sizes',)
    """
    asked = {
        "group_sizes": programme.group_sizes,
        "one_per_department": programme.one_per_department,
    }
    return tuple(name for name, says in asked.items() if says)
