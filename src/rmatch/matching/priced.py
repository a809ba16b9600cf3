"""What a matching says of others: what another pair would cost, and what would be lost without somebody or something."""

from __future__ import annotations

from collections.abc import Callable

from rmatch import rounds, solve
from rmatch.matching.grouped import Grouped
from rmatch.utils.progress import Progress
from rmatch.utils.sides import Side
from rmatch.utils.stopping import Cancel, StoppingRule


class Priced(Grouped):
    """A matching that is compared with others."""

    def alternatives(
        self,
        person: str | int,
        k: int = 3,
        *,
        side: Side | None = None,
        max_seconds: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: Cancel | None = None,
    ) -> tuple[rounds.Alternative, ...]:
        """Return the other partners of a person that would cost the programme least.

        The cost of a pair is what this matching has more than the one that a lock on the pair gives: who holds a place may
        change by it, and the total may even grow. In a programme of up to four million possible pairs it is exact, beyond
        that it lies between two bounds.

        Where places are decided in a step of their own, partners are tried by solving once more with each, until no other
        one can be cheaper. Of hundreds of possible partners only those are tried that may cost least, and one of the
        others may still be cheaper.

        Where topics count once, what a pair adds depends on its group. Partners are tried in the same way, those first who
        may cost least by the prices of the mentors, up to some thirty thousand possible pairs. Beyond that, once the run is
        to stop, and where it is not proved that no groups are better, these prices say what is lost at least.

        Parameters
        ----------
        person : str
            An id.
        k : int
            How many partners.
        side : {"mentor", "mentee"}, optional
            What the person plays here; needed for those who play both.
        max_seconds : float, optional
            Stop after about so many seconds.
        progress : callable, optional
            Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
        cancel : threading.Event or callable, optional
            Stop as soon as it is set, or returns something true.

        Returns
        -------
        tuple of Alternative
            The cheapest first; fewer where fewer are possible.

        Raises
        ------
        InvalidInputError
            For somebody who plays no such role, or after a run that was stopped.
        StopError
            If it was stopped before the costs were known; where topics count once, before these were bounded.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> first, *more = matching.alternatives(matching.pairs[0].mentor)
        >>> first.points_lost <= more[0].points_lost
        True
        """
        from rmatch.rounds import cheapest

        with StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False):
            return cheapest(self, str(person), k, side)

    def costs(self) -> solve.Costs:
        """Return what every possible pair would cost the programme, all at once, as :meth:`alternatives` says it.

        Returns
        -------
        Costs
            Pairs lost, points lost and whether the pair is possible, each mentors × mentees in the order of `scores`. Where
            places are decided in a step of their own and there are more than some two thousand possible pairs, the points
            are a lower bound, and `at_most` is an upper one. Pairs that are made cost nothing. Where topics count once the
            round is solved with every pair, and all is exact.

        Raises
        ------
        InvalidInputError
            Beyond a million possible pairs, or a thousand where topics count once; after a run that was stopped; and where
            :meth:`alternatives` refuses.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> matching.costs().points.shape == matching.scores.shape
        True
        """
        from rmatch.rounds import every_cost

        return every_cost(self)

    def loss_without(
        self,
        *,
        mentor: str | int | None = None,
        mentee: str | int | None = None,
        topic: str | None = None,
    ) -> rounds.Loss:
        """Return what the programme would lose without a mentor, a mentee, or anybody who teaches a topic.

        Without a person all others keep their points, so that nothing but the person's absence is compared: the means that
        stand for unknown answers stay those of everybody. Without a topic points are scored anew.

        Parameters
        ----------
        mentor, mentee, topic : str
            One of the three.

        Returns
        -------
        Loss
            Pairs and points, by solving once more.

        Raises
        ------
        InvalidInputError
            For none or several of the three, for one that takes no part, or after a run that was stopped.
        InfeasibleError
            If the minimums of the others cannot be met then.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> matching.loss_without(mentor=matching.pairs[0].mentor).points > 0
        True
        """
        from rmatch.rounds import loss

        return loss(self, mentor=mentor, mentee=mentee, topic=topic)
