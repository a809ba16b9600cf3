"""The full answer for people: pairs, the unmatched with reasons, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rmatch.matching.export import as_html, as_text, frame, write_csv, write_json
from rmatch.rounds import Outcome, cheapest, cost_of, every_cost, explain, loss
from rmatch.utils.validation import refuse, truth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rmatch.fairness import Fairness
    from rmatch.rounds import Alternative, Explanation, Loss
    from rmatch.solve import Costs


@dataclass(frozen=True, eq=False, repr=False)
class Matching(Outcome):
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
    """

    @classmethod
    def of(cls, outcome: Outcome) -> Matching:
        """Return what a round came to, with everything that can be asked about it."""
        return cls(outcome.scores, outcome.seed, outcome.pairs, outcome.total, outcome.steps)

    def explain(self, mentor: str, mentee: str, audience: str = "admin") -> Explanation:
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
        return explain(
            self.scores, self.id_pairs, str(mentor), str(mentee), audience, partial(cost_of, self)
        )

    def alternatives(
        self, person: str, k: int = 3, *, side: str | None = None
    ) -> tuple[Alternative, ...]:
        """Return the other partners of a person that would cost the programme least.

        The cost of a pair is what the best matching that has it loses against this one. In a programme of up to four
        million possible pairs it is exact, beyond that it lies between two bounds.

        Parameters
        ----------
        person : str
            An id.
        k : int
            How many partners.
        side : {"mentor", "mentee"}, optional
            What the person plays here; needed for those who play both.

        Returns
        -------
        tuple of Alternative
            The cheapest first; fewer where fewer are possible.

        Raises
        ------
        InvalidInputError
            For somebody who plays no such role, or after a run that was stopped.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> first, *more = matching.alternatives(matching.pairs[0].mentor)
        >>> first.points_lost <= more[0].points_lost
        True
        """
        return cheapest(self, str(person), k, side)

    def costs(self) -> Costs:
        """Return what every possible pair would cost the programme, all at once, while everybody keeps their places.

        Returns
        -------
        Costs
            Pairs lost, points lost and whether the pair is possible, each mentors × mentees in the order of `scores`.

        Raises
        ------
        InvalidInputError
            Beyond a million possible pairs, and where :meth:`alternatives` refuses.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> matching.costs().points.shape == matching.scores.shape
        True
        """
        return every_cost(self)

    def loss_without(
        self, *, mentor: str | None = None, mentee: str | None = None, topic: str | None = None
    ) -> Loss:
        """Return what the programme would lose without a mentor, a mentee, or anybody who teaches a topic.

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
        return loss(self, mentor=mentor, mentee=mentee, topic=topic)

    def fairness(
        self,
        *,
        intersections: Sequence[Sequence[str]] = (),
        smallest: int = 5,
        effect: bool | None = None,
    ) -> Fairness:
        """Return how fair the matching is, for the organiser alone.

        What the mentors gain and what the mentees gain stay apart: each side's gain is the points of the criteria of its
        own side and of both. Groups are those that people released for reports; small ones are suppressed so that nothing
        about them follows from the others. Definitions: :doc:`/explanation/fairness`.

        Parameters
        ----------
        intersections : sequence of sequence of str
            Dimensions to cross, ``[("gender", "ethnicity")]``.
        smallest : int
            The smallest number of people that is shown, at least 3.
        effect : bool, optional
            Whether to count who would have another partner without the protected criteria. Where everybody has a place,
            that needs a second matching; without this argument it is made unless there are so many pairs that it takes
            long.

        Returns
        -------
        Fairness
            The figures; prints as a report.

        Raises
        ------
        InvalidInputError
            For an unknown dimension, or a smallest number below 3.

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

        refuse([] if effect is None else truth("fairness", "effect", effect))
        locked = [(pair.mentor, pair.mentee) for pair in self.pairs if pair.locked]
        found = effect_of_protected(self, wanted=effect)
        return fairness(
            self.scores,
            self.id_pairs,
            locked,
            found,
            intersections=intersections,
            smallest=smallest,
        )

    def to_frame(
        self, table: str = "pairs", *, include: Sequence[str] = (), backend: Any = None
    ) -> Any:
        """Return one of the result's tables as a dataframe of the user's library.

        Parameters
        ----------
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table, column or library, or if no library is imported.
        """
        return frame(self, table, include, backend)

    def to_csv(
        self, path: str | Path, table: str = "pairs", *, include: Sequence[str] = ()
    ) -> None:
        """Write one of the result's tables as a CSV file.

        Text that a spreadsheet would take for a formula gets a ``'`` in front; rmatch takes it away when it reads.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown table or column.
        """
        write_csv(self, path, table, include)

    def to_json(self, path: str | Path, *, include: Sequence[str] = ()) -> None:
        """Write the whole result as a JSON file.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown column.
        """
        write_json(self, path, include)

    def __repr__(self) -> str:
        """Return the result as a table."""
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)
