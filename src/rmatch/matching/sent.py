"""What of a matching is sent out: to the participants, and to the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rmatch import rounds
from rmatch.matching.connected import Connected
from rmatch.matching.export import Contact, check_contacts
from rmatch.rounds import Outcome
from rmatch.utils.files import Target, write_text
from rmatch.utils.languages import Language
from rmatch.utils.validation import instance, refuse, text

EARLIER = "give what rmatch.match returned"


class Sent(Connected):
    """A matching that writes to its participants and to the board."""

    def slips(self, language: str = "en", *, include: Sequence[Contact] = ()) -> rounds.Slips:
        """Return what each participant is sent: with whom, and what the two have for each other.

        A slip says no points and nothing of a third person, no answer to a demographic question, and lived topics only where
        they were released to partners. Of somebody without a partner it says why only as far as that names nobody and no
        rule. Every language says the same.

        Parameters
        ----------
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.
        include : sequence of {"name", "email"}
            What to add beside the ids, of the participant and of the partners.

        Returns
        -------
        Slips
            One a participant, to be written as pages, as texts, or as rows for mail merge.

        Raises
        ------
        InvalidInputError
            For a language without a catalogue, an unknown column, or a saved round without its people.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> slips = matching.slips()
        >>> print(slips)  # doctest: +ELLIPSIS
        24 slips in 'en', 4 participants without a partner
        <BLANKLINE>
        For example:
        <BLANKLINE>
          Your partner in reverse mentoring
        <BLANKLINE>
          Hello,
        <BLANKLINE>
          E13 is your mentor. E13 can teach you: employer reputation. ...
        """
        from rmatch.rounds import slips_of

        check_contacts(include)
        return slips_of(self, language, include)

    def to_board(
        self,
        path: Target,
        *,
        purpose: str = "",
        aims: Mapping[str, Sequence[str]] | None = None,
        previous: Outcome | None = None,
        language: str = "en",
    ) -> None:
        """Write the board's page: one printed page of figures, with nobody on it.

        Who takes part, how much of what leaders want to learn is taught, what the pairs connect, how good they are, how fair
        the round is, and figures of an earlier round beside. What is taught, and how good the pairs are, is told of as many people
        as the programme's `smallest_group` or more, and not where it would say something of fewer beside the page of the
        earlier round. Counts of who takes part, connections and fairness are those of the whole round.

        Parameters
        ----------
        path : str, Path or text file
            Where to write; a path is written whole or not at all.
        purpose : str
            What the programme is for, in a sentence.
        aims : mapping of str to sequence of str, optional
            The aims of the programme, and the topics that serve each.
        previous : Matching, optional
            The round of the last page; both with their people.
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.

        Raises
        ------
        InvalidInputError
            For aims that are no lists of topics or share one, a round that was read without its people, or a language without a
            catalogue.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.

        Examples
        --------
        >>> from io import StringIO
        >>> import rmatch
        >>> page, aims = StringIO(), {"new technology": ["python", "generative AI", "automation"]}
        >>> rmatch.match(rmatch.datasets.example()).to_board(page, aims=aims)
        >>> "new technology" in page.getvalue()
        True
        """
        from datetime import datetime

        from rmatch.matching.board.facts import board
        from rmatch.matching.board.html import html

        today = datetime.now().astimezone().date()
        wrong = text("board", "purpose", purpose)
        if previous is not None:
            wrong += instance("board", "previous", previous, Outcome, EARLIER)
        refuse(wrong)
        tongue = Language(language)
        found = board(self, purpose, {} if aims is None else aims, previous, today)
        write_text(path, html(found, tongue))
