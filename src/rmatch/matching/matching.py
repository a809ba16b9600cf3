"""The full answer for people: pairs, the unmatched with reasons, explanations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

from rmatch import fairness, rounds
from rmatch.matching.sent import Sent
from rmatch.rounds import Outcome, PlacesPrice
from rmatch.utils.limits import limit_faults
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import objects, refuse, truth


@dataclass(frozen=True, eq=False, repr=False)
class Matching(Sent):
    """A proposal of who meets whom, until people accept.

    Made by :func:`rmatch.match`.

    Attributes
    ----------
    scores : Scores
        The points and permissions that it was made from.
    seed : int or str
        What decided ties.
    pairs : tuple of Pair
        Sorted by mentor and mentee.
    total : int
        The points of all pairs.
    steps : tuple of Step
        The problems that were solved, each with its certificate; the last one decided who meets whom.
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    changes : Changes or None
        What became of the pairs of the earlier round, where :func:`rmatch.rematch` made it from one.
    """

    @classmethod
    def of(cls, outcome: Outcome, price: PlacesPrice | None = None) -> Matching:
        """Return what a round came to, with everything that can be asked about it, and the price of fair places if it is known."""
        found = cls(**{each.name: getattr(outcome, each.name) for each in fields(Outcome)})
        if price is not None:
            same = price.with_protected is outcome
            # Where there is nothing to compare with, it is compared with itself.
            vars(found)["_price"] = replace(price, with_protected=found) if same else price
        return found

    def explain(
        self, mentor: str | int, mentee: str | int, audience: rounds.Audience = "admin"
    ) -> rounds.Explanation:
        """Explain one pair, or why two people are not one.

        Parameters
        ----------
        mentor, mentee : str
            The ids of the two.
        audience : {"admin", "participant"}
            Who reads it: a participant sees no points, no other people and nothing protected.

        Returns
        -------
        Explanation
            Lines that add up to the points exactly, and sentences; prints as text.

        Raises
        ------
        InvalidInputError
            For an unknown id or audience, or a participant's explanation of two people who are not a pair.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> first = matching.pairs[0]
        >>> explanation = matching.explain(first.mentor, first.mentee)
        >>> sum(line.points for line in explanation.lines) == first.points
        True
        """
        from rmatch.rounds import can_be_made, cost_of, explanation_of

        known = self.scores, self.id_pairs
        asked = partial(cost_of, self), partial(can_be_made, self)
        return explanation_of(
            *known, str(mentor), str(mentee), audience, *asked, self.waited, unit=self.unit
        )

    def price_of_fair_places(self) -> PlacesPrice:
        """Return what it costs that protected attributes do not decide who gets a place.

        Returns
        -------
        PlacesPrice
            The difference from the best total with ``places="with_protected"``, by solving once more; prints as a
            sentence. Nothing where no protected attribute counts, or where the programme lets them decide.

        Raises
        ------
        InvalidInputError
            After a run that was stopped, under quotas, or with another objective than the total.

        Examples
        --------
        >>> import rmatch
        >>> price = rmatch.match(rmatch.datasets.example()).price_of_fair_places()
        >>> price.points == price.with_protected.total - price.total >= 0
        True
        >>> rmatch.verify(price.with_protected).checks[-1]
        'optimal'
        """
        return self._price

    def fairness(
        self,
        *,
        since: Sequence[Matching] = (),
        effect: bool | None = None,
        max_seconds: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: Cancel | None = None,
    ) -> fairness.Fairness:
        """Return how fair the matching is, for the organiser alone.

        What the mentors gain and what the mentees gain stay apart: each side's gain is the points of the criteria of its
        own side and of both. Groups are those that people released for reports, shown only so far that nobody's answer
        follows: :doc:`/explanation/fairness`. How small a group may be is said in the programme, once for a round.

        Parameters
        ----------
        since : sequence of Matching
            Earlier rounds whose reports are known, the earliest first: then nothing is shown that, beside these, would
            give away who came, went or fared differently. Each is taken with all before it as its own earlier rounds.
        effect : bool, optional
            Whether to count who would have another partner without the protected criteria. Where everybody has a place,
            that needs a second matching; without this argument it is made unless there are so many pairs that it takes
            long.
        max_seconds : float, optional
            Stop after about so many seconds, without an answer.
        progress : callable, optional
            Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
        cancel : threading.Event or callable, optional
            Stop as soon as it is set, or returns something true.

        Returns
        -------
        Fairness
            The figures; prints as a report.

        Raises
        ------
        InvalidInputError
            If an earlier round is no matching, or the programme crosses a dimension that nobody has.
        StopError
            If it was stopped before all figures were known.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
        >>> report = matching.fairness()
        >>> report.worst == min(pair.points for pair in matching.pairs)
        True
        >>> report.table("mentor", "gender").overall.people
        14
        """
        from rmatch.fairness import fairness
        from rmatch.matching.protected import effect_of_protected

        refuse(
            [
                *([] if effect is None else truth("fairness", "effect", effect)),
                *objects("fairness", "since", since, Matching, "give a list of earlier matchings"),
                *limit_faults(max_seconds, 0.0, progress, cancel),
            ]
        )
        locked = [(pair.mentor, pair.mentee) for pair in self.pairs if pair.locked]
        known = [(earlier.scores, earlier.id_pairs) for earlier in since]
        limits = StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False)
        with limits:
            limits.begin("figures")
            found = effect_of_protected(self, wanted=effect)
            return fairness(self.scores, self.id_pairs, locked, found, since=known)
