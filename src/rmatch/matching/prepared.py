"""What a matching is prepared for: that people decline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmatch import rounds
from rmatch.matching.compared import Compared
from rmatch.utils.limits import limit_faults
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import refuse


class Prepared(Compared):
    """A matching that knows who stands in."""

    def stand_ins(
        self,
        r: int = 1,
        accept: Any = None,
        *,
        max_seconds: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: Cancel | None = None,
    ) -> rounds.StandIns:
        """Return who stands in for whom, if people decline, and what to expect of the first answers.

        Whoever stands in has a place left, may meet who stays, and takes no pair apart. As many pairs as possible have
        somebody; among all ways to that, as different people as possible (the sum of the squares of how many pairs each
        stands in for is the least, which makes the most people stand in and the largest load the smallest); and among
        those, the one with the most points. These are points without protected attributes, so that they never decide who
        stands in, whichever pairs there are; only what they forbid in a programme that lets them decide places, they
        forbid here, too. :func:`rmatch.verify` checks it without the solver.

        Parameters
        ----------
        r : int
            How many pairs may decline at once, so that there is still room for all who stand in for them: somebody with
            fewer places left stands in for no more pairs than that, and nobody for two pairs of one person. Either
            mentors decline or mentees: where a possible pair of two with places left was not made, both could count on it.
        accept : mapping, path, dataframe or sequence, optional
            How likely people are to accept, from 0 to 1: by id, or by mentor and mentee; or a table with the columns ``id``
            or ``mentor`` and ``mentee``, and ``accept``. Then the points are expected points, rounded to whole ones.
        max_seconds : float, optional
            Stop after about so many seconds, without an answer.
        progress : callable, optional
            Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
        cancel : threading.Event or callable, optional
            Stop as soon as it is set, or returns something true.

        Returns
        -------
        StandIns
            Somebody for each pair and each of the two, or nobody; prints as a table.

        Raises
        ------
        InvalidInputError
            For probabilities outside of 0 to 1, missing, of persons and of pairs, or beside protected attributes; under
            quotas, which whoever stands in might break; and for more pairs than exact loads can be found for.
        StopError
            If it was stopped before everybody was found.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> found = matching.stand_ins()
        >>> print(found)
        Stand-ins for 10 pairs, ready for 1 decline at once.
        If a mentor declines: 10 of 10 pairs have somebody, 4 people in all, each for 3 at most.
        If a mentee declines: nobody can stand in.
        ...
        >>> rmatch.verify(found, of=matching).checks[-1]
        'stand-ins'

        With probabilities, here of all alike:

        >>> likely = matching.stand_ins(accept=dict.fromkeys(matching.partners, 0.9))
        >>> round(likely.first_answers.expected_pairs, 2)
        8.1
        """
        from rmatch.rounds import find_stand_ins

        refuse(limit_faults(max_seconds, 0.0, progress, cancel))
        limits = StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False)
        with limits:
            return find_stand_ins(self, r, accept)
