"""A matching beside a later one."""

from __future__ import annotations

from rmatch.matching.written import Written
from rmatch.rounds import Changes, Outcome, changes_since
from rmatch.utils.validation import instance, refuse


class Compared(Written):
    """A matching that can be compared with a later one."""

    def diff(self, later: Outcome) -> Changes:
        """Return what a later round has that this one has not, pair by pair.

        Parameters
        ----------
        later : Matching
            Any other round. Where it was read without its people, no rule is named.

        Returns
        -------
        Changes
            Kept, new and broken pairs; prints as a list. What broken pairs gave way *for* is known only of a round that was
            made to keep earlier ones: it says so itself, in `changes`.

        Raises
        ------
        InvalidInputError
            For what is no matching.

        Examples
        --------
        >>> import rmatch
        >>> people = rmatch.datasets.example()
        >>> rmatch.match(people).diff(rmatch.match(people, seed="another")).headline
        '10 pairs kept, 0 new, 0 broken'
        """
        refuse(instance("diff", "later", later, Outcome, "give what rmatch.match returned"))
        return changes_since([(pair.mentor, pair.mentee) for pair in self.pairs], later)
