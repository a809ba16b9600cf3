"""A matching beside a later one."""

from __future__ import annotations

from collections.abc import Callable

from rmatch import rounds
from rmatch.matching.written import Written
from rmatch.rounds import Outcome
from rmatch.utils.limits import limit_faults
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import instance, refuse


class Compared(Written):
    """A matching that can be compared with a later one."""

    def diff(self, later: Outcome) -> rounds.Changes:
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
        from rmatch.rounds import changes_since

        refuse(instance("diff", "later", later, Outcome, "give what rmatch.match returned"))
        return changes_since([(pair.mentor, pair.mentee) for pair in self.pairs], later)

    def price_of_changes(
        self,
        *,
        max_seconds: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: Cancel | None = None,
    ) -> rounds.PriceList:
        """Return how many changes buy how many points, for a matching that :func:`rmatch.rematch` made.

        It is about the points that decide who gets a place, and solves once for each line, and once more for each two.

        Parameters
        ----------
        max_seconds : float, optional
            Stop after about so many seconds, without an answer.
        progress : callable, optional
            Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
        cancel : threading.Event or callable, optional
            Stop as soon as it is set, or returns something true.

        Returns
        -------
        PriceList
            From the fewest changes to the most points, each line with its proof, which :func:`rmatch.verify` checks; prints
            as a table.

        Raises
        ------
        InvalidInputError
            For a matching that was not made from an earlier round, or whose run was stopped.
        StopError
            If it was stopped before the list was whole.

        Examples
        --------
        >>> import rmatch
        >>> people = rmatch.datasets.example()
        >>> earlier = [{"mentor": "E12", "mentee": "E01"}, {"mentor": "E15", "mentee": "E06"}]
        >>> matching = rmatch.rematch(earlier, people)
        >>> print(matching.price_of_changes())
        The price of changes, for pairs that are not locked, protected attributes left out, of 100 a pair; of matchings with as many pairs none with as few changes has more:
          ...
        """
        from rmatch.rounds import price_list

        refuse(limit_faults(max_seconds, 0.0, progress, cancel))
        limits = StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False)
        with limits:
            return price_list(self)
