"""What a matching says of several partners together."""

from __future__ import annotations

from rmatch import rounds
from rmatch.matching.prepared import Prepared


class Grouped(Prepared):
    """A matching that explains groups."""

    def group(self, mentee: str) -> rounds.MenteeGroup:
        """Return the partners of a mentee together: who covers which want, what stays open, and the next-best swap.

        What several of them teach counts once, with the one who brings the most for it. So what a partner adds depends on
        the others, and the swap is about the total: one partner leaves for a mentor with a place left, or changes places
        with a partner of somebody else. Where who holds a place was decided in a step of its own, only those are looked at
        who hold one.

        Parameters
        ----------
        mentee : str
            An id.

        Returns
        -------
        MenteeGroup
            Lines that add up to the points; prints as a table.

        Raises
        ------
        InvalidInputError
            For somebody who is no mentee.

        Examples
        --------
        >>> import rmatch
        >>> people = rmatch.datasets.example()
        >>> circles = rmatch.Programme(
        ...     levels=rmatch.datasets.LEVELS, mentee_capacity=2, count_topic="once"
        ... )
        >>> matching = rmatch.match(people, circles)
        >>> group = matching.group("E01")
        >>> group.points == sum(line.points for line in group.lines)
        True
        >>> group.mentors
        ('E13', 'E17')
        """
        from rmatch.rounds import group_of

        return group_of(self, mentee)
